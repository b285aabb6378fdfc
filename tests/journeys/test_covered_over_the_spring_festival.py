"""第十一、十三条: from a partner's report to the dispatched coverage notice, across the Spring Festival of 2026."""

import pytest
from freezegun import freeze_time

from tests.journeys.telling import Telling
from tests.makers import World, at

pytestmark = pytest.mark.both_databases

REPORT = {
    "home": "H-1201", "part": "waterproofing", "item": "外墙渗水", "description": "北墙大面积渗水",
    "reporter": {"name": "王小明", "phone": "138 0000 0001", "relation": "owner"},
}  # fmt: skip


def test_a_leak_is_covered_and_the_owner_is_told_across_the_break(telling: Telling, world: World):
    with freeze_time(at("Thu 2026-02-12 21:00")):
        opened = telling.does(world.channel, "POST", "/claims", REPORT, **{"Idempotency-Key": "partner-77"})
        reference = opened["reference"]
        survey = telling.does(
            world.adjuster, "POST", f"/claims/{reference}/surveys", {"visit_at": "2026-02-14T09:00:00+08:00"}
        )

    with freeze_time(at("Sat 2026-02-14 12:00")):  # a worked Saturday
        finding = {
            "visited_at": "2026-02-14T09:10:00+08:00", "part": "waterproofing", "item": "外墙渗水",
            "cause": "外墙防水层施工缺陷", "opinion": "属于保险责任",
        }  # fmt: skip
        found = telling.does(world.adjuster, "POST", f"/claims/{reference}/surveys/{survey['id']}/findings", finding)
        telling.does(world.adjuster, "POST", f"/claims/{reference}/coverage", {"findings": [found["id"]]})
        sent = telling.with_a_telephone_line()
        telling.worker_looks()

    with freeze_time(at("Tue 2026-02-24 09:00")):
        telling.worker_looks()
        claim = telling.does(world.adjuster, "GET", f"/claims/{reference}")

    states = {clock["clock"]: clock["state"] for clock in claim["clocks"]}
    assert claim["stage"] == "covered"
    assert states == {
        "contact": "met",
        "survey": "met",
        "decision": "met",
        "advance": "running",
        "coverage_notice": "met",
        "settlement_offer": "running",
    }
    assert any("属于保险责任" in text for _, text in sent)


def test_the_survey_clock_of_a_report_before_the_break_ends_safely_on_the_worked_saturday(
    telling: Telling, world: World
):
    with freeze_time(at("Thu 2026-02-12 21:00")):
        reference = telling.does(world.channel, "POST", "/claims", REPORT)["reference"]

    survey = telling.clock(world.adjuster, reference, "survey")

    assert (survey["safe_due"], survey["legal_due"]) == ("2026-02-15T00:00:00+08:00", "2026-02-15T00:00:00+08:00")


def test_a_channel_sees_its_own_claim_masked_and_no_other(telling: Telling, world: World):
    with freeze_time(at("Thu 2026-02-12 21:00")):
        mine = telling.does(world.channel, "POST", "/claims", REPORT)["reference"]
        other = telling.does(world.adjuster, "POST", "/claims", REPORT)["reference"]

    assert telling.does(world.channel, "GET", f"/claims/{mine}")["reporter"]["phone"] == "138****0001"
    assert telling.tries(world.channel, "GET", f"/claims/{other}").status_code == 404
