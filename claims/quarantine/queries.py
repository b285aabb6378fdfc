"""The quarantine as a person reads it: what waits, what was settled, and the words of one arrival."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from claims.access import Person, in_sight, may_reveal
from claims.casefile import CaseFile
from claims.quarantine.model import ArrivalLook, ArrivalVerdict
from claims.registry import e164, masked
from claims.web import note
from notifications.inbox import words
from notifications.model import Arrival

ROWS = 50
STATES: Mapping[str, tuple[str, ...]] = {"waiting": ("quarantined",), "settled": ("settled", "emptied")}


@dataclass(frozen=True)
class Held:
    """One arrival. `sender`: masked; empty where it tells none. `reference`: of its claim, in the reader's sight."""

    arrival: Arrival
    sender: str
    verdict: ArrivalVerdict | None = None
    reference: str | None = None

    @property
    def kind(self) -> str:
        return self.arrival.kind.split(" ")[0]


@dataclass(frozen=True)
class Opened:
    """The words of one arrival: in clear for who works with them, else nothing of them."""

    held: Held
    phone: str
    text: str
    fields: Mapping[str, str]
    clear: bool


def quarantine(
    session: Session, person: Person, state: str, *, before: int | None = None, limit: int = ROWS
) -> list[Held]:
    """The newest first; pages by the arrival's number. One query."""
    query = _held_in_sight(person, col(Arrival.state).in_(STATES[state]))
    if before is not None:
        query = query.where(col(Arrival.id) < before)
    rows = session.execute(query.order_by(col(Arrival.id).desc()).limit(limit)).all()
    return [_held(session, *row) for row in rows]


def waiting(session: Session) -> int:
    """How many nobody has settled yet."""
    return session.exec(select(func.count()).select_from(Arrival).where(Arrival.state == "quarantined")).one()


def held(session: Session, person: Person, number: int) -> Held | None:
    states = [state for some in STATES.values() for state in some]
    settled_or_held = col(Arrival.state).in_(states)
    row = session.execute(_held_in_sight(person, col(Arrival.id) == number, settled_or_held)).one_or_none()
    return _held(session, *row) if row else None


def opened(session: Session, person: Person, found: Held, as_of: datetime) -> Opened:
    """With a line in the log where the reader is shown who wrote and what."""
    if not may_reveal(person):
        return Opened(found, "", "", {}, clear=False)
    said = words(session, found.arrival)
    note(ArrivalLook(person_id=person.id or 0, arrival_id=found.arrival.id or 0, at=as_of))
    shown = {name: value for name, value in said.items() if value and name not in ("Body", "SpeechResult")}
    return Opened(found, e164(said.get("From", "")) or "", text_of(said), shown, clear=True)


def text_of(said: Mapping[str, str]) -> str:
    """What the sender wrote or spoke."""
    return (said.get("Body") or said.get("SpeechResult") or "").strip()[:4000]


def _held_in_sight(person: Person, *conditions: ColumnElement[bool]) -> Any:
    """An arrival without a claim is everybody's who works here; a settled one shows only claims in sight."""
    return (
        select(Arrival, ArrivalVerdict, CaseFile.reference)
        .join(ArrivalVerdict, col(ArrivalVerdict.arrival_id) == Arrival.id, isouter=True)
        .join(CaseFile, (col(CaseFile.id) == ArrivalVerdict.file_id) & in_sight(person), isouter=True)
        .where(*conditions)
    )


def _held(session: Session, arrival: Arrival, verdict: ArrivalVerdict | None, reference: str | None) -> Held:
    sender = words(session, arrival).get("From", "")
    return Held(arrival, masked(e164(sender) or "") or _hidden(sender), verdict, reference)


def _hidden(sender: str) -> str:
    """A sender that is no number of a telephone: that there is one, and how it ends."""
    return f"***{sender[-2:]}" if sender else ""
