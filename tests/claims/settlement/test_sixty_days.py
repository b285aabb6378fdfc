"""保险法 25: 60 days from the report to pay what can be determined. Ended by an advance, or overtaken by an agreement.

Reported on Monday 2 March 2026 the sixtieth day is Friday 1 May; the Labour Day break ends on the 5th, so the law's
last day is Wednesday 6 May.
"""

import pytest
from sqlmodel import Session

from claims.casefile import NotAllowed, Refused, Stage
from claims.settlement import Part, ledger_of, left_fen
from tests.later_makers import Later, breaches_of, covered, swept
from tests.makers import World, a_claim, at

REPORTED = "Mon 2026-03-02 10:00"


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    return covered(session, world, REPORTED)


def the_breach(claim: Later) -> object:
    return dict(breaches_of(claim.session, claim.file)).get("advance")


def cash(claim: Later, fen: int = 120_050) -> Part:
    return Part(claim.made.findings[0].id or 0, "cash", fen)


def test_the_last_day_is_rolled_over_the_break(claim: Later):
    clock = claim.clock("advance")

    assert (clock.safe_due, clock.legal_due) == (at("Sat 2026-05-02 00:00"), at("Thu 2026-05-07 00:00"))


@pytest.mark.parametrize(("paid_at", "breach"), [
    ("Wed 2026-05-06 23:59:59", None),
    ("Thu 2026-05-07 00:00:00", at("Thu 2026-05-07 00:00")),
])  # fmt: skip
def test_an_advance_is_late_only_once_the_sixtieth_day_is_over(claim: Later, paid_at: str, breach: object):
    claim.paid(50_000, paid_at)

    assert (the_breach(claim), claim.clock("advance").met_at) == (breach, at(paid_at))


@pytest.mark.parametrize(("agreed_at", "breach"), [
    ("Wed 2026-05-06 23:59:59", None),
    ("Thu 2026-05-07 00:00:00", at("Thu 2026-05-07 00:00")),
])  # fmt: skip
def test_an_agreement_takes_the_place_of_the_advance_but_hides_no_breach(claim: Later, agreed_at: str, breach: object):
    claim.settled(agreed_at, cash(claim))

    assert (the_breach(claim), claim.clock("advance").state) == (breach, "cancelled")


@pytest.mark.parametrize(("looked_at", "breach"), [
    ("Wed 2026-05-06 23:59:59", None),
    ("Thu 2026-05-07 00:00:00", at("Thu 2026-05-07 00:00")),
])  # fmt: skip
def test_the_sweep_finds_it_in_its_first_instant(claim: Later, looked_at: str, breach: object):
    swept(claim.session, looked_at)

    assert the_breach(claim) == breach


def test_a_denial_of_everything_ends_it(session: Session, world: World):
    made = a_claim(session, world, Stage.DENIED, reported_at=at(REPORTED))

    assert Later(session, world, made).clock("advance").state == "cancelled"


def test_an_advance_before_anything_was_found_is_refused(session: Session, world: World):
    made = a_claim(session, world, Stage.REPORTED, reported_at=at(REPORTED))

    with pytest.raises(NotAllowed):
        Later(session, world, made).paid(50_000, "Tue 2026-03-03 10:00")


def test_the_difference_is_what_is_left_after_the_advance(claim: Later):
    claim.paid(50_000, "Mon 2026-03-16 10:00")
    settlement = claim.settled("Tue 2026-03-17 10:00", cash(claim))

    assert left_fen(claim.session, settlement) == 70_050
    with pytest.raises(Refused) as refusal:
        claim.paid(70_051, "Wed 2026-03-18 10:00")
    assert (set(refusal.value.errors), "700.50" in str(refusal.value)) == ({"amount"}, True)


def test_a_settlement_that_the_advance_has_paid_already_is_performed_when_it_is_reached(claim: Later):
    claim.paid(120_050, "Mon 2026-03-16 10:00")

    claim.settled("Tue 2026-03-17 10:00", cash(claim))

    assert (claim.clock("performance").state, claim.file.stage) == ("met", Stage.CLOSED)
    assert [entry.kind for entry in ledger_of(claim.session, claim.file.id or 0)] == ["advance"]
