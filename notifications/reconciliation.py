"""Every hour the provider's own log is compared with our inbox; what never reached us is fetched and read.

What is fetched has the same key as the webhook would have had: should that come after all, it is a repeat.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from sqlmodel import Session, col, select

from config.bulk import insert_new
from config.database import Database
from config.time import ticking_from
from notifications import inbox
from notifications.model import Arrival, Reconciliation
from notifications.provider import CannotAsk, Logged, Provider

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
AGAIN_AFTER = timedelta(minutes=10)
"""After a provider that didn't answer."""
LOOKS_BACK = timedelta(days=1)
"""How far each comparison overlaps the one before: the provider's log may lag behind itself."""
PATIENCE = timedelta(minutes=5)
"""What is younger may still be on its way."""


def reconcile(database: Database, provider: Provider | None, as_of: datetime) -> int:
    """The comparison that is due, if one is; answers how many there were (0 or 1). Safe in parallel."""
    if provider is None:
        return 0
    clock, number = ticking_from(as_of), _begin(database, as_of)
    if number is None:
        return 0
    try:
        with database.session(reading=True) as session:
            since = session.get_one(Reconciliation, number).since_at
        logged = list(provider.log_since(since))
        fetched = _fetch(database, provider.name, logged, as_of)
        _end(database, number, clock(), found=len(logged), fetched=fetched)
    except CannotAsk as failure:
        _end(database, number, clock(), error=str(failure)[:400])
    except Exception as failure:  # the provider's log may hold what nobody expected; the next look tries again
        log.exception("the provider's log can't be compared")
        _end(database, number, clock(), error=type(failure).__name__)
    return 1


def last_reconciliations(session: Session, limit: int) -> list[Reconciliation]:
    """The newest first."""
    return list(session.exec(select(Reconciliation).order_by(col(Reconciliation.slot).desc()).limit(limit)))


def _begin(database: Database, as_of: datetime) -> int | None:
    """The number of a new comparison, if one is due and no other worker has begun it."""
    with database.session(reading=True) as session:
        newest = next(iter(last_reconciliations(session, 1)), None)
        good = select(Reconciliation).where(Reconciliation.error == "", col(Reconciliation.ended_at).is_not(None))
        before = session.exec(good.order_by(col(Reconciliation.slot).desc()).limit(1)).first()
    if newest is not None and as_of - newest.begun_at < (EVERY if newest is before else AGAIN_AFTER):
        return None
    since = (before.begun_at if before else as_of) - LOOKS_BACK
    slot = as_of - timedelta(minutes=as_of.minute % 10, seconds=as_of.second, microseconds=as_of.microsecond)
    row = {"slot": slot, "since_at": since, "begun_at": as_of, "found": 0, "fetched": 0, "error": ""}
    with database.session() as session:
        number = insert_new(session, Reconciliation, row, "slot")
        session.commit()
        return number


def _end(database: Database, number: int, at: datetime, *, found: int = 0, fetched: int = 0, error: str = "") -> None:
    with database.session() as session:
        row = session.get_one(Reconciliation, number)
        row.ended_at, row.found, row.fetched, row.error = at, found, fetched, error
        session.commit()


def _fetch(database: Database, provider: str, logged: list[Logged], as_of: datetime) -> int:
    """Store what is missing, each by itself; answers how many of the log's things were."""
    due = [each for each in logged if each.over and each.at <= as_of - PATIENCE]
    calls = {each.sid for each in logged if each.kind == "call"}
    with database.session(reading=True) as session:
        known = _known(session, provider, {sid for each in due for sid in (each.sid, each.call) if sid})
    fetched = 0
    for each in sorted(due, key=lambda each: each.at):
        if each.kind == "recording" and each.call not in calls and not known.get(each.call):
            continue  # of a call that wasn't ours to answer
        missing = [form for form in _as_arrivals(each) if not _is_known(form[0], known.get(each.sid, set()))]
        with database.session() as session:
            stored = [_store(session, provider, each, *form) for form in missing]
            session.commit()
        fetched += any(stored)
    return fetched


def _known(session: Session, provider: str, sids: set[str]) -> dict[str, set[str]]:
    """The provider's id → the kinds of its signed arrivals that we have."""
    found: dict[str, set[str]] = {}
    for some in _batches(sorted(sids)):
        mine = select(Arrival.provider_id, Arrival.kind).where(
            Arrival.provider == provider, col(Arrival.provider_id).in_(some), col(Arrival.signed)
        )
        for sid, kind in session.exec(mine):
            found.setdefault(sid, set()).add(kind)
    return found


def _batches(sids: list[str]) -> Iterator[list[str]]:
    return (sids[start : start + 500] for start in range(0, len(sids), 500))


def _as_arrivals(logged: Logged) -> list[tuple[str, dict[str, str]]]:
    """Kind and fields of the webhooks that should have come. A call has a first step, and an end."""
    match logged.kind:
        case "message":
            return [("message", logged.fields)]
        case "recording":
            return [(f"recording {logged.fields.get('RecordingStatus', 'unknown')}", logged.fields)]
        case _:
            status = logged.fields.get("CallStatus", "unknown")
            return [("voice greeting", logged.fields | {"CallStatus": "ringing"}), (f"call {status}", logged.fields)]


def _is_known(kind: str, kinds: set[str]) -> bool:
    """A call that was answered at any step has arrived; its end, by whatever word."""
    first, _, _ = kind.partition(" ")
    if kind == "voice greeting":
        return any(each.startswith("voice ") for each in kinds)
    return kind in kinds or (first == "call" and bool(kinds & {f"call {over}" for over in _ENDS}))


_ENDS = ("completed", "busy", "failed", "no-answer", "canceled")


def _store(session: Session, provider: str, logged: Logged, kind: str, fields: dict[str, str]) -> bool:
    number = inbox.store(
        session,
        provider=provider,
        provider_id=logged.sid,
        kind=kind,
        attempt=0,
        body=urlencode(fields).encode(),
        headers={},
        signed=True,
        at=logged.at,
        fetched=True,
    )
    return number is not None
