"""第十三、十四条, from where the owner stands: a text on a worked Sunday, a repair over National Day, 180 days."""

import pytest
from freezegun import freeze_time
from sqlmodel import Session

from claims.casefile.timeline import verify
from tests.journeys.steps import Journey, Others, the_others
from tests.journeys.telling import Telling
from tests.makers import OWNERS_PHONE, World, at

pytestmark = pytest.mark.both_databases
ASKED_HOW_IT_FEELS = "Tue 2026-10-20 10:00"


@pytest.fixture
def others(telling: Telling, world: World) -> Others:
    return the_others(telling)


def given_a_text_on_the_make_up_sunday(telling: Telling, world: World) -> Journey:
    with freeze_time(at("Sun 2026-09-20 21:30")):
        assert telling.texts("卫生间顶棚漏水，一直滴", sid="SM1", phone=OWNERS_PHONE) == 200
        [claim] = telling.does(world.adjuster, "GET", "/claims")["claims"]
    return Journey(telling, world, claim["reference"])


def and_a_call_back_that_finds_the_home(journey: Journey) -> None:
    when, adjuster = "Sun 2026-09-20 22:00", journey.world.adjuster
    candidate = journey.seen(when, adjuster)["candidate_home"]
    journey.post(when, adjuster, "contacts", {"reached": True, "note": "业主本人确认"})
    journey.post(when, adjuster, "home", {"home": candidate})


def when_it_is_surveyed_covered_and_agreed(journey: Journey) -> int:
    finding = journey.found("Tue 2026-09-22 10:00", item="卫生间顶棚渗水")
    journey.covered("Wed 2026-09-23 10:00", finding)
    journey.worker_looks("Wed 2026-09-23 10:01")
    part = {"mode": "repair", "finding": finding}
    journey.settled("Thu 2026-09-24 10:00", part, starts_on="2026-10-08", finishes_on="2026-10-23")
    return finding


def and_repaired_after_the_break(journey: Journey, others: Others) -> int:
    order = {"firm": "RF01", "scope": "重做顶棚防水", "starts_on": "2026-10-08", "finishes_on": "2026-10-23"}
    number = journey.post("Mon 2026-09-28 10:00", journey.world.adjuster, "repair-orders", order)["id"]
    start = {"started_at": "2026-10-08T09:00:00+08:00"}
    journey.post("Thu 2026-10-08 18:00", others.foreman, f"repair-orders/{number}/start", start)
    done = {"completed_at": "2026-10-19T17:00:00+08:00"}
    journey.post("Mon 2026-10-19 18:00", others.foreman, f"repair-orders/{number}/completion", done)
    return number


def and_the_owner_says_that_it_is_fixed(journey: Journey, order: int) -> None:
    [shown] = journey.seen(ASKED_HOW_IT_FEELS, journey.world.adjuster)["repair_orders"]
    words = [{"id": item["id"], "word": "fixed", "note": "不漏了"} for item in shown["items"]]
    told = {"accepted_at": at(ASKED_HOW_IT_FEELS).isoformat(), "items": words}
    journey.post(ASKED_HOW_IT_FEELS, journey.world.adjuster, f"repair-orders/{order}/acceptance", told)


def test_from_a_text_to_a_closed_warranty(telling: Telling, world: World, others: Others):
    sent = telling.with_a_telephone_line()
    journey = given_a_text_on_the_make_up_sunday(telling, world)
    and_a_call_back_that_finds_the_home(journey)

    when_it_is_surveyed_covered_and_agreed(journey)
    order = and_repaired_after_the_break(journey, others)
    and_the_owner_says_that_it_is_fixed(journey, order)

    then_it_is_in_warranty_until_the_180th_day(journey)
    then_every_duty_was_met_in_time(journey)
    then_the_owner_was_told(sent)
    then_the_sweep_closes_it_when_the_last_day_is_over(journey)
    then_the_whole_story_is_on_record(journey)


def then_it_is_in_warranty_until_the_180th_day(journey: Journey) -> None:
    claim = journey.seen("Tue 2026-10-20 11:00", journey.world.adjuster)
    [warranty] = claim["warranties"]
    # Sunday 18 April 2027, rolled to Monday
    assert (claim["stage"], warranty["first_day"], warranty["last_day"]) == ("warranty", "2026-10-21", "2027-04-19")


def then_every_duty_was_met_in_time(journey: Journey) -> None:
    clocks = journey.seen("Tue 2026-10-20 11:00", journey.world.adjuster)["clocks"]
    states = {clock["clock"]: clock["state"] for clock in clocks}
    assert {name for name, state in states.items() if state not in ("met", "cancelled")} == {"repair_warranty"}
    performance = next(clock for clock in clocks if clock["clock"] == "performance")
    assert (performance["safe_due"], performance["legal_due"], performance["met_at"]) == (
        "2026-10-05T00:00:00+08:00",   # Sunday 4 October, inside the break
        "2026-10-09T00:00:00+08:00",   # rolled to Thursday the 8th, on which the works began
        "2026-10-08T09:00:00+08:00",
    )  # fmt: skip


def then_the_owner_was_told(sent: list[tuple[str, str]]) -> None:
    told = "\n".join(text for number, text in sent if number == OWNERS_PHONE)
    for words in ("派人上门查勘", "属于保险责任"):
        assert words in told


def then_the_sweep_closes_it_when_the_last_day_is_over(journey: Journey) -> None:
    journey.worker_looks("Mon 2027-04-19 23:59:59")
    assert journey.seen("Mon 2027-04-19 23:59:59", journey.world.adjuster)["stage"] == "warranty"
    journey.worker_looks("Tue 2027-04-20 00:00:00")
    assert journey.seen("Tue 2027-04-20 00:00:00", journey.world.adjuster)["stage"] == "closed"


def then_the_whole_story_is_on_record(journey: Journey) -> None:
    told = [fact for fact in journey.facts() if fact not in ("LetterIssued", "CoverageNoticeDispatched")]
    assert told == [
        "ReportReceived", "ContactMade", "HomeIdentified", "SurveyBooked", "SiteSurveyed", "FindingRecorded",
        "CoverageConfirmed", "EveryFindingDecided", "SettlementProposed", "SettlementConsented",
        "SettlementConsented", "SettlementReached", "RepairOrdered", "EveryRepairOrdered", "WorksStarted",
        "ObligationPerformed", "ClockNearlyBreached", "WorksCompleted", "ObligationFulfilled", "WarrantyStarted",
        "RepairAccepted", "EveryRepairAccepted", "WarrantyReanchored", "WarrantyEnded", "ClaimClosed",
    ]  # fmt: skip
    with journey.telling.app.extensions["database"].session(reading=True) as session:
        assert_whole(session)


def assert_whole(session: Session) -> None:
    assert not list(verify(session))


def test_a_second_text_of_the_owner_joins_the_claim_and_one_after_its_end_opens_another(
    telling: Telling, world: World, others: Others
):
    journey = given_a_text_on_the_make_up_sunday(telling, world)
    and_a_call_back_that_finds_the_home(journey)
    with freeze_time(at("Mon 2026-09-21 07:00")):
        telling.texts("还在漏", sid="SM2", phone=OWNERS_PHONE)
    assert journey.facts()[-1] == "TextReceived"

    journey.post("Mon 2026-09-21 09:00", world.adjuster, "withdrawal", {"reason": "业主说物业已修好"})
    with freeze_time(at("Tue 2026-09-22 07:00")):
        telling.texts("又漏了", sid="SM3", phone=OWNERS_PHONE)
        [fresh] = telling.does(world.adjuster, "GET", "/claims")["claims"]

    assert fresh["reference"] != journey.reference
