"""The owner's word on each item: what is not fixed is open again, and owes an order."""

import pytest
from sqlmodel import Session

from claims.casefile import AlreadyDone, NeedsConfirmation, Refused, Stage
from claims.repair import Item, accept_works, items_of
from claims.settlement import Part
from tests.later_makers import BY, Later, breaches_of, covered, swept
from tests.makers import World, at

REPORTED, AGREED, NOW = "Mon 2026-03-02 10:00", "Thu 2026-03-05 10:00", "Fri 2026-03-06 10:00"
DONE, ASKED = "Fri 2026-03-13 17:00", "Mon 2026-03-16 10:00"


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    """Two items repaired by one order; the owner hasn't been asked."""
    made = covered(session, world, REPORTED, findings=2)
    made.settled(AGREED)
    made.ordered(NOW)
    made.started("Mon 2026-03-09 09:00")
    made.completed(DONE)
    return made


@pytest.mark.parametrize("words", [{}, {"first": "fixed"}, {"first": "fixed", "second": "perhaps"}, {"other": "fixed"}])
def test_a_word_is_needed_on_every_item_and_on_no_other(claim: Later, words: dict[str, str]):
    first, second = (item.id or 0 for item in items_of(claim.session, claim.orders[0].id or 0))
    numbers = {"first": first, "second": second, "other": second + 1}

    with pytest.raises(Refused) as refusal:
        accept_works(
            claim.session, claim.file, claim.orders[0], words={numbers[n]: (w, "") for n, w in words.items()},
            accepted_at=at(ASKED), by=BY, recorded_at=at(ASKED),
        )  # fmt: skip

    assert set(refusal.value.errors) == {"items"}


@pytest.mark.parametrize(("answered", "learned"), [
    ("Fri 2026-03-13 16:59:59", ASKED),
    ("Mon 2026-03-16 10:00:01", ASKED),
])  # fmt: skip
def test_a_word_is_given_between_completion_and_now(claim: Later, answered: str, learned: str):
    with pytest.raises(Refused) as refusal:
        claim.answered(answered, learned=learned)

    assert set(refusal.value.errors) == {"accepted_at"}


def test_with_everything_fixed_what_remains_is_the_warranty(claim: Later):
    claim.answered(ASKED)

    assert claim.file.stage == Stage.WARRANTY


@pytest.mark.parametrize("word", ["partly", "not_fixed"])
def test_anything_but_fixed_opens_the_repair_again(claim: Later, word: str):
    claim.answered(ASKED, "fixed", word)

    assert (claim.file.stage, claim.clock("warranty_repair").state) == (Stage.REPAIRING, "running")


def test_only_what_isnt_fixed_is_ordered_again(claim: Later):
    claim.answered(ASKED, "fixed", "not_fixed")

    again = claim.ordered(ASKED)

    assert [item.finding_id for item in items_of(claim.session, again.id or 0)] == [claim.made.findings[1].id]
    with pytest.raises(AlreadyDone):
        claim.ordered(ASKED, Item("waterproofing", claim.made.findings[0].item, claim.made.findings[0].id))


def test_an_order_for_one_of_two_leaves_the_other_owed(claim: Later):
    claim.answered(ASKED, "not_fixed")
    first, second = (Item(f.part, f.item, f.id) for f in claim.made.findings)

    claim.ordered(ASKED, first)
    assert claim.clock("warranty_repair").state == "running"

    claim.ordered("Mon 2026-03-16 11:00", second)
    assert claim.clock("warranty_repair").state == "met"


def test_repaired_again_and_accepted_the_claim_is_in_warranty(claim: Later):
    claim.answered(ASKED, "fixed", "partly")
    claim.ordered(ASKED)
    claim.started("Tue 2026-03-17 09:00")
    claim.completed("Wed 2026-03-18 09:00")

    claim.answered("Thu 2026-03-19 09:00")

    assert claim.file.stage == Stage.WARRANTY


def test_with_money_still_owed_the_warranty_stage_waits_for_the_last_yuan(session: Session, world: World):
    claim = covered(session, world, REPORTED, findings=2)
    first, second = (finding.id or 0 for finding in claim.made.findings)
    claim.settled(AGREED, Part(first, "repair"), Part(second, "cash", 100))
    claim.ordered(NOW)
    claim.started("Mon 2026-03-09 09:00")
    claim.completed(DONE)
    claim.answered(ASKED)
    assert claim.file.stage == Stage.REPAIRING

    claim.paid(100, "Tue 2026-03-17 10:00")

    assert claim.file.stage == Stage.WARRANTY


@pytest.mark.parametrize(("asked", "breach"), [
    ("Wed 2026-03-18 23:59:59", False),        # the third working day after Friday the 13th
    ("Thu 2026-03-19 00:00:00", True),
])  # fmt: skip
def test_the_owner_is_asked_within_three_working_days(claim: Later, asked: str, breach: bool):
    claim.answered(asked)

    assert ("owner_word" in dict(breaches_of(claim.session, claim.file))) is breach


def test_a_word_given_in_time_and_entered_late_needs_a_lead_who_can_stand_for_it(claim: Later):
    swept(claim.session, "Thu 2026-03-19 00:01")
    with pytest.raises(NeedsConfirmation):
        claim.answered(ASKED, learned="Fri 2026-03-20 10:00")
    claim.orders[0].state = "completed"

    claim.answered(ASKED, learned="Fri 2026-03-20 10:00", confirmed_by="staff:2")

    assert "BreachWithdrawn" in claim.story()
