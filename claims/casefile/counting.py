"""Counting days from an anchor day, with a note of each rule that applied (民法典 200–203). Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from claims.casefile.calendar import Calendar
from claims.casefile.length import Length, Unit
from claims.casefile.steps import Rule, Step
from claims.casefile.year import SATURDAY

ONE_DAY = timedelta(days=1)
NEVER = date.max


class DayCount:
    """One length of days, working days, months or years, counted once.

    After `count()`, `safe` and `legal` are the last days; both None where an open span stops the count.
    """

    def __init__(self, wanted: Length, anchor: date, backward: bool, calendar: Calendar) -> None:
        self.wanted, self.anchor, self.backward, self.calendar = wanted, anchor, backward, calendar
        self.onward = -ONE_DAY if backward else ONE_DAY
        self.safe: date | None = None
        self.legal: date | None = None
        self.provisional = False
        self.leans_on: list[date] = []
        self.steps = [Step.of(Rule.ANCHOR_NOT_COUNTED, anchor, "0 days")]

    def count(self, excluded: Sequence[tuple[date, date]], roll: str) -> None:
        """Fills in the answer.

        excluded: half-open spans of days that don't count, in order, none touching another. An open one ends
        NEVER.
        """
        counted = self._working_days if self.wanted.unit is Unit.WORKING_DAY else self._natural_days
        last = counted(excluded)
        if last is not None:
            self._roll(last, roll)
        guessed = next(filter(self.calendar.is_provisional, self.leans_on), None)
        if guessed is not None:
            self.provisional = True
            self._note(Rule.PROVISIONAL_YEAR, guessed, str(guessed.year))

    def _natural_days(self, excluded: Sequence[tuple[date, date]]) -> date | None:
        last = corresponding_day(self.anchor, self.wanted, -1 if self.backward else 1)
        self._note(Rule.COUNTED, self.anchor + self.onward, str(self.wanted), last)
        if self.wanted.unit is not Unit.DAY and last.day != self.anchor.day:
            self._note(Rule.MONTH_END, last, str(self.wanted))
        for first, end in excluded:
            if first > last:
                break
            if not self._resumes(first, end):
                return None
            last += end - first
        return last

    def _working_days(self, excluded: Sequence[tuple[date, date]]) -> date | None:
        worked: list[date] = []
        rested: list[date] = []
        ahead = list(reversed(excluded))
        day = self.anchor
        while len(worked) < self.wanted.number:
            day += self.onward
            if ahead and day == ahead[-1][0]:
                if not self._resumes(*ahead[-1]):
                    return None
                day = ahead.pop()[1]
            (worked if self.calendar.works(day) else rested).append(day)
        self._explain_working_days(worked, rested)
        return day

    def _explain_working_days(self, worked: list[date], rested: list[date]) -> None:
        self.leans_on += rested[:1] + worked[:1]
        self._note(Rule.COUNTED, worked[0], str(self.wanted), worked[-1])
        made_up = [day for day in worked if day.weekday() >= SATURDAY]
        for rule, days in ((Rule.REST_DAYS_SKIPPED, rested), (Rule.MAKE_UP_DAY_WORKS, made_up)):
            if days:
                notice = next(filter(None, map(self.calendar.basis, days)), "")
                self._note(rule, days[0], str(Length(len(days), Unit.DAY)), days[-1], notice)

    def _roll(self, last: date, roll: str) -> None:
        self.safe = self.legal = last
        self.leans_on.append(last)
        if roll == "none" or self.wanted.unit is Unit.WORKING_DAY:
            return
        if self.calendar.works(last):
            if last.weekday() >= SATURDAY:
                self._note(Rule.MAKE_UP_DAY_WORKS, last, "1 day", notice=self.calendar.basis(last))
        elif self.backward or roll == "previous":
            self.safe = self._rolled(last, -ONE_DAY)
            rule = Rule.BACKWARD_ROLLED_EARLIER if self.backward else Rule.ROLLED_EARLIER
            self._note_roll(rule, last, self.safe)
        else:
            self.legal = self._rolled(last, ONE_DAY)
            self._note_roll(Rule.REST_DAY_ROLLED, last, self.legal)

    def _rolled(self, day: date, onward: timedelta) -> date:
        """The nearest working day; forward never earlier than the anchor's, where the clock starts."""
        stop = NEVER if self.backward else self.anchor
        while not self.calendar.works(day) and day != stop:
            day += onward
        return day

    def _note_roll(self, rule: Rule, last: date, landing: date) -> None:
        self._note(rule, last, self.calendar.reason(last), landing, self.calendar.basis(last))
        self.leans_on.append(landing)

    def _resumes(self, first: date, end: date) -> bool:
        if end == NEVER:
            self._note(Rule.PAUSED, first, "open")
            return False
        self._note(Rule.PAUSED, first, str(Length((end - first).days, Unit.DAY)), end - ONE_DAY)
        return True

    def _note(self, rule: Rule, day: date, effect: str, to: date | None = None, notice: str = "") -> None:
        self.steps.append(Step.of(rule, day, effect, to, notice=notice))


def corresponding_day(anchor: date, length: Length, sign: int) -> date:
    """The day `length` away; of months and years the corresponding day, or the month's last (民法典 202)."""
    if length.unit is Unit.DAY:
        return anchor + sign * length.duration
    months = sign * length.number * (12 if length.unit is Unit.YEAR else 1)
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))
