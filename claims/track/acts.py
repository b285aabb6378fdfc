"""What a homeowner does on the page of an open claim. Weighty words need the owner's own phone (queries.may_bind)."""

import secrets
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from flask import redirect, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.wrappers import Response

from claims.appraisal import appraisal_of, choose_appraiser
from claims.attachments import attach
from claims.attachments.actions import LARGEST
from claims.casefile import CaseFile, Refused, lock
from claims.decision.supplement import supplement_received
from claims.intake import Claim
from claims.intake.photos import MOST, Photos, brought
from claims.repair import accept_works, items_of, order_of
from claims.settlement import consent, refuse_settlement
from claims.track.entry import Opening, current_opening, for_its_homeowner
from claims.track.queries import claim_in, may_bind, offer_of
from claims.track.views import pages, shown
from claims.web import Problem, database
from config.time import now
from notifications import inbox

BY = "homeowner"
LONGEST = 2000
ROOM_FOR_WORDS = 2 * 1024 * 1024
UPLOADS = ("track.create_files", "track.create_supplement")
Answer = Response | tuple[str, int]
Act = Callable[[Session, CaseFile, Claim, datetime], None]


@pages.url_value_preprocessor
def make_room(endpoint: str | None, _values: dict | None) -> None:
    if endpoint in UPLOADS:
        request.max_content_length = MOST * LARGEST + ROOM_FOR_WORDS


@pages.post("/<reference>/files")
@for_its_homeowner
def create_files(reference: str) -> Answer:
    """Photos, documents and words beside the report. 422 where one can't be taken; the others are kept all the same."""
    at = now()
    photos, words = brought(at), _typed("words")
    if not photos.kept and not words:
        return _refused(reference, photos, _("请选照片或文件，或者写几句话。"))

    def add(session: Session, file: CaseFile, _claim: Claim, at: datetime) -> None:
        attach(session, _tokens(photos), file_id=file.id or 0)
        if words:
            _keep_words(session, file, words, at)

    return _done(reference, "files", add, at, photos)


@pages.post("/<reference>/supplement")
@for_its_homeowner
def create_supplement(reference: str) -> Answer:
    """What was asked for. The 30 days go on once the homeowner says that this is all of it."""
    at = now()
    photos, complete = brought(at), request.form.get("complete", "")
    if complete not in ("yes", "no"):
        return _refused(reference, photos, _("请说明是不是都齐了。"))
    if not photos.kept:
        return _refused(reference, photos, _("请选要交的照片或文件。"))

    def add(session: Session, file: CaseFile, _claim: Claim, at: datetime) -> None:
        if complete == "yes":
            supplement_received(session, file, received_at=at, files=_tokens(photos), by=BY, recorded_at=at)
        else:
            attach(session, _tokens(photos), file_id=file.id or 0)

    return _done(reference, "supplement", add, at, photos)


@pages.post("/<reference>/settlement")
@for_its_homeowner
def create_word_on_offer(reference: str) -> Answer:
    """The owner agrees to the offer that was shown, or says why not."""
    agrees, reason = request.form.get("agrees", ""), _typed("reason")
    if agrees not in ("yes", "no") or (agrees == "no" and not reason):
        return _refused(reference, None, _("请选同意或者不同意；不同意的话，请写明为什么。"))
    opening = current_opening()

    def answer(session: Session, file: CaseFile, claim: Claim, at: datetime) -> None:
        _check_owner(session, claim, opening, at)
        offer = offer_of(session, claim.id)
        if offer is None or str(offer.id) != request.form.get("offer", ""):
            raise Problem(409, "Not possible at this stage")
        if agrees == "yes":
            consent(session, file, offer, who="owner", agreed_at=at, proof=opening.proof, by=BY, recorded_at=at)
        else:
            refuse_settlement(session, file, offer, who="owner", reason=reason, by=BY, at=at)

    return _done(reference, "settlement", answer, now())


@pages.post("/<reference>/works/<int:order_id>")
@for_its_homeowner
def create_word_on_works(reference: str, order_id: int) -> Answer:
    """The owner's word on each item of finished works."""
    opening = current_opening()

    def answer(session: Session, file: CaseFile, claim: Claim, at: datetime) -> None:
        _check_owner(session, claim, opening, at)
        order = order_of(session, claim.id, order_id)
        if order is None:
            raise Problem(404, "No such order on this claim")
        note = _typed("note")
        items = items_of(session, order_id)
        words = {item.id or 0: (request.form.get(f"item-{item.id}", ""), note) for item in items}
        accept_works(session, file, order, words=words, accepted_at=at, by=BY, recorded_at=at)

    try:
        return _done(reference, "works", answer, now())
    except Refused:
        return _refused(reference, None, _("请逐项选择：修好了、部分修好，还是没修好。"))


@pages.post("/<reference>/appraisals/<int:appraisal_id>")
@for_its_homeowner
def create_choice(reference: str, appraisal_id: int) -> Answer:
    """The owner's choice among the appraisers proposed (第十五条)."""
    opening = current_opening()

    def choose(session: Session, file: CaseFile, claim: Claim, at: datetime) -> None:
        _check_owner(session, claim, opening, at)
        appraisal = appraisal_of(session, claim.id, appraisal_id)
        if appraisal is None:
            raise Problem(404, "No such appraisal on this claim")
        choose_appraiser(session, file, appraisal, side="owner", firm=request.form.get("firm", ""), by=BY, at=at)

    try:
        return _done(reference, "appraiser", choose, now())
    except Refused:
        return _refused(reference, None, _("请选一家鉴定机构。"))


def _done(reference: str, said: str, act: Act, at: datetime, photos: Photos | None = None) -> Answer:
    """Act once on the claim, held. 303 back to it; 422 where some file couldn't be taken, and the rest is kept."""
    session = database()
    claim = claim_in(session, reference)[1]
    act(session, lock(session, claim.id), claim, at)
    if photos is not None and photos.errors:
        session.commit()  # what could be taken is with the claim, though the answer tells of what couldn't
        return shown(reference, wrong=" ".join(photos.errors)), 422
    return redirect(url_for("track.show_claim", reference=reference, done=said, _anchor="done"), 303)


def _refused(reference: str, photos: Photos | None, why: str) -> tuple[str, int]:
    return shown(reference, wrong=" ".join([why, *(photos.errors if photos else [])])), 422


def _check_owner(session: Session, claim: Claim, opening: Opening, at: datetime) -> None:
    if not may_bind(session, claim, opening, at):
        raise Problem(403, "Not for your role", "open the claim with a code sent to the owner's phone")


def _typed(name: str) -> str:
    return request.form.get(name, "").replace("\0", "").strip()[:LONGEST]


def _tokens(photos: Photos) -> list[str]:
    return [photo.token for photo in photos.kept]


def _keep_words(session: Session, file: CaseFile, words: str, at: datetime) -> None:
    """As a text would be: stored first, read by the worker (words.py). The form's key makes them single."""
    key = request.form.get("key", "")[:60] or secrets.token_urlsafe(12)
    body = urlencode({"claim": file.reference, "Body": words}).encode()
    inbox.store(
        session, provider="web", provider_id=f"{file.reference}:{key}", kind="words", attempt=0, body=body, headers={},
        signed=True, at=at,
    )  # fmt: skip
