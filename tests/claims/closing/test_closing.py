"""A claim ends when nothing is owed: every refusal, and what a withdrawal leaves owed."""

import pytest
from sqlmodel import Session

from claims.appraisal import raise_appraisal
from claims.casefile import AlreadyDone, NotAllowed, Refused, Stage, Subject, record
from claims.casefile.facts import CoverageNoticeDispatched, DenialNoticeDispatched
from claims.closing import close_claim, withdraw
from claims.complaint import decide_complaint, receive_complaint
from claims.decision.supplement import request_supplement
from claims.settlement import Part
from tests.later_makers import BY, Later, accepted, breaches_of, covered, swept
from tests.makers import World, a_claim, at

REPORTED, NOW = "Mon 2026-03-02 10:00", "Fri 2026-03-06 10:00"


@pytest.fixture
def denied(session: Session, world: World) -> Later:
    return Later(session, world, a_claim(session, world, Stage.DENIED, reported_at=at(REPORTED)))


def notice_goes_out(claim: Later, when: str) -> None:
    subject = Subject.parse(claim.clock("denial_notice").subject)
    sent = DenialNoticeDispatched(at=at(when), by="system", subject=subject, channel="post", evidence="EMS")
    record(claim.session, claim.file, sent)


def closes(claim: Later, when: str = NOW, reason: str = "业主未提出异议") -> None:
    close_claim(claim.session, claim.file, reason=reason, by=BY, at=at(when))


def refusal(claim: Later, when: str = NOW) -> str:
    with pytest.raises(AlreadyDone) as refused:
        closes(claim, when)
    return str(refused.value)


def test_a_denied_claim_whose_notice_is_out_is_closed(denied: Later):
    notice_goes_out(denied, "Tue 2026-03-03 10:00")

    closes(denied)

    assert denied.file.stage == Stage.CLOSED


@pytest.mark.parametrize("when", [NOW, "Mon 2026-03-16 10:00"])
def test_a_denied_claim_whose_notice_isnt_out_stays_open_also_once_that_is_a_breach(denied: Later, when: str):
    swept(denied.session, when)

    assert "denial_notice" in refusal(denied, when)


def test_a_notice_that_went_out_late_is_out(denied: Later):
    notice_goes_out(denied, "Mon 2026-03-16 10:00")

    closes(denied, "Tue 2026-03-17 10:00")

    assert (denied.file.stage, "denial_notice" in dict(breaches_of(denied.session, denied.file))) == (
        Stage.CLOSED,
        True,
    )


def test_a_mere_measure_keeps_nothing_open(session: Session, world: World):
    """A supplement was asked for whose arrival nobody could prove: it is reported, and owed by nobody."""
    made = a_claim(session, world, Stage.DENIED, reported_at=at(REPORTED))
    claim = Later(session, world, made)
    request_supplement(session, made.file, items=["产权证明"], by=BY, at=at("Mon 2026-03-02 13:00"))
    notice_goes_out(claim, "Tue 2026-03-03 10:00")

    closes(claim)

    assert made.file.stage == Stage.CLOSED


def test_a_complaint_that_isnt_answered_keeps_it_open(denied: Later):
    notice_goes_out(denied, "Tue 2026-03-03 10:00")
    complaint = receive_complaint(
        denied.session, denied.file, complainant="王小明", text="不服", by=BY, received_at=at("Wed 2026-03-04 10:00"),
        recorded_at=at("Wed 2026-03-04 10:00"),
    )  # fmt: skip
    assert "complaint" in refusal(denied)
    decide_complaint(
        denied.session, denied.file, complaint, upheld=False, decision="维持", reasons="证据充分", by="staff:999",
        at=at("Thu 2026-03-05 10:00"),
    )  # fmt: skip

    closes(denied)


def test_an_appraisal_under_way_keeps_it_open(denied: Later):
    notice_goes_out(denied, "Tue 2026-03-03 10:00")
    raise_appraisal(
        denied.session, denied.file, denied.made.claim, side="owner", statement="不服", findings=[], by=BY,
        at=at("Wed 2026-03-04 10:00"),
    )  # fmt: skip

    assert "appraisal" in refusal(denied)


@pytest.mark.parametrize("reason", ["", "   "])
def test_it_takes_a_reason(denied: Later, reason: str):
    with pytest.raises(Refused) as refused:
        closes(denied, reason=reason)

    assert set(refused.value.errors) == {"reason"}


def test_a_covered_claim_without_an_agreement_isnt_closed(session: Session, world: World):
    claim = covered(session, world, REPORTED)

    assert "settlement_offer" in refusal(claim)


def test_an_offer_that_waits_for_the_owner_isnt_closed(session: Session, world: World):
    claim = covered(session, world, REPORTED)
    claim.paid(100, "Tue 2026-03-03 10:00")
    notice = claim.clock("coverage_notice").subject
    claim.proposed("Tue 2026-03-03 11:00")
    sent = CoverageNoticeDispatched(
        at=at("Wed 2026-03-04 10:00"), by="system", subject=Subject.parse(notice), channel="sms", evidence="SM1"
    )
    record(session, claim.file, sent)

    assert "settled" in refusal(claim)


def test_a_claim_that_is_being_paid_isnt_closed_by_hand(session: Session, world: World):
    claim = covered(session, world, REPORTED)
    claim.settled("Tue 2026-03-03 10:00", Part(claim.made.findings[0].id or 0, "cash", 100))

    assert "performance" in refusal(claim)
    swept(session, "Mon 2026-05-04 10:00")
    assert "performance" in refusal(claim, "Mon 2026-05-04 10:00")


def test_a_warranty_isnt_cut_short_by_hand(session: Session, world: World):
    claim = accepted(session, world, "Tue 2026-03-17 10:00")

    assert "repair_warranty" in refusal(claim, "Wed 2026-03-18 10:00")


@pytest.mark.parametrize("stage", [Stage.REPORTED, Stage.SURVEYED, Stage.COVERED, Stage.DENIED])
def test_a_claim_may_be_withdrawn_until_works_or_money_move_and_owes_no_decision_any_more(
    session: Session, world: World, stage: Stage
):
    claim = Later(session, world, a_claim(session, world, stage, reported_at=at(REPORTED)))

    withdraw(session, claim.file, reason="业主撤回", by=BY, at=at("Mon 2026-03-02 13:00"))
    swept(session, "Mon 2026-12-07 10:00")

    owed = {name for name, _ in breaches_of(session, claim.file)}
    assert claim.file.stage == Stage.WITHDRAWN
    assert owed <= {"contact", "coverage_notice", "denial_notice"}  # owed before; a decision made is still to be told


def test_once_works_have_been_ordered_it_cant_be_withdrawn(session: Session, world: World):
    claim = covered(session, world, REPORTED)
    claim.settled("Tue 2026-03-03 10:00")
    claim.ordered("Tue 2026-03-03 11:00")

    with pytest.raises(NotAllowed):
        withdraw(session, claim.file, reason="业主撤回", by=BY, at=at(NOW))


@pytest.mark.parametrize("act", [withdraw, close_claim])
def test_what_has_ended_ends_once(denied: Later, act: object):
    notice_goes_out(denied, "Tue 2026-03-03 10:00")
    closes(denied)

    with pytest.raises(NotAllowed):
        act(denied.session, denied.file, reason="x", by=BY, at=at(NOW))  # type: ignore[operator]
