"""第十三条 and the rules on complaints, from where the manager stands: a breach dated to its first late instant,
a complaint that somebody disinterested decides.
"""

import pytest

from tests.journeys.steps import Journey, Others, the_others
from tests.journeys.telling import Telling
from tests.makers import World

COMPLAINT = {"complainant": "王小明", "text": "协议签了半个月，没有人来修"}
DECISION = {"upheld": True, "decision": "十月十二日进场", "reasons": "排期有误，已改派"}


@pytest.fixture
def others(telling: Telling, world: World) -> Others:
    return the_others(telling)


def given_an_agreement_before_the_break(telling: Telling, world: World) -> Journey:
    journey = Journey(telling, world).reported("Thu 2026-09-17 10:00")
    finding = journey.found("Fri 2026-09-18 10:00")
    journey.covered("Sun 2026-09-20 10:00", finding)
    part = {"mode": "repair", "finding": finding}
    journey.settled("Thu 2026-09-24 10:00", part, starts_on="2026-09-28", finishes_on="2026-10-23")
    return journey


def test_a_breach_is_seen_from_its_first_instant_and_dated_to_it_whenever_the_worker_looked(
    telling: Telling, world: World, others: Others
):
    journey = given_an_agreement_before_the_break(telling, world)
    journey.worker_looks("Thu 2026-10-08 23:59:59")
    assert journey.clock("Thu 2026-10-08 23:59:59", "performance")["state"] == "running"

    journey.worker_looks("Sat 2026-10-10 09:00")

    [breach] = [
        e for e in journey.timeline(others.manager)
        if e["fact"] == "ClockBreached" and e["details"]["clock"] == "performance"
    ]  # fmt: skip
    assert breach["at"] == "2026-10-09T00:00:00+08:00"
    clocks = journey.seen("Sat 2026-10-10 09:01", others.manager)["clocks"]
    assert {c["clock"]: c["state"] for c in clocks}["performance"] == "breached"


def test_works_that_begin_after_all_end_the_duty_and_not_the_breach(telling: Telling, world: World, others: Others):
    journey = given_an_agreement_before_the_break(telling, world)
    journey.worker_looks("Sat 2026-10-10 09:00")
    order = {"firm": "RF01", "scope": "重做防水", "starts_on": "2026-10-12", "finishes_on": "2026-10-23"}
    number = journey.post("Sat 2026-10-10 10:00", world.adjuster, "repair-orders", order)["id"]

    start = {"started_at": "2026-10-12T09:00:00+08:00"}
    journey.post("Mon 2026-10-12 10:00", others.foreman, f"repair-orders/{number}/start", start)

    performance = journey.clock("Mon 2026-10-12 11:00", "performance")
    assert (performance["state"], performance["met_at"]) == ("breached", "2026-10-12T09:00:00+08:00")


def test_a_complaint_is_received_extended_and_decided_by_somebody_disinterested(
    telling: Telling, world: World, others: Others
):
    journey = given_an_agreement_before_the_break(telling, world)
    number = journey.post("Wed 2026-09-30 10:00", world.adjuster, "complaints", COMPLAINT)["id"]
    assert journey.clock("Wed 2026-09-30 11:00", "complaint")["legal_due"] == "2026-10-16T00:00:00+08:00"

    reason = {"reason": "须待维修单位复勘"}
    journey.post("Thu 2026-10-15 23:59:59", others.manager, f"complaints/{number}/extension", reason)
    clock = journey.clock("Fri 2026-10-16 09:00", "complaint")
    assert (clock["length"], clock["legal_due"]) == ("30 days", "2026-10-31T00:00:00+08:00")

    answered = journey.post("Fri 2026-10-30 10:00", others.manager, f"complaints/{number}/decision", DECISION)
    assert (answered["state"], answered["upheld"]) == ("decided", True)
    assert journey.clock("Fri 2026-10-30 11:00", "complaint")["state"] == "met"


def test_whoever_has_acted_on_the_claim_cant_decide_the_complaint(telling: Telling, world: World, others: Others):
    journey = given_an_agreement_before_the_break(telling, world)
    number = journey.post("Wed 2026-09-30 10:00", others.manager, "complaints", COMPLAINT)["id"]

    status, problem = journey.refused("Thu 2026-10-08 10:00", world.adjuster, f"complaints/{number}/decision", DECISION)

    assert (status, set(problem["errors"])) == (422, {"decided_by"})


@pytest.mark.parametrize("act", ["extension", "decision"])
def test_a_complaint_on_day_sixteen_is_late_and_cant_be_extended(
    telling: Telling, world: World, others: Others, act: str
):
    journey = given_an_agreement_before_the_break(telling, world)
    number = journey.post("Wed 2026-09-30 10:00", world.adjuster, "complaints", COMPLAINT)["id"]
    late = "Fri 2026-10-16 00:00:00"
    if act == "extension":
        status, _ = journey.refused(late, others.manager, f"complaints/{number}/extension", {"reason": "复杂"})
        assert status == 409
    else:
        journey.post(late, others.manager, f"complaints/{number}/decision", DECISION)
        assert journey.clock(late, "complaint")["state"] == "breached"


def test_an_adjuster_cant_extend_a_complaint(telling: Telling, world: World, others: Others):
    journey = given_an_agreement_before_the_break(telling, world)
    number = journey.post("Wed 2026-09-30 10:00", world.adjuster, "complaints", COMPLAINT)["id"]

    status, _ = journey.refused(
        "Thu 2026-10-08 10:00", world.adjuster, f"complaints/{number}/extension", {"reason": "复杂"}
    )

    assert status == 403
