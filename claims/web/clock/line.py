"""One clock in one line: what a row of the queue shows. Pure, and without any reckoning."""

from dataclasses import dataclass
from datetime import datetime

from claims.casefile.model import RunningClock
from claims.casefile.rulebook import ClockRule
from claims.web.clock import wording as w
from claims.web.clock.look import Look, by_the_clock, look_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """Words in the reader's language, ready to be shown."""

    key: str
    """Unique among the clocks of a page: the stem of its HTML ids."""
    clock: str
    look: Look
    word: str
    """The state: 从容, 临近, 最后一天, 已超期 …"""
    title: str
    duty: str
    """3日内发出不予赔偿通知书."""
    left: str
    """还有1天6小时, 已超期2天; empty where nothing runs."""
    due: str
    """11月30日（周一）24:00; empty while paused."""
    provisional: bool


def clock_line(clock: RunningClock, rule: ClockRule, as_of: datetime, *, in_danger: bool = False) -> ClockLine:
    """From the row alone."""
    look = look_at(clock, rule, as_of, in_danger=in_danger)
    return ClockLine(
        key=f"clock-{clock.id}",
        clock=clock.clock,
        look=look,
        word=w.state_word(look, rule),
        title=w.title_of(rule),
        duty=w.duty_of(rule, clock.length),
        left=w.time_left(clock, look, as_of),
        due=w.due_in_words(clock.legal_due, as_of, exact=by_the_clock(clock.length)) if clock.legal_due else "",
        provisional=clock.provisional,
    )
