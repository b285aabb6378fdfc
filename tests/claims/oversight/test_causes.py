"""A breach without a cause is open work; a manager says why, once or better, and the regulator gets the register."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from freezegun import freeze_time

from claims.access import Person
from claims.casefile import Stage
from claims.casefile.model import RunningClock
from claims.oversight.causes import causes
from claims.oversight.export import FORMULA
from claims.oversight.queries import Span, breaches, count_breaches, near_misses
from claims.oversight.words import late_since
from tests.journeys.telling import Telling
from tests.later_makers import covered, story_of, swept, the_clock
from tests.makers import a_claim, a_person, a_world, at
from tests.web.signed_in import send, signed_in

LATE = "Fri 2026-03-06 01:00"
WHY = {"cause": "no_capacity", "corrective_act": "三月起增加一名值班人员。"}
pytestmark = pytest.mark.both_databases


@pytest.fixture
def manager(app: Flask) -> Person:
    """Of everywhere. A denial notice of 浦东 is late since Friday 6 March, 0:00."""
    with app.extensions["database"].session() as session:
        world = a_world(session)
        a_claim(session, world, Stage.DENIED, decided_at=at("Mon 2026-03-02 16:00"))
        swept(session, "Fri 2026-03-06 00:30")
        person = a_person(session, "manager")
        session.commit()
        return person


@pytest.fixture
def late(app: Flask, manager: Person) -> int:
    """The number of the late denial notice's clock."""
    with app.extensions["database"].session(reading=True) as session:
        [found] = breaches(session, manager, Span(clock="denial_notice"))
        return found.clock.id or 0


@pytest.fixture
def telling(app: Flask) -> Telling:
    return Telling(app)


def unexplained(app: Flask, manager: Person) -> int:
    with app.extensions["database"].session(reading=True) as session:
        return count_breaches(session, manager, Span(state="open", clock="denial_notice"))


@freeze_time(at(LATE))
def test_a_breach_is_open_work_until_its_cause_is_on_record(app, manager, late, telling) -> None:
    assert unexplained(app, manager) == 1

    told = telling.does(manager, "POST", f"/breaches/{late}/cause", WHY)

    assert (told["cause"], told["corrective_act"]) == tuple(WHY.values())
    assert unexplained(app, manager) == 0


@freeze_time(at(LATE))
def test_the_cause_stands_in_the_claims_timeline(app, manager, late, telling) -> None:
    telling.does(manager, "POST", f"/breaches/{late}/cause", WHY)

    with app.extensions["database"].session(reading=True) as session:
        [breach] = breaches(session, manager, Span(clock="denial_notice"))
        assert story_of(session, breach.file)[-1] == "BreachExplained"


@freeze_time(at(LATE))
def test_said_again_the_last_word_counts_and_both_stay_in_the_timeline(app, manager, late, telling) -> None:
    telling.does(manager, "POST", f"/breaches/{late}/cause", WHY)
    telling.does(manager, "POST", f"/breaches/{late}/cause", WHY | {"cause": "overlooked"})

    [shown] = telling.does(manager, "GET", "/breaches?clock=denial_notice")["breaches"]
    assert shown["cause"] == "overlooked"
    with app.extensions["database"].session(reading=True) as session:
        [breach] = breaches(session, manager, Span(clock="denial_notice"))
        assert story_of(session, breach.file).count("BreachExplained") == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"cause": "bad luck"},
        {"corrective_act": ""},
        {"corrective_act": "请打13800000101找王小明"},
        {"corrective_act": "请打021-12345678"},
    ],
)
@freeze_time(at(LATE))
def test_a_cause_that_the_regulator_cant_be_given_is_refused(app, manager, late, telling, wrong) -> None:
    assert telling.tries(manager, "POST", f"/breaches/{late}/cause", WHY | wrong).status_code == 422
    assert unexplained(app, manager) == 1


@freeze_time(at(LATE))
def test_days_and_references_are_no_telephone_numbers(manager, late, telling) -> None:
    act = "2026-03-31前办完，报案号260300000101，共12000元"

    assert telling.tries(manager, "POST", f"/breaches/{late}/cause", WHY | {"corrective_act": act}).status_code == 201


@freeze_time(at(LATE))
def test_a_clock_that_was_never_breached_has_no_cause(app, manager, late, telling) -> None:
    with app.extensions["database"].session(reading=True) as session:
        kept = session.get_one(RunningClock, late)
        other = the_clock(session, breaches(session, manager, Span())[0].file, "decision").id
    assert kept.id != other

    assert telling.tries(manager, "POST", f"/breaches/{other}/cause", WHY).status_code == 404


@freeze_time(at(LATE))
def test_a_breach_of_another_district_doesnt_exist_for_its_lead(app, late, manager, telling) -> None:
    with app.extensions["database"].session() as session:
        lead = a_person(session, "lead", email="elsewhere@insurer.example", districts=("杨浦区",))
        session.commit()

    assert telling.tries(lead, "POST", f"/breaches/{late}/cause", WHY).status_code == 404


@freeze_time(at(LATE))
def test_a_withdrawn_breach_needs_no_cause(app, manager, late, telling) -> None:
    with app.extensions["database"].session() as session:
        clock = session.get_one(RunningClock, late)
        clock.state = "met"
        session.add(clock)
        session.commit()

    assert telling.tries(manager, "POST", f"/breaches/{late}/cause", WHY).status_code == 409
    assert unexplained(app, manager) == 0


@freeze_time(at(LATE))
def test_the_page_keeps_what_was_typed_and_then_the_register_has_it(app, manager, late) -> None:
    client, path = signed_in(app, manager), f"/oversight/breaches/{late}/cause"
    status, page = send(client, path, cause="", corrective_act="三月起增加一名值班人员。")

    assert status == 422
    assert page is not None and page.at("corrective-act").text.strip() == "三月起增加一名值班人员。"
    assert send(client, path, **WHY)[0] == 303
    assert causes()["no_capacity"].name in client.page("/oversight/breaches?state=standing").words


@freeze_time(at(LATE))
def test_a_form_that_stood_too_long_loses_nothing(app, manager, late) -> None:
    client = signed_in(app, manager)
    status, page = send(client, f"/oversight/breaches/{late}/cause", csrf_token="old", **WHY)

    assert status == 422
    assert page is not None and page.at("corrective-act").text.strip() == WHY["corrective_act"]


@freeze_time(at(LATE))
def test_a_day_that_is_over_is_late_since_its_end(app, manager, late) -> None:
    """Not since the next day's first instant, which reads like a day more."""
    client = signed_in(app, manager)

    assert "2026-03-05 24:00" in client.page("/oversight/breaches?clock=denial_notice").words
    assert "3月5日（周四）24:00起超期" in client.page(f"/oversight/breaches/{late}/cause").words


@pytest.mark.parametrize(
    ("length", "told"),
    [("3 days", "2026-03-05 24:00"), ("3 working days", "2026-03-05 24:00"), ("24 hours", "2026-03-06 00:00")],
)
def test_only_a_clock_of_days_ends_at_24(length: str, told: str) -> None:
    clock = RunningClock(length=length, breached_at=at("Fri 2026-03-06 00:00"))

    assert late_since(clock) == told


def the_file(app: Flask, manager: Person, query: str = "") -> list[dict[str, str]]:
    answer = signed_in(app, manager).get(f"/oversight/breaches.csv{query}")
    assert answer.get_data()[:3] == b"\xef\xbb\xbf", "Excel needs the byte order mark"
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


@freeze_time(at(LATE))
def test_the_regulators_file_names_nobody_and_says_how_late(app, manager, late) -> None:
    [row] = the_file(app, manager, "?clock=denial_notice")

    assert (row["最迟时间"], row["超期小时"], row["性质"]) == ("2026-03-05 24:00", "1", "法定期限")
    assert not [value for value in row.values() if "甲" in value or "@" in value or "王小明" in value]


@pytest.mark.parametrize("first", FORMULA)
@freeze_time(at(LATE))
def test_nothing_in_the_regulators_file_is_a_formula(app, manager, late, telling, first) -> None:
    act = f"{first}HYPERLINK(1)"
    telling.does(manager, "POST", f"/breaches/{late}/cause", WHY | {"corrective_act": f"x{act}"})
    with app.extensions["database"].session() as session:
        [breach] = breaches(session, manager, Span(clock="denial_notice"))
        breach.cause.corrective_act = act
        session.add(breach.cause)
        session.commit()

    [row] = the_file(app, manager, "?clock=denial_notice")
    assert row["整改措施"] == f"'{act}"


@pytest.mark.parametrize(
    ("settled", "near"),
    [
        ("Mon 2026-03-09 05:59", 0),  # seven and a half days from noon on the 2nd: nine tenths are over at 6:00
        ("Mon 2026-03-09 06:00", 1),
        ("Mon 2026-03-09 23:59", 1),
        ("Tue 2026-03-10 00:00", 0),  # too late is no near miss
    ],
)
def test_met_within_the_last_tenth_is_a_near_miss(session, settled: str, near: int) -> None:
    world = a_world(session)
    later = covered(session, world, "Mon 2026-03-02 10:00")
    later.proposed(settled)

    manager = a_person(session, "manager")
    assert len(near_misses(session, manager, Span(clock="settlement_offer"))) == near
