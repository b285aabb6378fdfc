"""Random lengths, anchors and pauses for the property tests; more of them under SOAK=1."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from claims.casefile.period import Pause

SOAK = os.environ.get("SOAK") == "1"
DAY = timedelta(days=1)


in_quarters = pytest.mark.parametrize("quarter", range(4) if SOAK else [1])
"""A hundred thousand examples take minutes: two processes share them."""


def histories(usual, soaked):
    return settings(max_examples=soaked if SOAK else usual)


instants = st.datetimes(datetime(2018, 9, 1), datetime(2028, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
gaps = st.timedeltas(timedelta(0), timedelta(days=70))
rolls = st.sampled_from(["next", "none", "previous"])
directions = st.sampled_from(["forward", "backward"])


def lengths(*units):
    most = {"minutes": 5000, "hours": 200, "days": 200, "working days": 60, "months": 30, "years": 4}
    return st.one_of(*(st.integers(1, most[unit]).map(lambda n, unit=unit: f"{n} {unit}") for unit in units))


any_lengths = lengths("minutes", "hours", "days", "working days", "months", "years")
day_lengths = lengths("days", "working days", "months", "years")


def _history(anchor, pauses):
    begun = [(anchor + days * DAY + gap, long) for days, gap, long in pauses]
    return anchor, [Pause(begins, begins + long) for begins, long in begun]


def anchored_pauses(most=4):
    """An anchor and pauses around it: some before, some after, overlapping as they please."""
    within_a_day = st.integers(0, 86_399).map(lambda seconds: timedelta(seconds=seconds))
    long = st.integers(0, 35 * 86_400).map(lambda seconds: timedelta(seconds=seconds))
    pauses = st.lists(st.tuples(st.integers(-20, 90), within_a_day, long), max_size=most)
    return st.builds(_history, instants, pauses)
