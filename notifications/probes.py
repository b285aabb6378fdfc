"""Every hour a call and a text of ours go to our own hotline. What doesn't arrive within minutes is an alarm."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from config.bulk import insert_new
from config.database import Database
from notifications.inbox import Reader, words
from notifications.model import Arrival, Probe
from notifications.provider import CannotAsk, Provider

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
KINDS = ("text", "call")
MARK = "PROBE "
"""What the words of a probe begin with."""
WITHIN = timedelta(minutes=5)
"""How long the whole chain may take, from the provider's yes to our reading."""
Alarm = Callable[[Session, Probe, datetime], None]


def probe(database: Database, provider: Provider | None, as_of: datetime) -> int:
    """Send what is due this hour; answers how many were sent. Single by (kind, hour), on whatever worker."""
    if provider is None or not database.belongings["settings"].probe_number:
        return 0
    return sum(_send(database, provider, kind, as_of) for kind in KINDS)


def raise_alarms(database: Database, as_of: datetime, alarm: Alarm) -> int:
    """Each probe that didn't come in time, once; answers how many."""
    with database.session() as session:
        silent = select(Probe).where(
            col(Probe.read_at).is_(None), col(Probe.alarmed_at).is_(None), col(Probe.sent_at) <= as_of - WITHIN
        )
        probes = session.exec(silent.order_by(col(Probe.id)).limit(20).with_for_update(skip_locked=True)).all()
        for each in probes:
            each.alarmed_at = as_of
            alarm(session, each, as_of)
        session.commit()
        return len(probes)


def last_probes(session: Session) -> dict[str, Probe]:
    """The newest of each kind whose time is over or that has come."""
    newest = {kind: select(Probe).where(Probe.kind == kind).order_by(col(Probe.slot).desc()).limit(1) for kind in KINDS}
    found = {kind: session.exec(query).first() for kind, query in newest.items()}
    return {kind: each for kind, each in found.items() if each is not None}


def past_probes(reader: Reader) -> Reader:
    """The same reader, but for probes: those are noted and end here, so that no claim is opened by them."""

    def read(session: Session, arrival: Arrival, as_of: datetime) -> None:
        if arrival.about.startswith("probe:") or _is_probe(session, arrival, as_of):
            return
        reader(session, arrival, as_of)

    return read


def _is_probe(session: Session, arrival: Arrival, as_of: datetime) -> bool:
    """A text from the probes' number that bears no mark is a text like any other: somebody may have written it."""
    number = session.info["settings"].probe_number
    said = words(session, arrival) if number else {}
    if not number or said.get("From") != number:
        return False
    if arrival.kind == "message" and not said.get("Body", "").startswith(MARK):
        return False
    mine = select(Probe).where(Probe.kind == ("text" if arrival.kind == "message" else "call"))
    if arrival.kind == "message":
        mine = mine.where(Probe.mark == said.get("Body", "").strip())
    mine = mine.where(col(Probe.sent_at) <= arrival.received_at + WITHIN)
    found = session.exec(mine.order_by(col(Probe.slot).desc()).limit(1).with_for_update()).first()
    if found is not None:
        found.came_at, found.read_at = found.came_at or arrival.received_at, found.read_at or as_of
        session.add(found)
    arrival.about = f"probe:{found.id if found else 0}"
    return True


def _send(database: Database, provider: Provider, kind: str, as_of: datetime) -> int:
    slot = as_of - timedelta(minutes=as_of.minute, seconds=as_of.second, microseconds=as_of.microsecond)
    row = {"kind": kind, "slot": slot, "mark": f"{MARK}{secrets.token_hex(4)}", "sent_at": as_of}
    with database.session() as session:
        number = insert_new(session, Probe, row | {"provider_id": "", "error": ""}, "kind", "slot")
        session.commit()
    if number is None:
        return 0
    try:
        sid, error = provider.text_ourselves(row["mark"]) if kind == "text" else provider.call_ourselves(), ""  # type: ignore[arg-type]
    except CannotAsk as failure:
        sid, error = "", str(failure)
    with database.session() as session:
        sent = session.get_one(Probe, number, with_for_update=True)
        sent.provider_id, sent.error = sid, error[:400]
        session.commit()
    return 1
