"""The ledger: every yuan once, never more than agreed, each refusal by its field."""

import pytest
from sqlmodel import Session

from claims.casefile import AlreadyDone, Refused, Stage
from claims.settlement import Part, ledger_of, left_fen, paid_fen
from tests.later_makers import Later, covered
from tests.makers import World, at

REPORTED, AGREED, NOW = "Mon 2026-03-02 10:00", "Thu 2026-03-05 10:00", "Fri 2026-03-06 10:00"
CENT = 1


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    made = covered(session, world, REPORTED)
    made.settled(AGREED, Part(made.made.findings[0].id or 0, "cash", 120_050))
    return made


@pytest.mark.parametrize("fen", [0, -1, 120_051, 10**14])
def test_nothing_less_than_nothing_and_more_than_is_owed_are_refused(claim: Later, fen: int):
    with pytest.raises(Refused) as refusal:
        claim.paid(fen, NOW)

    assert set(refusal.value.errors) == {"amount"}


@pytest.mark.parametrize("when", ["Mon 2026-03-02 09:59:59", "Fri 2026-03-06 10:00:01"])
def test_money_moves_between_the_report_and_now(claim: Later, when: str):
    with pytest.raises(Refused) as refusal:
        claim.paid(100, when, learned=NOW)

    assert set(refusal.value.errors) == {"paid_at"}


def test_a_bank_reference_stands_in_the_ledger_once_whatever_the_claim(claim: Later):
    other = covered(claim.session, claim.world, REPORTED)
    claim.paid(100, NOW, bank_reference="ICBC-SAME")

    with pytest.raises(AlreadyDone):
        claim.paid(100, NOW, bank_reference="ICBC-SAME")
    with pytest.raises(AlreadyDone):
        other.paid(100, NOW, bank_reference="ICBC-SAME")
    assert paid_fen(claim.session, claim.file.id or 0) == 100


def test_many_small_sums_add_up_to_the_cent(claim: Later):
    for _ in range(3):
        claim.paid(40_016, NOW)
    assert (claim.file.stage, left_fen(claim.session, claim.settlement)) == (Stage.PAYING, 2)  # type: ignore[arg-type]

    claim.paid(2 * CENT, NOW)

    assert claim.file.stage == Stage.CLOSED


def test_after_the_last_yuan_nothing_more_is_taken(session: Session, world: World):
    claim = covered(session, world, REPORTED, findings=2)
    first, second = (finding.id or 0 for finding in claim.made.findings)
    claim.settled(AGREED, Part(first, "cash", 100), Part(second, "repair"))
    claim.paid(100, NOW)

    with pytest.raises(Refused):
        claim.paid(CENT, NOW)


def test_an_advance_and_a_payment_are_told_apart(session: Session, world: World):
    claim = covered(session, world, REPORTED)
    claim.paid(50, "Wed 2026-03-04 10:00")
    claim.settled(AGREED, Part(claim.made.findings[0].id or 0, "cash", 100))
    claim.paid(50, NOW)

    assert [entry.kind for entry in ledger_of(session, claim.file.id or 0)] == ["advance", "payment"]


def test_the_largest_sums_stay_exact(session: Session, world: World):
    most = 99_999_999_999_999
    claim = covered(session, world, REPORTED)
    settlement = claim.settled(AGREED, Part(claim.made.findings[0].id or 0, "cash", most))
    claim.paid(most - CENT, NOW)

    with pytest.raises(Refused) as refusal:
        claim.paid(2, NOW)

    assert (left_fen(session, settlement), "0.01" in str(refusal.value)) == (CENT, True)


def test_money_is_paid_to_the_agreement_it_is_owed_under(session: Session, world: World):
    claim = covered(session, world, REPORTED)
    settlement = claim.settled(AGREED, Part(claim.made.findings[0].id or 0, "cash", 100))
    other = covered(session, world, REPORTED)
    theirs = other.settled(AGREED, Part(other.made.findings[0].id or 0, "cash", 700))

    claim.paid(60, at(NOW).strftime("%a %Y-%m-%d %H:%M"))

    assert (left_fen(session, settlement), left_fen(session, theirs)) == (40, 700)
