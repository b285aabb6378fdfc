"""A letter is drafted with its decision, issued by the worker, and dispatched when a way that counts has taken it."""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from claims.attachments import Attachment, keep
from claims.casefile import SYSTEM, CaseFile, Refused, Subject, lock, record
from claims.casefile.facts import LetterIssued
from claims.letters.legible import legible
from claims.letters.model import Letter
from claims.letters.table import LETTERS
from claims.letters.texting import text_of
from config.database import Database
from config.sealing import Sealer
from config.spelling import spelled_day
from config.time import shanghai_day
from notifications import outbox
from notifications.rendering import render_letter

log = logging.getLogger(__name__)

_BATCH = 20


def issue_letters(database: Database, as_of: datetime) -> int:
    """Make the PDFs of what is drafted, and hand each to the ways we know; answers how many were tried."""
    with database.session(reading=True) as session:
        waiting = select(Letter).where(Letter.state == "drafted", col(Letter.next_try_at) <= as_of)
        letters = list(session.exec(waiting.order_by(col(Letter.id)).limit(_BATCH)))
    for letter in letters:
        try:
            content, pdf = _made(letter, database.belongings["sealer"], as_of)
            with database.session() as session:
                _issue(session, letter, content, pdf, as_of)
                session.commit()
        except Exception as error:  # mustn't stop the other letters; people see it
            log.exception("letter %s can't be issued", letter.number)
            _put_back(database, letter, as_of, error)
    return len(letters)


def issue_letter(session: Session, letter: Letter, at: datetime) -> None:
    """Make one letter in the caller's transaction, which waits for the PDF: only for where nobody waits (the demo)."""
    content, pdf = _made(letter, session.info["sealer"], at)
    _issue(session, letter, content, pdf, at)


def read_letter(session: Session, letter: Letter, at: datetime, instead: Mapping[str, Any] | None = None) -> bytes:
    """The PDF as it was issued, or, of a draft, as it would be made at `at`. `instead`: fields of a mere preview."""
    kept = session.get(Attachment, letter.attachment_id) if letter.attachment_id else None
    if kept is not None:
        return bytes(session.info["files"].read(kept.key))
    content = json.loads(session.info["sealer"].open(letter.content_sealed)) | dict(instead or {})
    return render_letter(letter.kind, legible(_dated(content, at), LETTERS[letter.kind].as_told), issued_at=at)


def dispatch(
    session: Session,
    file: CaseFile,
    letter: Letter,
    *,
    channel: str,
    evidence: str,
    by: str,
    at: datetime,
    recorded_at: datetime,
    confirmed_by: str = "",
) -> None:
    """第十三条 发出: a way that counts took the letter at `at`. Raises Refused for another way, or before issue."""
    if channel not in session.info["settings"].counts_as_dispatch:
        raise Refused(channel=f"{channel} doesn't count as dispatch; see DISPATCH_CHANNELS")
    if letter.issued_at is None:
        raise Refused(letter="The letter hasn't been issued yet.")
    if not letter.issued_at <= at <= recorded_at:
        raise Refused(handed_over_at="Must lie between the letter's issue and now.")
    letter.error = ""
    if letter.dispatched_at is None:
        letter.state, letter.dispatched_at, letter.dispatched_by, letter.evidence = (
            "dispatched",
            at,
            channel,
            evidence[:400],
        )
    dispatched = LETTERS[letter.kind].dispatched
    if dispatched is None:
        return  # no clock waits for it: its date and receipt stand on the letter
    fact = dispatched(
        at=at,
        recorded_at=recorded_at,
        by=by,
        subject=Subject.parse(letter.subject),
        channel=channel,
        evidence=evidence,
        proof=evidence,
        confirmed_by=confirmed_by,
    )
    record(session, file, fact)


def _made(letter: Letter, sealer: Sealer, at: datetime) -> tuple[dict[str, Any], bytes]:
    content = legible(_dated(json.loads(sealer.open(letter.content_sealed)), at), LETTERS[letter.kind].as_told)
    return content, render_letter(letter.kind, content, issued_at=at)


def _dated(content: dict[str, Any], issued_at: datetime) -> dict[str, Any]:
    """A letter bears the day on which it is made, be it later than the decision."""
    return content | {"issued_at": spelled_day(shanghai_day(issued_at))}


def _issue(session: Session, drafted: Letter, content: dict[str, Any], pdf: bytes, at: datetime) -> None:
    """Keep the PDF with the very content it was made from: the same content gives the same bytes again."""
    file = lock(session, drafted.claim_id)
    letter = session.get(Letter, drafted.id, populate_existing=True)
    if letter is None or letter.state != "drafted":
        return
    kept = keep(session, pdf, name=f"{letter.number}.pdf", uploaded_by=None, at=at, file_id=file.id)
    letter.state, letter.issued_at, letter.error = "issued", at, ""
    letter.sha256, letter.attachment_id = kept.sha256, kept.id
    letter.content_sealed = session.info["sealer"].seal(json.dumps(content, ensure_ascii=False))
    session.flush()
    subject = Subject("letter", letter.id or 0)
    record(
        session,
        file,
        LetterIssued(at=at, by=SYSTEM, subject=subject, letter=letter.kind, number=letter.number, sha256=kept.sha256),
    )
    phone = session.info["sealer"].open(letter.recipient_sealed)
    message = LETTERS[letter.kind].text
    if phone and message is not None:
        text = text_of(letter, content, session.info["settings"])
        about = f"letter:{letter.id}"
        outbox.queue(session, [outbox.Draft(f"{about}:sms", about, message.folder, "sms", phone, asdict(text))], at)  # type: ignore[call-overload]


def _put_back(database: Database, drafted: Letter, as_of: datetime, error: Exception) -> None:
    with database.session() as session:
        letter = session.get(Letter, drafted.id, populate_existing=True, with_for_update=True)
        if letter is not None and letter.state == "drafted":
            letter.attempts += 1
            letter.error = f"{type(error).__name__}: {error}"[:400]
            letter.next_try_at = as_of + min(timedelta(minutes=1) * letter.attempts, timedelta(minutes=15))
        session.commit()
