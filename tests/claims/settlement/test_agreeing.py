"""赔偿协议: for every covered finding, by whoever's consent is needed; each refusal by its field."""

from datetime import date

import pytest
from sqlmodel import Session, select

from claims.casefile import AlreadyDone, NotAllowed, Refused, Stage
from claims.decision import answer_denial, confirm_coverage
from claims.settlement import Part, consent, consents_of, parts_of, propose_settlement, refuse_settlement
from claims.settlement.model import Settlement
from tests.later_makers import BY, Later, covered
from tests.makers import Made, World, a_claim, a_proposed_denial, at

REPORTED, NOW = "Mon 2026-03-02 10:00", "Thu 2026-03-05 10:00"
TODAY = at(NOW).date()


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    return covered(session, world, REPORTED, findings=2)


def number(claim: Later, index: int) -> int:
    return claim.made.findings[index].id or 0


def refused_fields(claim: Later, *parts: Part, **days: date) -> set[str]:
    with pytest.raises(Refused) as refusal:
        claim.proposed(NOW, *parts, **days)
    return set(refusal.value.errors)


def test_every_covered_finding_needs_a_part(claim: Later):
    assert refused_fields(claim, Part(number(claim, 0), "cash", 1)) == {"parts"}


def test_a_finding_has_one_part(claim: Later):
    one = Part(number(claim, 0), "cash", 1)

    assert refused_fields(claim, one, one, Part(number(claim, 1), "repair")) == {"parts"}


def test_a_finding_of_another_claim_has_no_place(claim: Later):
    other = covered(claim.session, claim.world, REPORTED)

    strange = [Part(number(claim, 0), "repair"), Part(number(claim, 1), "repair"), Part(number(other, 0), "repair")]

    assert refused_fields(claim, *strange) == {"parts"}


@pytest.mark.parametrize(("mode", "fen"), [("cash", None), ("repair", 100), ("cash", 0), ("cash", -1)])
def test_cash_has_an_amount_above_nothing_and_a_repair_has_none(claim: Later, mode: str, fen: int | None):
    parts = [Part(number(claim, 0), mode, fen), Part(number(claim, 1), "repair")]

    assert refused_fields(claim, *parts) == {"parts"}


@pytest.mark.parametrize(("starts_on", "finishes_on"), [
    (date(2026, 3, 4), date(2026, 3, 20)),    # begins yesterday
    (date(2026, 3, 9), date(2026, 3, 8)),     # ends before it begins
])  # fmt: skip
def test_the_days_of_a_repair_lie_ahead_and_in_order(claim: Later, starts_on: date, finishes_on: date):
    assert refused_fields(claim, starts_on=starts_on, finishes_on=finishes_on) == {"finishes_on"}


@pytest.mark.parametrize("finishes_on", [TODAY, date(2026, 12, 31)])
def test_a_repair_may_begin_and_end_today(claim: Later, finishes_on: date):
    assert claim.proposed(NOW, starts_on=TODAY, finishes_on=finishes_on).finishes_on == finishes_on


def test_a_repair_without_its_days_is_refused(claim: Later):
    with pytest.raises(Refused) as refusal:
        propose_settlement(
            claim.session, claim.file, claim.made.claim, parts=[Part(number(claim, n), "repair") for n in (0, 1)],
            starts_on=None, finishes_on=None, by=BY, at=at(NOW),
        )  # fmt: skip

    assert set(refusal.value.errors) == {"finishes_on"}


def test_an_offer_without_a_part_is_refused(claim: Later):
    with pytest.raises(Refused):
        propose_settlement(
            claim.session, claim.file, claim.made.claim, parts=[], starts_on=None, finishes_on=None, by=BY, at=at(NOW)
        )


def test_nothing_can_be_offered_before_cover(session: Session, world: World):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at(REPORTED))

    assert refused_fields(Later(session, world, made), Part(made.findings[0].id or 0, "cash", 1)) == {"parts"}


@pytest.mark.parametrize(("insured_kind", "needed"), [("developer", ["owner", "insured"]), ("owner", ["owner"])])
def test_the_homeowner_consents_always_and_the_insured_where_it_is_somebody_else(
    session: Session, world: World, insured_kind: str, needed: list[str]
):
    world.policy.insured_kind = insured_kind
    settlement = covered(session, world, REPORTED).proposed(NOW)

    assert [word.who for word in consents_of(session, settlement)] == needed


def test_one_consent_of_two_is_no_agreement(claim: Later):
    settlement = claim.proposed(NOW)

    claim.consented("owner", NOW)

    assert (settlement.state, claim.file.stage) == ("proposed", Stage.COVERED)


def test_somebody_whose_word_isnt_needed_can_neither_consent_nor_refuse(session: Session, world: World):
    world.policy.insured_kind = "owner"
    claim = covered(session, world, REPORTED)
    settlement = claim.proposed(NOW)

    with pytest.raises(Refused) as consenting:
        claim.consented("insured", NOW)
    with pytest.raises(Refused) as refusing:
        refuse_settlement(session, claim.file, settlement, who="insured", reason="嫌少", by=BY, at=at(NOW))

    assert set(consenting.value.errors) == set(refusing.value.errors) == {"by"}


def test_the_same_person_consents_once(claim: Later):
    claim.proposed(NOW)
    claim.consented("owner", NOW)

    with pytest.raises(AlreadyDone):
        claim.consented("owner", NOW)


@pytest.mark.parametrize(("agreed", "learned"), [
    ("Thu 2026-03-05 09:59:59", NOW),          # before the proposal
    ("Fri 2026-03-06 10:00:01", "Fri 2026-03-06 10:00"),
])  # fmt: skip
def test_a_consent_lies_between_the_proposal_and_now(claim: Later, agreed: str, learned: str):
    claim.proposed(NOW)

    with pytest.raises(Refused) as refusal:
        claim.consented("owner", agreed, learned=learned)

    assert set(refusal.value.errors) == {"agreed_at"}


def test_a_refused_offer_makes_room_for_another_with_a_clock_of_its_own(claim: Later):
    first = claim.proposed(NOW)
    refuse_settlement(
        claim.session, claim.file, first, who="owner", reason="要求维修", by=BY, at=at("Fri 2026-03-06 10:00")
    )
    assert claim.clock("settlement_offer").state == "running"

    second = claim.proposed("Mon 2026-03-09 10:00")

    assert (first.state, second.state, claim.clock("settlement_offer").state) == ("refused", "proposed", "met")


def test_a_refused_or_reached_offer_takes_no_more_words(claim: Later):
    settlement = claim.settled(NOW)

    with pytest.raises(AlreadyDone):
        consent(
            claim.session,
            claim.file,
            settlement,
            who="owner",
            agreed_at=at(NOW),
            proof="签字",
            by=BY,
            recorded_at=at(NOW),
        )
    with pytest.raises(AlreadyDone):
        refuse_settlement(claim.session, claim.file, settlement, who="owner", reason="x", by=BY, at=at(NOW))


def test_a_second_offer_beside_a_standing_one_is_refused(claim: Later):
    claim.proposed(NOW)

    with pytest.raises(AlreadyDone):
        claim.proposed(NOW)


def test_a_finding_covered_since_calls_for_an_offer_that_takes_the_place_of_the_standing_one(
    session: Session, world: World
):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at(REPORTED), findings=2)
    first, second = (finding.id or 0 for finding in made.findings)
    claim = Later(session, world, made)
    confirm_coverage(session, made.file, made.claim, findings=[first], by=world.adjuster, at=at(NOW))
    old = claim.proposed(NOW, Part(first, "cash", 100))
    confirm_coverage(
        session, made.file, made.claim, findings=[second], by=world.adjuster, at=at("Fri 2026-03-06 10:00")
    )

    new = claim.proposed("Fri 2026-03-06 11:00", Part(first, "cash", 100), Part(second, "cash", 200))

    assert (old.state, new.state, new.cash_fen) == ("replaced", "proposed", 300)


def test_what_is_covered_can_be_settled_while_another_finding_waits_and_that_one_later(session: Session, world: World):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at(REPORTED), findings=2)
    first, second = (finding.id or 0 for finding in made.findings)
    claim = Later(session, world, made)
    confirm_coverage(session, made.file, made.claim, findings=[first], by=world.adjuster, at=at(NOW))
    claim.settled(NOW, Part(first, "cash", 100))
    confirm_coverage(
        session, made.file, made.claim, findings=[second], by=world.adjuster, at=at("Fri 2026-03-06 10:00")
    )

    later = claim.settled("Mon 2026-03-09 10:00", Part(second, "cash", 200))
    claim.paid(100, "Tue 2026-03-10 10:00")
    assert made.file.stage == Stage.PAYING
    claim.paid(200, "Tue 2026-03-10 11:00")

    assert (made.file.stage, later.fulfilled_at) == (Stage.CLOSED, at("Tue 2026-03-10 11:00"))


def test_a_denied_finding_is_not_offered_anything(session: Session, world: World):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at(REPORTED), findings=2)
    first, second = (finding.id or 0 for finding in made.findings)
    confirm_coverage(session, made.file, made.claim, findings=[first], by=world.adjuster, at=at(NOW))
    proposed = a_proposed_denial(session, world, Made(made.claim, made.file, made.findings[1:]), at=at(NOW))
    answer_denial(session, made.file, made.claim, proposed, approve=True, comment="", by=world.lead, at=at(NOW))
    claim = Later(session, world, made)

    assert refused_fields(claim, Part(first, "repair"), Part(second, "repair")) == {"parts"}
    assert [part.finding_id for part in parts_of(session, claim.proposed(NOW, Part(first, "repair")))] == [first]


def test_a_claim_that_isnt_covered_any_further_takes_no_offer(claim: Later):
    claim.settled(NOW)

    with pytest.raises((Refused, NotAllowed)):
        claim.proposed(NOW, Part(number(claim, 0), "cash", 1))
    assert len(claim.session.exec(select(Settlement)).all()) == 1
