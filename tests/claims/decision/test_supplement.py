"""保险法 22, 解释（二）15: one complete list; from its proven arrival to the supplement's the 30 days stand still."""

import pytest
from sqlmodel import Session

from claims.casefile import AlreadyDone, NeedsConfirmation, NotAllowed, Refused, Stage
from claims.decision import confirm_coverage
from claims.decision.supplement import Missing, asked_for, notice_arrived, request_supplement, supplement_received
from tests.later_makers import BY, Later
from tests.makers import World, a_claim, at

ASKED = "Fri 2026-12-04 10:00"
ARRIVED, CAME = "Tue 2026-12-08 10:00", "Sun 2026-12-20 10:00"


@pytest.fixture
def session(standing_session: Session) -> Session:
    return standing_session


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    """Reported on Tuesday 1 December 2026: the 30th day is Thursday 31 December."""
    return Later(session, world, a_claim(session, world, Stage.SURVEYED, reported_at=at("Tue 2026-12-01 10:00")))


def asks(claim: Later, when: str = ASKED, items: tuple[str, ...] = ("产权证明",)):
    return request_supplement(claim.session, claim.file, items=items, by=BY, at=at(when))


def arrives(
    claim: Later, when: str = ARRIVED, learned: str | None = None, proof: str = "EMS 1012345678901", **rest: str
):
    return notice_arrived(
        claim.session, claim.file, arrived_at=at(when), proof=proof, by=BY, recorded_at=at(learned or when), **rest
    )


def comes(claim: Later, when: str = CAME, learned: str | None = None):
    return supplement_received(
        claim.session, claim.file, received_at=at(when), files=[], by=BY, recorded_at=at(learned or when)
    )


def test_twelve_days_are_excluded_between_arrival_and_receipt(claim: Later):
    """Worked example 12: (8 December, 20 December] are 12 days, so the 30 end on Tuesday 12 January 2027."""
    assert claim.clock("decision").legal_due == at("Fri 2027-01-01 00:00")
    asks(claim)
    arrives(claim)
    assert (claim.clock("decision").state, claim.clock("decision").legal_due) == ("paused", None)

    comes(claim)

    clock = claim.clock("decision")
    assert (clock.state, clock.legal_due, clock.provisional) == ("running", at("Wed 2027-01-13 00:00"), True)


def test_asking_alone_stops_nothing(claim: Later):
    asks(claim)

    assert claim.clock("decision").state == "running"


@pytest.mark.parametrize("proof", ["", "   "])
def test_an_arrival_without_proof_is_refused(claim: Later, proof: str):
    asks(claim)

    with pytest.raises(Refused) as refusal:
        arrives(claim, proof=proof)

    assert (set(refusal.value.errors), claim.clock("decision").state) == ({"proof"}, "running")


@pytest.mark.parametrize(("last", "fits"), [(396, True), (397, False)])
def test_a_list_is_never_cut_it_is_refused_where_the_text_could_not_name_everything(
    claim: Later, last: int, fits: bool
):
    """保险法 22: one complete list. 300 + 300 + last, with numbers and separators, are 1000 characters at most."""
    items = ("证" * 299, "据" * 296, "墙" * last)
    if fits:
        assert [item.what for item in asked_for(asks(claim, items=items))] == list(items)
        return
    with pytest.raises(Refused, match="1000") as refusal:
        asks(claim, items=items)
    assert set(refusal.value.errors) == {"items"}


def test_each_thing_may_say_why_it_is_needed_and_how_to_bring_it(claim: Later):
    asked = Missing("产权证明", why="核对房屋所有权人", how="拍照发来即可")

    assert asked_for(asks(claim, items=(asked, "装修合同"))) == [asked, Missing("装修合同")]


def test_a_second_request_is_a_question_and_pauses_nothing(claim: Later):
    asks(claim)
    arrives(claim)
    comes(claim)
    due = claim.clock("decision").legal_due

    second = asks(claim, "Mon 2026-12-21 10:00", ("装修合同",))

    assert (second.pauses, claim.clock("decision").legal_due) == (False, due)
    with pytest.raises(AlreadyDone):
        arrives(claim, "Tue 2026-12-22 10:00")
    assert claim.story()[-1] == "FurtherQuestionAsked"


def test_a_second_request_before_the_first_has_arrived_pauses_nothing_either(claim: Later):
    first = asks(claim)
    second = asks(claim, "Sat 2026-12-05 10:00", ("装修合同",))
    arrives(claim)

    assert (first.arrived_at, second.arrived_at) == (at(ARRIVED), None)


@pytest.mark.parametrize("items", [(), ("",), ("  ", "")])
def test_an_empty_list_is_refused(claim: Later, items: tuple[str, ...]):
    with pytest.raises(Refused) as refusal:
        asks(claim, items=items)

    assert set(refusal.value.errors) == {"items"}


@pytest.mark.parametrize(("arrived", "learned"), [
    ("Fri 2026-12-04 09:59:59", ARRIVED),        # before it was asked
    ("Tue 2026-12-08 10:00:01", ARRIVED),        # not yet
])  # fmt: skip
def test_an_arrival_lies_between_the_request_and_now(claim: Later, arrived: str, learned: str):
    asks(claim)

    with pytest.raises(Refused) as refusal:
        arrives(claim, arrived, learned)

    assert set(refusal.value.errors) == {"arrived_at"}


@pytest.mark.parametrize(("came", "learned"), [("Tue 2026-12-08 09:59:59", CAME), ("Sun 2026-12-20 10:00:01", CAME)])
def test_a_supplement_comes_between_the_arrival_and_now(claim: Later, came: str, learned: str):
    asks(claim)
    arrives(claim)

    with pytest.raises(Refused) as refusal:
        comes(claim, came, learned)

    assert set(refusal.value.errors) == {"received_at"}


def test_nothing_arrives_or_comes_that_wasnt_asked_for(claim: Later):
    for act in (arrives, comes):
        with pytest.raises(Refused) as refusal:
            act(claim)
        assert set(refusal.value.errors) == {"supplement"}


def test_each_is_on_record_once(claim: Later):
    asks(claim)
    arrives(claim)
    with pytest.raises(AlreadyDone):
        arrives(claim)
    comes(claim)
    with pytest.raises(AlreadyDone):
        comes(claim)


def test_an_arrival_entered_after_the_supplement_has_come_stops_nothing(claim: Later):
    asks(claim)
    comes(claim, "Wed 2026-12-09 10:00")

    with pytest.raises(AlreadyDone):
        arrives(claim, ARRIVED, learned="Thu 2026-12-10 10:00", confirmed_by="staff:2")

    assert claim.clock("decision").state == "running"


def test_an_arrival_entered_behind_something_later_needs_a_lead(claim: Later):
    asks(claim)
    asks(claim, "Wed 2026-12-09 10:00", ("装修合同",))
    with pytest.raises(NeedsConfirmation):
        arrives(claim, ARRIVED, learned="Thu 2026-12-10 10:00")


@pytest.mark.parametrize(("arrived", "breach"), [
    ("Thu 2026-12-31 23:59:59", False),
    ("Fri 2027-01-01 00:00:00", True),           # the 30 days were over: nothing is left to stand still
])  # fmt: skip
def test_an_arrival_after_the_last_day_hides_no_breach(claim: Later, arrived: str, breach: bool):
    asks(claim)

    arrives(claim, arrived)

    assert ("ClockBreached" in claim.story()) is breach


def test_a_decision_ends_the_pause_and_the_supplement_is_still_taken(session: Session, world: World, claim: Later):
    asks(claim)
    arrives(claim)
    numbers = [finding.id or 0 for finding in claim.made.findings]
    confirm_coverage(
        session, claim.file, claim.made.claim, findings=numbers, by=world.adjuster, at=at("Wed 2026-12-09 10:00")
    )

    comes(claim)

    assert claim.clock("decision").state == "met"


def test_nothing_is_asked_once_everything_is_settled(claim: Later, session: Session, world: World):
    numbers = [finding.id or 0 for finding in claim.made.findings]
    confirm_coverage(
        session, claim.file, claim.made.claim, findings=numbers, by=world.adjuster, at=at("Wed 2026-12-02 10:00")
    )
    claim.settled("Thu 2026-12-03 10:00")

    with pytest.raises(NotAllowed):
        asks(claim)
