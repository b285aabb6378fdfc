"""Instants are aware, and a day is Shanghai's."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from config.time import day_end, day_start, instant, last_day, now, shanghai_day


@pytest.mark.parametrize(("at", "day"), [
    (datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC), date(2026, 3, 2)),
    (datetime(2026, 3, 2, 16, 0, 0, tzinfo=UTC),   date(2026, 3, 3)),
])  # fmt: skip
def test_a_day_begins_at_midnight_in_shanghai(at, day):
    assert shanghai_day(at) == day


def test_a_day_runs_from_midnight_to_midnight():
    assert day_start(date(2026, 12, 31)).isoformat() == "2026-12-31T00:00:00+08:00"
    assert day_end(date(2026, 12, 31)).isoformat() == "2027-01-01T00:00:00+08:00"


def test_a_due_at_midnight_closes_the_day_before():
    assert last_day(day_end(date(2026, 12, 31))) == date(2026, 12, 31)
    assert last_day(day_start(date(2027, 1, 1)) + timedelta(seconds=1)) == date(2027, 1, 1)


def test_now_is_aware():
    assert now().tzinfo is UTC


def test_a_naive_instant_has_no_day():
    with pytest.raises(ValueError, match="no time zone"):
        shanghai_day(datetime(2026, 3, 2))  # noqa: DTZ001


@pytest.mark.parametrize("text", ["2026-03-02T09:30:00+08:00", "2026-03-02T01:30:00Z", "2026-03-02t01:30:00.000z"])
def test_instants_are_read_with_their_offset(text):
    assert instant(text) == datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize("text", [
    "", "now", "2026-03-02", "2026-03-02T09:30:00", "20260302T093000Z", "2026-W10-1T09:30:00Z",
    "2026-03-02T09:30:00+0800", "2026-03-02T09:30:00 08:00", "2026-02-30T09:30:00Z", "2026-03-02T25:30:00Z",
])  # fmt: skip
def test_other_texts_are_refused(text):
    with pytest.raises(ValueError, match=r"no RFC 3339 instant|day is out of range|hour must be in"):
        instant(text)
