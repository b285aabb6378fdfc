"""/desk/roster: kept by leads and managers, every change on record, a hole of the next 14 days said aloud."""

from __future__ import annotations

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import Session, select

from claims.access import Person
from claims.roster import numbers_on_duty
from claims.roster.model import DutyShift
from tests.faults.together import at_once
from tests.makers import a_person, at
from tests.web.checking import Page
from tests.web.signed_in import signed_in
from tests.web.test_language import chinese_left

pytestmark = pytest.mark.both_databases
NOON = at("Mon 2026-03-02 12:00")
FILLED = {"name": "欧阳示甲", "phone": "13700000007", "first_on": "2026-03-02"}
PHONE = "+8613700000007"


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(NOON) as frozen:
        yield frozen


def enters(app: Flask, role: str) -> Person:
    with app.extensions["database"].session() as session:
        person = a_person(session, role, email=f"{role}.office@insurer.example")
        session.commit()
    return person


def adds(app: Flask, person: Person, **typed: str):
    client = signed_in(app, person)
    return client.post("/desk/roster", data=client.page("/desk/roster").filled() | FILLED | typed)


def shifts(session: Session) -> list[DutyShift]:
    session.rollback()
    found = list(session.exec(select(DutyShift).order_by(DutyShift.id)))
    for each in found:
        session.expunge(each)
    session.rollback()
    return found


def test_whoever_is_still_rung_can_be_withdrawn_however_much_was_changed_since(app, session):
    lead = enters(app, "lead")
    adds(app, lead)
    (first,) = shifts(session)
    later = first.model_dump(exclude={"id"}) | {"name": "丙", "withdrawn_by": "staff:1", "withdrawn_at": NOON}
    session.add_all([DutyShift(**later) for _ in range(51)])
    session.commit()

    page = signed_in(app, lead).page("/desk/roster")

    assert page.all("form", action=f"/desk/roster/{first.id}/withdrawal")


def test_whoever_is_added_is_rung_and_it_says_who_added_them(app, session):
    lead = enters(app, "lead")
    assert adds(app, lead).status_code == 303

    (shift,) = shifts(session)
    assert (shift.by, shift.name) == (f"staff:{lead.id}", "欧阳示甲")
    assert numbers_on_duty(session, NOON) == [PHONE]
    session.rollback()
    page = signed_in(app, lead).page("/desk/roster")
    assert PHONE not in page.words and "13700000007" not in page.words and "137****0007" in page.words


def test_whoever_is_withdrawn_is_rung_no_more_and_stays_on_record(app, session):
    manager = enters(app, "manager")
    adds(app, manager)
    client = signed_in(app, manager)
    token = client.page("/desk/roster").filled()["csrf_token"]
    number = shifts(session)[0].id
    answers = at_once(*[
        lambda: client.post(f"/desk/roster/{number}/withdrawal", data={"csrf_token": token}).status_code
    ] * 2)  # fmt: skip

    assert sorted(answers) == [303, 409]
    assert numbers_on_duty(session, NOON) == []
    assert [(s.withdrawn_by, s.withdrawn_at) for s in shifts(session)] == [(f"staff:{manager.id}", NOON)]
    assert "撤下" in client.page("/desk/roster").words


@pytest.mark.parametrize(("typed", "said"), [
    ({"phone": "12"},                                     "phone"),
    ({"name": ""},                                        "name"),
    ({"rank": "6"},                                       "rank"),
    ({"from_time": "25:00"},                              "from-time"),
    ({"run_days": "8", "cycle_days": "7"},                "run-days"),
    ({"last_on": "2026-03-01"},                           "last-on"),
    ({"kind": "substitute"},                              "last-on"),
])  # fmt: skip
def test_what_cant_be_is_refused_beside_its_field(app, session, typed, said):
    answer = adds(app, enters(app, "lead"), **typed)

    assert answer.status_code == 422
    assert Page(answer.text).at(f"{said}-error")
    assert shifts(session) == []


@pytest.mark.parametrize(("typed", "warns"), [
    ({},                              False),
    ({"last_on": "2026-03-15"},       True),     # its last night ends on Monday the 16th at nine, three hours early
    ({"last_on": "2026-03-16"},       False),
    ({"to_time": "18:00"},            True),
])  # fmt: skip
def test_a_hole_in_the_next_fourteen_days_is_on_the_managers_page_and_in_readyz(app, typed, warns):
    manager = enters(app, "manager")
    adds(app, manager, **typed)
    links = signed_in(app, manager).page("/oversight").all("a", href="/desk/roster")

    assert any("没有人值班" in link.text for link in links) is warns
    assert bool(app.test_client().get("/readyz").json["roster"]["gaps"]) is warns


def rung_now(app: Flask) -> list[str]:
    with app.extensions["database"].session(reading=True) as session:
        return numbers_on_duty(session, NOON)


def test_one_number_in_the_settings_stands_for_all_hours_while_there_is_no_roster(app):
    belongings = app.extensions["database"].belongings
    belongings["settings"] = belongings["settings"].model_copy(update={"on_duty_number": "+862161234567"})

    assert app.test_client().get("/readyz").json["roster"]["gaps"] == []
    assert rung_now(app) == ["+862161234567"]
    adds(app, enters(app, "lead"))
    assert rung_now(app) == [PHONE, "+862161234567"]


def test_a_form_that_was_open_too_long_comes_back_filled_in(app, session):
    answer = adds(app, enters(app, "lead"), csrf_token="")

    assert answer.status_code == 422 and "欧阳示甲" in answer.text
    assert shifts(session) == []


@pytest.mark.parametrize("role", ["adjuster", "operator", "auditor"])
def test_who_may_only_read_finds_no_form(app, role):
    adds(app, enters(app, "lead"))
    page = signed_in(app, enters(app, role)).page("/desk/roster")

    assert "欧阳示甲" in page.words
    assert len(page.all("form")) == 1  # signing out


def test_the_page_is_english_for_whoever_asked(app):
    lead = enters(app, "lead")
    adds(app, lead, days="rest", run_days="7", cycle_days="21")

    assert chinese_left(signed_in(app, lead, "en").page("/desk/roster")) == []
