"""保险法 23 ¶1: where the policy agrees on a term of its own, that one is kept, and every page says so."""

import pytest
from sqlmodel import Session

from claims.casefile.queries import clocks_of
from claims.casefile.steps import Rule
from tests.claims.casefile.story import RULES
from tests.later_makers import Later, covered
from tests.makers import World, at

AGREED = "Mon 2026-11-23 10:00"


def agreed(session: Session, world: World, days: int | None) -> Later:
    world.policy.performance_days = days
    claim = covered(session, world, "Mon 2026-11-16 09:00")
    claim.settled(AGREED)
    return claim


@pytest.mark.parametrize(("days", "last"), [
    (None, "Fri 2026-12-04 00:00"),     # 第十三条: 10, the third of December
    (5,    "Sun 2026-11-29 00:00"),     # as printed: the 28th as counted
])  # fmt: skip
def test_the_printed_days_are_kept_else_the_ten_of_the_rules(session, world, days, last):
    assert agreed(session, world, days).clock("performance").safe_due == at(last)


def test_the_strict_reading_stays_at_ten(session, world):
    assert agreed(session, world, 5).clock("performance_strict").length == "10 days"


@pytest.mark.parametrize(("days", "said"), [(None, False), (5, True)])
def test_the_explanation_says_that_the_contract_has_its_own(session, world, days, said):
    claim = agreed(session, world, days)

    [shown] = [c for c in clocks_of(session, claim.file.id or 0, at(AGREED)) if c["clock"] == "performance"]

    steps = shown["steps"]
    assert (steps[0].rule is Rule.BY_CONTRACT) is said
    assert not said or steps[0].effect == "5 days"


def test_an_extended_complaint_is_no_contracts_length():
    complaint = RULES.sets[-1].clocks["complaint"]

    assert not complaint.is_printed("30 days")


@pytest.mark.parametrize(("name", "may"), [
    ("survey", True), ("decision", True), ("performance", True), ("denial_notice", False), ("advance", False),
])  # fmt: skip
def test_a_policy_changes_what_the_law_leaves_to_it_and_nothing_else(name, may):
    rule = RULES.sets[-1].clocks[name]

    assert (rule.force == "contract" or rule.by_contract) is may
