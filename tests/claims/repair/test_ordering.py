"""第十一条: own crew or a third party with a valid qualification, for its trade, in its district; refused by field."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from claims.access import Person, in_sight
from claims.casefile import AlreadyDone, CaseFile, NotAllowed, Refused, Stage
from claims.repair import Item, answer_quote, complete_works, give_quote, items_of, order_repair, start_works
from claims.settlement import Part
from tests.later_makers import BY, Later, a_firm, an_appraiser, covered
from tests.makers import World, a_person, at

REPORTED, AGREED, NOW = "Mon 2026-03-02 10:00", "Thu 2026-03-05 10:00", "Fri 2026-03-06 10:00"
LAST_DAY = date(2026, 4, 5)  # of an order of 30 days given NOW


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    made = covered(session, world, REPORTED, findings=2)
    made.settled(AGREED)
    return made


def sees(session: Session, person: Person) -> bool:
    session.flush()
    return session.exec(select(CaseFile).where(in_sight(person))).first() is not None


def refused(claim: Later, *items: Item, **rest: object) -> dict[str, list[str]]:
    with pytest.raises(Refused) as refusal:
        claim.ordered(NOW, *items, **rest)  # type: ignore[arg-type]
    return dict(refusal.value.errors)


def item(claim: Later, index: int) -> Item:
    finding = claim.made.findings[index]
    return Item(finding.part, finding.item, finding.id)


@pytest.mark.parametrize("code", ["", "RF99", "rf01"])
def test_a_firm_that_isnt_in_the_registry_is_refused(claim: Later, code: str):
    a_firm(claim.session)

    assert set(refused(claim, firm=code)) == {"firm"}


@pytest.mark.parametrize("kind", ["appraiser", "builder", "developer", "property"])
def test_a_firm_of_another_kind_is_refused(claim: Later, kind: str):
    a_firm(claim.session, kind=kind)

    assert "repair" in refused(claim, firm="RF01")["firm"][0]


@pytest.mark.parametrize(("valid_until", "may"), [
    (LAST_DAY, True),                          # to the last day of the works
    (LAST_DAY - timedelta(days=1), False),
    (date(2026, 3, 6), False),                 # valid when ordered is not enough
    (None, False),                             # none on record
])  # fmt: skip
def test_a_qualification_must_last_as_long_as_the_works(claim: Later, valid_until: date | None, may: bool):
    a_firm(claim.session, valid_until=valid_until)

    if may:
        assert claim.ordered(NOW, firm="RF01").firm_id is not None
    else:
        assert str(valid_until) in refused(claim, firm="RF01")["firm"][0]


@pytest.mark.parametrize(("trades", "may"), [
    ("waterproofing", True), ("finishes;waterproofing", True), ("finishes", False), ("", False),
    ("waterproofing work", False),
])  # fmt: skip
def test_its_trades_must_include_every_part_of_the_order(claim: Later, trades: str, may: bool):
    a_firm(claim.session, trades=trades)

    if may:
        assert claim.ordered(NOW, firm="RF01").firm_id is not None
    else:
        assert "waterproofing" in refused(claim, firm="RF01")["firm"][0]


@pytest.mark.parametrize(("districts", "may"), [
    ("浦东新区", True), ("黄浦区;浦东新区", True), ("", True), ("黄浦区", False), ("浦东", False),
])  # fmt: skip
def test_it_must_work_in_the_homes_district(claim: Later, districts: str, may: bool):
    a_firm(claim.session, districts=districts)

    if may:
        assert claim.ordered(NOW, firm="RF01").firm_id is not None
    else:
        assert "浦东新区" in refused(claim, firm="RF01")["firm"][0]


def test_own_crew_needs_no_firm(claim: Later):
    assert claim.ordered(NOW).firm_id is None


def test_whoever_joins_the_firm_sees_the_claims_of_its_earlier_orders(claim: Later):
    firm = a_firm(claim.session)
    claim.ordered(NOW, firm="RF01")

    newcomer = a_person(claim.session, "firm", email="f@firm.example")
    newcomer.firm_id = firm.id

    assert sees(claim.session, newcomer)


def test_whoever_leaves_the_firm_sees_them_no_more(claim: Later):
    firm, other = a_firm(claim.session), a_firm(claim.session, code="RF02")
    person = a_person(claim.session, "firm", email="f@firm.example")
    person.firm_id = firm.id
    claim.ordered(NOW, firm="RF01")

    person.firm_id = other.id

    assert not sees(claim.session, person)


@pytest.mark.parametrize(("starts_on", "finishes_on"), [
    (date(2026, 3, 5), date(2026, 3, 20)),     # yesterday
    (date(2026, 3, 10), date(2026, 3, 9)),
])  # fmt: skip
def test_the_days_of_an_order_lie_ahead_and_in_order(claim: Later, starts_on: date, finishes_on: date):
    with pytest.raises(Refused) as refusal:
        order_repair(
            claim.session, claim.file, claim.made.claim, firm=None, scope="修复", items=[], starts_on=starts_on,
            finishes_on=finishes_on, by=BY, at=at(NOW),
        )  # fmt: skip

    assert set(refusal.value.errors) == {"finishes_on"}


def test_without_items_everything_agreed_and_not_in_work_is_ordered(claim: Later):
    first = claim.ordered(NOW, item(claim, 0))
    rest = claim.ordered(NOW)

    assert [i.finding_id for i in items_of(claim.session, first.id or 0)] == [claim.made.findings[0].id]
    assert [i.finding_id for i in items_of(claim.session, rest.id or 0)] == [claim.made.findings[1].id]


def test_what_is_in_work_isnt_ordered_again(claim: Later):
    claim.ordered(NOW)

    with pytest.raises(AlreadyDone):
        claim.ordered(NOW)
    with pytest.raises(AlreadyDone):
        claim.ordered(NOW, item(claim, 0))


def test_what_wasnt_agreed_isnt_repaired(session: Session, world: World):
    claim = covered(session, world, REPORTED, findings=2)
    first, second = (finding.id or 0 for finding in claim.made.findings)
    claim.settled(AGREED, Part(first, "cash", 100), Part(second, "repair"))

    assert set(refused(claim, item(claim, 0))) == {"items"}
    assert set(refused(claim, Item("wiring", "插座"))) == {"items"}


def test_nothing_is_ordered_before_the_agreement(session: Session, world: World):
    claim = covered(session, world, REPORTED)

    with pytest.raises((Refused, NotAllowed)):
        claim.ordered(NOW, item(claim, 0))


# --- quote, start, completion -------------------------------------------------------------------------------


def test_a_quote_waits_for_its_approval_before_the_works_begin(claim: Later):
    order = claim.ordered(NOW)
    give_quote(claim.session, claim.file, order, amount_fen=350_000, by=BY, at=at(NOW))
    with pytest.raises(AlreadyDone):
        claim.started("Mon 2026-03-09 09:00")
    answer_quote(claim.session, claim.file, order, approve=False, comment="过高", by=BY, at=at(NOW))
    with pytest.raises(AlreadyDone):
        claim.started("Mon 2026-03-09 09:00")

    give_quote(claim.session, claim.file, order, amount_fen=300_000, by=BY, at=at(NOW))
    answer_quote(claim.session, claim.file, order, approve=True, comment="", by=BY, at=at(NOW))
    claim.started("Mon 2026-03-09 09:00")

    assert (order.state, order.quote_state, order.quote_fen) == ("started", "approved", 300_000)


@pytest.mark.parametrize("fen", [0, -1])
def test_a_quote_is_more_than_nothing(claim: Later, fen: int):
    order = claim.ordered(NOW)

    with pytest.raises(Refused) as refusal:
        give_quote(claim.session, claim.file, order, amount_fen=fen, by=BY, at=at(NOW))

    assert set(refusal.value.errors) == {"amount"}


def test_a_quote_is_answered_once_and_none_is_given_for_works_under_way(claim: Later):
    order = claim.ordered(NOW)
    with pytest.raises(AlreadyDone):
        answer_quote(claim.session, claim.file, order, approve=True, comment="", by=BY, at=at(NOW))
    claim.started("Mon 2026-03-09 09:00")
    with pytest.raises(AlreadyDone):
        give_quote(claim.session, claim.file, order, amount_fen=1, by=BY, at=at("Mon 2026-03-09 10:00"))


@pytest.mark.parametrize(("started", "learned"), [
    ("Fri 2026-03-06 09:59:59", NOW),          # before the order
    ("Mon 2026-03-09 10:00:01", "Mon 2026-03-09 10:00"),
])  # fmt: skip
def test_works_begin_between_the_order_and_now(claim: Later, started: str, learned: str):
    claim.ordered(NOW)

    with pytest.raises(Refused) as refusal:
        claim.started(started, learned=learned)

    assert set(refusal.value.errors) == {"started_at"}


@pytest.mark.parametrize(("completed", "learned"), [
    ("Mon 2026-03-09 08:59:59", "Mon 2026-03-09 10:00"),
    ("Mon 2026-03-09 10:00:01", "Mon 2026-03-09 10:00"),
])  # fmt: skip
def test_works_are_completed_between_their_start_and_now(claim: Later, completed: str, learned: str):
    claim.ordered(NOW)
    claim.started("Mon 2026-03-09 09:00")

    with pytest.raises(Refused) as refusal:
        claim.completed(completed, learned=learned)

    assert set(refusal.value.errors) == {"completed_at"}


def test_the_steps_of_an_order_come_in_their_order_and_once(claim: Later):
    order = claim.ordered(NOW)
    with pytest.raises(AlreadyDone):
        claim.completed("Mon 2026-03-09 09:00")
    with pytest.raises(AlreadyDone):
        claim.answered("Mon 2026-03-09 09:00")
    claim.started("Mon 2026-03-09 09:00")
    with pytest.raises(AlreadyDone):
        claim.started("Mon 2026-03-09 09:00")
    claim.completed("Tue 2026-03-10 09:00")
    with pytest.raises(AlreadyDone):
        claim.completed("Tue 2026-03-10 09:00")
    claim.answered("Wed 2026-03-11 09:00")
    with pytest.raises(AlreadyDone):
        claim.answered("Wed 2026-03-11 09:00")
    assert order.state == "accepted"


@pytest.mark.parametrize("act", [start_works, complete_works])
def test_photos_of_another_claim_are_no_photos_of_this_one(claim: Later, act: object):
    order = claim.ordered(NOW)
    if act is complete_works:
        claim.started("Mon 2026-03-09 09:00")
    when = {"started_at" if act is start_works else "completed_at": at("Mon 2026-03-09 10:00")}

    with pytest.raises(Refused) as refusal:
        act(
            claim.session, claim.file, order, photos=["nobody's"], by=BY, recorded_at=at("Mon 2026-03-09 10:00"), **when
        )  # type: ignore[operator]

    assert set(refusal.value.errors) == {"files"}


def test_an_appraiser_repairs_nothing(claim: Later):
    an_appraiser(claim.session, "AP01")

    assert set(refused(claim, firm="AP01")) == {"firm"}
    assert claim.file.stage == Stage.SETTLED
