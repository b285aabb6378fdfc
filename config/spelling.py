"""Days and instants as people read them: 2026年3月2日（周一）, or Monday 2 March 2026. Shanghai time."""

from __future__ import annotations

from datetime import date, datetime

from config.time import in_shanghai, last_day

PROVISIONAL = "（暂定，待国务院办公厅公布该年放假安排后确定）"
PROVISIONAL_IN_ENGLISH = " (provisional: holidays not yet published)"
_WEEKDAYS = "一二三四五六日"
_ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def spelled_day(day: date, *, english: bool = False) -> str:
    """2026年3月2日（周一）. Raises TypeError on an instant: its day depends on where one stands."""
    if isinstance(day, datetime):
        raise TypeError(f"{day.isoformat()} is an instant; spell it with spelled_instant()")
    if english:
        return f"{_ENGLISH_WEEKDAYS[day.weekday()]} {day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def spelled_due(due: datetime, *, provisional: bool, english: bool = False) -> str:
    """The last day that an exclusive due instant closes; marked while that year's calendar isn't published."""
    mark = PROVISIONAL_IN_ENGLISH if english else PROVISIONAL
    return spelled_day(last_day(due), english=english) + (mark if provisional else "")


def spelled_instant(at: datetime, *, english: bool = False) -> str:
    """2026年3月2日（周一）14:05:33, Shanghai time. Raises ValueError on a naive instant."""
    here = in_shanghai(at)
    time_of_day = f"{here.hour:02}:{here.minute:02}:{here.second:02}"  # strftime takes ten times as long
    return f"{spelled_day(here.date(), english=english)}{', ' if english else ''}{time_of_day}"


def spelled_near_day(day: date, today: date, *, english: bool = False) -> str:
    """11月30日（周一）, or Monday 30 November: the year is left out where it is the one that `today` lies in."""
    spelled = spelled_day(day, english=english)
    if day.year != today.year:
        return spelled
    return spelled.removesuffix(f" {day.year}") if english else spelled.removeprefix(f"{day.year}年")
