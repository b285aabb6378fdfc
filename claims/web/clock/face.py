"""The whole drawing of a clock. Pure: a row, its pauses, its rule, the calendar and an instant in; a face out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from claims.casefile.calendar import Calendar
from claims.casefile.dues import count
from claims.casefile.model import ClockPause, RunningClock
from claims.casefile.period import Pause
from claims.casefile.rulebook import ClockRule
from claims.web.clock import wording as w
from claims.web.clock.drawing import Drawing, drawing_of
from claims.web.clock.line import ClockLine, clock_line
from claims.web.clock.look import Look
from claims.web.clock.months import Month
from claims.web.clock.reasons import Reason, reasons
from claims.web.clock.telling import sentence_parts

__all__ = ["ClockFace", "Look", "clock_face", "reckoned_face"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFace(ClockLine):
    """Everything that the macro `clock` draws; `months` is what `month` draws, empty for hours."""

    kind: str
    parts: tuple[str, ...]
    """The sentence under the bar: the duty, the time left, the last day and why it isn't an earlier one."""
    owed: str
    """保险公司对业主的义务."""
    basis: str
    force: str
    drawing: Drawing
    reasons: tuple[Reason, ...]

    @property
    def sentence(self) -> str:
        return " · ".join(self.parts)

    @property
    def months(self) -> tuple[Month, ...]:
        return self.drawing.months()


def clock_face(
    clock: RunningClock,
    pauses: Sequence[ClockPause | Pause],
    rule: ClockRule,
    calendar: Calendar,
    as_of: datetime,
    *,
    in_danger: bool = False,
) -> ClockFace:
    """One reckoning explains it; a paused clock needs a second, for its dues if it were resumed at `as_of`."""
    line = clock_line(clock, rule, as_of, in_danger=in_danger)
    counted = count(rule, clock.length, clock.anchor, pauses, calendar)
    drawn = counted
    if line.look is Look.PAUSED or counted.legal_due is None:
        resumed = [Pause(p.from_at, p.to_at or max(as_of, p.from_at)) for p in pauses]
        drawn = count(rule, clock.length, clock.anchor, resumed, calendar)
    elif clock.safe_due and clock.legal_due:  # what was promised, even if the calendar has changed since
        drawn = replace(counted, safe_due=clock.safe_due, legal_due=clock.legal_due)
    return ClockFace(
        **{one.name: getattr(line, one.name) for one in fields(ClockLine)},
        kind=clock.kind,
        parts=sentence_parts(line, clock, rule, pauses, drawn, as_of),
        owed=w.parties_of(rule),
        basis=w.basis_of(rule),
        force=w.force_of(rule),
        reasons=reasons(counted.steps, as_of),
        drawing=drawing_of(clock, rule, pauses, drawn, calendar, as_of, line.look),
    )


def reckoned_face(
    rule: ClockRule, length: str, anchor: datetime, pauses: Sequence[Pause], calendar: Calendar, as_of: datetime
) -> ClockFace:
    """What if: a clock of `rule`, as long as `length`, that nobody has started. Raises Unreckonable."""
    counted = count(rule, length, anchor, pauses, calendar)
    clock = RunningClock(
        id=0,
        file_id=0,
        clock=rule.name,
        kind=rule.kind,
        rule_set="",
        calendar=calendar.version,
        length=length,
        anchor=anchor,
        state="paused" if counted.paused else "running",
        safe_due=counted.safe_due,
        legal_due=counted.legal_due,
        provisional=counted.provisional,
    )
    return clock_face(clock, pauses, rule, calendar, as_of)
