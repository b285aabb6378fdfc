"""A denied finding may be disputed while the covered one is being repaired or paid, and even after the claim closed.

What was agreed goes on; the disputed finding is decided, and settled, beside it (ADR 0017).
"""

import pytest
from sqlmodel import Session

from claims.appraisal import receive_opinion
from claims.casefile import Refused, Stage, Subject, record
from claims.casefile.facts import DenialNoticeDispatched
from claims.closing import close_claim
from claims.decision import answer_denial, confirm_coverage
from claims.settlement import Part, left_fen, reached_settlements
from tests.later_makers import BY, Later, a_proof, disputed, swept
from tests.makers import Made, World, a_claim, a_proposed_denial, at

REPORTED, DECIDED, AGREED = "Mon 2026-09-07 10:00", "Tue 2026-09-08 10:00", "Thu 2026-09-10 10:00"
DISPUTED, OPINION, AFRESH = "Mon 2026-09-21 10:00", "Mon 2026-10-12 10:00", "Tue 2026-10-13 10:00"


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    """Two findings: the first covered, the second denied."""
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at(REPORTED), findings=2)
    first, _ = made.findings
    confirm_coverage(session, made.file, made.claim, findings=[first.id or 0], by=world.adjuster, at=at(DECIDED))
    the_second_is_denied(session, world, made, DECIDED)
    return Later(session, world, made)


def the_second_is_denied(session: Session, world: World, made: Made, when: str) -> None:
    proposed = a_proposed_denial(session, world, Made(made.claim, made.file, made.findings[1:]), at=at(when))
    answer_denial(session, made.file, made.claim, proposed, approve=True, comment="", by=world.lead, at=at(when))


def the_second_is_covered(claim: Later, when: str = AFRESH) -> None:
    second = claim.made.findings[1].id or 0
    confirm_coverage(
        claim.session, claim.file, claim.made.claim, findings=[second], by=claim.world.adjuster, at=at(when)
    )


def opinion_comes(claim: Later, when: str = OPINION) -> None:
    appraisal = disputed(claim, DISPUTED, findings=[claim.made.findings[1].id or 0])
    receive_opinion(
        claim.session, claim.file, claim.made.claim, appraisal, outcome="covered", opinion="施工缺陷所致",
        files=[a_proof(claim.session, claim.file, at(when))], received_at=at(when), by=BY, recorded_at=at(when),
    )  # fmt: skip


def repair(claim: Later, index: int) -> Part:
    return Part(claim.made.findings[index].id or 0, "repair")


def cash(claim: Later, index: int, fen: int) -> Part:
    return Part(claim.made.findings[index].id or 0, "cash", fen)


def brought_to(claim: Later, stage: Stage) -> None:
    """The covered finding on its way, before the other is disputed."""
    if stage in (Stage.PAYING, Stage.CLOSED):
        claim.settled(AGREED, cash(claim, 0, 120_000))
        claim.paid(20_000 if stage == Stage.PAYING else 120_000, "Mon 2026-09-14 10:00")
    else:
        claim.settled(AGREED, repair(claim, 0))
    if stage in (Stage.REPAIRING, Stage.WARRANTY):
        claim.ordered(AGREED)
        claim.started("Fri 2026-09-11 10:00")
    if stage == Stage.WARRANTY:
        claim.completed("Mon 2026-09-14 10:00")
        claim.answered("Tue 2026-09-15 10:00")
    assert claim.file.stage == stage


IN_HAND = [Stage.SETTLED, Stage.REPAIRING, Stage.PAYING, Stage.WARRANTY]


@pytest.mark.parametrize("stage", IN_HAND)
def test_the_fresh_decision_doesnt_disturb_what_was_agreed(claim: Later, stage: Stage):
    brought_to(claim, stage)
    performance = claim.clock("performance").state

    opinion_comes(claim)

    assert (claim.file.stage, claim.clock("decision").state) == (stage, "running")
    assert claim.clock("performance").state in (performance, "breached")


@pytest.mark.parametrize("stage", IN_HAND)
def test_covered_after_all_it_gets_an_offer_and_an_agreement_of_its_own(claim: Later, stage: Stage):
    brought_to(claim, stage)
    opinion_comes(claim)
    the_second_is_covered(claim)
    assert (claim.file.stage, claim.clock("settlement_offer").state) == (stage, "running")

    settlement = claim.settled("Wed 2026-10-14 10:00", cash(claim, 1, 50_000))

    performance = claim.clock("performance", f"settlement:{settlement.id}")
    assert (claim.file.stage, performance.anchor) == (stage, at("Wed 2026-10-14 10:00"))
    assert left_fen(claim.session, settlement) == 50_000


@pytest.mark.parametrize("stage", IN_HAND)
def test_denied_again_it_meets_the_thirty_days_and_changes_nothing(claim: Later, stage: Stage):
    brought_to(claim, stage)
    opinion_comes(claim)

    the_second_is_denied(claim.session, claim.world, claim.made, AFRESH)

    assert (claim.file.stage, claim.clock("decision").state) == (stage, "met")
    assert claim.clock("denial_notice").anchor == at(AFRESH)


@pytest.mark.parametrize("stage", [Stage.SETTLED, Stage.REPAIRING, Stage.PAYING, Stage.WARRANTY])
def test_a_repair_agreed_beside_is_ordered_done_and_warranted(claim: Later, stage: Stage):
    brought_to(claim, stage)
    opinion_comes(claim)
    the_second_is_covered(claim)
    settlement = claim.settled("Wed 2026-10-14 10:00", repair(claim, 1))

    order = claim.ordered("Wed 2026-10-14 11:00")
    claim.started("Thu 2026-10-15 10:00", order)
    claim.completed("Fri 2026-10-16 10:00", order)
    claim.answered("Sat 2026-10-17 10:00", order=order)

    assert settlement.performed_at == at("Thu 2026-10-15 10:00")
    assert claim.clock("performance", f"settlement:{settlement.id}").state == "met"
    assert claim.warranties()[-1].item == claim.made.findings[1].item


def test_each_agreement_is_paid_for_itself(claim: Later):
    brought_to(claim, Stage.PAYING)
    opinion_comes(claim)
    the_second_is_covered(claim)
    claim.settled("Wed 2026-10-14 10:00", cash(claim, 1, 50_000))
    first, second = reached_settlements(claim.session, claim.file.id or 0)

    with pytest.raises(Refused):
        claim.paid(150_000, "Wed 2026-10-14 11:00")  # one payment is for one agreement
    claim.paid(100_000, "Wed 2026-10-14 11:00")
    assert (left_fen(claim.session, first), left_fen(claim.session, second)) == (0, 50_000)
    assert claim.file.stage == Stage.PAYING

    claim.paid(50_000, "Thu 2026-10-15 11:00")

    assert (claim.file.stage, claim.clock("performance", f"settlement:{second.id}").state) == (Stage.CLOSED, "met")


def test_paid_in_full_while_a_finding_is_decided_afresh_the_claim_stays_open_until_it_is_denied_again(claim: Later):
    brought_to(claim, Stage.PAYING)
    opinion_comes(claim)
    claim.paid(100_000, "Mon 2026-10-12 11:00")
    assert claim.file.stage == Stage.PAYING

    the_second_is_denied(claim.session, claim.world, claim.made, AFRESH)

    assert claim.file.stage == Stage.CLOSED


def test_the_end_of_the_warranty_waits_for_the_fresh_decision(claim: Later):
    brought_to(claim, Stage.WARRANTY)
    opinion_comes(claim, "Mon 2027-03-08 10:00")
    swept(claim.session, "Mon 2027-03-22 10:00")
    assert (claim.file.stage, [w.state for w in claim.warranties()]) == (Stage.WARRANTY, ["ended"])

    the_second_is_denied(claim.session, claim.world, claim.made, "Tue 2027-03-23 10:00")

    assert claim.file.stage == Stage.CLOSED


def test_money_owed_beside_a_warranty_that_is_over_closes_the_claim_with_the_last_yuan(claim: Later):
    brought_to(claim, Stage.WARRANTY)
    opinion_comes(claim, "Mon 2027-03-08 10:00")
    the_second_is_covered(claim, "Tue 2027-03-09 10:00")
    claim.settled("Wed 2027-03-10 10:00", cash(claim, 1, 50_000))
    swept(claim.session, "Mon 2027-03-22 10:00")
    assert claim.file.stage == Stage.WARRANTY

    claim.paid(50_000, "Tue 2027-03-23 10:00")

    assert claim.file.stage == Stage.CLOSED


def test_a_claim_that_is_closed_is_opened_again_by_the_opinion(claim: Later):
    brought_to(claim, Stage.CLOSED)

    opinion_comes(claim)
    assert claim.file.stage == Stage.SURVEYED
    the_second_is_covered(claim)
    settlement = claim.settled("Wed 2026-10-14 10:00", cash(claim, 1, 50_000))
    assert (claim.file.stage, left_fen(claim.session, settlement)) == (Stage.PAYING, 50_000)
    claim.paid(50_000, "Thu 2026-10-15 10:00")

    assert claim.file.stage == Stage.CLOSED


def test_opened_again_and_denied_again_it_closes_again(claim: Later):
    brought_to(claim, Stage.CLOSED)
    opinion_comes(claim)

    the_second_is_denied(claim.session, claim.world, claim.made, AFRESH)

    assert claim.file.stage == Stage.CLOSED


def test_a_claim_denied_as_a_whole_and_closed_is_opened_again_too(session: Session, world: World):
    claim = Later(session, world, a_claim(session, world, Stage.DENIED, reported_at=at(REPORTED)))
    clock = claim.clock("denial_notice")
    sent = DenialNoticeDispatched(
        at=at(DECIDED), by="system", subject=Subject.parse(clock.subject), channel="post", evidence="EMS"
    )
    record(session, claim.file, sent)
    close_claim(session, claim.file, reason="业主未提出异议", by=BY, at=at("Mon 2026-09-14 10:00"))

    appraisal = disputed(claim, DISPUTED)
    receive_opinion(
        session, claim.file, claim.made.claim, appraisal, outcome="covered", opinion="施工缺陷所致",
        files=[a_proof(session, claim.file, at(OPINION))], received_at=at(OPINION), by=BY, recorded_at=at(OPINION),
    )  # fmt: skip

    assert (claim.file.stage, claim.clock("decision").state) == (Stage.SURVEYED, "running")
