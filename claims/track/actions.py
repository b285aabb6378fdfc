"""Opening a claim by its track code or a code by text. Whatever is wrong, the answer and its time are the same."""

import hmac
import secrets
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import func, update
from sqlmodel import Session, col, delete, select

from claims.casefile import CaseFile
from claims.intake import Claim
from claims.messages import TrackCode
from claims.track.model import TrackAsk, TrackTry
from config.database import Database
from notifications import outbox

AN_HOUR = timedelta(hours=1)
CODE_LIVES = timedelta(minutes=10)
TRIES_OF_A_CODE = 5
TRIES_OF_A_CLAIM = 10
TRIES_OF_A_VISITOR = 50
CODES_FOR_A_CLAIM = 3
ASKS_OF_A_VISITOR = 10
"""Each within an hour, but for a code's own tries."""
KEPT_FOR = timedelta(days=1)
_BATCH = 50


def note_try(session: Session, *, reference: str, visitor: str, at: datetime) -> TrackTry:
    """To be committed before the try is looked at: tries at the same moment count each other."""
    noted = TrackTry(reference=reference, visitor_index=_visitor(session, visitor), at=at)
    session.add(noted)
    session.flush()
    return noted


def enter_by_track_code(session: Session, noted: TrackTry, code: str) -> CaseFile | None:
    """The file, if `code` is its track code and the door isn't locked."""
    found = session.exec(select(CaseFile, Claim).join(Claim).where(CaseFile.reference == noted.reference)).one_or_none()
    sealer = session.info["sealer"]
    held = sealer.open(found[1].track_code_sealed if found else sealer.seal("------"))
    right = hmac.compare_digest(held.encode(), "".join(code.upper().split()).encode())
    return _let_in(session, noted, found[0] if found and right else None)


def enter_by_text(session: Session, noted: TrackTry, code: str) -> CaseFile | None:
    """The same by the newest code that went out by text: ten minutes, five tries, once."""
    live = (TrackAsk.reference == noted.reference, col(TrackAsk.sent_at) > noted.at - CODE_LIVES)
    newest = select(TrackAsk.id).where(*live).order_by(col(TrackAsk.id).desc()).limit(1)
    usable = (col(TrackAsk.tries) < TRIES_OF_A_CODE, col(TrackAsk.used_at).is_(None))
    tried = update(TrackAsk).where(col(TrackAsk.id).in_(newest), *usable).values(tries=TrackAsk.tries + 1)
    held = session.execute(tried.returning(col(TrackAsk.id), col(TrackAsk.code_index))).one_or_none()
    told = _code_index(session, noted.reference, "".join(code.split()))
    right = hmac.compare_digest(held[1] if held else "-" * 32, told)
    file = session.exec(select(CaseFile).where(CaseFile.reference == noted.reference)).one_or_none()
    if held and right:
        session.execute(update(TrackAsk).where(col(TrackAsk.id) == held[0]).values(used_at=noted.at))
    return _let_in(session, noted, file if held and right else None, by_text=True)


def ask_for_code(session: Session, *, reference: str, phone: str, visitor: str, at: datetime) -> None:
    """`phone` is E.164. Nothing is looked up here, so that the answer tells nothing."""
    index = _visitor(session, visitor)
    mine = select(func.count()).where(TrackAsk.visitor_index == index, col(TrackAsk.asked_at) > at - AN_HOUR)
    if session.exec(mine).one() < ASKS_OF_A_VISITOR:
        phone_index = session.info["sealer"].index(phone, "phone")
        session.add(TrackAsk(reference=reference, phone_index=phone_index, visitor_index=index, asked_at=at))


def answer_asks(database: Database, as_of: datetime) -> int:
    """The worker's part: a code to each phone that belongs to its claim. What is older than a day is forgotten."""
    with database.session() as session:
        waiting = select(TrackAsk).where(col(TrackAsk.answered_at).is_(None)).order_by(col(TrackAsk.id))
        asks = session.exec(waiting.limit(_BATCH).with_for_update(skip_locked=True)).all()
        for ask in asks:
            ask.answered_at = as_of
            _answer(session, ask, as_of)
            session.flush()
        session.execute(delete(TrackAsk).where(col(TrackAsk.asked_at) < as_of - KEPT_FOR))
        session.execute(delete(TrackTry).where(col(TrackTry.at) < as_of - KEPT_FOR))
        session.commit()
        return len(asks)


def _answer(session: Session, ask: TrackAsk, at: datetime) -> None:
    theirs = select(Claim).join(CaseFile).where(CaseFile.reference == ask.reference)
    claim = session.exec(theirs.where(Claim.phone_index == ask.phone_index)).one_or_none()
    sent = select(func.count()).where(TrackAsk.reference == ask.reference, col(TrackAsk.sent_at) > at - AN_HOUR)
    if claim is None or ask.asked_at <= at - CODE_LIVES or session.exec(sent).one() >= CODES_FOR_A_CLAIM:
        return
    code = f"{secrets.randbelow(10**6):06d}"
    ask.sent_at, ask.code_index = at, _code_index(session, ask.reference, code)
    settings, about = session.info["settings"], f"track_ask:{ask.id}"
    text = TrackCode(
        insurer_short=settings.insurer_short, reference=ask.reference, code=code,
        minutes=str(CODE_LIVES // timedelta(minutes=1)), hotline=settings.hotline_number, language=claim.language,
    )  # fmt: skip
    phone = session.info["sealer"].open(claim.phone_sealed)
    outbox.queue(session, [outbox.Draft(about, about, text.folder, "sms", phone, asdict(text))], at)  # type: ignore[call-overload]


def _let_in(session: Session, noted: TrackTry, file: CaseFile | None, *, by_text: bool = False) -> CaseFile | None:
    """Whoever has the right code, unless too many wrong ones came in the last hour, this one counted.

    `by_text`: such a code has its own five tries, so that no stranger's failures keep its claim shut.
    """
    failed = (col(TrackTry.failed).is_(True), col(TrackTry.at) > noted.at - AN_HOUR)
    of_claim = select(func.count()).where(TrackTry.reference == noted.reference, *failed)
    of_visitor = select(func.count()).where(TrackTry.visitor_index == noted.visitor_index, *failed)
    shut = session.exec(of_claim).one() > TRIES_OF_A_CLAIM and not by_text
    locked = session.exec(of_visitor).one() > TRIES_OF_A_VISITOR
    if shut or locked or file is None:
        return None
    noted.failed = False
    session.add(noted)
    session.flush()
    return file


def _code_index(session: Session, reference: str, code: str) -> str:
    index: str = session.info["sealer"].index(f"{reference}:{code}", "track code")
    return index


def _visitor(session: Session, address: str) -> str:
    index: str = session.info["sealer"].index(address, "track visitor")
    return index
