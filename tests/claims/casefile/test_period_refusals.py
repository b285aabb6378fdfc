"""Lengths, anchors and pauses that can't be reckoned are refused in words."""

from datetime import UTC, datetime, timedelta

import pytest

from claims.casefile.period import BadAnchor, BadLength, BadPause, Length, Pause, Unreckonable, reckon
from tests.claims.casefile.spoken import CALENDAR

NAIVE = datetime(2026, 3, 2)  # noqa: DTZ001
MARCH = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(("text", "length"), [
    ("1 day", "1 day"), ("1 days", "1 day"), ("3 day", "3 days"), ("3  working days", "3 working days"),
    ("1 working day", "1 working day"), ("2 months", "2 months"), ("100 years", "100 years"),
    ("30 minutes", "30 minutes"), ("at once", "at once"),
])  # fmt: skip
def test_lengths_are_read(text, length):
    assert str(Length.parse(text)) == length


@pytest.mark.parametrize("text", [
    "", " ", "3", "days", "three days", "3.5 days", "3 weeks", "3 Days", "3days", "+3 days", " 3 days",
    "3 days ", "3 days or so", "1e3 days", "٣ days", "3\ndays", "9999999999999 days", "1 at once",
    "until 2026-01-01", None, 3, ["3 days"],
])  # fmt: skip
def test_what_is_no_length_is_refused(text):
    with pytest.raises(BadLength, match=r"is no (length|text)"):
        Length.parse(text)


@pytest.mark.parametrize("text", ["0 days", "-3 days", "0 minutes"])
def test_a_length_is_positive(text):
    with pytest.raises(BadLength, match="not a positive length"):
        Length.parse(text)


@pytest.mark.parametrize("text", ["101 years", "1201 months", "36601 days", "26201 working days", "999999999 minutes"])
def test_a_length_is_at_most_a_hundred_years(text):
    with pytest.raises(BadLength, match="longer than a hundred years"):
        Length.parse(text)


def test_only_fixed_lengths_have_a_duration():
    assert Length.parse("2 hours").duration == timedelta(hours=2)
    assert Length.parse("5 days").duration == timedelta(days=5)
    with pytest.raises(BadLength, match="2 months is no fixed duration"):
        _ = Length.parse("2 months").duration


@pytest.mark.parametrize(("error", "asked"), [
    (BadAnchor,    {"anchor": NAIVE}),
    (BadAnchor,    {"anchor": datetime(1991, 12, 31, tzinfo=UTC)}),
    (BadAnchor,    {"anchor": datetime.max.replace(tzinfo=UTC)}),
    (BadLength,    {"length": "soon"}),
    (BadLength,    {"length": "at once", "direction": "backward"}),
    (BadPause,     {"direction": "backward", "pauses": [Pause(MARCH)]}),
    (Unreckonable, {"direction": "sideways"}),
    (Unreckonable, {"roll": "on"}),
])  # fmt: skip
def test_nonsense_is_refused(error, asked):
    with pytest.raises(error) as refusal:
        reckon(**{"length": "3 days", "anchor": MARCH, "calendar": CALENDAR, **asked})

    assert isinstance(refusal.value, Unreckonable)
    assert isinstance(refusal.value, ValueError)


@pytest.mark.parametrize(("begins", "ends"), [
    (NAIVE, None),
    (MARCH, NAIVE),
    (MARCH, MARCH - timedelta(microseconds=1)),
    (MARCH, datetime(9999, 3, 1, tzinfo=UTC)),
])  # fmt: skip
def test_a_pause_that_makes_no_sense_is_refused(begins, ends):
    with pytest.raises(BadPause):
        Pause(begins, ends)
