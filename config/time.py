"""The only reader of the clock, and the one place where an instant becomes a Shanghai day.

`_at` is an aware instant, `_on` a Shanghai day. A day ends at 24:00, written as the next day's 00:00+08:00
and exclusive (民法典 203).
"""

from __future__ import annotations

import re
import time as time_module
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_ONE_DAY = timedelta(days=1)
_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def ticking_from(at: datetime) -> Callable[[], datetime]:
    """`at` and what has passed since this call, for work that takes longer than a look at the clock."""
    begun = time_module.monotonic()
    return lambda: at + timedelta(seconds=time_module.monotonic() - begun)


def in_shanghai(at: datetime) -> datetime:
    """The same instant by a Shanghai clock. Raises ValueError on a naive one."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return at.astimezone(SHANGHAI)


def shanghai_day(at: datetime) -> date:
    """The Shanghai day that `at` falls on. Raises ValueError on a naive instant."""
    return in_shanghai(at).date()


def day_start(day: date) -> datetime:
    """00:00+08:00 of `day`."""
    return datetime.combine(day, time.min, SHANGHAI)


def day_end(day: date) -> datetime:
    """24:00 of `day`: the next day's 00:00+08:00, exclusive."""
    return datetime.combine(day + _ONE_DAY, time.min, SHANGHAI)


def last_day(due: datetime) -> date:
    """The day that a due instant closes: for an exclusive 00:00, the day before."""
    return shanghai_day(due - timedelta(microseconds=1))


def instant(text: str) -> datetime:
    """An RFC 3339 instant with its offset. Raises ValueError on anything else, a naive time above all."""
    if not _RFC3339.fullmatch(text):
        raise ValueError(f"{text!r} is no RFC 3339 instant with an offset, such as 2026-03-02T09:30:00+08:00")
    return datetime.fromisoformat(text.upper())
