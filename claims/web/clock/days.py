"""What each day of a clock is: counted, resting, worked instead of a weekday, paused, rolled over. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from claims.casefile.calendar import Calendar
from claims.casefile.length import Length, Unit
from claims.casefile.model import ClockPause
from claims.casefile.period import Pause
from claims.casefile.rulebook import UNTIL
from claims.casefile.year import SATURDAY
from config.time import shanghai_day

ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    """The values are CSS classes too."""

    ANCHOR = "anchor"
    WORKING = "working"
    REST = "rest"
    """Rests, but counts: a weekend within three natural days."""
    MAKE_UP = "make-up"
    PAUSED = "paused"
    SKIPPED = "skipped"
    """A rest day that doesn't count: between working days, or after the last day as counted."""
    LATE = "late"
    AHEAD = "ahead"
    """Before the last day of a length that is counted backward: still free."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one clock. safe, legal: its last days. pauses: first and last excluded day of each."""

    anchor: date
    safe: date
    legal: date
    pauses: tuple[tuple[date, date], ...]
    backward: bool
    rest_counts: bool
    calendar: Calendar
    is_counted: bool = True
    """A number of days; months and years go by the date."""

    def kind(self, day: date) -> Kind:
        if day == self.anchor:
            return Kind.ANCHOR
        if any(first <= day <= last for first, last in self.pauses):
            return Kind.PAUSED
        if self.backward:
            return Kind.AHEAD if day < self.legal and day <= self.safe else self._worked(day, day >= self.legal)
        return Kind.LATE if day > self.legal else self._worked(day, day <= self.safe)

    def _worked(self, day: date, counts: bool) -> Kind:
        if self.calendar.works(day):
            return Kind.MAKE_UP if day.weekday() >= SATURDAY else Kind.WORKING
        return Kind.REST if counts and self.rest_counts else Kind.SKIPPED

    def numbers(self) -> dict[date, int]:
        """Each day that counts, forward, up to the last as counted: the first, the second …"""
        if self.backward or not self.is_counted:
            return {}
        span = (self.anchor + n * ONE_DAY for n in range(1, (self.safe - self.anchor).days + 1))
        counting = (day for day in span if self.kind(day) in (Kind.WORKING, Kind.REST, Kind.MAKE_UP))
        return {day: number for number, day in enumerate(counting, 1)}

    def runs(self, first: date, last: date) -> Iterator[tuple[Kind, date, date]]:
        """Neighbouring days of one kind together: kind, first and last day."""
        since, kind = first, self.kind(first)
        day = first
        while day < last:
            day += ONE_DAY
            found = self.kind(day)
            if found is not kind:
                yield kind, since, day - ONE_DAY
                since, kind = day, found
        yield kind, since, last


def excluded(pauses: Iterable[ClockPause | Pause], as_of: datetime) -> tuple[tuple[date, date], ...]:
    """(day of from, day of to], as period.py has it; an open pause lasts until `as_of`."""
    spans = ((shanghai_day(p.from_at) + ONE_DAY, shanghai_day(p.to_at or as_of)) for p in pauses)
    return tuple(sorted(span for span in spans if span[0] <= span[1]))


def is_counted(length: str) -> bool:
    return not length.startswith(UNTIL) and Length.parse(length).unit in (Unit.DAY, Unit.WORKING_DAY)


def rest_counts(length: str) -> bool:
    """Natural days count whether they work or rest; working days don't."""
    return length.startswith(UNTIL) or Length.parse(length).unit is not Unit.WORKING_DAY
