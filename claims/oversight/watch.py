"""Whether the worker lives, and what waits for it. Words for people; nothing here is about one claim."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from claims.casefile.model import RunningClock
from config.schedule import SCHEDULE
from config.ticks import ticks
from notifications.model import Arrival, Message

PATIENCE = timedelta(minutes=1)
"""What has been due for longer than this should have been done."""


@dataclass(frozen=True)
class Look:
    """The last sign of life of one sweep; at: None where it never gave one."""

    sweep: str
    at: datetime | None
    late: bool
    error: str


@dataclass(frozen=True)
class Watch:
    """What the worker should have done by now and hasn't; `failed`, `quarantined`: what it couldn't do."""

    looks: tuple[Look, ...]
    rungs: int
    messages: int
    failed: int
    arrivals: int
    quarantined: int

    @property
    def stopped(self) -> tuple[Look, ...]:
        return tuple(look for look in self.looks if look.late or look.error)

    @property
    def is_dead(self) -> bool:
        """No sweep at all has been looked at: there is no worker."""
        return all(look.late for look in self.looks)

    @property
    def last(self) -> datetime | None:
        return max((look.at for look in self.looks if look.at), default=None)

    @property
    def is_well(self) -> bool:
        return not (self.stopped or self.rungs or self.messages or self.arrivals)


def watch(session: Session, as_of: datetime) -> Watch:
    """Two queries. Messages wait because a provider refuses them too: that shows in both numbers."""
    due, lately = as_of - PATIENCE, as_of - timedelta(days=30)
    counts = (
        select(func.count()).select_from(RunningClock).where(col(RunningClock.next_look_at) <= due),
        select(func.count()).select_from(Message).where(
            col(Message.state).in_(("queued", "sending")), col(Message.next_try_at) <= due
        ),
        select(func.count()).select_from(Message).where(
            col(Message.state).in_(("failed", "returned")), col(Message.settled_at) > lately
        ),
        select(func.count()).select_from(Arrival).where(
            col(Arrival.state) == "stored", col(Arrival.next_try_at) <= due
        ),
        select(func.count()).select_from(Arrival).where(col(Arrival.state) == "quarantined"),
    )  # fmt: skip
    looks = looks_at(session, as_of)
    return Watch(looks, *session.execute(select(*(count.scalar_subquery() for count in counts))).one())


def looks_at(session: Session, as_of: datetime) -> tuple[Look, ...]:
    """Every sweep of the schedule, alive or not; one query."""
    told = ticks(session)
    return tuple(
        Look(
            name,
            told[name].looked_at if name in told else None,
            name not in told or as_of - told[name].looked_at > max(timedelta(seconds=3 * every.seconds), PATIENCE),
            told[name].error if name in told else "",
        )
        for name, every in SCHEDULE.items()
    )
