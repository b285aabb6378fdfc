"""第十三条 履行赔偿义务: 10 natural days from the agreement, in cash and by repair, on both sides of the last instant.

Agreed on Thursday 24 September 2026 the tenth day is Sunday 4 October, inside the National Day break (1 to 7
October): the law's last day is Thursday the 8th (worked example 6).
"""

from datetime import date

import pytest
from sqlmodel import Session

from claims.casefile import NeedsConfirmation, Stage
from claims.closing import withdraw
from claims.settlement import Part
from tests.later_makers import DAY, Later, breaches_of, covered, swept
from tests.makers import World, at

REPORTED = "Thu 2026-09-17 09:00"
AGREED = "Thu 2026-09-24 10:00"


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    return covered(session, world, REPORTED)


@pytest.fixture
def of_two(session: Session, world: World) -> Later:
    return covered(session, world, REPORTED, findings=2)


def cash(claim: Later, fen: int = 120_050, finding: int = 0) -> Part:
    return Part(claim.made.findings[finding].id or 0, "cash", fen)


def repair(claim: Later, finding: int = 0) -> Part:
    return Part(claim.made.findings[finding].id or 0, "repair")


def owed_too_long(claim: Later) -> set[str]:
    return {name for name, _ in breaches_of(claim.session, claim.file)}


@pytest.mark.parametrize(("agreed", "safe_last", "last"), [
    ("Thu 2026-09-24 10:00", "Sun 2026-10-04", "Thu 2026-10-08"),   # in the break: rolled behind it
    ("Thu 2026-09-24 00:00", "Sun 2026-10-04", "Thu 2026-10-08"),   # the day of the agreement doesn't count
    ("Thu 2026-09-24 23:59", "Sun 2026-10-04", "Thu 2026-10-08"),
    ("Thu 2026-09-10 10:00", "Sun 2026-09-20", "Sun 2026-09-20"),   # a make-up Sunday works: no roll
    ("Wed 2026-09-30 10:00", "Sat 2026-10-10", "Sat 2026-10-10"),   # a make-up Saturday works: no roll
    ("Wed 2026-09-16 10:00", "Sat 2026-09-26", "Mon 2026-09-28"),   # Mid-Autumn, 25 to 27
    ("Mon 2026-11-23 10:00", "Thu 2026-12-03", "Thu 2026-12-03"),   # plain
])  # fmt: skip
def test_the_ten_days_end_with_the_last_one_rolled_over_rest_days(
    session: Session, world: World, agreed: str, safe_last: str, last: str
):
    claim = covered(session, world, "Thu 2026-09-03 09:00")
    claim.settled(agreed, cash(claim))

    clock = claim.clock("performance")

    assert (clock.safe_due, clock.legal_due) == (at(f"{safe_last} 00:00") + DAY, at(f"{last} 00:00") + DAY)


@pytest.mark.parametrize(("paid_at", "breach"), [
    ("Thu 2026-10-08 23:59:59", []),
    ("Fri 2026-10-09 00:00:00", [("performance", at("Fri 2026-10-09 00:00"))]),
])  # fmt: skip
def test_cash_is_late_only_once_the_last_day_is_over(claim: Later, paid_at: str, breach: list[object]):
    claim.settled(AGREED, cash(claim))

    claim.paid(120_050, paid_at)

    assert (breaches_of(claim.session, claim.file), claim.file.stage) == (breach, Stage.CLOSED)
    assert claim.clock("performance").met_at == at(paid_at)


@pytest.mark.parametrize(("started_at", "breach"), [
    ("Thu 2026-10-08 23:59:59", []),
    ("Fri 2026-10-09 00:00:00", [("performance", at("Fri 2026-10-09 00:00"))]),
])  # fmt: skip
def test_works_are_late_only_if_they_begin_once_the_last_day_is_over(
    claim: Later, started_at: str, breach: list[object]
):
    claim.settled(AGREED, repair(claim))
    claim.ordered("Fri 2026-09-25 10:00")

    claim.started(started_at)

    assert breaches_of(claim.session, claim.file) == breach
    assert claim.clock("performance").met_at == at(started_at)


@pytest.mark.parametrize(("looked_at", "state"), [
    ("Thu 2026-10-08 23:59:59", "running"),
    ("Fri 2026-10-09 00:00:00", "breached"),
])  # fmt: skip
def test_the_sweep_finds_the_breach_in_its_first_instant_and_not_before(claim: Later, looked_at: str, state: str):
    claim.settled(AGREED, cash(claim))

    swept(claim.session, looked_at)

    assert claim.clock("performance").state == state


def test_a_breach_is_dated_to_its_first_instant_however_late_somebody_looks(claim: Later):
    claim.settled(AGREED, cash(claim))

    swept(claim.session, "Mon 2026-12-07 10:00")

    assert ("performance", at("Fri 2026-10-09 00:00")) in breaches_of(claim.session, claim.file)


@pytest.mark.parametrize(("finished_at", "within"), [
    ("Thu 2026-10-08 23:59:59", True),
    ("Fri 2026-10-09 00:00:00", False),
])  # fmt: skip
def test_the_strict_view_is_reported_on_both_sides_and_never_a_breach(claim: Later, finished_at: str, within: bool):
    claim.settled(AGREED, repair(claim))
    claim.ordered(AGREED)
    claim.started(AGREED)
    claim.completed(finished_at)

    strict = claim.clock("performance_strict")

    assert strict.met_at == at(finished_at)
    assert (strict.legal_due is not None and strict.met_at < strict.legal_due) is within
    assert (strict.state, breaches_of(claim.session, claim.file)) == ("met", [])


def test_the_strict_view_of_a_repair_that_goes_on_is_no_breach(claim: Later):
    claim.settled(AGREED, repair(claim), finishes_on=date(2026, 10, 30))
    claim.ordered(AGREED)
    claim.started(AGREED)

    swept(claim.session, "Sat 2026-10-24 10:00")

    assert not {"performance", "performance_strict", "repair_finish"} & owed_too_long(claim)
    assert claim.clock("performance_strict").state == "running"


@pytest.mark.parametrize(("agreed_day", "finished_at", "breach"), [
    (date(2026, 10, 30), "Fri 2026-10-30 23:59:59", False),
    (date(2026, 10, 30), "Sat 2026-10-31 00:00:00", True),
    (date(2026, 10, 3), "Sat 2026-10-03 23:59:59", False),
    (date(2026, 10, 3), "Sun 2026-10-04 00:00:00", True),   # what people agreed on doesn't roll, not even in a break
])  # fmt: skip
def test_the_agreed_day_of_finishing_ends_as_agreed(claim: Later, agreed_day: date, finished_at: str, breach: bool):
    claim.settled(AGREED, repair(claim), finishes_on=agreed_day)
    claim.ordered(AGREED, days=60)
    claim.started(AGREED)

    claim.completed(finished_at)

    assert ("repair_finish" in dict(breaches_of(claim.session, claim.file))) is breach


@pytest.mark.parametrize(("last_act", "state"), [("paid", "met"), ("begun", "met"), ("none", "running")])
def test_cash_and_repair_in_one_agreement_are_performed_with_the_last_of_both(of_two: Later, last_act: str, state: str):
    of_two.settled(AGREED, cash(of_two, finding=0), repair(of_two, finding=1))
    of_two.ordered(AGREED)
    if last_act == "begun":
        of_two.paid(120_050, "Fri 2026-09-25 10:00")
    of_two.started("Mon 2026-09-28 10:00") if last_act != "none" else None
    if last_act == "paid":
        of_two.paid(120_050, "Tue 2026-09-29 10:00")

    clock = of_two.clock("performance")

    assert clock.state == state
    assert clock.met_at == {"paid": at("Tue 2026-09-29 10:00"), "begun": at("Mon 2026-09-28 10:00")}.get(last_act)


def test_a_part_of_the_money_performs_nothing(claim: Later):
    claim.settled(AGREED, cash(claim))

    claim.paid(120_049, "Thu 2026-10-08 10:00")

    assert claim.clock("performance").state == "running"


def test_performance_is_dated_to_the_part_that_happened_last_whatever_was_entered_last(of_two: Later):
    """Works began on Monday the 12th, late; that the money had gone on the 7th was entered after that."""
    of_two.settled(AGREED, cash(of_two, finding=0), repair(of_two, finding=1))
    of_two.ordered(AGREED)
    of_two.started("Mon 2026-10-12 10:00")

    of_two.paid(120_050, "Wed 2026-10-07 10:00", learned="Tue 2026-10-13 10:00", confirmed_by="staff:2")

    assert of_two.settlement is not None and of_two.settlement.performed_at == at("Mon 2026-10-12 10:00")
    assert ("performance", at("Fri 2026-10-09 00:00")) in breaches_of(of_two.session, of_two.file)
    assert "BreachWithdrawn" not in of_two.story()


def test_that_money_went_in_time_entered_late_needs_a_lead(claim: Later):
    claim.settled(AGREED, cash(claim))

    with pytest.raises(NeedsConfirmation):
        claim.paid(120_050, "Thu 2026-10-08 10:00", learned="Mon 2026-10-12 10:00")


def test_the_breach_that_a_leads_word_removes_stays_on_record_and_is_withdrawn(claim: Later):
    claim.settled(AGREED, cash(claim))
    swept(claim.session, "Fri 2026-10-09 00:01")

    claim.paid(120_050, "Thu 2026-10-08 10:00", learned="Mon 2026-10-12 10:00", confirmed_by="staff:2")

    story = claim.story()
    assert story.index("ClockBreached") < story.index("BreachWithdrawn")
    assert claim.clock("performance").state == "met"


def test_the_ten_days_run_from_the_last_needed_consent(claim: Later):
    claim.proposed(AGREED, cash(claim))
    claim.consented("owner", AGREED)
    assert "SettlementReached" not in claim.story()

    claim.consented("insured", "Mon 2026-09-28 10:00")

    assert claim.clock("performance").anchor == at("Mon 2026-09-28 10:00")


def test_a_consent_entered_later_but_given_earlier_doesnt_move_the_agreement_back(claim: Later):
    claim.proposed(AGREED, cash(claim))
    claim.consented("owner", "Mon 2026-09-28 10:00")

    claim.consented("insured", "Fri 2026-09-25 10:00", learned="Tue 2026-09-29 10:00")

    assert claim.clock("performance").anchor == at("Mon 2026-09-28 10:00")


def test_a_claim_withdrawn_after_the_agreement_owes_nothing_any_more(claim: Later):
    claim.settled(AGREED, repair(claim))

    withdraw(claim.session, claim.file, reason="业主自行处理", by="staff:1", at=at("Fri 2026-09-25 10:00"))
    swept(claim.session, "Mon 2026-12-07 10:00")

    assert owed_too_long(claim) == {"coverage_notice"}  # which was owed before, and not sent
