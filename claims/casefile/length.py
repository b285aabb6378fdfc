"""Lengths as config/clocks.toml and the API write them: `3 days`, `3 working days`, `2 months`, `at once`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache


class Unreckonable(ValueError):
    """A reckoning that was asked for wrongly; its words may be shown to whoever asked."""


class BadLength(Unreckonable):
    """A length that says nothing, or nothing sensible."""


class Unit(StrEnum):
    AT_ONCE = "at once"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working day"
    MONTH = "month"
    YEAR = "year"


LONGEST = {
    Unit.MINUTE: 100 * 366 * 24 * 60,
    Unit.HOUR: 100 * 366 * 24,
    Unit.DAY: 100 * 366,
    Unit.WORKING_DAY: 100 * 262,
    Unit.MONTH: 100 * 12,
    Unit.YEAR: 100,
}
"""About a hundred years of each."""

_WRITTEN = re.compile(r"(-?[0-9]{1,9}) +(minute|hour|day|working day|month|year)s?")
_DURATIONS = {
    Unit.AT_ONCE: timedelta(0),
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
}


@dataclass(frozen=True)
class Length:
    """A number of one unit. `at once` has the number 0."""

    number: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Length:
        """Reads a length, singular or plural. Raises BadLength on anything else, zero, or over 100 years."""
        if not isinstance(text, str):
            raise BadLength(f"{text!r} is no text")
        return _parse(text)

    @property
    def by_the_clock(self) -> bool:
        """True for hours, minutes and `at once`: they run from the instant and never roll (民法典 201 ¶2)."""
        return self.unit in (Unit.HOUR, Unit.MINUTE, Unit.AT_ONCE)

    @property
    def duration(self) -> timedelta:
        """Raises BadLength for working days, months and years: those depend on where they begin."""
        if self.unit not in _DURATIONS:
            raise BadLength(f"{self} is no fixed duration")
        return self.number * _DURATIONS[self.unit]

    def __str__(self) -> str:
        if self.unit is Unit.AT_ONCE:
            return self.unit.value
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


@lru_cache(maxsize=512)
def _parse(text: str) -> Length:
    if text == Unit.AT_ONCE:
        return Length(0, Unit.AT_ONCE)
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise BadLength(f"{text!r} is no length, such as '3 days', '3 working days', '2 months' or 'at once'")
    number, unit = int(written[1]), Unit(written[2])
    if number <= 0:
        raise BadLength(f"{text!r} is not a positive length")
    if number > LONGEST[unit]:
        raise BadLength(f"{text!r} is longer than a hundred years")
    return Length(number, unit)
