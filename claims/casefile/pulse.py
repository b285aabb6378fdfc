"""Whether the clocks are looked after: when somebody last swept, how late today's rungs rang, and the canary."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Float, case, cast, func, select
from sqlmodel import Session, col

from claims.casefile.canary import canary_heard, canary_is_silent
from claims.casefile.consequences import FOLLOWING
from claims.casefile.facts import ClockRecounted
from claims.casefile.model import ClockFiring, RunningClock, TimelineEntry
from config.database import on_postgresql
from config.ticks import ticks
from config.time import day_start, shanghai_day

SWEEP = "ring due rungs"
"""Its name in config/schedule.py."""
DEAD_AFTER = timedelta(minutes=2)
_AT_ONCE = 60.0
"""Seconds. What rang so soon needs no second look at why."""


@dataclass(frozen=True)
class Lateness:
    """Of the rungs that rang today: how many, and by how long after they could have."""

    rungs: int
    p50: timedelta
    p99: timedelta
    most: timedelta


@dataclass(frozen=True)
class Pulse:
    """`swept_at`, `canary_at`: the last time; None where never. `lateness`: None where nothing rang today."""

    swept_at: datetime | None
    canary_at: datetime | None
    lateness: Lateness | None
    stopped: bool
    silent: bool

    @property
    def alarms(self) -> tuple[str, ...]:
        told = {"nothing has swept for 2 minutes": self.stopped, "the canary clock is silent": self.silent}
        return tuple(words for words, rings in told.items() if rings)


def pulse(session: Session, as_of: datetime) -> Pulse:
    """Three queries."""
    tick = ticks(session).get(SWEEP)
    swept_at = tick.looked_at if tick is not None else None
    released_at, rang_at = canary_heard(session)
    return Pulse(
        swept_at=swept_at,
        canary_at=rang_at,
        lateness=lateness(session, as_of),
        stopped=swept_at is None or as_of - swept_at >= DEAD_AFTER,
        silent=canary_is_silent(released_at, rang_at, as_of),
    )


def lateness(session: Session, as_of: datetime) -> Lateness | None:
    """By nearest rank, since midnight in Shanghai. One query.

    A rung could ring from when it was due, or, where its file learned something only later (a late report, a pause
    that ended), from then.
    """
    late = _late(session)
    rang = select(late.label("late"), func.row_number().over(order_by=late).label("rank")).select_from(ClockFiring)
    rang = rang.join(RunningClock, col(RunningClock.id) == ClockFiring.clock_id)
    fired_at = col(ClockFiring.fired_at)
    today = rang.where(fired_at >= day_start(shanghai_day(as_of)), fired_at <= as_of).subquery()
    counted = select(today.c.late, today.c.rank, func.count().over().label("rungs")).subquery()
    ranks = [_rank(counted.c.rungs, share) for share in (50, 99, 100)]
    rows = session.execute(select(counted).where(counted.c.rank.in_(ranks))).all()
    if not rows:
        return None
    by_rank = {row.rank: timedelta(seconds=round(max(float(row.late), 0.0), 3)) for row in rows}
    return Lateness(rows[0].rungs, *(by_rank[_rank(rows[0].rungs, share)] for share in (50, 99, 100)))


def _rank(rungs: Any, share: int) -> Any:
    """The nearest rank of so many in a hundred."""
    return (rungs * share + 99) // 100


def _late(session: Session) -> Any:
    """Seconds."""
    due, fired = (_seconds(session, col(getattr(ClockFiring, name))) for name in ("due_at", "fired_at"))
    learned = (
        select(func.max(_seconds(session, col(TimelineEntry.recorded_at))))
        .where(col(TimelineEntry.file_id) == RunningClock.file_id)
        .where(col(TimelineEntry.recorded_at) <= col(ClockFiring.fired_at))
        .where(col(TimelineEntry.fact).not_in([fact.__name__ for fact in FOLLOWING if fact is not ClockRecounted]))
        .correlate(RunningClock, ClockFiring)
        .scalar_subquery()
    )
    return case((fired - due <= _AT_ONCE, fired - due), (learned > due, fired - learned), else_=fired - due)


def _seconds(session: Session, column: Any) -> Any:
    told = func.extract("epoch", column) if on_postgresql(session) else func.julianday(column) * 86400
    return cast(told, Float)
