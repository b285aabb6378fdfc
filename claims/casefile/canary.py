"""A clock that nobody owes, released by the worker and rung by the same ladder as all others: it is missed when the
chain is broken. Nobody is told of it; its firings are the proof.
"""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from claims.casefile.fact import SYSTEM
from claims.casefile.facts import CanaryReleased
from claims.casefile.files import lock, open_file
from claims.casefile.model import CaseFile, ClockFiring, RunningClock
from claims.casefile.record import record

CANARY = "canary"
"""The kind of its file, and the name of its clock."""
REFERENCE = "CANARY"
"""One file for ever: no reference that a claim can have, and unique."""
SILENT_AFTER = timedelta(minutes=65)
"""It rings every half hour; an hour without a sound, and some patience."""


def release_canary(session: Session, as_of: datetime) -> int:
    """Let a new one go where none flies; answers how many. Safe in parallel. The caller commits."""
    number = session.exec(select(CaseFile.id).where(CaseFile.reference == REFERENCE)).one_or_none()
    if number is None:
        return _first_release(session, as_of)
    if _flies(session, number):
        return 0
    file = lock(session, number)
    if _flies(session, number):  # another worker was quicker
        return 0
    record(session, file, CanaryReleased(at=as_of, by=SYSTEM))
    return 1


def canary_heard(session: Session) -> tuple[datetime | None, datetime | None]:
    """When the first one flew, and when one was last heard. One query."""
    latest = select(RunningClock.id).where(col(RunningClock.file_id) == CaseFile.id)
    latest = latest.order_by(col(RunningClock.id).desc()).limit(2)
    heard = select(func.max(ClockFiring.fired_at)).where(col(ClockFiring.clock_id).in_(latest)).scalar_subquery()
    found = session.execute(select(CaseFile.opened_at, heard).where(CaseFile.reference == REFERENCE)).one_or_none()
    return (found[0], found[1]) if found else (None, None)


def canary_is_silent(released_at: datetime | None, rang_at: datetime | None, as_of: datetime) -> bool:
    """`released_at`: when the first one flew. Silent too where none ever did."""
    heard = [at for at in (released_at, rang_at) if at is not None]
    return not heard or as_of - max(heard) > SILENT_AFTER


def _first_release(session: Session, as_of: datetime) -> int:
    try:
        with session.begin_nested():
            file = open_file(session, kind=CANARY, opened_at=as_of, district=None, reference=REFERENCE)
            record(session, file, CanaryReleased(at=as_of, by=SYSTEM))
    except IntegrityError:  # another worker was quicker
        return 0
    return 1


def _flies(session: Session, number: int) -> bool:
    newest = select(RunningClock.state).where(RunningClock.file_id == number).order_by(col(RunningClock.id).desc())
    return session.exec(newest.limit(1)).first() == "running"
