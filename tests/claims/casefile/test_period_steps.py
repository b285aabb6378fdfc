"""Why this date: few steps, each with the rule, the day, what it did, and the article or notice behind it."""

import pytest

from claims.casefile.period import Rule, reckon
from tests.claims.casefile.spoken import CALENDAR, at, pause

NOTICE_OF_2026 = "国办发明电〔2025〕7号"
STATUTE = CALENDAR.statute.basis


def told(reckoning):
    return [
        (str(step.rule), str(step.day), step.effect, step.to and str(step.to), step.citation)
        for step in reckoning.steps
    ]


def test_a_denial_over_spring_festival():
    assert told(reckon("3 days", at("Fri 2026-02-13"), calendar=CALENDAR)) == [
        ("anchor_not_counted", "2026-02-13", "0 days", None, "民法典 201"),
        ("counted", "2026-02-14", "3 days", "2026-02-16", "民法典 200"),
        ("rest_day_rolled", "2026-02-16", "holiday_break", "2026-02-24", f"民法典 203; {NOTICE_OF_2026}"),
    ]


def test_a_denial_that_ends_on_a_make_up_saturday():
    assert told(reckon("3 days", at("Wed 2026-02-11"), calendar=CALENDAR))[-1] == (
        "make_up_day_works", "2026-02-14", "1 day", None, NOTICE_OF_2026,
    )  # fmt: skip


def test_a_denial_over_an_ordinary_weekend():
    assert told(reckon("3 days", at("Thu 2026-11-26"), calendar=CALENDAR))[-1] == (
        "rest_day_rolled", "2026-11-29", "weekend", "2026-11-30", "民法典 203",
    )  # fmt: skip


def test_a_denial_over_the_year_end_says_what_is_certain_and_what_is_not():
    assert told(reckon("3 days", at("Tue 2026-12-29"), calendar=CALENDAR))[-2:] == [
        ("rest_day_rolled", "2027-01-01", "statutory_holiday", "2027-01-04", f"民法典 203; {STATUTE}"),
        ("provisional_year", "2027-01-01", "2027", None, ""),
    ]


def test_an_upload_over_the_make_up_saturday_and_the_festival():
    assert told(reckon("3 working days", at("Thu 2026-02-12"), calendar=CALENDAR)) == [
        ("anchor_not_counted", "2026-02-12", "0 days", None, "民法典 201"),
        ("counted", "2026-02-13", "3 working days", "2026-02-24", "民法典 200"),
        ("rest_days_skipped", "2026-02-15", "9 days", "2026-02-23", NOTICE_OF_2026),
        ("make_up_day_works", "2026-02-14", "1 day", "2026-02-14", NOTICE_OF_2026),
    ]


def test_the_supplement_takes_twelve_days_out():
    waiting = pause("Tue 2026-12-08 > Sun 2026-12-20")

    assert told(reckon("30 days", at("Tue 2026-12-01"), pauses=[waiting], calendar=CALENDAR)) == [
        ("anchor_not_counted", "2026-12-01", "0 days", None, "民法典 201"),
        ("counted", "2026-12-02", "30 days", "2026-12-31", "民法典 200"),
        ("paused", "2026-12-09", "12 days", "2026-12-20", "解释（二） 15"),
        ("provisional_year", "2027-01-12", "2027", None, ""),
    ]


def test_a_briefing_two_months_before_liability():
    reckoning = reckon("2 months", at("Sun 2026-03-01"), direction="backward", calendar=CALENDAR)

    assert told(reckoning) == [
        ("anchor_not_counted", "2026-03-01", "0 days", None, "民法典 201"),
        ("counted", "2026-02-28", "2 months", "2026-01-01", "民法典 200"),
        ("backward_rolled_earlier", "2026-01-01", "holiday_break", "2025-12-31", NOTICE_OF_2026),
    ]


def test_a_month_without_the_corresponding_day():
    assert told(reckon("2 years", at("Thu 2024-02-29"), roll="none", calendar=CALENDAR))[1:] == [
        ("counted", "2024-03-01", "2 years", "2026-02-28", "民法典 200"),
        ("month_end", "2026-02-28", "2 years", None, "民法典 202"),
    ]


def test_hours_with_a_pause():
    waiting = pause("Mon 2026-02-16 09:00 > Mon 2026-02-16 10:30")

    assert told(reckon("12 hours", at("Sun 2026-02-15 22:30"), pauses=[waiting], calendar=CALENDAR)) == [
        ("hour_exact", "2026-02-15", "12 hours", "2026-02-16", "民法典 201 ¶2"),
        ("paused", "2026-02-16", "5400 seconds", "2026-02-16", "解释（二） 15"),
    ]


@pytest.mark.parametrize(("length", "asked", "rule"), [
    ("at once", {}, Rule.AT_ONCE),
    ("5 days", {"roll": "previous"}, Rule.ROLLED_EARLIER),
    ("5 days", {"roll": "none"}, Rule.COUNTED),
])  # fmt: skip
def test_the_last_step_of_others(length, asked, rule):
    assert reckon(length, at("Mon 2026-09-28"), calendar=CALENDAR, **asked).steps[-1].rule is rule
