"""One clock in one line: what a row of the queue shows. Without any reckoning."""

from dataclasses import dataclass
from datetime import datetime

from claims.casefile.model import RunningClock
from claims.casefile.queries import Duty
from claims.casefile.rulebook import ClockRule
from claims.web.clock import wording as w
from claims.web.clock.look import Look, by_the_clock, look_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """How a clock stands at an instant. Words are found in the reader's language when a page asks for them."""

    of: RunningClock | Duty
    rule: ClockRule
    as_of: datetime
    look: Look

    @property
    def key(self) -> str:
        """Unique among the clocks of a page: the stem of its HTML ids."""
        return f"clock-{self.of.id}"

    @property
    def clock(self) -> str:
        return self.of.clock

    @property
    def provisional(self) -> bool:
        return self.of.provisional

    @property
    def word(self) -> str:
        """The state: 从容, 临近, 最后一天, 已超期 …"""
        return w.state_word(self.look, self.rule)

    @property
    def title(self) -> str:
        return w.title_of(self.rule)

    @property
    def duty(self) -> str:
        """3日内发出不予赔偿通知书."""
        return w.duty_of(self.rule, self.of.length)

    @property
    def left(self) -> str:
        """还有1天6小时, 已超期2天; empty where nothing runs."""
        return w.time_left(self.of, self.look, self.as_of)

    @property
    def due(self) -> str:
        """11月30日（周一）24:00; empty while paused."""
        if self.of.legal_due is None:
            return ""
        return w.due_in_words(self.of.legal_due, self.as_of, exact=by_the_clock(self.of.length))


def clock_line(clock: RunningClock | Duty, rule: ClockRule, as_of: datetime, *, in_danger: bool = False) -> ClockLine:
    """From the row alone."""
    return ClockLine(of=clock, rule=rule, as_of=as_of, look=look_at(clock, rule, as_of, in_danger=in_danger))
