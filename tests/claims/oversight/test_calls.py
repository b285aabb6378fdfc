"""The hotline in numbers: how calls ended and how long a call back took, each number with its rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import Session

from claims.access import Person
from claims.casefile import lock
from claims.desk.queries import Filters, queue
from claims.intake import make_contact
from claims.oversight.calls import calls, calls_of_the_month
from tests.claims.intake.calling import Telephone
from tests.claims.intake.ledger import Ledger
from tests.makers import World, a_person, a_world, at
from tests.web.signed_in import signed_in
from tests.web.test_language import chinese_left

pytestmark = pytest.mark.both_databases
MONDAY = at("Mon 2026-03-02 10:00")


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"on_duty_number": "+8613700000007"})


@pytest.fixture
def world(app: Flask) -> World:
    with app.extensions["database"].session() as session:
        world = a_world(session)
        session.commit()
    return world


@pytest.fixture
def manager(app: Flask, world: World) -> Person:
    with app.extensions["database"].session() as session:
        person = a_person(session, "manager")
        session.commit()
    return person


def rings(app: Flask, number: int, when=MONDAY) -> Telephone:
    """A new caller each time."""
    with freeze_time(when):
        return Telephone(app, sid=f"CA{number}", number=f"+861390000000{number}").rings()


def ends(app: Flask, number: int, how: str, when=MONDAY) -> None:
    call = rings(app, number, when)
    with freeze_time(when):
        if how == "answered":
            call.presses("0").is_put_through(answered=True).hangs_up()
        elif how == "voicemail":
            call.presses("0").is_put_through(answered=False).records(sid=f"RE{number}")
        elif how == "served":
            call.presses("1").says("示例路1弄").says("天花板滴水").hangs_up()
        else:
            call.hangs_up()


def rung_back(session: Session, ledger: Ledger, after: timedelta) -> None:
    """Whoever has the newest claim is reached."""
    file = lock(session, ledger.claims()[-1].id)
    when = MONDAY + after
    make_contact(session, file, reached=True, note="", by="staff:1", at=when, recorded_at=when)
    session.commit()


@pytest.mark.parametrize("how", ["answered", "served", "voicemail", "abandoned"])
def test_each_call_ends_in_one_way_and_its_number_leads_to_it(app, session, manager, how):
    ends(app, 1, how)

    counted = calls_of_the_month(session, manager, MONDAY + timedelta(hours=1))
    assert (counted.total, {name for name, count in counted.by_outcome.items() if count}) == (1, {how})
    assert [row.call.sid for row in calls(session, manager, how, MONDAY + timedelta(hours=1))] == ["CA1"]
    others = {"answered", "served", "voicemail", "abandoned"} - {how}
    assert not [other for other in others if calls(session, manager, other, MONDAY + timedelta(hours=1))]


def test_a_call_that_goes_on_has_no_end_yet(app, session, manager):
    rings(app, 1)

    counted = calls_of_the_month(session, manager, MONDAY + timedelta(hours=1))
    assert (counted.total, sum(counted.by_outcome.values())) == (1, 0)


def test_the_time_to_call_back_runs_from_the_asking_to_the_first_who_was_reached(app, session, manager):
    ledger = Ledger(session)
    ends(app, 1, "abandoned")
    rung_back(session, ledger, timedelta(minutes=30))
    rung_back(session, ledger, timedelta(minutes=50))
    ends(app, 2, "voicemail")

    counted = calls_of_the_month(session, manager, MONDAY + timedelta(hours=1))
    assert (counted.rung_back, counted.owed) == (1, 1)
    assert abs(counted.took - timedelta(minutes=30)) < timedelta(seconds=1)
    assert [row.call.sid for row in calls(session, manager, "owed", MONDAY + timedelta(hours=1))] == ["CA2"]
    assert [row.call.sid for row in calls(session, manager, "rung-back", MONDAY + timedelta(hours=1))] == ["CA1"]


@pytest.mark.parametrize(("began", "counts"), [
    ("Sat 2026-02-28 23:59:59", 0),
    ("Sun 2026-03-01 00:00:00", 1),
])  # fmt: skip
def test_the_month_begins_at_midnight_of_its_first_day(app, session, manager, began, counts):
    ends(app, 1, "abandoned", at(began))

    assert calls_of_the_month(session, manager, MONDAY).total == counts


def test_a_call_back_that_is_owed_waits_in_the_queue_until_somebody_is_reached(app, session, world):
    ends(app, 1, "abandoned")
    ends(app, 2, "served")
    asked = {"cursor": None, "limit": 10, "as_of": MONDAY + timedelta(hours=1)}
    ledger = Ledger(session)
    owing, served = (ledger.reference(claim) for claim in ledger.claims())
    waiting = queue(session, world.adjuster, Filters(waiting="call-back"), **asked)
    assert [row.reference for row in waiting.rows] == [owing]
    session.rollback()

    file = lock(session, ledger.claims()[0].id)
    when = MONDAY + timedelta(minutes=5)
    make_contact(session, file, reached=True, note="", by="staff:1", at=when, recorded_at=when)
    session.commit()
    assert queue(session, world.adjuster, Filters(waiting="call-back"), **asked).rows == []
    session.rollback()
    assert served in signed_in(app, world.adjuster).page("/desk").words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_are_sound_in_both_languages(app, manager, session, language):
    for number, how in enumerate(("answered", "served", "voicemail", "abandoned"), start=1):
        ends(app, number, how)
    with freeze_time(MONDAY + timedelta(hours=1)):
        client = signed_in(app, manager, language)
        pages = [client.page(path) for path in ("/oversight", "/oversight/calls", "/oversight/calls?which=owed")]
        pages.append(client.page("/oversight/fetched"))

    assert language == "zh" or [left for page in pages for left in chinese_left(page)] == []
    assert len(pages[1].all("tr")) == 5
