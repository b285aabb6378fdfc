"""解释（二）15: an arrival that was entered wrongly is corrected by a lead; the old row stays, with who struck it.

Reported on Tuesday 1 December 2026; the notice is entered as arrived on the 8th, the supplement comes on the 20th:
12 days are excluded, and the 30 end on 12 January 2027 (worked example 12).
"""

import pytest
from sqlmodel import Session, col, select

from claims.casefile import AlreadyDone, NeedsConfirmation, Refused, Stage
from claims.casefile.model import ClockPause
from claims.decision import confirm_coverage
from claims.decision.supplement import correct_arrival, notice_arrived, request_supplement, supplement_received
from tests.later_makers import BY, Later, breaches_of, swept
from tests.makers import World, a_claim, at

LEAD = "staff:77"
ARRIVED = "Tue 2026-12-08 10:00"


@pytest.fixture
def session(standing_session: Session) -> Session:
    return standing_session


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at("Tue 2026-12-01 10:00"))
    request_supplement(session, made.file, items=("产权证明",), by=BY, at=at("Fri 2026-12-04 10:00"))
    told = {"proof": "EMS 1", "by": BY, "recorded_at": at(ARRIVED)}
    notice_arrived(session, made.file, arrived_at=at(ARRIVED), **told)
    return Later(session, world, made)


def comes(claim: Later, when: str = "Sun 2026-12-20 10:00") -> None:
    supplement_received(claim.session, claim.file, received_at=at(when), files=[], by=BY, recorded_at=at(when))


def corrects(claim: Later, arrived: str, when: str = "Mon 2026-12-21 10:00", **changes: str) -> None:
    told = {"proof": "EMS 2", "by": LEAD, "confirmed_by": LEAD} | changes
    correct_arrival(claim.session, claim.file, arrived_at=at(arrived), at=at(when), **told)


def decides(claim: Later, when: str) -> None:
    numbers = [finding.id or 0 for finding in claim.made.findings]
    confirm_coverage(
        claim.session, claim.file, claim.made.claim, findings=numbers, by=claim.world.adjuster, at=at(when)
    )


@pytest.mark.parametrize(("arrived", "last"), [
    ("Tue 2026-12-08 18:00", "Wed 2027-01-13 00:00"),    # the same day: 12 days, as before
    ("Thu 2026-12-10 10:00", "Mon 2027-01-11 00:00"),    # 10 days: the 30 end on Sunday 10 January as counted
    ("Sun 2026-12-06 10:00", "Fri 2027-01-15 00:00"),    # 14 days
])  # fmt: skip
def test_the_thirty_days_are_counted_anew_from_the_right_instant(claim, arrived, last):
    comes(claim)

    corrects(claim, arrived)

    assert claim.clock("decision").safe_due == at(last)


def test_the_wrong_row_stays_and_says_who_struck_it_and_when(claim):
    comes(claim)
    corrects(claim, "Thu 2026-12-10 10:00")

    clock = claim.clock("decision")
    rows = claim.session.exec(
        select(ClockPause).where(ClockPause.clock_id == clock.id).order_by(col(ClockPause.id))
    ).all()
    assert [(row.from_at, row.struck_by, row.proof) for row in rows] == [
        (at(ARRIVED), LEAD, "EMS 1"),
        (at("Thu 2026-12-10 10:00"), None, "EMS 2"),
    ]
    assert (rows[0].struck_at, rows[0].by, rows[1].by) == (at("Mon 2026-12-21 10:00"), BY, LEAD)
    assert claim.story()[-1] == "SupplementArrivalCorrected" and "SupplementNoticeArrived" in claim.story()


def test_while_it_still_stands_still_it_goes_on_standing_still(claim):
    corrects(claim, "Mon 2026-12-07 10:00", "Wed 2026-12-09 10:00")

    assert (claim.clock("decision").state, claim.clock("decision").legal_due) == ("paused", None)


def test_a_correction_needs_a_lead(claim):
    comes(claim)

    with pytest.raises(NeedsConfirmation):
        corrects(claim, "Thu 2026-12-10 10:00", confirmed_by="")


@pytest.mark.parametrize(("arrived", "proof", "field"), [
    ("Fri 2026-12-04 09:59:59", "EMS 2", "arrived_at"),      # before it was asked
    ("Sun 2026-12-20 10:00:01", "EMS 2", "arrived_at"),      # after what was asked for had come
    ("Thu 2026-12-10 10:00:00", "  ",    "proof"),
])  # fmt: skip
def test_what_cannot_be_is_refused(claim, arrived, proof, field):
    comes(claim)

    with pytest.raises(Refused) as refusal:
        corrects(claim, arrived, proof=proof)

    assert set(refusal.value.errors) == {field}


def test_the_same_instant_again_corrects_nothing(claim):
    with pytest.raises(AlreadyDone):
        corrects(claim, ARRIVED)


def test_a_breach_that_was_none_is_withdrawn_and_stays_on_record(claim):
    """Twelve days out, the 30 were over on 12 January; two days more, and 14 January is in time."""
    comes(claim)
    swept(claim.session, "Wed 2027-01-13 00:00")
    assert "decision" in dict(breaches_of(claim.session, claim.file))

    corrects(claim, "Sun 2026-12-06 10:00", "Wed 2027-01-13 09:00")

    assert (claim.clock("decision").state, claim.story()[-1]) == ("running", "BreachWithdrawn")


@pytest.mark.parametrize(("arrived", "breaches"), [
    ("Tue 2026-12-08 23:00", 0),         # still 12 days: decided on the last day, in time
    ("Wed 2026-12-09 10:00", 1),         # 11 days: the last day was 11 January
])  # fmt: skip
def test_a_decision_made_in_time_by_the_wrong_entry_is_a_breach_by_the_right_one(claim, arrived, breaches):
    comes(claim)
    decides(claim, "Tue 2027-01-12 10:00")

    corrects(claim, arrived, "Wed 2027-01-13 09:00")

    assert claim.story().count("ClockBreached") == breaches
    assert claim.clock("decision").met_at == at("Tue 2027-01-12 10:00")
