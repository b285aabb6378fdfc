"""第十六条, 保险法 60: three years from the payment, begun anew by the demand; the notice soon; help."""

import pytest
from sqlmodel import Session

from claims.casefile import AlreadyDone, NotAllowed, Refused, Stage
from claims.duties import open_recovery
from tests.claims.duties.conftest import BY, Held
from tests.makers import World, a_claim, at

PAID = "Fri 2026-03-13 15:00"


@pytest.fixture
def made(session: Session, world: World):
    return a_claim(session, world, Stage.COVERED, reported_at=at("Mon 2026-03-02 10:00"))


def recovered(session: Session, made, **changes: object) -> Held:
    told = {"debtor": "示例建设集团有限公司", "amount": 350000, "paid_at": at(PAID), "proof": "银行回单"} | changes
    when = at("Mon 2026-03-16 09:00")
    return Held(session, open_recovery(session, made.file, made.claim, by=BY, at=when, **told))


def test_limitation_runs_three_years_from_the_payment(session, made):
    clock = recovered(session, made).clock("recovery_limitation")

    assert (clock.kind, clock.anchor, clock.safe_due) == ("term", at(PAID), at("Wed 2029-03-14 00:00"))


def test_the_demand_interrupts_limitation(session, made):
    held = recovered(session, made)

    held.happens("demand", "Tue 2026-03-17 10:00", proof="EMS 1012345678901")

    assert held.clock("recovery_limitation").anchor == at("Tue 2026-03-17 10:00")
    assert held.clock("recovery_demand").state == "met"


@pytest.mark.parametrize(("demanded_at", "is_breach"), [
    ("Wed 2026-03-18 23:59:59", False),
    ("Thu 2026-03-19 00:00:00", True),
])  # fmt: skip
def test_the_notice_reaches_the_liable_party_in_three_working_days(session, made, demanded_at, is_breach):
    held = recovered(session, made)

    held.happens("demand", demanded_at)

    assert ("recovery_demand" in held.breaches) is is_breach


def test_a_suit_ends_the_limitation(session, made):
    held = recovered(session, made)

    held.happens("suit", "Tue 2026-03-17 10:00")

    assert held.clock("recovery_limitation").state == "met"


def test_the_developers_help_is_measured_and_never_our_breach(session, made):
    held = recovered(session, made)
    held.happens("developer-asked", "Mon 2026-03-16 10:00")
    held.swept("Mon 2026-03-30 10:00")

    held.happens("parties-told", "Mon 2026-03-30 11:00")

    assert "liable_parties_told" not in held.breaches


def test_the_claims_timeline_names_the_file(session, made):
    held = recovered(session, made)

    assert Held(session, made.file).story[-1] == "RecoveryBegun"
    assert held.story == ["RecoveryOpened"]


def test_each_liable_party_has_one_file(session, made):
    recovered(session, made)
    recovered(session, made, debtor="示例门窗有限公司")

    with pytest.raises(AlreadyDone):
        recovered(session, made)


@pytest.mark.parametrize(("changes", "field"), [
    ({"paid_at": at("Mon 2026-03-02 09:59:59")}, "paid_at"),     # before the report
    ({"paid_at": at("Mon 2026-03-16 09:00:01")}, "paid_at"),     # not yet
    ({"amount": 0}, "amount"),
])  # fmt: skip
def test_what_cannot_be_is_refused(session, made, changes, field):
    with pytest.raises(Refused) as refusal:
        recovered(session, made, **changes)

    assert set(refusal.value.errors) == {field}


def test_nothing_is_recovered_before_anything_is_found(session, world):
    reported = a_claim(session, world, Stage.REPORTED, reported_at=at("Mon 2026-03-02 10:00"))

    with pytest.raises(NotAllowed):
        recovered(session, reported)


def test_closing_ends_the_limitation_too(session, made):
    held = recovered(session, made)
    held.happens("received", "Tue 2026-03-17 10:00", amount=350000)

    held.happens("recovery-closing", "Tue 2026-03-17 11:00", reason="已全部追回")

    assert held.clock("recovery_limitation").state == "cancelled"
