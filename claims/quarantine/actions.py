"""A person settles what was quarantined: a claim is opened from it, it joins one, or it is dismissed. Once."""

from datetime import datetime

from sqlmodel import Session, select

from claims.access import Person, in_sight
from claims.casefile import AlreadyDone, CaseFile, Refused, is_reference, lock, record
from claims.casefile.facts import ArrivalLinked
from claims.intake import Received, Report, receive_report
from claims.quarantine.model import CLAIM, DISMISSAL, LINK, ArrivalVerdict
from notifications.model import Arrival

SPOKEN = ("voice", "call", "recording")
"""Kinds of arrivals that belong to a telephone call."""


def open_claim(
    session: Session,
    arrival: Arrival,
    *,
    description: str,
    phone: str,
    address: str,
    danger: bool,
    by: str,
    at: datetime,
) -> Received:
    """A claim from it, as of when it arrived (第十三条 接到报案). Raises AlreadyDone."""
    held = _take(session, arrival)
    channel = "voice" if held.kind.split(" ")[0] in SPOKEN else "sms"
    report = Report(
        channel=channel,
        relation="other",
        description=description,
        phone=phone,
        address=address,
        danger=danger,
        key=f"arrival:{held.id}",
    )
    received = receive_report(session, report, by=by, at=held.received_at, recorded_at=at)
    _settle(session, held, CLAIM, file_id=received.claim.id, by=by, at=at)
    return received


def link(session: Session, person: Person, arrival: Arrival, *, reference: str, by: str, at: datetime) -> CaseFile:
    """It belongs to this claim. Raises Refused where there is none in the person's sight, AlreadyDone."""
    held = _take(session, arrival)
    seen = select(CaseFile.id).where(CaseFile.reference == reference, CaseFile.kind == "claim", in_sight(person))
    number = session.exec(seen).one_or_none() if is_reference(reference) else None
    if number is None:
        raise Refused(reference="No claim has this reference.")
    _settle(session, held, LINK, file_id=number, by=by, at=at)
    return lock(session, number)


def dismiss(session: Session, arrival: Arrival, *, reason: str, by: str, at: datetime) -> None:
    """It is nothing of ours. The row and the reason stay. Raises AlreadyDone."""
    _settle(session, _take(session, arrival), DISMISSAL, reason=reason, by=by, at=at)


def _take(session: Session, arrival: Arrival) -> Arrival:
    """The arrival, held: two people's acts take turns, and the second finds it settled."""
    query = select(Arrival).where(Arrival.id == arrival.id).with_for_update()
    held = session.exec(query.execution_options(populate_existing=True)).one_or_none()
    if held is None or held.state != "quarantined":
        raise AlreadyDone("somebody has settled this arrival meanwhile")
    return held


def _settle(
    session: Session,
    arrival: Arrival,
    verdict: str,
    *,
    by: str,
    at: datetime,
    file_id: int | None = None,
    reason: str = "",
) -> None:
    assert arrival.id is not None
    sealed = session.info["sealer"].seal(reason)
    row = ArrivalVerdict(arrival_id=arrival.id, verdict=verdict, reason_sealed=sealed, file_id=file_id, by=by, at=at)
    session.add(row)
    arrival.state, arrival.about = "settled", f"claim:{file_id}" if file_id else ""
    session.flush()
    if file_id is not None:
        proof = f"arrival {arrival.id}"
        linked = ArrivalLinked(at=arrival.received_at, recorded_at=at, by=by, arrival=arrival.id, proof=proof)
        record(session, lock(session, file_id), linked)
