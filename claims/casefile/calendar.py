"""Which days work. Published years come from config/calendar/YEAR.toml. An unpublished year is
provisional: it rests on its weekends and on the days that the statute itself fixes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from claims.casefile.year import SATURDAY, BadCalendar, Statute, Year

__all__ = ["BadCalendar", "Calendar", "DayKind", "Statute", "Year"]

STATUTE_FILE = "statutory.toml"


class DayKind(StrEnum):
    """Why a day works or rests."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    HOLIDAY_BREAK = "holiday_break"
    MAKE_UP_DAY = "make_up_day"
    STATUTORY_HOLIDAY = "statutory_holiday"
    """Of an unpublished year: certain, though the break around it isn't."""


@dataclass(frozen=True)
class Calendar:
    """Working days as published so far. A new notice makes another calendar, with another `version`."""

    years: tuple[Year, ...]
    statute: Statute
    version: str = field(init=False, compare=False)
    """Short hash of the days themselves: the same days give the same version, however they are written."""
    published_years: tuple[int, ...] = field(init=False, compare=False)
    _published: frozenset[int] = field(init=False, repr=False, compare=False)
    _rest: frozenset[date] = field(init=False, repr=False, compare=False)
    _work: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = tuple(year.year for year in self.years)
        for earlier, later in pairwise(found):
            if later != earlier + 1:
                raise BadCalendar(f"{later} follows {earlier}: a year is missing, doubled or out of order")
        put = object.__setattr__
        put(self, "published_years", found)
        put(self, "_published", frozenset(found))
        put(self, "_rest", frozenset(day for year in self.years for day in year.rest_days()))
        put(self, "_work", frozenset(day for year in self.years for day in year.work))
        put(self, "version", self._fingerprint())
        for day in (day for year in found for day in self.statute.days_of(year)):
            if self.works(day):
                raise BadCalendar(f"{day.year}: {day} works, but is a holiday by statute")

    @classmethod
    def from_folder(cls, path: Path) -> Calendar:
        """Every YEAR.toml of a folder, and its statutory.toml. Raises BadCalendar, naming file and entry."""
        years = []
        for file in sorted(path.glob("*.toml")):
            if file.name != STATUTE_FILE:
                years.append(Year.from_file(file))
                if str(years[-1].year) != file.stem:
                    raise BadCalendar(f"{file.name}: year is {years[-1].year}")
        if not years:
            raise BadCalendar(f"{path}: no published year")
        return cls.from_years(years, Statute.from_file(path / STATUTE_FILE))

    @classmethod
    def from_years(cls, years: Iterable[Year], statute: Statute | None = None) -> Calendar:
        """A calendar of `years` in any order. Without a statute, an unpublished year rests on weekends alone.

        Raises BadCalendar on a hole in the sequence, a year that comes twice, a holiday by statute that works.
        """
        return cls(tuple(sorted(years, key=lambda year: year.year)), statute or Statute())

    def works(self, day: date) -> bool:
        """True on working days, make-up Saturdays and Sundays included."""
        if day in self._work:
            return True
        if day in self._rest or day.weekday() >= SATURDAY:
            return False
        return day.year in self._published or not self.statute.holds(day)

    def is_provisional(self, day: date) -> bool:
        """True where no notice has been published for the year of `day`."""
        return day.year not in self._published

    def reason(self, day: date) -> DayKind:
        """Why `day` works or rests. A weekend day inside a break counts as the break's."""
        if day in self._work:
            return DayKind.MAKE_UP_DAY
        if day in self._rest:
            return DayKind.HOLIDAY_BREAK
        if day.year not in self._published and self.statute.holds(day):
            return DayKind.STATUTORY_HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WEEKDAY

    def basis(self, day: date) -> str:
        """The notice or statute that made `day` a holiday or a make-up day; "" for any other day."""
        kind = self.reason(day)
        if kind is DayKind.STATUTORY_HOLIDAY:
            return self.statute.basis
        if kind in (DayKind.HOLIDAY_BREAK, DayKind.MAKE_UP_DAY):
            return next(year.notice for year in self.years if year.year == day.year)
        return ""

    def _fingerprint(self) -> str:
        lunar = [day for day in self.statute.lunar if day.year not in self._published]
        fixed = (self.statute.in_force_from, sorted(self.statute.every_year), sorted(lunar))
        text = repr((self.published_years, sorted(self._rest), sorted(self._work), fixed))
        return hashlib.sha256(text.encode()).hexdigest()[:12]
