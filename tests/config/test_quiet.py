"""Quiet hours: what falls into a night waits for the end of that night, and of no other. National Day 2026 begins
on Thursday 1 October; the first working day after it is Thursday the 8th.
"""

import pytest
from pydantic import ValidationError

from config.quiet import QuietHours
from config.settings import Settings
from tests.makers import at

NIGHT = QuietHours.parse("22:00-07:00")
NOON = QuietHours.parse("12:00-13:30")


@pytest.mark.parametrize(("told", "goes_out"), [
    ("Wed 2026-03-04 21:59:59", "Wed 2026-03-04 21:59:59"),     # the evening before
    ("Wed 2026-03-04 22:00",    "Thu 2026-03-05 07:00"),        # from their first instant, over midnight
    ("Thu 2026-03-05 00:00",    "Thu 2026-03-05 07:00"),        # midnight belongs to the night that has begun
    ("Thu 2026-03-05 06:59:59", "Thu 2026-03-05 07:00"),
    ("Thu 2026-03-05 07:00",    "Thu 2026-03-05 07:00"),        # their end is no part of them
    ("Wed 2026-09-30 23:00",    "Thu 2026-10-01 07:00"),        # into a holiday: the clocks run there too
    ("Fri 2026-10-02 02:00",    "Fri 2026-10-02 07:00"),        # within the break: that morning, not the 8th
    ("Thu 2026-12-31 23:30",    "Fri 2027-01-01 07:00"),        # into another year
])  # fmt: skip
def test_a_night_is_waited_for_and_nothing_else(told: str, goes_out: str):
    assert NIGHT.over_by(at(told)) == at(goes_out)


@pytest.mark.parametrize(("told", "goes_out"), [
    ("Wed 2026-03-04 11:59:59", "Wed 2026-03-04 11:59:59"),
    ("Wed 2026-03-04 12:00",    "Wed 2026-03-04 13:30"),
    ("Wed 2026-03-04 13:30",    "Wed 2026-03-04 13:30"),
])  # fmt: skip
def test_hours_within_a_day_end_on_it(told: str, goes_out: str):
    assert NOON.over_by(at(told)) == at(goes_out)


@pytest.mark.parametrize("told", ["22:00", "22-07", "22:00-22:00", "25:00-07:00", "22:00-07:00:30", "night"])
def test_what_are_no_hours_stops_the_start(told: str):
    with pytest.raises(ValidationError):
        Settings(quiet_hours=told)


def test_without_quiet_hours_nothing_waits():
    assert Settings().quiet is None
