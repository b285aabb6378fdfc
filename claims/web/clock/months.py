"""The days of a clock as small calendars, Monday first, without the weeks in which it doesn't run. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from claims.web.clock.days import ONE_DAY, Days, Kind
from claims.web.clock.wording import month_in_words

MOST = 4
"""So many months are shown in a row; of more, those in which something happens."""


@dataclass(frozen=True, slots=True)
class Day:
    """kind: None outside it. marks: of `anchor`, `safe`, `due`, `now`, `met`. number: 1 for the first counted."""

    day: date
    kind: Kind | None
    works: bool
    marks: tuple[str, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    title: str
    weeks: tuple[tuple[Day | None, ...], ...]
    after_gap: bool
    """Months before it are left out."""


def months_of(days: Days, first: date, last: date, marks: dict[str, date]) -> tuple[Month, ...]:
    """Every month from `first` to `last`, or of many the first, the last, and those with a mark or a pause."""
    wanted = list(_month_starts(first, last))
    if len(wanted) > MOST:
        told = {day.replace(day=1) for day in (first, last, *marks.values(), *(d for p in days.pauses for d in p))}
        wanted = [month for month in wanted if month in told]
    on: dict[date, tuple[str, ...]] = {}
    for mark, day in marks.items():
        on[day] = (*on.get(day, ()), mark)
    numbers = days.numbers()
    shown = []
    for number, month in enumerate(wanted):
        gap = number > 0 and _next(wanted[number - 1]) != month
        shown.append(Month(month, month_in_words(month), tuple(_weeks(month, days, (first, last), on, numbers)), gap))
    return tuple(shown)


def _weeks(
    month: date, days: Days, ends: tuple[date, date], on: dict[date, tuple[str, ...]], numbers: dict[date, int]
) -> Iterator[tuple[Day | None, ...]]:
    monday = month - timedelta(days=month.weekday())
    while monday < _next(month):
        week = [monday + n * ONE_DAY for n in range(7)]
        monday += 7 * ONE_DAY
        if week[-1] < ends[0] or week[0] > ends[1]:
            continue
        yield tuple(
            Day(
                day,
                days.kind(day) if ends[0] <= day <= ends[1] else None,
                days.calendar.works(day),
                on.get(day, ()),
                numbers.get(day),
            )
            if day.month == month.month
            else None
            for day in week
        )


def _month_starts(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _next(month)


def _next(month: date) -> date:
    return (month.replace(day=28) + 4 * ONE_DAY).replace(day=1)
