"""第七条(七), 第十二条: what the policy says of a part on the Shanghai day of the report."""

from dataclasses import dataclass
from datetime import date

import pytest

from claims.intake import Gate, liability
from config.time import shanghai_day
from tests.makers import at


@dataclass(frozen=True)
class Term:
    starts_on: date
    ends_on: date


COVER = {
    "structure": Term(date(2024, 5, 21), date(2034, 5, 20)),
    "waterproofing": Term(date(2024, 5, 21), date(2029, 5, 20)),
    "finishes": Term(date(2024, 5, 21), date(2026, 5, 20)),
}


@pytest.mark.parametrize(
    ("part", "reported", "gate"),
    [
        ("finishes", "Mon 2024-05-20 23:59:59", Gate.BUILDER_PERIOD),  # the builder's last day, to its end
        ("finishes", "Tue 2024-05-21 00:00:00", Gate.IN_FORCE),
        ("finishes", "Wed 2026-05-20 23:59:59", Gate.IN_FORCE),  # the printed last day, to its end; it doesn't roll
        ("finishes", "Thu 2026-05-21 00:00:00", Gate.OUT_OF_TERM),
        ("waterproofing", "Sun 2029-05-20 23:59:59", Gate.IN_FORCE),  # a Sunday: a printed day doesn't roll
        ("waterproofing", "Mon 2029-05-21 00:00:00", Gate.OUT_OF_TERM),
        ("wiring", "Wed 2026-05-20 12:00:00", Gate.NOT_COVERED),
        (None, "Thu 2026-05-21 12:00:00", Gate.IN_FORCE),  # some part still is
        (None, "Mon 2024-05-20 12:00:00", Gate.BUILDER_PERIOD),
        (None, "Sun 2034-05-21 12:00:00", Gate.OUT_OF_TERM),
    ],
)
def test_the_day_of_the_report_decides_per_part(part: str | None, reported: str, gate: Gate):
    assert liability(COVER, part, shanghai_day(at(reported))) is gate


@pytest.mark.parametrize("cover", [None, {}])
def test_without_a_policy_nothing_is_said_and_people_decide(cover: dict[str, Term] | None):
    assert liability(cover, "structure", date(2026, 3, 2)) is Gate.NO_POLICY
