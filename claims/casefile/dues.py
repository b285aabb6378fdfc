"""Counting a clock by its rule: a length from its anchor, or until a day that people agreed on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from claims.casefile.calendar import Calendar
from claims.casefile.model import ClockPause
from claims.casefile.period import Pause, Reckoning, reckon
from claims.casefile.rulebook import UNTIL, ClockRule
from claims.casefile.steps import Rule, Step
from config.time import day_end, shanghai_day


def count(
    rule: ClockRule, length: str, anchor: datetime, pauses: Iterable[ClockPause | Pause], calendar: Calendar
) -> Reckoning:
    """The dues of a clock of `rule`. `until 2026-05-01` ends with that day, as agreed, and doesn't roll."""
    if length.startswith(UNTIL):
        return _agreed(date.fromisoformat(length.removeprefix(UNTIL)))
    rows: Sequence[Pause] = [Pause(pause.from_at, pause.to_at) for pause in pauses]
    counted = reckon(length, anchor, direction=rule.direction, roll=rule.roll, pauses=rows, calendar=calendar)
    if not rule.is_printed(length):
        return counted
    return replace(counted, steps=(Step.of(Rule.BY_CONTRACT, shanghai_day(anchor), length), *counted.steps))


def _agreed(day: date) -> Reckoning:
    due = day_end(day)
    return Reckoning(due, due, False, (Step.of(Rule.AGREED_DAY, day, f"{UNTIL}{day}"),))
