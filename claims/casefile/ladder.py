"""When the warnings of a ladder ring. Pure: instants in, instants out."""

from datetime import datetime, timedelta

from claims.casefile.period import Length
from claims.casefile.rulebook import ClockRule, Rung
from config.time import SHANGHAI, day_start, last_day

BREACH, END = "breach", "end"


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
