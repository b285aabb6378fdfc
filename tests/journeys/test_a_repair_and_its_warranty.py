"""第十一、十三、十四条: from cover by settlement and repair to the warranty, and what comes back within it."""

from datetime import date

import pytest
from flask import Flask
from freezegun import freeze_time

from claims.registry import Firm
from tests.journeys.telling import Telling
from tests.makers import World, a_person, at

pytestmark = pytest.mark.both_databases

REPORT = {
    "home": "H-1201",
    "part": "waterproofing",
    "item": "卧室天花板渗水",
    "description": "下雨后滴水",
    "reporter": {"name": "王小明", "phone": "13800000001", "relation": "owner"},
}


@pytest.fixture
def firm(app: Flask, world: World):
    """A qualified firm, and the person who works for it."""
    with app.extensions["database"].session() as session:
        row = Firm(
            code="RF01", name="示例防水维修工程有限公司", kind="repair", uscc="91310000MA00000012",
            districts="浦东新区", trades="waterproofing", qualification="二级", valid_until=date(2028, 12, 31),
        )  # fmt: skip
        session.add(row)
        session.flush()
        person = a_person(session, "firm")
        person.firm_id = row.id
        finance = a_person(session, "finance")
        session.commit()
        return person, finance


def covered(telling: Telling, world: World) -> tuple[str, int]:
    with freeze_time(at("Mon 2026-03-02 10:00")):
        reference = telling.does(world.channel, "POST", "/claims", REPORT)["reference"]
        visit = telling.does(
            world.adjuster, "POST", f"/claims/{reference}/surveys", {"visit_at": "2026-03-03T09:00:00+08:00"}
        )
    with freeze_time(at("Tue 2026-03-03 12:00")):
        finding = {
            "visited_at": "2026-03-03T09:10:00+08:00", "part": "waterproofing", "item": "卧室天花板渗水",
            "cause": "外墙防水层施工缺陷", "opinion": "属于保险责任",
        }  # fmt: skip
        found = telling.does(world.adjuster, "POST", f"/claims/{reference}/surveys/{visit['id']}/findings", finding)[
            "id"
        ]
        telling.does(world.adjuster, "POST", f"/claims/{reference}/coverage", {"findings": [found]})
    return reference, found


def settled(telling: Telling, world: World, reference: str, parts: list[dict[str, object]]) -> None:
    with freeze_time(at("Thu 2026-03-05 10:00")):
        offer = {"parts": parts, "starts_on": "2026-03-09", "finishes_on": "2026-03-20"}
        telling.does(world.adjuster, "POST", f"/claims/{reference}/settlement", offer)
        for who in ("owner", "insured"):
            word = {"by": who, "agreed_at": "2026-03-05T10:00:00+08:00", "proof": "签字协议扫描件"}
            telling.does(world.adjuster, "POST", f"/claims/{reference}/settlement/acceptance", word)


def repaired(telling: Telling, world: World, firm, reference: str) -> int:
    person, _ = firm
    with freeze_time(at("Fri 2026-03-06 10:00")):
        order = {
            "firm": "RF01",
            "scope": "重做外墙防水并修复天花板",
            "starts_on": "2026-03-09",
            "finishes_on": "2026-03-20",
        }
        number = telling.does(world.adjuster, "POST", f"/claims/{reference}/repair-orders", order)["id"]
    with freeze_time(at("Mon 2026-03-09 18:00")):
        start = {"started_at": "2026-03-09T09:00:00+08:00"}
        telling.does(person, "POST", f"/claims/{reference}/repair-orders/{number}/start", start)
    with freeze_time(at("Fri 2026-03-13 18:00")):
        done = {"completed_at": "2026-03-13T17:00:00+08:00"}
        telling.does(person, "POST", f"/claims/{reference}/repair-orders/{number}/completion", done)
    return number


def accepted(telling: Telling, world: World, reference: str, number: int, word: str = "fixed") -> None:
    with freeze_time(at("Mon 2026-03-16 10:00")):
        claim = telling.does(world.adjuster, "GET", f"/claims/{reference}")
        [order] = [order for order in claim["repair_orders"] if order["id"] == number]
        words = [{"id": item["id"], "word": word} for item in order["items"]]
        told = {"accepted_at": "2026-03-16T09:30:00+08:00", "items": words}
        telling.does(world.adjuster, "POST", f"/claims/{reference}/repair-orders/{number}/acceptance", told)


def test_a_repair_agreed_begun_finished_and_accepted_is_in_warranty(telling: Telling, world: World, firm):
    reference, finding = covered(telling, world)
    settled(telling, world, reference, [{"mode": "repair", "finding": finding}])
    number = repaired(telling, world, firm, reference)
    accepted(telling, world, reference, number)

    with freeze_time(at("Mon 2026-03-16 11:00")):
        claim = telling.does(world.adjuster, "GET", f"/claims/{reference}")

    states = {clock["clock"]: clock["state"] for clock in claim["clocks"]}
    [warranty] = claim["warranties"]
    assert claim["stage"] == "warranty"
    assert (states["performance"], states["performance_strict"], states["repair_finish"]) == ("met", "met", "met")
    assert (warranty["first_day"], warranty["last_day"]) == (
        "2026-03-17",
        "2026-09-14",
    )  # 180 days after Monday 16 March: Saturday 12, rolled


def test_an_item_not_fixed_opens_the_repair_again_and_owes_an_order(telling: Telling, world: World, firm):
    reference, finding = covered(telling, world)
    settled(telling, world, reference, [{"mode": "repair", "finding": finding}])
    number = repaired(telling, world, firm, reference)

    accepted(telling, world, reference, number, word="not_fixed")

    with freeze_time(at("Mon 2026-03-16 11:00")):
        claim = telling.does(world.adjuster, "GET", f"/claims/{reference}")
    assert claim["stage"] == "repairing"
    assert [c["state"] for c in claim["clocks"] if c["clock"] == "warranty_repair"] == ["running"]


def test_a_firm_sees_its_order_and_nothing_of_cover_or_money(telling: Telling, world: World, firm):
    reference, finding = covered(telling, world)
    settled(telling, world, reference, [{"mode": "repair", "finding": finding}])
    repaired(telling, world, firm, reference)

    with freeze_time(at("Mon 2026-03-16 11:00")):
        claim = telling.does(firm[0], "GET", f"/claims/{reference}")

    assert len(claim["repair_orders"]) == 1
    assert (claim["decisions"], claim["settlements"], claim["clocks"]) == ([], [], [])
    assert [letter["kind"] for letter in claim["letters"]] == ["work_order"]


@pytest.mark.parametrize(
    ("reported", "stage"),
    [
        ("Mon 2026-09-14 23:59:59", "repairing"),  # the 180th day, a Saturday, rolled to Monday, to its end
        ("Tue 2026-09-15 00:00:00", "reported"),
    ],
)
def test_the_same_item_reported_within_the_180_days_goes_straight_to_repair(
    telling: Telling, world: World, firm, reported: str, stage: str
):
    first, finding = covered(telling, world)
    settled(telling, world, first, [{"mode": "repair", "finding": finding}])
    accepted(telling, world, first, repaired(telling, world, firm, first))

    with freeze_time(at(reported)):
        again = telling.does(world.channel, "POST", "/claims", REPORT | {"item": "卧室 天花板，渗水"})

    assert again["stage"] == stage


def test_a_cash_settlement_paid_in_time_closes_the_claim(telling: Telling, world: World, firm):
    reference, finding = covered(telling, world)
    settled(telling, world, reference, [{"mode": "cash", "finding": finding, "amount": "1200.50"}])

    with freeze_time(at("Mon 2026-03-16 10:00")):
        for amount, bank_reference in (("1000.00", "ICBC-1"), ("200.50", "ICBC-2")):
            payment = {"amount": amount, "paid_at": "2026-03-16T09:00:00+08:00", "bank_reference": bank_reference}
            telling.does(firm[1], "POST", f"/claims/{reference}/payments", payment)
        claim = telling.does(world.adjuster, "GET", f"/claims/{reference}")

    states = {clock["clock"]: clock["state"] for clock in claim["clocks"]}
    assert (claim["stage"], states["performance"], claim["settlements"][0]["left"]) == ("closed", "met", "0.00")


def test_more_than_is_owed_is_refused(telling: Telling, world: World, firm):
    reference, finding = covered(telling, world)
    settled(telling, world, reference, [{"mode": "cash", "finding": finding, "amount": "1200.50"}])

    with freeze_time(at("Mon 2026-03-16 10:00")):
        payment = {"amount": "1200.51", "paid_at": "2026-03-16T09:00:00+08:00", "bank_reference": "ICBC-1"}
        answer = telling.tries(firm[1], "POST", f"/claims/{reference}/payments", payment)

    assert (answer.status_code, set(answer.json["errors"])) == (422, {"amount"})
