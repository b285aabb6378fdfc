"""Which open claims a number has; whoever asks holds the number until its transaction ends."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.casefile import ENDED, CaseFile, is_reference
from claims.intake.model import Claim
from config.database import on_postgresql

MOST = 50


def open_claims_of(session: Session, phone: str) -> list[tuple[int, str]]:
    """Number and reference of each, the newest first."""
    index = session.info["sealer"].index(phone, "phone")
    _one_at_a_time(session, index)
    mine = select(CaseFile.id, CaseFile.reference).join(Claim).where(Claim.phone_index == index)
    open_ones = mine.where(col(CaseFile.stage).not_in(ENDED)).order_by(col(CaseFile.id).desc())
    return [(number or 0, reference) for number, reference in session.exec(open_ones.limit(MOST))]


def open_claim_of(session: Session, phone: str, text: str = "") -> int | None:
    """The claim of this number that `text` names by its reference, else the newest open one, else None."""
    open_ones = open_claims_of(session, phone)
    named = {word for word in _digits(text) if is_reference(word)}
    return next((i for i, reference in open_ones if reference in named), open_ones[0][0] if open_ones else None)


def _one_at_a_time(session: Session, index: str) -> None:
    """Two texts or calls of one number in the same second mustn't open two claims; SQLite writes one by one anyway."""
    if on_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(int(index[:15], 16))))


def _digits(text: str) -> list[str]:
    return "".join(c if c.isdecimal() and c.isascii() else " " for c in text).split()
