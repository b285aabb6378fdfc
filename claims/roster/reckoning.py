"""Who is on duty when: reckoned from the shifts, without a database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from claims.casefile import Calendar
from claims.roster.model import SUBSTITUTE, DutyShift
from config.time import SHANGHAI, shanghai_day

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """From one change to the next. `shifts`: in the order of ringing; none is a hole."""

    from_at: datetime
    to_at: datetime
    shifts: tuple[DutyShift, ...]


def on_duty(shifts: Sequence[DutyShift], calendar: Calendar, at: datetime) -> tuple[DutyShift, ...]:
    """In the order of ringing. A substitute takes the place of everybody of the same rank; the newest of several."""
    serving = [s for s in shifts if any(first <= at < last for first, last in _around(s, calendar, at))]
    replaced = {s.rank: s for s in sorted(serving, key=lambda s: s.id or 0) if s.kind == SUBSTITUTE}
    rung = [s for s in serving if s.kind != SUBSTITUTE and s.rank not in replaced] + list(replaced.values())
    return tuple(sorted(rung, key=lambda s: (s.rank, s.id or 0)))


def stretches(shifts: Sequence[DutyShift], calendar: Calendar, first: datetime, last: datetime) -> list[Stretch]:
    """The whole span [first, last), cut wherever who is rung changes."""
    cuts = {first, last}
    for day in _days(shanghai_day(first) - ONE_DAY, shanghai_day(last)):
        cuts |= {end for s in shifts if _begins_on(s, day, calendar) for end in _hours(s, day) if first < end < last}
    edges = sorted(cuts)
    found: list[Stretch] = []
    for start, end in pairwise(edges):
        rung = on_duty(shifts, calendar, start)
        if found and found[-1].shifts == rung:
            start = found.pop().from_at
        found.append(Stretch(start, end, rung))
    return found


def gaps(shifts: Sequence[DutyShift], calendar: Calendar, first: datetime, last: datetime) -> list[Stretch]:
    """The hours in which nobody is on duty."""
    return [stretch for stretch in stretches(shifts, calendar, first, last) if not stretch.shifts]


def _around(shift: DutyShift, calendar: Calendar, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The shifts of this row that can hold `at`: today's, and the one that began yesterday."""
    today = shanghai_day(at)
    return (_hours(shift, day) for day in (today - ONE_DAY, today) if _begins_on(shift, day, calendar))


def _begins_on(shift: DutyShift, day: date, calendar: Calendar) -> bool:
    if day < shift.first_on or (shift.last_on is not None and day > shift.last_on):
        return False
    if (day - shift.first_on).days % shift.cycle_days >= shift.run_days:
        return False
    return shift.days == "all" or calendar.works(day) == (shift.days == "working")


def _hours(shift: DutyShift, day: date) -> tuple[datetime, datetime]:
    first, last = (time.fromisoformat(each) for each in (shift.from_time, shift.to_time))
    ends_on = day if last > first else day + ONE_DAY
    return datetime.combine(day, first, SHANGHAI), datetime.combine(ends_on, last, SHANGHAI)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
