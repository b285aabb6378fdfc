"""When a length that starts, or ends, at an anchor runs out, and why: 民法典 200–204. Pure.

Two dates for each (ADR 0002). Forward, `safe_due` is the day as counted and `legal_due` that day rolled
to the next working day (203). Backward, `legal_due` is the day as counted and `safe_due` rolled earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from claims.casefile.calendar import Calendar
from claims.casefile.counting import NEVER, ONE_DAY, DayCount
from claims.casefile.length import BadLength, Length, Unit, Unreckonable
from claims.casefile.steps import Rule, Step
from config.time import SHANGHAI, day_end, shanghai_day

__all__ = [
    "BadAnchor",
    "BadLength",
    "BadPause",
    "Length",
    "Pause",
    "Reckoning",
    "Rule",
    "Step",
    "Unreckonable",
    "reckon",
]

T = TypeVar("T", date, datetime)

FIRST_YEAR, LAST_YEAR = 1992, 2200
"""Anchors and pauses lie in these: Shanghai has had no summer time since 1992."""

_NEVER_AT = datetime.max.replace(tzinfo=UTC)


class BadAnchor(Unreckonable):
    """An anchor without a time zone, or out of all proportion."""


class BadPause(Unreckonable):
    """A pause that ends before it begins, or that this length can't have."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A clock that stands still from `from_at` to `to_at`, or still does. Raises BadPause."""

    from_at: datetime
    to_at: datetime | None = None

    def __post_init__(self) -> None:
        for at in (self.from_at, self.to_at or self.from_at):
            if not _can_be_reckoned(at):
                raise BadPause(f"{at.isoformat()} can't be the beginning or end of a pause")
        if self.to_at is not None and self.to_at < self.from_at:
            raise BadPause(f"a pause from {self.from_at.isoformat()} can't end at {self.to_at.isoformat()}")


@dataclass(frozen=True, slots=True)
class Reckoning:
    """`safe_due ≤ legal_due`: ends of Shanghai days, exclusive, or exact instants; both None while `paused`.

    provisional: leans on a day of a year whose calendar isn't published.
    """

    safe_due: datetime | None
    legal_due: datetime | None
    provisional: bool
    steps: tuple[Step, ...]
    paused: bool = False


def reckon(
    length: str,
    anchor: datetime,
    *,
    direction: str = "forward",
    roll: str = "next",
    pauses: Sequence[Pause] = (),
    calendar: Calendar,
) -> Reckoning:
    """When `length` from `anchor` (or, backward, before it) runs out.

    roll: `next` as the law has it, `previous` for a promise kept early, `none`. Backward, all but `none` go
    earlier. A pause that begins on the last day or later changes nothing, even an open one.
    Raises Unreckonable: BadLength, BadAnchor, BadPause.
    """
    wanted = Length.parse(length)
    _refuse_nonsense(wanted, anchor, direction, roll, pauses)
    backward = direction == "backward"
    if wanted.by_the_clock:
        return _to_the_instant(wanted, anchor.astimezone(UTC), backward, pauses)
    return _to_the_day(DayCount(wanted, shanghai_day(anchor), backward, calendar), roll, pauses)


def _refuse_nonsense(wanted: Length, anchor: datetime, direction: str, roll: str, pauses: Sequence[Pause]) -> None:
    if direction not in ("forward", "backward") or roll not in ("next", "none", "previous"):
        raise Unreckonable(f"direction {direction!r} or roll {roll!r} is not known")
    if not _can_be_reckoned(anchor):
        raise BadAnchor(f"nothing can be reckoned from {anchor.isoformat()}")
    if direction == "backward" and pauses:
        raise BadPause("a length that is counted backward can't be paused")
    if direction == "backward" and wanted.unit is Unit.AT_ONCE:
        raise BadLength("'at once' can't be counted backward")


def _to_the_day(days: DayCount, roll: str, pauses: Sequence[Pause]) -> Reckoning:
    """A pause takes out (day of from, day of to]; half-open, as spans are kept here, [from + 1, to + 1)."""
    spans = [(shanghai_day(p.from_at) + ONE_DAY, shanghai_day(p.to_at) + ONE_DAY if p.to_at else NEVER) for p in pauses]
    days.count(_joined(spans, days.anchor + ONE_DAY), roll)
    if days.safe is None or days.legal is None:
        return Reckoning(None, None, False, tuple(days.steps), paused=True)
    safe_due = day_end(days.safe)
    legal_due = safe_due if days.legal == days.safe else day_end(days.legal)
    return Reckoning(safe_due, legal_due, days.provisional, tuple(days.steps))


def _to_the_instant(wanted: Length, start: datetime, backward: bool, pauses: Sequence[Pause]) -> Reckoning:
    due = start - wanted.duration if backward else start + wanted.duration
    rule = Rule.AT_ONCE if wanted.unit is Unit.AT_ONCE else Rule.HOUR_EXACT
    steps = [Step.of(rule, shanghai_day(start), str(wanted), shanghai_day(due))]
    spans = [(p.from_at.astimezone(UTC), p.to_at.astimezone(UTC) if p.to_at else _NEVER_AT) for p in pauses]
    for stops, resumes in _joined(spans, start):
        if stops >= due:
            break
        if resumes == _NEVER_AT:
            steps.append(Step.of(Rule.PAUSED, shanghai_day(stops), "open"))
            return Reckoning(None, None, False, tuple(steps), paused=True)
        due += resumes - stops
        effect = f"{(resumes - stops).total_seconds():.0f} seconds"
        steps.append(Step.of(Rule.PAUSED, shanghai_day(stops), effect, shanghai_day(resumes)))
    due = due.astimezone(SHANGHAI)
    return Reckoning(due, due, False, tuple(steps))


def _joined(spans: Iterable[tuple[T, T]], after: T) -> list[tuple[T, T]]:
    """Half-open spans in order, cut to what isn't before `after`; overlaps and neighbours become one."""
    joined: list[tuple[T, T]] = []
    for first, end in sorted(spans):
        first = max(first, after)
        if first >= end:
            continue
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((first, end))
    return joined


def _can_be_reckoned(at: datetime) -> bool:
    return at.utcoffset() is not None and FIRST_YEAR <= at.year <= LAST_YEAR
