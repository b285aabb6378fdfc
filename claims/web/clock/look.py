"""How a clock stands at an instant: one word, one icon, one colour. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from claims.casefile.length import Length
from claims.casefile.model import RunningClock
from claims.casefile.queries import Duty
from claims.casefile.rulebook import UNTIL, ClockRule
from config.time import last_day, shanghai_day

LEAST_NOTICE, MOST_NOTICE = 2, 7
"""Days, the last one among them, for which a clock of days is near its end if its ladder doesn't say how many."""


class Look(StrEnum):
    """What a reader is told first. The values are CSS classes and icon names too."""

    IN_TIME = "in-time"
    NEAR = "near"
    LAST_DAY = "last-day"
    ROLLED = "rolled"
    """The last day as counted is over; only the rest days that follow it carry on until `legal_due` (民法典 203)."""
    DANGER = "danger"
    """In time as such, but somebody may come to harm until a danger is made safe: that comes first (第七条(八))."""
    BREACHED = "breached"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met-late"
    ENDED = "ended"
    """A term, or a measure that is only reported, whose last day is over: nobody is in breach."""
    CANCELLED = "cancelled"

    @property
    def runs(self) -> bool:
        return self in (Look.IN_TIME, Look.NEAR, Look.LAST_DAY, Look.ROLLED, Look.DANGER)


def by_the_clock(length: str) -> bool:
    """Whether `length` ends at an exact instant, not with a day."""
    return not length.startswith(UNTIL) and Length.parse(length).by_the_clock


CALL_BACK = "contact"


def look_at(clock: RunningClock | Duty, rule: ClockRule, as_of: datetime, *, in_danger: bool = False) -> Look:
    """Computed, not stored: a clock is breached from its first late instant, whether or not a sweep has come by.

    in_danger: a danger is open. Then the call back is as near its end as making safe is, and nothing else at leisure.
    """
    if clock.state == "cancelled":
        return Look.CANCELLED
    if clock.met_at is not None:
        late = rule.kind == "deadline" and clock.legal_due is not None and clock.met_at >= clock.legal_due
        return Look.MET_LATE if late else Look.MET
    if clock.state == "paused" or clock.safe_due is None or clock.legal_due is None:
        return Look.PAUSED
    if as_of >= clock.legal_due:
        return Look.BREACHED if rule.breaches else Look.ENDED
    look = _running(clock, rule, clock.safe_due, clock.legal_due, as_of)
    if look is not Look.IN_TIME:
        return look
    if rule.stands_first or (in_danger and clock.clock == CALL_BACK):
        return Look.NEAR
    return Look.DANGER if in_danger else look


def _running(
    clock: RunningClock | Duty, rule: ClockRule, safe_due: datetime, legal_due: datetime, as_of: datetime
) -> Look:
    if not by_the_clock(clock.length):
        if shanghai_day(as_of) == last_day(legal_due):
            return Look.LAST_DAY
        if as_of >= safe_due:
            return Look.NEAR if rule.direction == "backward" else Look.ROLLED
    return Look.NEAR if as_of >= near_from(clock, rule, safe_due) else Look.IN_TIME


def near_from(clock: RunningClock | Duty, rule: ClockRule, safe_due: datetime) -> datetime:
    """From when a clock is near its end: the "before" warning of its ladder, else about a fifth of the days.

    The last third for hours.
    """
    warned = [Length.parse(rung.before).duration for rung in rule.ladder if rung.before]
    if warned:
        return safe_due - max(warned)
    whole = abs(safe_due - clock.anchor)
    if by_the_clock(clock.length):
        return safe_due - whole / 3
    return safe_due - timedelta(days=min(max(1 + whole.days // 5, LEAST_NOTICE), MOST_NOTICE))
