"""The bar as shapes: where each day, month or hour lies between 0 % and 100 %. Pure; the macro only writes them out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from claims.web.clock.days import ONE_DAY, Days, Kind
from claims.web.clock.wording import short_month
from config.time import day_start, shanghai_day

DAY_BY_DAY, RUN_BY_RUN, MONTH_BY_MONTH = 24, 100, 1250
"""The most days that are drawn one by one; as runs of one kind; as months. Longer: as years."""
LABELLED = 15
"""The most cells that can hold a number each on a narrow phone."""
NAMED = 7.0
"""Per cent that a month needs for its name."""
CUT = "…"
TAIL = 0.6
"""What comes after the last day is drawn no longer than this share of what comes before."""
STEPS = tuple(timedelta(minutes=m) for m in (1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440))
MOST_STEPS = 12
AT_ONCE = timedelta(minutes=15)
"""What is drawn at least of a length that has none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """x, width: per cent of the bar. label: the number of the day or month, or nothing. day: where it is one."""

    x: float
    width: float
    kind: Kind
    label: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """Positions in per cent; None where there is no such mark, or no time between it and another."""

    grain: str
    """`days`, `runs`, `months`, `hours`."""
    cells: tuple[Cell, ...]
    over: tuple[Cell, ...]
    """Laid over the cells: pauses and lateness where a cell is longer than a day."""
    anchor: float
    due: float
    safe: float | None
    now: float | None
    met: float | None
    is_dense: bool
    """Too many cells for numbers on a narrow screen."""
    is_cut: bool = False
    """What is shown at the end comes days later than the day drawn before it."""


@dataclass(frozen=True, slots=True)
class Moments:
    """What moves along the bar. now, met: None where they aren't shown."""

    now: datetime | None
    met: datetime | None

    @property
    def latest(self) -> datetime | None:
        return max((at for at in (self.now, self.met) if at is not None), default=None)


@dataclass(frozen=True, slots=True)
class Scale:
    start: datetime
    end: datetime

    def at(self, at: datetime) -> float:
        """Per cent, kept within the bar."""
        share = (at - self.start) / (self.end - self.start)
        return round(100 * min(max(share, 0.0), 1.0), 3)

    def cell(self, since: datetime, until: datetime, kind: Kind, label: str = "") -> Cell:
        x = self.at(since)
        return Cell(x, round(self.at(until) - x, 3), kind, label)


def bar_of_days(days: Days, moments: Moments) -> Bar:
    """From the anchor's day to the last one; backward, from some days before the last one to the anchor."""
    first, last = ends(days, moments)
    is_cut = not days.backward and last < up_to(days, moments)[1]
    number = (last - first).days + 1
    scale = Scale(day_start(first), day_start(last + ONE_DAY))
    wide = 100 / number
    cells: tuple[Cell, ...]
    over: tuple[Cell, ...] = ()
    if number <= DAY_BY_DAY:
        cells = tuple(_one_by_one(days, first, number, wide))
    elif number <= RUN_BY_RUN:
        cells = tuple(
            Cell(round((since - first).days * wide, 3), round(((until - since).days + 1) * wide, 3), kind)
            for kind, since, until in days.runs(first, last)
        )
    else:
        cells, over = tuple(_by_month(scale, first, last)), tuple(_over(scale, days, last))
    if is_cut and number <= DAY_BY_DAY:
        cells = (*cells[:-1], replace(cells[-1], label=CUT, day=None))
    elif is_cut:
        over = (*over, Cell(100 - NAMED, NAMED, Kind.LATE, CUT))
    return Bar(
        grain="days" if number <= DAY_BY_DAY else "runs" if number <= RUN_BY_RUN else "months",
        cells=cells,
        over=over,
        anchor=scale.at(day_start(days.anchor)),
        due=scale.at(day_start(days.legal + ONE_DAY)),
        safe=scale.at(day_start(days.safe + ONE_DAY)) if days.safe != days.legal else None,
        now=scale.at(moments.now) if moments.now else None,
        met=scale.at(moments.met) if moments.met else None,
        is_dense=len(cells) > LABELLED,
        is_cut=is_cut,
    )


def bar_of_hours(start: datetime, due: datetime, stops: list[tuple[datetime, datetime]], moments: Moments) -> Bar:
    """From one instant to another, in even steps. stops: from, to of each pause."""
    first, last = min(start, due), max(start, due)
    latest = max(moments.latest or last, last)
    tail = first + (last - first) * (1 + TAIL) if last > first else max(latest, first + AT_ONCE)
    scale = Scale(first, min(latest, tail) if last > first else tail)
    step = next((s for s in STEPS if (scale.end - first) / s <= MOST_STEPS), (scale.end - first) / MOST_STEPS)
    cells = []
    at = first
    while at < scale.end:
        until = min(at + step, scale.end, due) if at < due else min(at + step, scale.end)
        cells.append(scale.cell(at, until, Kind.WORKING if until <= last and last > first else Kind.LATE))
        at = until
    is_cut = latest > scale.end
    if is_cut:
        cells[-1] = replace(cells[-1], label=CUT)
    return Bar(
        grain="hours",
        cells=tuple(cells),
        over=tuple(scale.cell(since, until, Kind.PAUSED) for since, until in stops),
        anchor=scale.at(start),
        due=scale.at(due),
        safe=None,
        now=scale.at(moments.now) if moments.now else None,
        met=scale.at(moments.met) if moments.met else None,
        is_dense=False,
        is_cut=is_cut,
    )


def ends(days: Days, moments: Moments) -> tuple[date, date]:
    """The first and the last day that are drawn."""
    if days.backward:
        length = (days.anchor - days.safe).days
        ahead = timedelta(days=max(3, round(length * TAIL)))
        known = shanghai_day(moments.latest) if moments.latest else days.safe
        return max(min(known, days.safe - 3 * ONE_DAY), days.safe - ahead), days.anchor
    length = (days.legal - days.anchor).days + 1
    longest = days.legal + timedelta(days=max(1, round(length * TAIL)))
    return days.anchor, min(up_to(days, moments)[1], longest)


def up_to(days: Days, moments: Moments) -> tuple[date, date]:
    """The first and the last day of the clock as it stands, however late."""
    if days.backward:
        return ends(days, moments)
    latest = shanghai_day(moments.latest) if moments.latest else days.legal
    return days.anchor, max(days.legal, latest)


def _one_by_one(days: Days, first: date, number: int, wide: float) -> Iterator[Cell]:
    for n in range(number):
        day = first + n * ONE_DAY
        label = f"{day.month}/{day.day}" if day.day == 1 and n and number <= LABELLED else str(day.day)
        yield Cell(round(n * wide, 3), round(wide, 3), days.kind(day), label, day)


def _by_month(scale: Scale, first: date, last: date) -> Iterator[Cell]:
    """One cell for each calendar month, or year, that the bar touches."""
    yearly = (last - first).days + 1 > MONTH_BY_MONTH
    since = first
    while since <= last:
        step = 12 if yearly else 1
        month = since.year * 12 + (0 if yearly else since.month - 1) + step
        until = min(date(month // 12, month % 12 + 1, 1), last + ONE_DAY)
        cell = scale.cell(day_start(since), day_start(until), Kind.WORKING)
        starts_year = yearly or (since.month == 1 and cell.width < NAMED)
        label = str(since.year) if starts_year else short_month(since) if cell.width >= NAMED else ""
        yield replace(cell, label=label)
        since = until


def _over(scale: Scale, days: Days, last: date) -> Iterator[Cell]:
    for first, end in days.pauses:
        yield scale.cell(day_start(first), day_start(end + ONE_DAY), Kind.PAUSED)
    if not days.backward and last > days.legal:
        yield scale.cell(day_start(days.legal + ONE_DAY), day_start(last + ONE_DAY), Kind.LATE)
    if days.backward:
        yield scale.cell(scale.start, day_start(days.legal + ONE_DAY), Kind.AHEAD)
