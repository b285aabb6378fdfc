"""The worked examples, row by row, for a lawyer to read.

A day clock's due is the end of the day that the table names, 24:00 in Shanghai.
"""

import json
from datetime import date

import pytest

from claims.casefile.period import Pause, reckon
from config.time import day_start
from tests.claims.casefile.spoken import CALENDAR, ROOT, at, last_days, on

VECTORS = json.loads((ROOT / "tests/period_examples.json").read_text(encoding="utf-8"))

LEANS_ON_2027 = {"13", "14", "15"}
"""Rows that no published calendar covers."""

FORWARD = [
    # row                          length            start             safe, not rolled  legal, rolled
    ("1 denial, plain",            "3 days",         "Mon 2026-11-23", "Thu 2026-11-26", "Thu 2026-11-26"),
    ("2 denial, Sunday",           "3 days",         "Thu 2026-11-26", "Sun 2026-11-29", "Mon 2026-11-30"),
    ("3 denial, New Year's Eve",   "3 days",         "Fri 2026-02-13", "Mon 2026-02-16", "Tue 2026-02-24"),
    ("4 denial, make-up Saturday", "3 days",         "Wed 2026-02-11", "Sat 2026-02-14", "Sat 2026-02-14"),
    ("5 pay, Spring Festival",     "10 days",        "Fri 2026-02-06", "Mon 2026-02-16", "Tue 2026-02-24"),
    ("6 pay, National Day",        "10 days",        "Thu 2026-09-24", "Sun 2026-10-04", "Thu 2026-10-08"),
    ("7 pay, make-up Saturday",    "10 days",        "Wed 2026-04-29", "Sat 2026-05-09", "Sat 2026-05-09"),
    ("8 18, make-up Sun 20, 21",   "3 working days", "Thu 2026-09-17", "Mon 2026-09-21", "Mon 2026-09-21"),
    ("9 13, make-up Sat 14, 24",   "3 working days", "Thu 2026-02-12", "Tue 2026-02-24", "Tue 2026-02-24"),
    ("10 8, 9, make-up Sat 10",    "3 working days", "Wed 2026-09-30", "Sat 2026-10-10", "Sat 2026-10-10"),
    ("13 denial, year's end",      "3 days",         "Tue 2026-12-29", "Fri 2027-01-01", "Mon 2027-01-04"),
    ("14 advance payment",         "60 days",        "Mon 2026-11-23", "Fri 2027-01-22", "Fri 2027-01-22"),
    ("15 warranty",                "180 days",       "Thu 2026-09-10", "Tue 2027-03-09", "Tue 2027-03-09"),
    ("16 warranty, into a break",  "180 days",       "Mon 2026-03-30", "Sat 2026-09-26", "Mon 2026-09-28"),
    ("20 complaint",               "15 days",        "Wed 2026-09-16", "Thu 2026-10-01", "Thu 2026-10-08"),
    ("20 complaint, complex",      "30 days",        "Wed 2026-09-16", "Fri 2026-10-16", "Fri 2026-10-16"),
    ("20 complaint, extended",     "60 days",        "Wed 2026-09-16", "Sun 2026-11-15", "Mon 2026-11-16"),
    ("21 limitation, make-up Sat", "2 years",        "Thu 2024-02-29", "Sat 2026-02-28", "Sat 2026-02-28"),
    ("22 denial, Mid-Autumn",      "3 days",         "Wed 2026-09-23", "Sat 2026-09-26", "Mon 2026-09-28"),
]  # fmt: skip

BACKWARD = [
    # row                          length             event             safe, earlier     legal, not rolled
    ("11 notice of 分户验收",       "10 working days", "Mon 2026-10-12", "Mon 2026-09-21", "Mon 2026-09-21"),
    ("11 ten days clear",          "11 working days", "Mon 2026-10-12", "Sun 2026-09-20", "Sun 2026-09-20"),
    ("17 briefing",                "2 months",        "Sun 2026-03-01", "Wed 2025-12-31", "Thu 2026-01-01"),
    ("17 notice to owners",        "1 month",         "Sun 2026-03-01", "Fri 2026-01-30", "Sun 2026-02-01"),
    ("18 briefing",                "2 months",        "Thu 2026-05-21", "Fri 2026-03-20", "Sat 2026-03-21"),
    ("18 notice to owners",        "1 month",         "Thu 2026-05-21", "Tue 2026-04-21", "Tue 2026-04-21"),
]  # fmt: skip

LIABILITY_STARTS = [
    # row                     filed (竣工备案)    contractor's last   liability starts
    ("17 no 29 February",    "Thu 2024-02-29", "Sat 2026-02-28", "Sun 2026-03-01"),
    ("18 corresponding day", "Mon 2024-05-20", "Wed 2026-05-20", "Thu 2026-05-21"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "length", "start", "safe", "legal"), FORWARD)
def test_forward(row, length, start, safe, legal):
    reckoning = reckon(length, at(start), calendar=CALENDAR)

    assert last_days(reckoning) == (on(safe), on(legal))
    assert reckoning.provisional is (row.split()[0] in LEANS_ON_2027)


@pytest.mark.parametrize(("row", "length", "event", "safe", "legal"), BACKWARD)
def test_backward(row, length, event, safe, legal):
    reckoning = reckon(length, at(event), direction="backward", calendar=CALENDAR)

    assert last_days(reckoning) == (on(safe), on(legal))
    assert not reckoning.provisional


@pytest.mark.parametrize(("row", "filed", "last", "starts"), LIABILITY_STARTS)
def test_liability_starts_the_day_after_two_years_and_does_not_roll(row, filed, last, starts):
    reckoning = reckon("2 years", at(filed), roll="none", calendar=CALENDAR)

    assert last_days(reckoning) == (on(last), on(last))
    assert reckoning.legal_due == day_start(on(starts))


def test_12_the_supplement_takes_twelve_days_out_of_the_thirty():
    waiting = Pause(at("Tue 2026-12-08"), at("Sun 2026-12-20"))

    reckoning = reckon("30 days", at("Tue 2026-12-01"), pauses=[waiting], calendar=CALENDAR)

    assert last_days(reckoning) == (on("Tue 2027-01-12"), on("Tue 2027-01-12"))
    assert reckoning.provisional


def test_12_without_the_supplement_the_last_day_is_new_years_eve():
    reckoning = reckon("30 days", at("Tue 2026-12-01"), calendar=CALENDAR)

    assert last_days(reckoning) == (on("Thu 2026-12-31"), on("Thu 2026-12-31"))
    assert not reckoning.provisional


def test_19_twelve_hours_never_roll():
    reckoning = reckon("12 hours", at("Sun 2026-02-15 22:30"), calendar=CALENDAR)

    assert reckoning.safe_due == reckoning.legal_due == at("Mon 2026-02-16 10:30")
    assert not reckoning.provisional


@pytest.mark.parametrize("vector", VECTORS, ids=[f"{v['id']} {v['label']}" for v in VECTORS])
def test_the_shared_vectors(vector):
    unit = {"natural": "days", "working": "working days"}[vector["unit"]]
    start = day_start(date.fromisoformat(vector["start"]))

    reckoning = reckon(f"{vector['n']} {unit}", start, calendar=CALENDAR)

    raw, due = (date.fromisoformat(vector.get(name, vector["due"])) for name in ("raw", "due"))
    assert last_days(reckoning) == (raw, due)
    assert reckoning.provisional is vector["provisional"]


def test_every_row_of_the_table_is_here():
    """1 to 22: those that no day clock can tell have a test of their own, which says its row in its name."""
    told = {int(row.split()[0]) for row, *_ in (*FORWARD, *BACKWARD, *LIABILITY_STARTS)}
    named = {int(name.split("_")[1]) for name in globals() if name.startswith("test_1")}

    assert told | named == set(range(1, 23))
