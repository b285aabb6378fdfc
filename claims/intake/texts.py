"""Reads a text that arrived: joins it to the sender's open claim, or opens one. Never refuses what can be a report."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.casefile import ENDED, CaseFile, is_reference, lock, record
from claims.casefile.facts import TextReceived
from claims.intake.actions import Report, receive_report
from claims.intake.model import Claim
from claims.registry import e164
from config.database import on_postgresql
from notifications.inbox import words
from notifications.model import Arrival

NO_WORDS = "（短信没有文字）"


def read_text(session: Session, arrival: Arrival, as_of: datetime) -> None:
    """The reader of Twilio's incoming messages. One claim, whatever is repeated: the arrival's key is the claim's."""
    if arrival.about:
        return
    said = words(session, arrival)
    phone = e164(said.get("From", "")) or said.get("From", "")[:20]
    text = said.get("Body", "").strip()[:4000]
    file_id = open_claim_of(session, phone, text)
    if file_id is not None:
        _join(session, file_id, arrival, as_of)
        arrival.about = f"claim:{file_id}"
        return
    report = Report(
        channel="sms",
        relation="other",
        description=text or NO_WORDS,
        phone=phone,
        key=f"{arrival.provider}:{arrival.provider_id}",
    )
    received = receive_report(session, report, by="homeowner", at=arrival.received_at, recorded_at=as_of)
    arrival.about = f"claim:{received.claim.id}"


def _join(session: Session, file_id: int, arrival: Arrival, as_of: datetime) -> None:
    file = lock(session, file_id)
    assert arrival.id is not None
    proof = f"arrival {arrival.id}"
    record(
        session,
        file,
        TextReceived(at=arrival.received_at, recorded_at=as_of, by="homeowner", arrival=arrival.id, proof=proof),
    )


def open_claim_of(session: Session, phone: str, text: str = "") -> int | None:
    """The claim of this number that `text` names by its reference, else the newest open one, else None."""
    index = session.info["sealer"].index(phone, "phone")
    _one_at_a_time(session, index)
    mine = select(CaseFile.id, CaseFile.reference).join(Claim).where(Claim.phone_index == index)
    open_ones = session.exec(
        mine.where(col(CaseFile.stage).not_in(ENDED)).order_by(col(CaseFile.id).desc()).limit(50)
    ).all()
    named = {word for word in _digits(text) if is_reference(word)}
    return next((i for i, reference in open_ones if reference in named), open_ones[0][0] if open_ones else None)


def _one_at_a_time(session: Session, index: str) -> None:
    """Two texts or calls of one number in the same second mustn't open two claims; SQLite writes one by one anyway."""
    if on_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(int(index[:15], 16))))


def _digits(text: str) -> list[str]:
    return "".join(c if c.isdecimal() and c.isascii() else " " for c in text).split()
