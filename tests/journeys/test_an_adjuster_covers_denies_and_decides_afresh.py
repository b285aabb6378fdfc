"""第十一、十三、十五条, by API: one finding covered, one denied; appraised, covered after all, settled together."""

import pytest
from freezegun import freeze_time

from tests.journeys.steps import Journey, Others, the_others
from tests.journeys.telling import Telling
from tests.makers import World, at

pytestmark = pytest.mark.both_databases
LEAK, TILES = "卧室天花板渗水", "卫生间墙砖脱落"


@pytest.fixture
def others(telling: Telling, world: World) -> Others:
    return the_others(telling)


def given_two_findings_one_covered_one_denied(telling: Telling, world: World) -> tuple[Journey, int, int]:
    journey = Journey(telling, world).reported("Mon 2026-09-07 10:00")
    leak = journey.found("Tue 2026-09-08 10:00", item=LEAK)
    tiles = journey.found("Tue 2026-09-08 10:30", item=TILES)
    journey.covered("Tue 2026-09-15 10:00", leak)
    journey.denied("Wed 2026-09-16 10:00", tiles)
    return journey, leak, tiles


def and_both_notices_have_gone_out(journey: Journey) -> None:
    journey.worker_looks("Wed 2026-09-16 10:01")
    journey.notice_posted("Wed 2026-09-16 16:00", "coverage_notice")
    journey.notice_posted("Wed 2026-09-16 16:00", "denial_notice")


def when_the_denied_one_is_disputed_and_an_appraiser_chosen_by_both(journey: Journey, tiles: int) -> int:
    adjuster = journey.world.adjuster
    dispute = {"by": "owner", "statement": "墙砖脱落是基层空鼓，不是装修造成的", "findings": [tiles]}
    number = journey.post("Thu 2026-09-17 10:00", adjuster, "appraisals", dispute)["id"]
    candidates = {"by": "insurer", "firms": ["AP01"]}
    journey.post("Thu 2026-09-17 11:00", adjuster, f"appraisals/{number}/candidates", candidates)
    for side, when in (("insurer", "Thu 2026-09-17 11:05"), ("owner", "Fri 2026-09-18 09:00")):
        chosen = journey.post(when, adjuster, f"appraisals/{number}/choice", {"by": side, "firm": "AP01"})
    assert chosen["state"] == "appointed"
    return number


def and_the_opinion_says_covered(journey: Journey, number: int) -> None:
    with freeze_time(at("Sun 2026-09-20 15:00")):
        proof = journey.telling.uploads(journey.world.adjuster, "鉴定意见书.jpg")
    opinion = {
        "outcome": "covered", "opinion": "基层空鼓，属于施工缺陷", "files": [proof],
        "received_at": "2026-09-20T14:30:00+08:00",
    }  # fmt: skip
    journey.post("Sun 2026-09-20 15:00", journey.world.adjuster, f"appraisals/{number}/opinion", opinion)


def test_the_denied_finding_is_decided_afresh_with_fresh_clocks(telling: Telling, world: World, others: Others):
    journey, _, tiles = given_two_findings_one_covered_one_denied(telling, world)
    and_both_notices_have_gone_out(journey)
    number = when_the_denied_one_is_disputed_and_an_appraiser_chosen_by_both(journey, tiles)

    and_the_opinion_says_covered(journey, number)

    claim = journey.seen("Sun 2026-09-20 16:00", world.adjuster)
    outcomes = {finding["item"]: finding["outcome"] for finding in claim["findings"]}
    first, fresh = (clock for clock in claim["clocks"] if clock["clock"] == "decision")
    assert (claim["stage"], outcomes) == ("covered", {LEAK: "covered", TILES: "undecided"})
    assert (first["state"], fresh["state"]) == ("met", "running")
    assert (fresh["anchor"], fresh["legal_due"]) == ("2026-09-20T14:30:00+08:00", "2026-10-21T00:00:00+08:00")


def test_covered_after_all_it_is_settled_with_the_other_in_one_agreement_over_the_break(
    telling: Telling, world: World, others: Others
):
    journey, leak, tiles = given_two_findings_one_covered_one_denied(telling, world)
    and_both_notices_have_gone_out(journey)
    number = when_the_denied_one_is_disputed_and_an_appraiser_chosen_by_both(journey, tiles)
    and_the_opinion_says_covered(journey, number)
    journey.covered("Mon 2026-09-21 10:00", tiles)

    repair, cash = {"mode": "repair", "finding": leak}, {"mode": "cash", "finding": tiles, "amount": "1200.50"}
    journey.settled("Thu 2026-09-24 10:00", repair, cash, starts_on="2026-09-28", finishes_on="2026-10-16")
    order = {"firm": "RF01", "scope": "重做防水", "starts_on": "2026-09-28", "finishes_on": "2026-10-16"}
    works = journey.post("Thu 2026-09-24 11:00", world.adjuster, "repair-orders", order)["id"]
    start = {"started_at": "2026-09-28T09:00:00+08:00"}
    journey.post("Mon 2026-09-28 18:00", others.foreman, f"repair-orders/{works}/start", start)
    assert journey.clock("Mon 2026-09-28 18:01", "performance")["state"] == "running"  # the money is still to come
    payment = {"amount": "1200.50", "paid_at": "2026-10-08T23:00:00+08:00", "bank_reference": "ICBC-2026-10-08-1"}
    journey.post("Thu 2026-10-08 23:30", others.finance, "payments", payment)

    performance = journey.clock("Fri 2026-10-09 09:00", "performance")
    assert (performance["state"], performance["met_at"], performance["legal_due"]) == (
        "met", "2026-10-08T23:00:00+08:00", "2026-10-09T00:00:00+08:00",
    )  # fmt: skip


def test_each_denial_has_its_own_three_days_and_its_own_letter(telling: Telling, world: World):
    journey, _, _ = given_two_findings_one_covered_one_denied(telling, world)

    journey.worker_looks("Sat 2026-09-19 23:59:59")
    assert journey.clock("Sat 2026-09-19 23:59:59", "denial_notice")["legal_due"] == "2026-09-21T00:00:00+08:00"
    kinds = [letter["kind"] for letter in journey.seen("Sun 2026-09-20 09:00", world.adjuster)["letters"]]
    assert {"coverage_notice", "denial_notice"} <= set(kinds)


def test_a_dispute_while_the_covered_one_is_being_repaired_is_decided_beside_it(
    telling: Telling, world: World, others: Others
):
    journey, leak, tiles = given_two_findings_one_covered_one_denied(telling, world)
    and_both_notices_have_gone_out(journey)
    part = {"mode": "repair", "finding": leak}
    journey.settled("Wed 2026-09-16 17:00", part, starts_on="2026-09-17", finishes_on="2026-09-30")
    order = {"scope": "重做防水", "starts_on": "2026-09-17", "finishes_on": "2026-09-30"}
    journey.post("Wed 2026-09-16 18:00", world.adjuster, "repair-orders", order)
    number = when_the_denied_one_is_disputed_and_an_appraiser_chosen_by_both(journey, tiles)
    and_the_opinion_says_covered(journey, number)

    journey.covered("Mon 2026-09-21 10:00", tiles)
    settlement = journey.settled("Tue 2026-09-22 10:00", {"mode": "cash", "finding": tiles, "amount": "800.00"})

    claim = journey.seen("Tue 2026-09-22 11:00", world.adjuster)
    running = [c["subject"] for c in claim["clocks"] if c["clock"] == "performance" and c["state"] == "running"]
    assert (claim["stage"], settlement["left"], len(running)) == ("repairing", "800.00", 2)
