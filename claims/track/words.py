"""Reads what a homeowner wrote on the page of an open claim: told on the timeline, kept in the inbox."""

from datetime import datetime

from sqlmodel import Session, select

from claims.casefile import CaseFile, lock, record
from claims.casefile.facts import TextReceived
from notifications.inbox import CannotRead, words
from notifications.model import Arrival


def read_words(session: Session, arrival: Arrival, as_of: datetime) -> None:
    if arrival.about:
        return
    reference = words(session, arrival).get("claim", "")
    number = session.exec(select(CaseFile.id).where(CaseFile.reference == reference)).one_or_none()
    if number is None or arrival.id is None:
        raise CannotRead(f"no claim {reference}")
    said = TextReceived(
        at=arrival.received_at, recorded_at=as_of, by="homeowner", arrival=arrival.id, proof=f"arrival {arrival.id}"
    )
    record(session, lock(session, number), said)
    arrival.about = f"claim:{number}"
