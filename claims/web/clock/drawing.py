"""From a reckoning to shapes, labels, marks and rows: what the macros need besides words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from claims.casefile.calendar import Calendar
from claims.casefile.model import ClockPause, RunningClock
from claims.casefile.period import Pause, Reckoning
from claims.casefile.rulebook import ClockRule
from claims.web.clock.bar import Bar, Moments, bar_of_days, bar_of_hours, up_to
from claims.web.clock.days import Days, excluded, is_counted, rest_counts
from claims.web.clock.look import Look, by_the_clock
from claims.web.clock.months import Month, months_of
from claims.web.clock.telling import Row, labels_of_days, labels_of_hours, rows_of_days, rows_of_hours, tags_of_days
from config.time import last_day, shanghai_day

ONE_LINE = 26
"""Narrow letters that fit side by side under a bar on the narrowest phone."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """labels: what stands at each mark of the bar. rows: the bar again, for who can't see it."""

    bar: Bar
    labels: dict[str, str]
    rows: tuple[Row, ...]
    tags: dict[str, str]
    """What stands on a day, by its kind and its marks."""
    days: Days | None = None
    """None for hours, which no calendar shows."""
    ends: tuple[date, date] = (date.min, date.min)
    marks: dict[str, date] | None = None

    @property
    def is_wordy(self) -> bool:
        """The labels at both ends need a line each on a narrow phone; a Chinese character is as wide as two others."""
        return sum(1 + (letter > "\u2e80") for letter in self.labels["anchor"] + self.labels["due"]) > ONE_LINE

    def months(self) -> tuple[Month, ...]:
        return months_of(self.days, *self.ends, self.marks or {}) if self.days else ()


def drawing_of(
    clock: RunningClock,
    rule: ClockRule,
    pauses: Sequence[ClockPause | Pause],
    counted: Reckoning,
    calendar: Calendar,
    as_of: datetime,
    look: Look,
) -> Drawing:
    """`counted` has both dues: those of the clock, or of a paused one if it were resumed."""
    assert counted.safe_due is not None and counted.legal_due is not None
    shows_now = look.runs or look in (Look.BREACHED, Look.PAUSED)
    moments = Moments(as_of if shows_now else None, clock.met_at)
    if by_the_clock(clock.length):
        return _of_hours(clock, pauses, counted.legal_due, moments, as_of, look)
    days = Days(
        anchor=shanghai_day(clock.anchor),
        safe=last_day(counted.safe_due),
        legal=last_day(counted.legal_due),
        pauses=excluded(pauses, as_of),
        backward=rule.direction == "backward",
        rest_counts=rest_counts(clock.length),
        calendar=calendar,
        is_counted=is_counted(clock.length),
    )
    found = {"anchor": days.anchor, "due": days.legal} | ({"safe": days.safe} if days.safe != days.legal else {})
    found |= {name: shanghai_day(at) for name, at in (("now", moments.now), ("met", moments.met)) if at}
    bar = bar_of_days(days, moments)
    return Drawing(
        bar,
        labels_of_days(days, rule, look, moments.latest if bar.is_cut else None),
        rows_of_days(days, as_of),
        tags_of_days(rule, look, crowded=bar.is_dense),
        days,
        up_to(days, moments),
        found,
    )


def _of_hours(
    clock: RunningClock,
    pauses: Sequence[ClockPause | Pause],
    due: datetime,
    moments: Moments,
    as_of: datetime,
    look: Look,
) -> Drawing:
    stops = [(pause.from_at, pause.to_at or as_of) for pause in pauses]
    bar = bar_of_hours(clock.anchor, due, stops, moments)
    return Drawing(
        bar,
        labels_of_hours(clock.anchor, due, look, moments.latest if bar.is_cut else None),
        rows_of_hours(clock.anchor, due, stops, as_of),
        {},
    )
