"""Who is on duty at which hour: hand-over, rounds, holidays, substitutes, and holes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from claims.casefile import Calendar
from claims.roster.model import DutyShift
from claims.roster.reckoning import gaps, on_duty, stretches
from config.settings import ROOT
from tests.makers import at

CALENDAR = Calendar.from_folder(ROOT / "config" / "calendar")
MONDAY = date(2026, 3, 2)


def a_shift(name: str = "甲", **changes: object) -> DutyShift:
    """Every day from Monday 2 March 2026, nine to nine."""
    told = {"kind": "rota", "rank": 1, "first_on": MONDAY, "last_on": None, "days": "all", "run_days": 1}
    told |= {"cycle_days": 1, "from_time": "09:00", "to_time": "09:00", "phone_sealed": "", "by": "staff:1"}
    return DutyShift(id=hash(name) % 10**6, name=name, at=at("Sun 2026-03-01 09:00"), **(told | changes))


def names(shifts: list[DutyShift], when: str) -> list[str]:
    return [shift.name for shift in on_duty(shifts, CALENDAR, at(when))]


@pytest.mark.parametrize(("when", "who"), [
    ("Mon 2026-03-02 08:59", []),          # before the first shift begins
    ("Mon 2026-03-02 09:00", ["甲"]),
    ("Tue 2026-03-03 08:59", ["甲"]),      # a night belongs to the day on which it began
    ("Sun 2026-03-08 23:00", ["甲"]),
])  # fmt: skip
def test_a_shift_begins_at_its_hour_and_lasts_over_the_night(when, who):
    assert names([a_shift()], when) == who


@pytest.mark.parametrize(("when", "who"), [
    ("Mon 2026-03-09 08:59", ["甲"]),
    ("Mon 2026-03-09 09:00", ["乙"]),      # hand-over
    ("Mon 2026-03-23 08:59", ["丙"]),
    ("Mon 2026-03-23 09:00", ["甲"]),      # the round begins again
])  # fmt: skip
def test_three_people_hand_over_each_monday_at_nine(when, who):
    week = timedelta(days=7)
    rota = [
        a_shift(name, run_days=7, cycle_days=21, first_on=MONDAY + number * week)
        for number, name in enumerate("甲乙丙")
    ]

    assert names(rota, when) == who


@pytest.mark.parametrize(("when", "works", "rests"), [
    ("Fri 2026-02-13 10:00", True, False),
    ("Sat 2026-02-14 10:00", True, False),     # a make-up day of the Spring Festival of 2026
    ("Mon 2026-02-16 10:00", False, True),     # the festival
])  # fmt: skip
def test_holidays_and_make_up_days_are_those_of_the_published_year(when, works, rests):
    day = at(when).date() - timedelta(days=30)
    assert bool(names([a_shift(first_on=day, days="working")], when)) is works
    assert bool(names([a_shift(first_on=day, days="rest")], when)) is rests


@pytest.mark.parametrize(("when", "who"), [
    ("Wed 2026-03-04 08:59", ["甲", "丙"]),
    ("Wed 2026-03-04 09:00", ["乙", "丙"]),   # the first place is taken by somebody else, the second isn't
    ("Fri 2026-03-06 08:59", ["乙", "丙"]),
    ("Fri 2026-03-06 09:00", ["甲", "丙"]),
])  # fmt: skip
def test_a_substitute_stands_in_for_who_has_the_same_place(when, who):
    stand_in = a_shift("乙", kind="substitute", first_on=date(2026, 3, 4), last_on=date(2026, 3, 5))

    assert names([a_shift("甲"), stand_in, a_shift("丙", rank=2)], when) == who


def test_they_are_rung_by_their_places():
    assert names([a_shift("乙", rank=2), a_shift("丙", rank=3), a_shift("甲", rank=1)], "Mon 2026-03-02 12:00") == [
        "甲", "乙", "丙",
    ]  # fmt: skip


def test_what_no_shift_covers_is_a_hole_to_the_minute():
    days = a_shift(from_time="09:00", to_time="18:00")
    first, last = at("Mon 2026-03-02 12:00"), at("Tue 2026-03-03 12:00")

    assert [(gap.from_at, gap.to_at) for gap in gaps([days], CALENDAR, first, last)] == [
        (at("Mon 2026-03-02 18:00"), at("Tue 2026-03-03 09:00"))
    ]


def test_an_unbroken_roster_has_no_hole_and_is_told_in_one_stretch():
    first, last = at("Mon 2026-03-02 12:00"), at("Mon 2026-03-16 12:00")

    assert gaps([a_shift()], CALENDAR, first, last) == []
    assert [(s.from_at, s.to_at) for s in stretches([a_shift()], CALENDAR, first, last)] == [(first, last)]


def test_without_a_shift_all_of_it_is_a_hole():
    first, last = at("Mon 2026-03-02 12:00"), at("Mon 2026-03-16 12:00")

    assert [(gap.from_at, gap.to_at) for gap in gaps([], CALENDAR, first, last)] == [(first, last)]
