"""Both sides of every edge: of the day, the month, the year, the break."""

import pytest

from claims.casefile.period import Rule, reckon
from tests.claims.casefile.spoken import CALENDAR, at, last_days, on


def dues(length, anchor, **asked):
    reckoning = reckon(length, at(anchor), calendar=CALENDAR, **asked)
    return reckoning.safe_due, reckoning.legal_due


@pytest.mark.parametrize(("made", "due"), [
    ("Mon 2026-03-02 00:00:00",        "Fri 2026-03-06 00:00"),
    ("Mon 2026-03-02 23:59:59.999999", "Fri 2026-03-06 00:00"),
    ("Tue 2026-03-03 00:00:00",        "Sat 2026-03-07 00:00"),
    ("Mon 2026-03-02 15:59:59+00:00",  "Fri 2026-03-06 00:00"),     # 23:59:59 in Shanghai
    ("Mon 2026-03-02 16:00:00+00:00",  "Sat 2026-03-07 00:00"),     # already Tuesday there
])  # fmt: skip
def test_the_day_of_the_decision_is_shanghais_and_not_counted(made, due):
    assert dues("3 days", made) == (at(due), at(due))


@pytest.mark.parametrize(("looked_at", "late"), [
    ("Thu 2026-03-05 23:59:59.999999", False),     # the third day, to its end
    ("Fri 2026-03-06 00:00:00",        True),
])  # fmt: skip
def test_the_third_day_lasts_until_24_00(looked_at, late):
    _, legal_due = dues("3 days", "Mon 2026-03-02 09:00")

    assert (at(looked_at) >= legal_due) is late


@pytest.mark.parametrize(("looked_at", "unsafe", "late"), [
    ("Sun 2026-11-29 23:59:59", False, False),
    ("Mon 2026-11-30 00:00:00", True,  False),     # Sunday is over: alarm, but no breach
    ("Mon 2026-11-30 23:59:59", True,  False),
    ("Tue 2026-12-01 00:00:00", True,  True),
])  # fmt: skip
def test_a_weekend_lies_between_the_safe_and_the_legal_due(looked_at, unsafe, late):
    safe_due, legal_due = dues("3 days", "Thu 2026-11-26")

    assert (at(looked_at) >= safe_due, at(looked_at) >= legal_due) == (unsafe, late)


@pytest.mark.parametrize(("decided", "legal"), [
    ("Tue 2026-02-10", "Fri 2026-02-13"),     # the last weekday before the festival
    ("Wed 2026-02-11", "Sat 2026-02-14"),     # make-up Saturday
    ("Thu 2026-02-12", "Tue 2026-02-24"),     # the first day of the break
    ("Fri 2026-02-20", "Tue 2026-02-24"),     # its last day
    ("Sat 2026-02-21", "Tue 2026-02-24"),     # the day after
    ("Wed 2026-02-25", "Sat 2026-02-28"),     # make-up Saturday
    ("Thu 2026-02-26", "Mon 2026-03-02"),     # a Sunday
])  # fmt: skip
def test_three_days_around_spring_festival(decided, legal):
    assert last_days(reckon("3 days", at(decided), calendar=CALENDAR))[1] == on(legal)


@pytest.mark.parametrize(("length", "start", "last"), [
    ("1 month",   "Wed 2026-01-28", "Sat 2026-02-28"),
    ("1 month",   "Fri 2026-01-30", "Sat 2026-02-28"),
    ("1 month",   "Sat 2026-01-31", "Sat 2026-02-28"),
    ("1 month",   "Sat 2026-02-28", "Sat 2026-03-28"),     # corresponding day, not month end to month end
    ("1 month",   "Wed 2024-01-31", "Thu 2024-02-29"),
    ("1 month",   "Thu 2026-12-31", "Sun 2027-01-31"),
    ("13 months", "Wed 2025-12-31", "Sun 2027-01-31"),
    ("12 months", "Thu 2024-02-29", "Fri 2025-02-28"),
    ("4 years",   "Thu 2024-02-29", "Tue 2028-02-29"),
    ("1 year",    "Tue 2028-02-29", "Wed 2029-02-28"),
    ("1 year",    "Thu 2026-12-31", "Fri 2027-12-31"),
])  # fmt: skip
def test_months_end_on_the_corresponding_day_or_the_months_last(length, start, last):
    assert last_days(reckon(length, at(start), roll="none", calendar=CALENDAR)) == (on(last), on(last))


@pytest.mark.parametrize(("length", "event", "last"), [
    ("1 month",        "Tue 2026-03-31", "Sat 2026-02-28"),
    ("1 month",        "Sat 2026-02-28", "Wed 2026-01-28"),
    ("2 months",       "Thu 2026-01-15", "Sat 2025-11-15"),
    ("1 year",         "Thu 2024-02-29", "Tue 2023-02-28"),
    ("3 days",         "Mon 2026-03-02", "Fri 2026-02-27"),
    ("1 day",          "Thu 2026-01-01", "Wed 2025-12-31"),
    ("1 working day",  "Mon 2026-03-02", "Sat 2026-02-28"),     # make-up Saturday
    ("1 working day",  "Tue 2026-02-24", "Sat 2026-02-14"),
])  # fmt: skip
def test_backward_the_day_of_the_event_is_not_counted_either(length, event, last):
    reckoning = reckon(length, at(event), direction="backward", roll="none", calendar=CALENDAR)

    assert last_days(reckoning) == (on(last), on(last))


@pytest.mark.parametrize(("direction", "anchor", "roll", "safe", "legal"), [
    ("forward",  "Mon 2026-09-28", "next",     "Sat 2026-10-03", "Thu 2026-10-08"),
    ("forward",  "Mon 2026-09-28", "none",     "Sat 2026-10-03", "Sat 2026-10-03"),
    ("forward",  "Mon 2026-09-28", "previous", "Wed 2026-09-30", "Sat 2026-10-03"),
    ("backward", "Thu 2026-10-08", "next",     "Wed 2026-09-30", "Sat 2026-10-03"),
    ("backward", "Thu 2026-10-08", "previous", "Wed 2026-09-30", "Sat 2026-10-03"),
    ("backward", "Thu 2026-10-08", "none",     "Sat 2026-10-03", "Sat 2026-10-03"),
])  # fmt: skip
def test_a_last_day_inside_a_break_rolls_as_asked(direction, anchor, roll, safe, legal):
    reckoning = reckon("5 days", at(anchor), direction=direction, roll=roll, calendar=CALENDAR)

    assert last_days(reckoning) == (on(safe), on(legal))


def test_a_promise_kept_early_is_never_due_before_its_clock_started():
    reckoning = reckon("1 day", at("Sat 2026-10-03"), roll="previous", calendar=CALENDAR)

    assert last_days(reckoning) == (on("Sat 2026-10-03"), on("Sun 2026-10-04"))  # not Wed 2026-09-30


@pytest.mark.parametrize(("length", "start", "due"), [
    ("30 minutes", "Sun 2026-02-15 23:45",      "Mon 2026-02-16 00:15"),
    ("2 hours",    "Sat 2026-10-03 22:59:59.5", "Sun 2026-10-04 00:59:59.5"),
    ("24 hours",   "Thu 2026-12-31 12:00",      "Fri 2027-01-01 12:00"),
    ("at once",    "Sat 2026-10-03 03:04:05",   "Sat 2026-10-03 03:04:05"),
])  # fmt: skip
def test_hours_end_at_their_instant_on_any_day(length, start, due):
    assert dues(length, start) == (at(due), at(due))


def test_hours_count_backward_to_the_instant():
    due = at("Sun 2026-02-15 22:30")

    assert dues("12 hours", "Mon 2026-02-16 10:30", direction="backward") == (due, due)


@pytest.mark.parametrize(("length", "start", "provisional"), [
    ("3 days",         "Mon 2026-12-28", False),    # ends on Thursday 31 December, a working day
    ("4 days",         "Mon 2026-12-28", True),
    ("3 working days", "Mon 2026-12-28", False),
    ("4 working days", "Mon 2026-12-28", True),
    ("48 hours",       "Thu 2026-12-31", False),    # no calendar is asked
    ("1 day",          "Fri 2018-12-28", True),     # before the first published year
    ("4 days",         "Fri 2018-12-28", False),    # 1 January 2019, rolled to the 2nd
    ("3 working days", "Fri 2018-12-28", True),     # ends in 2019, counted over days of 2018
])  # fmt: skip
def test_what_leans_on_an_unpublished_year_is_provisional(length, start, provisional):
    reckoning = reckon(length, at(start), calendar=CALENDAR)

    assert reckoning.provisional is provisional
    assert (reckoning.steps[-1].rule is Rule.PROVISIONAL_YEAR) is provisional


@pytest.mark.parametrize(("length", "event", "provisional"), [
    ("1 day",          "Sat 2027-01-02", True),
    ("2 days",         "Sat 2027-01-02", False),    # Thursday 31 December
    ("1 working day",  "Sat 2027-01-02", True),     # had to know that 1 January rests
    ("1 month",        "Mon 2027-01-04", False),
    ("1 day",          "Wed 2019-01-02", True),     # rolled from 1 January to a day of 2018
])  # fmt: skip
def test_backward_into_a_published_year_only_the_days_looked_at_matter(length, event, provisional):
    assert reckon(length, at(event), direction="backward", calendar=CALENDAR).provisional is provisional


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("length", ["100 years", "1200 months", "36600 days", "26200 working days", "878400 hours"])
def test_the_longest_lengths_still_end(length, direction):
    reckoning = reckon(length, at("Thu 2026-01-01"), direction=direction, calendar=CALENDAR)

    assert reckoning.safe_due <= reckoning.legal_due
    assert len(reckoning.steps) <= 6
