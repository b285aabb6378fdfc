"""Days and instants as a lawyer writes them: `Mon 2026-11-23 10:20`. A wrong weekday fails the test."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from claims.casefile.calendar import Calendar
from claims.casefile.period import Pause, Reckoning
from config.time import SHANGHAI, day_start, shanghai_day

ROOT = Path(__file__).parents[3]
CALENDAR = Calendar.from_folder(ROOT / "config/calendar")


def at(text: str) -> datetime:
    """An instant, in Shanghai unless it is written with an offset; without a time, that day at 10:00."""
    weekday, day, *clock = text.split()
    found = datetime.fromisoformat(f"{day} {clock[0] if clock else '10:00'}")
    assert f"{found:%a}" == weekday, f"{day} is a {found:%a}"
    return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)


def on(text: str) -> date:
    """A day."""
    return at(text).date()


def pause(text: str) -> Pause:
    """`Tue 2026-12-08 > Sun 2026-12-20 18:00`; one that still runs ends with `>`."""
    begins, ends = text.split(">")
    return Pause(at(begins), at(ends) if ends else None)


def last_days(reckoning: Reckoning) -> tuple[date, date]:
    """The last safe and the last legal day of a day clock, which ends at 24:00."""
    return _day_before(reckoning.safe_due), _day_before(reckoning.legal_due)


def _day_before(due: datetime | None) -> date:
    assert due is not None
    assert due == day_start(shanghai_day(due)), f"{due} is no end of a day"
    return shanghai_day(due - timedelta(microseconds=1))
