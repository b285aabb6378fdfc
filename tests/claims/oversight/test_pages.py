"""Who may open the pages of oversight and of the firm, that they are sound in both languages, and the worker's line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import Session, select

from claims.access import Person
from claims.oversight import words
from claims.oversight.watch import watch
from claims.repair import RepairOrder
from claims.sweeping import release_canary, ring_due_rungs
from config.schedule import SCHEDULE
from config.ticks import AT_MOST_EVERY, SignsOfLife, ticks
from notifications.model import Message
from tests.claims.demo.loading import TODAY
from tests.makers import a_person, at
from tests.web.checking import CheckingClient
from tests.web.signed_in import signed_in
from tests.web.test_language import chinese_left

OVERSIGHT = ("/oversight", "/oversight/breaches", "/oversight/near-misses", "/oversight/breaches.csv")
FIRM = ("/firm", "/firm/done")
WHO = {path: {"lead", "manager", "auditor"} for path in OVERSIGHT} | {path: {"firm"} for path in FIRM}
NOW = at("Mon 2026-03-02 10:00")


@pytest.mark.sqlite
@pytest.mark.xdist_group("oversight")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_sound_in_both_languages(demo_app: Flask, language: str) -> None:
    with freeze_time(TODAY), demo_app.extensions["database"].session(reading=True) as session:
        people = {p.email: p for p in session.exec(select(Person))}
        firm = people["firm@insurer.example"]
        orders = session.exec(select(RepairOrder.id).where(RepairOrder.firm_id == firm.firm_id)).all()
        manager = signed_in(demo_app, people["manager@insurer.example"], language)
        ours = signed_in(demo_app, firm, language)
        pages = [manager.page(path) for path in (*OVERSIGHT[:3], "/oversight/breaches?state=open&clock=contact")]
        pages += [ours.page(path) for path in (*FIRM, *(f"/firm/orders/{number}" for number in orders))]

    assert len(pages) > 10
    assert language == "zh" or [left for page in pages for left in chinese_left(page)] == []


@pytest.mark.sqlite
def test_everybody_else_is_turned_away(app: Flask) -> None:
    roles = (
        "adjuster",
        "surveyor",
        "lead",
        "manager",
        "finance",
        "operator",
        "auditor",
        "firm",
        "appraiser",
        "channel",
    )
    with app.extensions["database"].session() as session:
        people = {role: a_person(session, role) for role in roles}
        session.commit()
    for path, may in WHO.items():
        assert app.test_client().get(path).status_code == 303, path
        answers = {role: signed_in(app, person).get(path).status_code for role, person in people.items()}
        assert {role for role, status in answers.items() if status == 200} == may, path
        assert {status for role, status in answers.items() if role not in may} == {403}, path


@pytest.mark.sqlite
def test_an_appraiser_sees_what_it_appraises_and_no_more(demo_app: Flask) -> None:
    with freeze_time(TODAY), demo_app.extensions["database"].session(reading=True) as session:
        person = session.exec(select(Person).where(Person.email == "appraiser@insurer.example")).one()
        client = signed_in(demo_app, person)
        links = {e.attrs["href"] for e in client.page("/desk").all("a") if e.attrs.get("class") == "reference"}
        for link in links:
            assert "建议认定" not in client.page(link).words

    assert links


@pytest.mark.both_databases
def test_the_worker_tells_once_that_it_lives_and_at_once_what_fails(app: Flask, session: Session) -> None:
    signs = SignsOfLife(app.extensions["database"])
    signs.tell("read arrivals", NOW)
    signs.tell("read arrivals", NOW + AT_MOST_EVERY - timedelta(seconds=1))
    assert ticks(session)["read arrivals"].looked_at == NOW
    session.rollback()

    signs.tell("read arrivals", NOW + timedelta(seconds=15, milliseconds=1), "OSError")
    signs.tell("read arrivals", NOW + timedelta(seconds=16), "OSError")
    session.expire_all()
    tick = ticks(session)["read arrivals"]
    assert (tick.error, tick.failing_since) == ("OSError", NOW + timedelta(seconds=15, milliseconds=1))


@pytest.mark.both_databases
@pytest.mark.parametrize(("age", "well"), [(60, True), (61, False)])
def test_a_worker_that_is_silent_for_a_minute_is_in_trouble(app: Flask, session: Session, age: int, well: bool) -> None:
    signs = SignsOfLife(app.extensions["database"])
    for name, every in SCHEDULE.items():
        signs.tell(name, NOW if every.seconds < 20 else NOW + timedelta(seconds=age))

    assert watch(session, NOW + timedelta(seconds=age)).is_well is well


@pytest.mark.sqlite
@pytest.mark.parametrize("lives", [True, False])
def test_the_board_says_in_words_whether_the_background_works(app: Flask, lives: bool) -> None:
    with app.extensions["database"].session() as session:
        manager = a_person(session, "manager")
        session.commit()
    with freeze_time(NOW):
        signs = SignsOfLife(app.extensions["database"])
        for name in SCHEDULE if lives else ():
            signs.tell(name, NOW)
        if lives:
            release_canary(app.extensions["database"], NOW)
        words = signed_in(app, manager).page("/oversight").words

    assert ("后台正常" in words, "后台程序没有在运行" in words) == (lives, not lives)


def test_every_sweep_has_a_name_for_people() -> None:
    assert words.SWEEPS.keys() == SCHEDULE.keys()


@pytest.mark.sqlite
def test_readiness_tells_when_the_worker_last_looked(app: Flask) -> None:
    SignsOfLife(app.extensions["database"]).tell("deliver messages", NOW)
    app.test_client_class = CheckingClient

    worker = app.test_client().get("/readyz").json["worker"]
    assert worker == {"deliver messages": {"looked_at": "2026-03-02T02:00:00+00:00", "error": ""}}


@pytest.mark.sqlite
@pytest.mark.parametrize(("hours", "silent"), [(0, False), (2, True)])
def test_the_board_and_readiness_miss_a_silent_canary_while_everything_else_looks_well(
    app: Flask, hours: int, silent: bool
) -> None:
    """It was heard at 10:30, and every sweep gives its sign of life; two hours later nothing has rung."""
    database = app.extensions["database"]
    with database.session() as session:
        manager = a_person(session, "manager")
        session.commit()
    release_canary(database, NOW)
    ring_due_rungs(database, NOW + timedelta(minutes=30))
    with freeze_time(NOW + timedelta(hours=hours, minutes=30)):
        signs = SignsOfLife(database)
        for name in SCHEDULE:
            signs.tell(name, NOW + timedelta(hours=hours, minutes=30))
        words = signed_in(app, manager).page("/oversight").words
        told = app.test_client().get("/readyz")

    assert ("自检期限没有按时响" in words, "后台正常" in words) == (silent, not silent)
    assert (told.status_code, told.json["clocks"]["alarms"]) == (200, ["the canary clock is silent"] * silent)


@pytest.mark.sqlite
def test_of_a_canary_no_message_is_made(app: Flask, session: Session) -> None:
    database = app.extensions["database"]
    release_canary(database, NOW)
    ring_due_rungs(database, NOW + timedelta(minutes=60))

    assert session.exec(select(Message)).all() == []


@pytest.mark.sqlite
def test_the_board_says_how_late_todays_warnings_were(app: Flask) -> None:
    database = app.extensions["database"]
    with database.session() as session:
        manager = a_person(session, "manager")
        session.commit()
    release_canary(database, NOW)
    ring_due_rungs(database, NOW + timedelta(minutes=30, seconds=2))
    with freeze_time(NOW + timedelta(minutes=31)):
        words = signed_in(app, manager).page("/oversight").words

    assert "今天响了1次，延迟中位数2.0秒，99%在2.0秒以内，最长2.0秒。" in words
