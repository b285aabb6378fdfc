"""Days and instants in Chinese, by Shanghai's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from config.spelling import spelled_day, spelled_instant


@pytest.mark.parametrize(
    ("day", "spelled"),
    [
        (date(2026, 3, 2), "2026年3月2日（周一）"),
        (date(2026, 2, 14), "2026年2月14日（周六）"),
        (date(2027, 1, 3), "2027年1月3日（周日）"),
    ],
)
def test_a_day_is_spelled_with_its_weekday(day, spelled):
    assert spelled_day(day) == spelled


def test_an_instant_is_spelled_to_the_second_on_its_day_in_shanghai():
    assert spelled_instant(datetime(2026, 3, 1, 16, 0, 5, 999_999, tzinfo=UTC)) == "2026年3月2日（周一）00:00:05"


def test_an_instant_is_no_day():
    with pytest.raises(TypeError):
        spelled_day(datetime(2026, 3, 1, 16, tzinfo=UTC))


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        spelled_instant(datetime(2026, 3, 1, 16))  # noqa: DTZ001


def test_english_pages_have_english_days():
    at = datetime(2026, 3, 1, 16, 0, 5, tzinfo=UTC)
    assert spelled_day(date(2027, 1, 3), english=True) == "Sunday 3 January 2027"
    assert spelled_instant(at, english=True) == "Monday 2 March 2026, 00:00:05"
