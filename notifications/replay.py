"""Reading a stretch of arrivals once more: what a repaired reader now understands is done, and nothing twice."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from config.database import Database
from notifications.inbox import CannotRead, Reader, reader_of
from notifications.model import Arrival

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """`came`: what the arrival ended in now, and `before`: until now; `error`: why it can't be read."""

    number: int
    kind: str
    before: str
    came: str
    error: str = ""


def replay(
    database: Database,
    readers: Mapping[str, Reader],
    *,
    first: datetime,
    last: datetime,
    as_of: datetime,
    dry_run: bool,
) -> list[Outcome]:
    """Every signed arrival received in [first, last) that no person has settled, oldest first, each by itself.

    A dry run rolls each back: the same words, and nothing has happened.
    """
    with database.session(reading=True) as session:
        stretch = select(Arrival.id).where(
            col(Arrival.received_at) >= first,
            col(Arrival.received_at) < last,
            col(Arrival.signed),
            col(Arrival.state).in_(("stored", "read", "quarantined")),
        )
        numbers = list(session.exec(stretch.order_by(col(Arrival.id))))
    outcomes = (_read_again(database, number or 0, readers, as_of, dry_run) for number in numbers)
    return [outcome for outcome in outcomes if outcome is not None]


def _read_again(
    database: Database, number: int, readers: Mapping[str, Reader], as_of: datetime, dry_run: bool
) -> Outcome | None:
    with database.session() as session:
        query = select(Arrival).where(Arrival.id == number).with_for_update()
        arrival = session.exec(query).one_or_none()
        if arrival is None or arrival.state in ("settled", "emptied"):
            return None  # a person was faster
        before, kind = arrival.about or arrival.state, arrival.kind
        try:
            came = _ended_in(session, arrival, readers, as_of)
        except Exception as error:
            log.warning("arrival %s still can't be read", number, exc_info=not isinstance(error, CannotRead))
            return Outcome(number, kind, before, before, f"{type(error).__name__}: {error}"[:400])
        if not dry_run:
            session.commit()
        return Outcome(number, kind, before, came)


def _ended_in(session: Session, arrival: Arrival, readers: Mapping[str, Reader], as_of: datetime) -> str:
    reader_of(readers, arrival)(session, arrival, as_of)
    arrival.read_at = as_of if arrival.state != "read" else arrival.read_at
    arrival.state, arrival.error = "read", ""
    session.flush()
    return arrival.about or arrival.state
