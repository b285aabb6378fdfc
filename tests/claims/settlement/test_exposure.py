"""保险法 23 ¶2: who performs late answers for the loss. Days are certain; the sum is an estimate by a configured rate.

Agreed on Monday 23 November 2026, the tenth day is Thursday 3 December; the first late instant is Friday the 4th, 0:00.
"""

from decimal import Decimal

import pytest
from sqlmodel import Session

from claims.settlement import Exposure, Part, exposures
from claims.settlement.exposure import PERFORMANCE
from tests.later_makers import Later, covered, swept
from tests.makers import World, at

REPORTED, AGREED = "Mon 2026-11-16 09:00", "Mon 2026-11-23 10:00"
LAST, FIRST_LATE = "Thu 2026-12-03 23:59:59", "Fri 2026-12-04 00:00"
CASH = 1_000_000  # 10,000.00 yuan


@pytest.fixture
def session(session: Session):
    """With a rate of 3.65 per cent a year: a hundredth of a per cent a day."""
    before = session.info["settings"]
    session.info["settings"] = before.model_copy(update={"delay_rate": Decimal("3.65")})
    yield session
    session.info["settings"] = before


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    """10,000 yuan in cash are agreed."""
    claim = covered(session, world, REPORTED)
    claim.settled(AGREED, cash(claim))
    return claim


def cash(claim: Later, fen: int = CASH, finding: int = 0) -> Part:
    return Part(claim.made.findings[finding].id or 0, "cash", fen)


def exposed(claim: Later, when: str) -> Exposure | None:
    clock = claim.clock(PERFORMANCE)
    return exposures(claim.session, [clock], at(when)).get(clock.id or 0)


@pytest.mark.parametrize(("looked_at", "estimate"), [
    (LAST,                      None),                               # the tenth day, to its end
    (FIRST_LATE,                Exposure(1, CASH, 100)),             # one yuan a day, from the first late instant
    ("Fri 2026-12-04 23:59:59", Exposure(1, CASH, 100)),
    ("Sat 2026-12-05 00:00",    Exposure(2, CASH, 200)),             # rest days count: the money is missing on them too
    ("Mon 2027-01-04 12:00",    Exposure(32, CASH, 3200)),
])  # fmt: skip
def test_a_begun_day_counts_from_the_first_late_instant(claim: Later, looked_at: str, estimate: Exposure | None):
    assert exposed(claim, looked_at) == estimate


def test_it_is_the_same_before_and_after_the_worker_has_noticed(claim: Later):
    before = exposed(claim, FIRST_LATE)
    swept(claim.session, FIRST_LATE)

    assert exposed(claim, FIRST_LATE) == before


@pytest.mark.parametrize(("paid", "estimate"), [
    (LAST,                      None),
    (FIRST_LATE,                Exposure(1, CASH, 100)),
    ("Sun 2026-12-06 10:00",    Exposure(3, CASH, 300)),
])  # fmt: skip
def test_what_was_paid_too_late_cost_its_own_days_and_no_more(claim: Later, paid: str, estimate: Exposure | None):
    claim.paid(CASH, paid)

    assert exposed(claim, "Thu 2026-12-31 10:00") == estimate


def test_each_yuan_counts_for_the_days_that_it_was_late(claim: Later):
    """4,000 in time; 1,000 on the second late day; 5,000 open on the fifth: 1 × 2 + 5 × 5 = 27 thousand-days."""
    claim.paid(400_000, "Wed 2026-12-02 10:00")
    claim.paid(100_000, "Sat 2026-12-05 10:00")

    assert exposed(claim, "Tue 2026-12-08 10:00") == Exposure(5, 600_000, 270)


def test_the_advance_has_been_paid(session: Session, world: World):
    claim = covered(session, world, REPORTED)
    claim.paid(250_000, "Fri 2026-11-20 10:00")
    claim.settled(AGREED, cash(claim))

    assert exposed(claim, FIRST_LATE) == Exposure(1, 750_000, 75)


@pytest.mark.parametrize(("fen", "estimate"), [(4_999, 0), (5_000, 1), (14_999, 1), (15_000, 2)])
def test_the_sum_is_rounded_once_half_up_to_the_fen(session: Session, world: World, fen: int, estimate: int):
    """Of 49.99 yuan one day costs 0.4999 fen, of 50.00 half a fen."""
    claim = covered(session, world, REPORTED)
    claim.settled(AGREED, cash(claim, fen))

    assert exposed(claim, FIRST_LATE) == Exposure(1, fen, estimate)


def test_without_a_rate_there_are_only_days(claim: Later):
    settings = claim.session.info["settings"]
    claim.session.info["settings"] = settings.model_copy(update={"delay_rate": None})

    assert exposed(claim, FIRST_LATE) == Exposure(1, CASH, None)


def test_a_repair_has_no_amount_to_estimate_by(session: Session, world: World):
    claim = covered(session, world, REPORTED)
    claim.settled(AGREED)

    assert exposed(claim, FIRST_LATE) == Exposure(1, 0, None)


def test_no_other_late_duty_is_exposed(claim: Later):
    survey = claim.clock("survey")

    assert exposures(claim.session, [survey], at("Fri 2027-01-08 10:00")) == {}
