"""消费投诉处理管理办法: 15 natural days from the receipt, 30 in all for a complex one, by somebody disinterested.

Received on Wednesday 16 September 2026 the 15th day is 1 October; the break ends on the 7th (worked example 20).
"""

from datetime import datetime

import pytest
from sqlmodel import Session

from claims.casefile import AlreadyDone, Refused, Stage
from claims.casefile.sweeps import ring_due_rungs
from claims.closing import withdraw
from claims.complaint import Complaint, decide_complaint, extend_complaint, receive_complaint
from tests.later_makers import BY, Later, breaches_of, swept
from tests.makers import World, a_claim, at

RECEIVED = "Wed 2026-09-16 10:00"
NOBODY_BEFORE = "staff:999"


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    return Later(session, world, a_claim(session, world, Stage.DENIED, reported_at=at("Mon 2026-09-07 10:00")))


def received(claim: Later, when: str = RECEIVED, learned: str | None = None) -> Complaint:
    return receive_complaint(
        claim.session, claim.file, complainant="王小明", text="三次上门都没有人来", by=BY, received_at=at(when),
        recorded_at=at(learned or when),
    )  # fmt: skip


def extended(claim: Later, complaint: Complaint, when: str, reason: str = "需要复测") -> None:
    extend_complaint(claim.session, claim.file, complaint, reason=reason, by=NOBODY_BEFORE, at=at(when))


def prolonged(claim: Later, complaint: Complaint, when: str) -> None:
    told = {"reason": "须等鉴定意见", "by": NOBODY_BEFORE, "senior": True}
    extend_complaint(claim.session, claim.file, complaint, at=at(when), **told)


def decided(claim: Later, complaint: Complaint, when: str, by: str = NOBODY_BEFORE) -> None:
    told = {"upheld": True, "decision": "安排上门", "reasons": "确有延误"}
    decide_complaint(claim.session, claim.file, complaint, by=by, at=at(when), **told)


def complaint_breach(claim: Later) -> datetime | None:
    return dict(breaches_of(claim.session, claim.file)).get("complaint")


def test_fifteen_days_roll_over_the_break(claim: Later):
    received(claim)

    clock = claim.clock("complaint")

    assert (clock.safe_due, clock.legal_due) == (at("Fri 2026-10-02 00:00"), at("Fri 2026-10-09 00:00"))


@pytest.mark.parametrize(("decided_at", "breach"), [
    ("Thu 2026-10-08 23:59:59", None),
    ("Fri 2026-10-09 00:00:00", at("Fri 2026-10-09 00:00")),
])  # fmt: skip
def test_a_decision_is_late_only_once_the_last_day_is_over(claim: Later, decided_at: str, breach: datetime | None):
    complaint = received(claim)

    decided(claim, complaint, decided_at)

    assert complaint_breach(claim) == breach


def test_extended_it_is_thirty_days_in_all_from_the_same_receipt(claim: Later):
    complaint = received(claim)

    extended(claim, complaint, "Thu 2026-10-08 23:59:59")

    clock = claim.clock("complaint")
    assert (clock.length, clock.anchor, clock.legal_due) == ("30 days", at(RECEIVED), at("Sat 2026-10-17 00:00"))


@pytest.mark.parametrize(("decided_at", "breach"), [
    ("Fri 2026-10-16 23:59:59", None),
    ("Sat 2026-10-17 00:00:00", at("Sat 2026-10-17 00:00")),
])  # fmt: skip
def test_both_sides_of_the_thirtieth_day(claim: Later, decided_at: str, breach: datetime | None):
    complaint = received(claim)
    extended(claim, complaint, "Mon 2026-09-28 10:00")

    decided(claim, complaint, decided_at)

    assert complaint_breach(claim) == breach


def test_the_length_is_the_rule_sets_own(claim: Later):
    rules = claim.session.info["rule_book"].named(claim.file.rule_set).clocks["complaint"]

    assert (rules.length, rules.length_if) == ("15 days", {"extended": "30 days", "prolonged": "60 days"})


@pytest.mark.parametrize("looked_before", [True, False])
def test_once_the_fifteen_days_are_over_nothing_extends_them_looked_at_or_not(claim: Later, looked_before: bool):
    complaint = received(claim)
    if looked_before:
        swept(claim.session, "Fri 2026-10-09 00:00")

    with pytest.raises(AlreadyDone):
        extended(claim, complaint, "Fri 2026-10-09 00:00:00")


def test_an_extension_moves_the_warnings_too(claim: Later):
    complaint = received(claim)
    extended(claim, complaint, "Mon 2026-09-28 10:00")

    ring_due_rungs(claim.session, at("Fri 2026-10-09 00:00"))

    assert (complaint_breach(claim), claim.clock("complaint").state) == (None, "running")


def test_one_complaint_extended_leaves_the_other_as_it_was(claim: Later):
    first, second = received(claim), received(claim, "Thu 2026-09-17 10:00")

    extended(claim, first, "Mon 2026-09-28 10:00")

    lengths = [claim.clock("complaint", f"complaint:{c.id}").length for c in (first, second)]
    assert lengths == ["30 days", "15 days"]


@pytest.mark.parametrize(("decided_at", "breach"), [
    ("Mon 2026-11-16 23:59:59", None),
    ("Tue 2026-11-17 00:00:00", at("Tue 2026-11-17 00:00")),
])  # fmt: skip
def test_by_a_seniors_word_it_is_sixty_days_in_all(claim: Later, decided_at: str, breach: datetime | None):
    """Worked example 20: the sixtieth day is Sunday 15 November, rolled to the 16th."""
    complaint = received(claim)
    extended(claim, complaint, "Mon 2026-09-28 10:00")
    prolonged(claim, complaint, "Fri 2026-10-16 23:59:59")

    decided(claim, complaint, decided_at)

    assert (complaint.extension_reason, complaint_breach(claim)) == ("需要复测；须等鉴定意见", breach)


def test_once_the_thirty_days_are_over_nobody_prolongs_them(claim: Later):
    complaint = received(claim)
    extended(claim, complaint, "Mon 2026-09-28 10:00")

    with pytest.raises(AlreadyDone):
        prolonged(claim, complaint, "Sat 2026-10-17 00:00:00")


def test_it_is_prolonged_once(claim: Later):
    complaint = received(claim)
    extended(claim, complaint, "Mon 2026-09-28 10:00")
    prolonged(claim, complaint, "Tue 2026-09-29 10:00")

    with pytest.raises(AlreadyDone):
        prolonged(claim, complaint, "Wed 2026-09-30 10:00")


def test_it_is_extended_once_and_with_a_reason(claim: Later):
    complaint = received(claim)
    with pytest.raises(Refused) as refusal:
        extended(claim, complaint, "Mon 2026-09-28 10:00", reason="  ")
    extended(claim, complaint, "Mon 2026-09-28 10:00")
    with pytest.raises(AlreadyDone):
        extended(claim, complaint, "Tue 2026-09-29 10:00")

    assert set(refusal.value.errors) == {"reason"}


@pytest.mark.parametrize("role", ["adjuster", "lead"])
def test_whoever_has_acted_on_the_claim_doesnt_decide(claim: Later, role: str):
    """The adjuster proposed the denial, the lead approved it."""
    complaint = received(claim)
    person = getattr(claim.world, role)

    with pytest.raises(Refused) as refusal:
        decided(claim, complaint, "Mon 2026-09-21 10:00", by=f"staff:{person.id}")

    assert set(refusal.value.errors) == {"decided_by"}
    assert complaint.state == "received"


def test_whoever_only_took_or_extended_the_complaint_may_decide(claim: Later):
    complaint = receive_complaint(
        claim.session, claim.file, complainant="王小明", text="慢", by=NOBODY_BEFORE, received_at=at(RECEIVED),
        recorded_at=at(RECEIVED),
    )  # fmt: skip
    extended(claim, complaint, "Mon 2026-09-21 10:00")

    decided(claim, complaint, "Tue 2026-09-22 10:00")

    assert (complaint.state, complaint.decided_by) == ("decided", NOBODY_BEFORE)


def test_it_is_decided_once(claim: Later):
    complaint = received(claim)
    decided(claim, complaint, "Mon 2026-09-21 10:00")

    with pytest.raises(AlreadyDone):
        decided(claim, complaint, "Tue 2026-09-22 10:00")


@pytest.mark.parametrize(("when", "learned"), [
    ("Mon 2026-09-07 09:59:59", RECEIVED),     # before the report
    ("Wed 2026-09-16 10:00:01", RECEIVED),
])  # fmt: skip
def test_a_complaint_comes_between_the_report_and_now(claim: Later, when: str, learned: str):
    with pytest.raises(Refused) as refusal:
        received(claim, when, learned)

    assert set(refusal.value.errors) == {"received_at"}


def test_a_complaint_can_be_made_of_a_claim_that_has_ended(claim: Later):
    withdraw(claim.session, claim.file, reason="业主撤回", by=BY, at=at("Tue 2026-09-15 10:00"))

    assert received(claim).state == "received"
    assert claim.clock("complaint").state == "running"


def test_the_complainants_name_is_kept_sealed(claim: Later):
    complaint = received(claim)

    assert "王小明" not in complaint.complainant_sealed
    assert claim.session.info["sealer"].open(complaint.complainant_sealed) == "王小明"
