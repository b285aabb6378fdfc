"""Store first, understand later: every arrival is one raw row before anybody reads it."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from config.bulk import insert_new
from config.database import Database
from config.text import storable
from notifications.model import Arrival

log = logging.getLogger(__name__)

Reader = Callable[[Session, Arrival, datetime], None]
MOST_ATTEMPTS = 6
UNSIGNED = "signature is missing or wrong"
UNSIGNED_BYTES = 16_384
UNSIGNED_PER_MINUTE = 60
UNSIGNED_KEPT_FOR = timedelta(days=30)
_BATCH = 20


class CannotRead(Exception):
    """An arrival that no retry will make sense of: quarantined with this reason, for a person to look at."""


def store(
    session: Session,
    *,
    provider: str,
    provider_id: str,
    kind: str,
    attempt: int,
    body: bytes,
    headers: Mapping[str, str],
    signed: bool,
    at: datetime,
    fetched: bool = False,
) -> int | None:
    """One insert. Answers the arrival's id, or None for a repeat and for an unsigned flood beyond its caps."""
    if not signed and _flooded(session, at):
        return None
    row = {
        "provider": provider,
        "provider_id": storable(provider_id)[:80],
        "kind": storable(kind)[:40],
        "attempt": attempt,
        "raw_sealed": session.info["sealer"].seal_bytes(body if signed else body[:UNSIGNED_BYTES]),
        "signed": signed,
        "received_at": at,
        "headers": json.dumps(storable(dict(headers)), ensure_ascii=False),
        "state": "stored" if signed else "quarantined",
        "attempts": 0,
        "next_try_at": at,
        "error": "" if signed else UNSIGNED,
        "about": "",
        "fetched": fetched,
    }
    return insert_new(session, Arrival, row)


def words(session: Session, arrival: Arrival) -> dict[str, str]:
    """The form fields of an arrival, NUL characters removed (PostgreSQL refuses them)."""
    text = session.info["sealer"].open_bytes(arrival.raw_sealed).decode("utf-8", errors="replace")
    pairs = parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace")
    return {name: storable(value) for name, value in pairs}


def read_arrivals(database: Database, as_of: datetime, readers: Mapping[str, Reader]) -> int:
    """Read what is stored and unread, each in a transaction of its own; answers how many were tried."""
    with database.session(reading=True) as session:
        waiting = select(Arrival.id).where(Arrival.state == "stored", col(Arrival.next_try_at) <= as_of)
        numbers = list(session.exec(waiting.order_by(col(Arrival.id)).limit(_BATCH)))
    for number in numbers:
        read_one(database, number or 0, as_of, readers)
    return len(numbers)


def read_one(database: Database, number: int, as_of: datetime, readers: Mapping[str, Reader]) -> None:
    """Read one arrival. What fails is tried again later, and after some tries put in quarantine; never dropped."""
    try:
        with database.session() as session:
            arrival = _held(session, number)
            if arrival is None:
                return
            read_held(session, arrival, as_of, readers)
            session.commit()
    except Exception as error:
        log.warning("arrival %s could not be read: %s", number, error, exc_info=not isinstance(error, CannotRead))
        _put_back(database, number, as_of, error)


def read_held(session: Session, arrival: Arrival, as_of: datetime, readers: Mapping[str, Reader]) -> None:
    """Read it in the caller's transaction, which holds it. Raises whatever its reader raises."""
    reader_of(readers, arrival)(session, arrival, as_of)
    arrival.state, arrival.read_at, arrival.error = "read", as_of, ""


def put_back(arrival: Arrival, as_of: datetime, error: Exception) -> None:
    """Tried again later, longer each time; what makes no sense, or failed too often, waits for a person."""
    arrival.attempts += 1
    arrival.error = f"{type(error).__name__}: {error}"[:400]
    arrival.next_try_at = as_of + timedelta(seconds=10) * 2**arrival.attempts
    if isinstance(error, CannotRead) or arrival.attempts >= MOST_ATTEMPTS:
        arrival.state = "quarantined"


def reader_of(readers: Mapping[str, Reader], arrival: Arrival) -> Reader:
    """Who reads this kind from this provider. Raises CannotRead."""
    reader = readers.get(f"{arrival.provider} {arrival.kind.split(' ')[0]}")
    if reader is None:
        raise CannotRead(f"nobody reads {arrival.kind} from {arrival.provider}")
    return reader


def forget_unsigned(session: Session, as_of: datetime) -> int:
    """Unsigned arrivals are kept for a month: anybody can send them. The caller commits.

    What nobody looked at is removed; what was dismissed keeps its row, without words; what went into a claim stays.
    """
    old = select(Arrival).where(col(Arrival.signed).is_(False), col(Arrival.received_at) < as_of - UNSIGNED_KEPT_FOR)
    state, about = col(Arrival.state), col(Arrival.about)
    due = old.where(or_(state == "quarantined", and_(state == "settled", about == "")))
    rows = session.exec(due.limit(1000).with_for_update(skip_locked=True)).all()
    for row in rows:
        if row.state == "quarantined":
            session.delete(row)
        else:
            row.state, row.raw_sealed, row.headers = "emptied", session.info["sealer"].seal_bytes(b""), "{}"
    return len(rows)


def _held(session: Session, number: int) -> Arrival | None:
    query = select(Arrival).where(Arrival.id == number, Arrival.state == "stored").with_for_update(skip_locked=True)
    return session.exec(query).one_or_none()


def _put_back(database: Database, number: int, as_of: datetime, error: Exception) -> None:
    with database.session() as session:
        arrival = _held(session, number)
        if arrival is not None:
            put_back(arrival, as_of, error)
        session.commit()


def _flooded(session: Session, at: datetime) -> bool:
    recent = (
        select(func.count())
        .select_from(Arrival)
        .where(
            Arrival.state == "quarantined",
            col(Arrival.signed).is_(False),
            col(Arrival.received_at) > at - timedelta(minutes=1),
        )
    )
    return session.exec(recent).one() >= UNSIGNED_PER_MINUTE
