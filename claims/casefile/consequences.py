"""Facts that follow from facts, and that nobody enters: a breach, its withdrawal, a near miss, a clock counted anew."""

from datetime import datetime

from claims.casefile.fact import SYSTEM, Fact, Subject
from claims.casefile.facts import BreachWithdrawn, ClockBreached, ClockNearlyBreached, ClockRecounted
from claims.casefile.holding import DueClock
from claims.casefile.model import RunningClock
from config.time import SHANGHAI

FOLLOWING = (ClockBreached, BreachWithdrawn, ClockNearlyBreached, ClockRecounted)
"""They need no proof of their own, whatever was recorded before them."""


def breach_of(clock: RunningClock | DueClock, learned_at: datetime) -> ClockBreached:
    """The breach of `clock`, dated to its first late instant whenever anybody looked."""
    assert clock.legal_due is not None
    return ClockBreached(
        at=clock.legal_due,
        recorded_at=learned_at,
        by=SYSTEM,
        subject=_subject(clock),
        clock=clock.clock,
        legal_due=clock.legal_due.isoformat(),
    )


def withdrawal_of(clock: RunningClock, fact: Fact, *, proof: str = "") -> BreachWithdrawn:
    """The breach that `fact`, entered late or following from a calendar, proves wrong."""
    return BreachWithdrawn(
        at=fact.learned_at,
        by=fact.confirmed_by or fact.by,
        subject=_subject(clock),
        proof=proof or fact.proof,
        clock=clock.clock,
    )


def near_miss_of(clock: RunningClock, fact: Fact) -> ClockNearlyBreached:
    """The duty that `fact` met at the last moment."""
    assert clock.legal_due is not None
    return ClockNearlyBreached(
        at=fact.at,
        recorded_at=fact.learned_at,
        by=SYSTEM,
        subject=_subject(clock),
        clock=clock.clock,
        legal_due=clock.legal_due.isoformat(),
    )


def recount_of(clock: RunningClock, before: RunningClock, notice: str, at: datetime) -> ClockRecounted:
    """`clock` as counted now, `before` as it stood."""
    return ClockRecounted(
        at=at,
        by=SYSTEM,
        subject=_subject(clock),
        clock=clock.clock,
        notice=notice,
        safe_due_before=_written(before.safe_due),
        legal_due_before=_written(before.legal_due),
        safe_due=_written(clock.safe_due),
        legal_due=_written(clock.legal_due),
    )


def _subject(clock: RunningClock | DueClock) -> Subject:
    assert clock.id is not None
    return Subject("clock", clock.id)


def _written(due: datetime | None) -> str:
    return due.astimezone(SHANGHAI).isoformat() if due is not None else ""
