"""第十一条 切实修复, from where the firm stands: order, quote, approval, works, not fixed, works again, accepted."""

from datetime import date

import pytest

from claims.registry import Firm
from tests.journeys.steps import Journey, Others, the_others
from tests.journeys.telling import Telling
from tests.later_makers import a_firm
from tests.makers import World, a_person

WORKS = {"firm": "RF01", "scope": "重做外墙防水", "starts_on": "2026-09-28", "finishes_on": "2026-10-16"}
AGAIN = {"firm": "RF01", "scope": "补做窗边防水", "starts_on": "2026-10-19", "finishes_on": "2026-10-23"}


@pytest.fixture
def others(telling: Telling, world: World) -> Others:
    return the_others(telling)


def given_an_agreement_to_repair(telling: Telling, world: World) -> Journey:
    journey = Journey(telling, world).reported("Mon 2026-09-14 10:00")
    finding = journey.found("Tue 2026-09-15 10:00")
    journey.covered("Wed 2026-09-16 10:00", finding)
    part = {"mode": "repair", "finding": finding}
    journey.settled("Thu 2026-09-24 10:00", part, starts_on="2026-09-28", finishes_on="2026-10-16")
    return journey


def when_the_firm_is_sent_and_its_quote_approved(
    journey: Journey, others: Others, order: dict[str, str], day: str
) -> str:
    number = journey.post(f"{day} 10:00", journey.world.adjuster, "repair-orders", order)["id"]
    path = f"repair-orders/{number}"
    journey.post(f"{day} 11:00", others.foreman, f"{path}/quote", {"amount": "3500.00"})
    answer = {"approve": True, "comment": "同意"}
    assert journey.post(f"{day} 12:00", journey.world.adjuster, f"{path}/approval", answer)["quote_state"] == "approved"
    return path


def and_works(journey: Journey, others: Others, path: str, started: str, completed: str) -> None:
    for act, field, when in (("start", "started_at", started), ("completion", "completed_at", completed)):
        instant = f"{when.split()[1]}T09:00:00+08:00"
        journey.post(f"{when} 09:30", others.foreman, f"{path}/{act}", {field: instant})


def and_the_owner_says(journey: Journey, path: str, day: str, word: str) -> None:
    orders = journey.seen(f"{day} 10:00", journey.world.adjuster)["repair_orders"]
    [order] = [order for order in orders if path.endswith(f"/{order['id']}")]
    words = [{"id": item["id"], "word": word, "note": "窗边还在渗"} for item in order["items"]]
    told = {"accepted_at": f"{day.split()[1]}T10:00:00+08:00", "items": words}
    journey.post(f"{day} 10:00", journey.world.adjuster, f"{path}/acceptance", told)


def test_what_isnt_fixed_is_ordered_again_and_the_warranty_runs_from_the_second_acceptance(
    telling: Telling, world: World, others: Others
):
    journey = given_an_agreement_to_repair(telling, world)
    first = when_the_firm_is_sent_and_its_quote_approved(journey, others, WORKS, "Thu 2026-09-24")
    and_works(journey, others, first, "Mon 2026-09-28", "Fri 2026-10-09")
    and_the_owner_says(journey, first, "Sat 2026-10-10", "not_fixed")

    owed = journey.clock("Sat 2026-10-10 11:00", "warranty_repair")
    assert (owed["state"], owed["legal_due"]) == ("running", "2026-10-13T00:00:00+08:00")

    second = when_the_firm_is_sent_and_its_quote_approved(journey, others, AGAIN, "Mon 2026-10-12")
    and_works(journey, others, second, "Mon 2026-10-19", "Tue 2026-10-20")
    and_the_owner_says(journey, second, "Wed 2026-10-21", "fixed")

    claim = journey.seen("Wed 2026-10-21 11:00", world.adjuster)
    states = [(order["state"], order["quote"]) for order in claim["repair_orders"]]
    assert (claim["stage"], states) == ("warranty", [("not_fixed", "3500.00"), ("accepted", "3500.00")])
    assert [(w["state"], w["first_day"]) for w in claim["warranties"]] == [
        ("replaced", "2026-10-10"), ("running", "2026-10-22"),
    ]  # fmt: skip
    assert journey.clock("Wed 2026-10-21 11:00", "warranty_repair")["state"] == "met"


def test_no_works_begin_on_a_quote_that_nobody_approved(telling: Telling, world: World, others: Others):
    journey = given_an_agreement_to_repair(telling, world)
    number = journey.post("Thu 2026-09-24 10:00", world.adjuster, "repair-orders", WORKS)["id"]
    journey.post("Thu 2026-09-24 11:00", others.foreman, f"repair-orders/{number}/quote", {"amount": "3500.00"})

    start = {"started_at": "2026-09-28T09:00:00+08:00"}
    status, _ = journey.refused("Mon 2026-09-28 10:00", others.foreman, f"repair-orders/{number}/start", start)

    assert status == 409


def test_a_firm_neither_sees_nor_touches_the_orders_of_another(telling: Telling, world: World, others: Others):
    journey = given_an_agreement_to_repair(telling, world)
    with telling.app.extensions["database"].session() as session:
        rival: Firm = a_firm(session, "RF02", uscc="91310000MA00000047")
        stranger = a_person(session, "firm", email="stranger@firm.example")
        stranger.firm_id = rival.id
        session.commit()
    number = journey.post("Thu 2026-09-24 10:00", world.adjuster, "repair-orders", WORKS)["id"]

    status, _ = journey.refused("Thu 2026-09-24 11:00", stranger, f"repair-orders/{number}/quote", {"amount": "1.00"})

    assert status == 404
    assert len(journey.seen("Thu 2026-09-24 11:00", others.foreman)["repair_orders"]) == 1


def test_a_firm_whose_qualification_ends_before_the_works_is_refused(telling: Telling, world: World, others: Others):
    journey = given_an_agreement_to_repair(telling, world)
    with telling.app.extensions["database"].session() as session:
        session.get_one(Firm, others.firm.id).valid_until = date(2026, 10, 15)
        session.commit()

    status, problem = journey.refused("Thu 2026-09-24 10:00", world.adjuster, "repair-orders", WORKS)

    assert (status, set(problem["errors"])) == (422, {"firm"})
