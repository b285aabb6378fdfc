"""What a manager sees coming, and what has come: counted from what is on record."""

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import select

from claims.access import Person
from claims.casefile import CaseFile, Stage, lock, record
from claims.casefile.facts import DenialNoticeDispatched
from tests.journeys.telling import Telling
from tests.makers import a_claim, a_person, a_world, at

pytestmark = pytest.mark.both_databases


@pytest.fixture
def manager(app: Flask) -> Person:
    """Beside one denied claim (notice due by the end of Thursday 5 March) and one just reported."""
    with app.extensions["database"].session() as session:
        world = a_world(session)
        a_claim(session, world, Stage.DENIED, decided_at=at("Mon 2026-03-02 16:00"))
        a_claim(session, world, reported_at=at("Thu 2026-03-05 23:00"))
        person = a_person(session, "manager")
        session.commit()
        return person


@pytest.fixture
def telling(app: Flask) -> Telling:
    return Telling(app)


def denial_breaches(telling: Telling, manager: Person, **query: str) -> list[dict]:
    path = "/breaches?" + "&".join(f"{name}={value}" for name, value in ({"clock": "denial_notice"} | query).items())
    return telling.does(manager, "GET", path)["breaches"]


@pytest.mark.parametrize(("looked_at", "count"), [("Thu 2026-03-05 23:59:59", 0), ("Fri 2026-03-06 00:00:00", 1)])
def test_a_breach_is_on_record_from_its_first_late_instant(
    telling: Telling, manager: Person, looked_at: str, count: int
):
    with freeze_time(at(looked_at)):
        telling.worker_looks()

        assert len(denial_breaches(telling, manager)) == count


def test_a_breach_is_dated_to_its_first_late_instant_and_says_how_late_it_is(telling: Telling, manager: Person):
    with freeze_time(at("Fri 2026-03-06 01:00")):
        telling.worker_looks()
        [breach] = denial_breaches(telling, manager)

    assert (breach["breached_at"], breach["late_seconds"]) == ("2026-03-06T00:00:00+08:00", 3600)


@pytest.mark.parametrize(("sent", "late_seconds"), [
    ("Thu 2026-03-05 23:59:59", None),      # in time: nothing is on record
    ("Fri 2026-03-06 00:00:00", 0),         # late, by no time at all yet
    ("Fri 2026-03-06 01:30:00", 5400),
])  # fmt: skip
def test_a_late_act_is_on_record_by_how_much_it_was_late_however_long_ago(
    app: Flask, telling: Telling, manager: Person, sent: str, late_seconds: int | None
):
    with app.extensions["database"].session() as session:
        held = session.exec(select(CaseFile).where(CaseFile.stage == Stage.DENIED)).one()
        fact = DenialNoticeDispatched(at=at(sent), by="staff:1", channel="sms", evidence="SM1")
        record(session, lock(session, held.id or 0), fact)
        session.commit()
    with freeze_time(at("Fri 2026-03-13 10:00")):
        telling.worker_looks()
        found = denial_breaches(telling, manager)

    assert [breach["late_seconds"] for breach in found] == ([] if late_seconds is None else [late_seconds])


@pytest.mark.parametrize(("days", "count"), [(("2026-03-06", "2026-03-06"), 1), (("2026-03-05", "2026-03-05"), 0)])
def test_breaches_are_found_by_the_shanghai_day(telling: Telling, manager: Person, days: tuple[str, str], count: int):
    with freeze_time(at("Fri 2026-03-06 01:00")):
        telling.worker_looks()

        assert len(denial_breaches(telling, manager, **{"from": days[0], "to": days[1]})) == count


def test_the_board_counts_what_is_owed(telling: Telling, manager: Person):
    with freeze_time(at("Fri 2026-03-06 00:30")):
        telling.worker_looks()
        board = telling.does(manager, "GET", "/board")

    assert (board["open"], board["breached"]) == ({"denied": 1, "reported": 1}, 1)


def test_an_adjuster_has_no_business_there(telling: Telling, manager: Person, app: Flask):
    with app.extensions["database"].session() as session:
        adjuster = a_person(session, "adjuster", email="other@insurer.example")
        session.commit()

    assert telling.tries(adjuster, "GET", "/board").status_code == 403
