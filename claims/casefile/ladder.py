"""When the warnings of a ladder ring. Pure: instants in, instants out."""

from datetime import datetime, timedelta

from claims.casefile.period import Length
from claims.casefile.rulebook import ClockRule, Rung
from config.time import SHANGHAI, day_start, last_day

BREACH, END = "breach", "end"
LAST_PART = 0.1
"""A duty that was met within the last tenth of its time was nearly missed."""


def rung_at(rung: Rung, anchor: datetime, safe_due: datetime, legal_due: datetime) -> datetime:
    """The instant at which `rung` is due. Shares and "before" count to `safe_due`; a breach or end is `legal_due`."""
    if rung.on in (BREACH, END):
        return legal_due
    if rung.share is not None:
        return anchor + rung.share * (safe_due - anchor)
    if rung.before is not None:
        return safe_due - Length.parse(rung.before).duration
    last_safe_day = last_day(safe_due)
    return day_start(last_safe_day).astimezone(SHANGHAI) + timedelta(hours=rung.hour)


def is_near_miss(at: datetime, anchor: datetime, safe_due: datetime | None, legal_due: datetime | None) -> bool:
    """Whether what was met at `at` was met in time, but not before the last tenth of the way to `safe_due`."""
    if safe_due is None or legal_due is None or safe_due <= anchor:
        return False
    return safe_due - LAST_PART * (safe_due - anchor) <= at < legal_due


def ladder(rule: ClockRule, anchor: datetime, safe_due: datetime, legal_due: datetime) -> list[tuple[datetime, Rung]]:
    """Every rung with its instant, earliest first."""
    timed = [(rung_at(rung, anchor, safe_due, legal_due), rung) for rung in rule.ladder]
    return sorted(timed, key=lambda pair: pair[0])


def first_look(timed: list[tuple[datetime, Rung]], as_of: datetime) -> datetime | None:
    """The next instant to look at a clock that starts (or is counted anew) at `as_of`.

    Rungs already past are skipped but for the highest, which rings at once.
    """
    past = [at for at, _ in timed if at <= as_of]
    return past[-1] if past else next((at for at, _ in timed), None)


def look_after(timed: list[tuple[datetime, Rung]], as_of: datetime) -> datetime | None:
    """The next instant to look after everything due by `as_of` has rung; None when the ladder is at its end."""
    return next((at for at, _ in timed if at > as_of), None)
