"""What is known of a year's days: a published `Year` with its notice, or else the `Statute`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

SATURDAY = 5
LONGEST_BREAK = 31
"""Days. A longer one is a typing mistake: the longest so far had ten."""

FESTIVALS = {"spring_festival", "qingming", "dragon_boat", "mid_autumn"}

_ONE_DAY = timedelta(days=1)


class BadCalendar(ValueError):
    """A calendar that can't be right; names the file (or year) and the entry."""


@dataclass(frozen=True)
class Year:
    """A published year. rest: first and last day of each break, weekends included; work: the make-up days.

    Raises BadCalendar where breaks overlap or leave the year, a day both rests and works, or a make-up day
    isn't a Saturday or Sunday.
    """

    year: int
    notice: str
    rest: tuple[tuple[date, date], ...]
    work: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if not self.notice.strip():
            raise BadCalendar(f"{self.year}: notice is empty")
        for first, last in self.rest:
            self._check_break(f"{self.year}: rest {first} to {last}", first, last)
        for (_, end), (first, last) in pairwise(sorted(self.rest)):
            if first <= end:
                raise BadCalendar(f"{self.year}: rest {first} to {last} overlaps the break ending on {end}")
        for day in self.work:
            self._check_make_up_day(f"{self.year}: work {day}", day)

    @classmethod
    def from_file(cls, path: Path) -> Year:
        """Reads a calendar file. Raises BadCalendar, naming the file and the entry."""
        try:
            return cls.from_toml(_text_of(path))
        except BadCalendar as error:
            raise BadCalendar(f"{path.name}: {error}") from error

    @classmethod
    def from_toml(cls, text: str) -> Year:
        """The same from the text of such a file. Raises BadCalendar, naming the entry."""
        table = _read(text, {"year", "notice", "rest", "work"})
        year, notice = _plain(table, "year", int), _plain(table, "notice", str)
        rest = tuple(_span("rest", entry) for entry in _plain(table, "rest", list))
        work = tuple(_day("work", entry) for entry in _plain(table, "work", list))
        return cls(year, notice, rest, work)

    def rest_days(self) -> Iterator[date]:
        """Each day of each break."""
        for first, last in self.rest:
            yield from _days(first, last)

    def _check_break(self, entry: str, first: date, last: date) -> None:
        if last < first:
            raise BadCalendar(f"{entry} ends before it begins")
        if first.year != self.year or last.year != self.year:
            raise BadCalendar(f"{entry} leaves {self.year}; a day belongs in the file of its own year")
        if (last - first).days >= LONGEST_BREAK:
            raise BadCalendar(f"{entry} is longer than {LONGEST_BREAK} days")

    def _check_make_up_day(self, entry: str, day: date) -> None:
        if day.year != self.year:
            raise BadCalendar(f"{entry} is outside {self.year}; a day belongs in the file of its own year")
        if day.weekday() < SATURDAY:
            raise BadCalendar(f"{entry} is a {day:%A}; make-up days are Saturdays and Sundays")
        if any(first <= day <= last for first, last in self.rest):
            raise BadCalendar(f"{entry} is a day of rest as well")
        if self.work.count(day) > 1:
            raise BadCalendar(f"{entry} is named twice")


@dataclass(frozen=True)
class Statute:
    """The days that 放假办法 itself makes holidays, for years without a notice. None shifted or guessed."""

    basis: str = ""
    in_force_from: date = date.max
    every_year: frozenset[tuple[int, int]] = frozenset()
    """(month, day)"""
    lunar: frozenset[date] = frozenset()
    """Solar dates of the lunar festivals and 清明, as far ahead as the table reaches."""

    @classmethod
    def from_file(cls, path: Path) -> Statute:
        """Reads statutory.toml. Raises BadCalendar, naming the file and the entry."""
        try:
            table = _read(_text_of(path), {"basis", "in_force_from", "every_year", "lunar"})
            fixed = frozenset(_month_and_day(text) for text in _plain(table, "every_year", list))
            rows = _plain(table, "lunar", dict)
            lunar = frozenset(day for year, row in rows.items() for day in _festivals(year, row))
            start = _day("in_force_from", table["in_force_from"])
            return cls(_plain(table, "basis", str), start, fixed, lunar)
        except BadCalendar as error:
            raise BadCalendar(f"{path.name}: {error}") from error

    def days_of(self, year: int) -> list[date]:
        """The holidays of `year` that are known for certain; none before the statute is in force."""
        fixed = (date(year, month, day) for month, day in self.every_year)
        days = {*fixed, *(day for day in self.lunar if day.year == year)}
        return sorted(day for day in days if day >= self.in_force_from)

    def holds(self, day: date) -> bool:
        """True where `day` is a holiday whatever the notice will say."""
        return day >= self.in_force_from and ((day.month, day.day) in self.every_year or day in self.lunar)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCalendar(str(error)) from error


def _read(text: str, keys: Set[str]) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadCalendar(str(error)) from error
    for key in sorted(keys ^ table.keys()):
        raise BadCalendar(f"{key} is {'missing' if key in keys else 'not known here'}")
    return table


def _plain(table: dict[str, Any], key: str, kind: type[T]) -> T:
    found = table[key]
    if not isinstance(found, kind) or isinstance(found, bool):
        raise BadCalendar(f"{key}: {found!r} is no {kind.__name__}")
    return found


def _day(entry: str, found: object) -> date:
    if type(found) is not date:  # a datetime is a date too, but not a day
        raise BadCalendar(f"{entry}: {found!r} is not a date")
    return found


def _span(entry: str, found: object) -> tuple[date, date]:
    if not isinstance(found, list) or len(found) != 2:
        raise BadCalendar(f"{entry}: {found!r} is not a pair of dates")
    return _day(entry, found[0]), _day(entry, found[1])


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * _ONE_DAY for n in range((last - first).days + 1))


def _month_and_day(text: object) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2000-{text}")
    except ValueError as error:
        raise BadCalendar(f"every_year: {text!r} is not a month and day such as '05-01'") from error
    return day.month, day.day


def _festivals(year: str, row: object) -> Iterator[date]:
    if not isinstance(row, dict) or row.keys() != FESTIVALS:
        raise BadCalendar(f"lunar {year}: {row!r} doesn't name {', '.join(sorted(FESTIVALS))}")
    for name, found in row.items():
        entry = f"lunar {year} {name}"
        first, last = _span(entry, found) if isinstance(found, list) else (_day(entry, found),) * 2
        if str(first.year) != year or str(last.year) != year:
            raise BadCalendar(f"{entry}: {first} is outside {year}")
        yield from _days(first, last)
