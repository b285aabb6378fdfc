"""A pause takes (day of from, day of to] out of a day clock, and its exact overlap out of an hour clock."""

import pytest

from claims.casefile.period import Rule, reckon
from tests.claims.casefile.spoken import CALENDAR, at, last_days, on, pause


def last_day(length, start, pauses):
    reckoning = reckon(length, at(start), roll="none", pauses=[pause(p) for p in pauses], calendar=CALENDAR)
    return last_days(reckoning)[1]


@pytest.mark.parametrize(("pauses", "last"), [
    ([],                                                "Fri 2026-03-13"),
    (["Wed 2026-03-04 10:00 > Wed 2026-03-04 18:00"],   "Fri 2026-03-13"),     # within a day
    (["Wed 2026-03-04 23:59 > Thu 2026-03-05 00:00"],   "Sat 2026-03-14"),     # over midnight
    (["Wed 2026-03-04 > Fri 2026-03-06"],               "Sun 2026-03-15"),
    (["Thu 2026-02-26 > Tue 2026-03-03"],               "Fri 2026-03-13"),     # over before the count begins
    (["Thu 2026-02-26 > Wed 2026-03-04"],               "Sat 2026-03-14"),     # takes its first day
    (["Thu 2026-03-12 > Fri 2026-03-13"],               "Sat 2026-03-14"),     # takes its last day
    (["Fri 2026-03-13 > Fri 2026-03-20"],               "Fri 2026-03-13"),     # begins on the last day
    (["Wed 2026-03-04 > Fri 2026-03-06", "Thu 2026-03-05 > Sat 2026-03-07"], "Mon 2026-03-16"),     # overlap
    (["Wed 2026-03-04 > Fri 2026-03-06", "Fri 2026-03-06 > Sat 2026-03-07"], "Mon 2026-03-16"),     # in a row
    (["Wed 2026-03-04 > Fri 2026-03-06", "Sat 2026-03-14 > Mon 2026-03-16"], "Tue 2026-03-17"),     # extended
    (["Wed 2026-03-04 > Fri 2026-03-06", "Sun 2026-03-15 > Mon 2026-03-16"], "Sun 2026-03-15"),     # too late
])  # fmt: skip
def test_ten_days_from_tuesday_3_march(pauses, last):
    assert last_day("10 days", "Tue 2026-03-03", pauses) == on(last)


@pytest.mark.parametrize(("length", "pauses", "last"), [
    ("3 working days", ["Thu 2026-03-05 > Mon 2026-03-09"], "Wed 2026-03-11"),     # 5, 10, 11
    ("3 working days", ["Fri 2026-03-06 > Sun 2026-03-08"], "Mon 2026-03-09"),     # a weekend, lost anyway
    ("1 month",        ["Thu 2026-03-05 > Mon 2026-03-09"], "Wed 2026-04-08"),     # 4 April and four days
    ("1 month",        ["Fri 2026-04-03 > Fri 2026-04-10"], "Sat 2026-04-11"),
    ("1 month",        ["Sat 2026-04-04 > Fri 2026-04-10"], "Sat 2026-04-04"),
    ("1 year",         ["Thu 2026-03-05 > Mon 2026-03-09"], "Mon 2027-03-08"),
])  # fmt: skip
def test_working_days_and_months_from_wednesday_4_march(length, pauses, last):
    assert last_day(length, "Wed 2026-03-04", pauses) == on(last)


@pytest.mark.parametrize(("pauses", "due"), [
    ([],                                                "11:00"),
    (["Mon 2026-03-02 09:30 > Mon 2026-03-02 10:15"],   "11:45"),
    (["Mon 2026-03-02 08:00 > Mon 2026-03-02 09:20"],   "11:20"),     # from before it started
    (["Mon 2026-03-02 10:59 > Mon 2026-03-02 12:00"],   "12:01"),
    (["Mon 2026-03-02 11:00 > Mon 2026-03-02 15:00"],   "11:00"),     # too late
    (["Mon 2026-03-02 10:30 > Mon 2026-03-02 10:40", "Mon 2026-03-02 10:35 > Mon 2026-03-02 10:50"], "11:20"),
    (["Mon 2026-03-02 10:30 > Mon 2026-03-02 11:30", "Mon 2026-03-02 11:45 > Mon 2026-03-02 12:00"], "12:15"),
])  # fmt: skip
def test_two_hours_from_nine(pauses, due):
    start = at("Mon 2026-03-02 09:00")

    reckoning = reckon("2 hours", start, pauses=[pause(text) for text in pauses], calendar=CALENDAR)

    assert reckoning.safe_due == reckoning.legal_due == at(f"Mon 2026-03-02 {due}")


def test_the_last_day_rolls_after_the_pause_is_taken_out():
    waiting = pause("Wed 2026-03-04 > Thu 2026-03-05")

    reckoning = reckon("10 days", at("Tue 2026-03-03"), pauses=[waiting], calendar=CALENDAR)

    assert last_days(reckoning) == (on("Sat 2026-03-14"), on("Mon 2026-03-16"))


@pytest.mark.parametrize("length", ["10 days", "3 working days", "1 month", "48 hours"])
def test_an_open_pause_leaves_nothing_due_until_it_ends(length):
    start = at("Tue 2026-03-03 09:00")

    paused = reckon(length, start, pauses=[pause("Wed 2026-03-04 >")], calendar=CALENDAR)
    resumed = reckon(length, start, pauses=[pause("Wed 2026-03-04 > Fri 2026-03-06")], calendar=CALENDAR)

    assert (paused.paused, paused.safe_due, paused.legal_due, paused.provisional) == (True, None, None, False)
    assert (paused.steps[-1].rule, paused.steps[-1].effect) == (Rule.PAUSED, "open")
    assert not resumed.paused
    assert resumed.safe_due > reckon(length, start, calendar=CALENDAR).safe_due


@pytest.mark.parametrize(("length", "stopped"), [
    ("10 days",        "Fri 2026-03-13 >"),     # on the last day
    ("10 days",        "Tue 2026-06-30 >"),
    ("3 working days", "Fri 2026-03-06 >"),
    ("2 hours",        "Tue 2026-03-03 11:00 >"),
])  # fmt: skip
def test_an_open_pause_that_comes_too_late_takes_no_breach_away(length, stopped):
    start = at("Tue 2026-03-03 09:00")

    late = reckon(length, start, pauses=[pause(stopped)], calendar=CALENDAR)

    assert late == reckon(length, start, calendar=CALENDAR)


def test_an_open_pause_stops_the_clock_only_where_earlier_pauses_let_it_reach():
    early, stopped = pause("Wed 2026-03-04 > Fri 2026-03-06"), pause("Fri 2026-03-13 >")

    reckoning = reckon("10 days", at("Tue 2026-03-03"), pauses=[stopped, early], calendar=CALENDAR)

    assert reckoning.paused  # the two days of the first pause brought the 14th and 15th into the period
