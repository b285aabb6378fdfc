"""第十三条: from a text on a Wednesday night to the denial notice, across the Spring Festival of 2026.

The break runs from Sunday 15 to Monday 23 February; Saturday 14 and Saturday 28 are worked.
"""

import pytest
from freezegun import freeze_time

from tests.journeys.telling import Telling
from tests.makers import OWNERS_PHONE, World, at

pytestmark = pytest.mark.both_databases


def reported_by_text(telling: Telling, world: World) -> str:
    with freeze_time(at("Wed 2026-02-04 22:15")):
        assert telling.texts("卧室天花板漏水了", sid="SM1", phone=OWNERS_PHONE) == 200
        [claim] = telling.does(world.adjuster, "GET", "/claims")["claims"]
        return claim["reference"]


def home_confirmed_by_a_call_back(telling: Telling, world: World, reference: str) -> None:
    with freeze_time(at("Wed 2026-02-04 22:40")):
        claim = telling.does(world.adjuster, "GET", f"/claims/{reference}")
        assert claim["home"] is None
        assert claim["candidate_home"] == "H-1201"
        telling.does(world.adjuster, "POST", f"/claims/{reference}/contacts", {"reached": True, "note": "业主本人确认"})
        telling.does(world.adjuster, "POST", f"/claims/{reference}/home", {"home": claim["candidate_home"]})


def surveyed(telling: Telling, world: World, reference: str) -> int:
    with freeze_time(at("Thu 2026-02-05 09:00")):
        visit = {"visit_at": "2026-02-06T10:00:00+08:00", "surveyor": world.surveyor.email}
        survey = telling.does(world.adjuster, "POST", f"/claims/{reference}/surveys", visit)
    with freeze_time(at("Fri 2026-02-06 15:00")):
        photo = telling.uploads(world.surveyor, "天花板.jpg")
        finding = {
            "visited_at": "2026-02-06T10:20:00+08:00", "part": "waterproofing", "item": "卧室天花板渗水",
            "cause": "楼上住户改动给水管", "opinion": "不属于工程质量缺陷", "photos": [photo],
        }  # fmt: skip
        return telling.does(world.surveyor, "POST", f"/claims/{reference}/surveys/{survey['id']}/findings", finding)[
            "id"
        ]


def denied_by_two_people(telling: Telling, world: World, reference: str, finding: int) -> None:
    with freeze_time(at("Fri 2026-02-13 16:00")):
        proof = telling.uploads(world.adjuster, "水源检测.jpg")
        denial = {
            "findings": [finding], "ground": "third_party", "evidence": [proof], "clause": "保险条款第七条第（三）项",
            "reasons": "经检测，渗水来自楼上住户改动的给水管接头。",
        }  # fmt: skip
        decision = telling.does(world.adjuster, "POST", f"/claims/{reference}/denial", denial)["id"]
        telling.does(
            world.lead, "POST", f"/claims/{reference}/decision/approval", {"decision": decision, "approve": True}
        )


def test_a_denial_decided_before_the_break_is_dispatched_in_time_on_its_last_day(telling: Telling, world: World):
    reference = reported_by_text(telling, world)
    home_confirmed_by_a_call_back(telling, world, reference)
    finding = surveyed(telling, world, reference)
    denied_by_two_people(telling, world, reference, finding)

    with freeze_time(at("Fri 2026-02-13 16:01")):
        telling.worker_looks()
        letters = telling.does(world.adjuster, "GET", f"/claims/{reference}/letters")["letters"]
        [letter] = [letter for letter in letters if letter["kind"] == "denial_notice"]
        assert letter["state"] == "issued"
        clock = telling.clock(world.adjuster, reference, "denial_notice")
        assert clock["safe_due"] == "2026-02-17T00:00:00+08:00"  # Monday 16, New Year's Eve, to its end
        assert clock["legal_due"] == "2026-02-25T00:00:00+08:00"  # rolled to Tuesday 24, to its end

    with freeze_time(at("Tue 2026-02-24 17:00")):
        receipt = {"channel": "post", "handed_over_at": "2026-02-24T16:30:00+08:00", "evidence": "EMS 1012345678901"}
        telling.does(world.adjuster, "POST", f"/claims/{reference}/letters/{letter['number']}/dispatch", receipt)
        assert telling.clock(world.adjuster, reference, "denial_notice")["state"] == "met"

    assert telling.facts(world.adjuster, reference) == [
        "ReportReceived", "ContactMade", "HomeIdentified", "SurveyBooked", "SiteSurveyed", "FindingRecorded",
        "DenialProposed", "CoverageDenied", "EveryFindingDenied", "LetterIssued", "LetterIssued",
        "DenialNoticeDispatched", "ClockNearlyBreached",
    ]  # fmt: skip


def test_the_same_notice_one_day_later_is_a_breach_dated_to_the_first_late_instant(telling: Telling, world: World):
    reference = reported_by_text(telling, world)
    home_confirmed_by_a_call_back(telling, world, reference)
    finding = surveyed(telling, world, reference)
    denied_by_two_people(telling, world, reference, finding)

    with freeze_time(at("Wed 2026-02-25 08:00")):
        telling.worker_looks()

    timeline = telling.does(world.lead, "GET", f"/claims/{reference}/timeline")
    [breach] = [entry for entry in timeline if entry["fact"] == "ClockBreached"]
    assert breach["details"]["clock"] == "denial_notice"
    assert breach["at"] == "2026-02-25T00:00:00+08:00"


def test_the_worker_texts_the_notice_to_the_owner_when_a_way_is_there(telling: Telling, world: World):
    reference = reported_by_text(telling, world)
    home_confirmed_by_a_call_back(telling, world, reference)
    finding = surveyed(telling, world, reference)
    denied_by_two_people(telling, world, reference, finding)
    sent = telling.with_a_telephone_line()

    with freeze_time(at("Sat 2026-02-14 09:00")):
        telling.worker_looks()

    assert telling.clock(world.adjuster, reference, "denial_notice")["state"] == "met"
    [notice] = [text for number, text in sent if "不予赔偿通知书" in text and number == OWNERS_PHONE]
    assert "渗水来自楼上住户改动的给水管接头" in notice
