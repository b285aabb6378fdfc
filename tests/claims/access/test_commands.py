"""The operator's commands over people: who comes, joins a firm, leaves."""

import pytest
from click.testing import Result
from flask import Flask
from sqlmodel import Session, select

from claims.access import (
    AccessToken,
    Person,
    WrongSignIn,
    in_sight,
    person_by_token,
    person_signed_in,
    set_password,
    sign_in,
    take_part,
)
from claims.access.model import Password
from claims.casefile import CaseFile
from tests.later_makers import a_firm
from tests.makers import a_claim, a_person, a_world, at

pytestmark = pytest.mark.both_databases
MONDAY = at("Mon 2026-03-02 09:00")
FIRM_PERSON, ADJUSTER = "firm@insurer.example", "adjuster@insurer.example"
PASSWORD = "correct horse battery"


@pytest.fixture
def run(app: Flask, session: Session):
    def runs(*words: str) -> Result:
        session.commit()  # SQLite has one writer at a time
        result = app.test_cli_runner().invoke(args=["staff", *words])
        session.expire_all()
        return result

    return runs


def found(session: Session, email: str) -> Person:
    return session.exec(select(Person).where(Person.email == email)).one()


def test_a_firms_person_joins_their_firm(session: Session, run):
    firm = a_firm(session)
    a_person(session, "firm")

    assert run("join", FIRM_PERSON, "--firm", "RF01").exit_code == 0
    assert found(session, FIRM_PERSON).firm_id == firm.id


@pytest.mark.parametrize(
    ("email", "firm", "told"),
    [
        (FIRM_PERSON, "RF99", "no firm has the code 'RF99'"),
        (ADJUSTER, "RF01", "no role at a firm"),
        ("x@insurer.example", "RF01", "nobody active"),
    ],
)
def test_nobody_joins_what_or_whom_they_cant(session: Session, run, email: str, firm: str, told: str):
    a_firm(session)
    a_person(session, "firm")
    a_person(session, "adjuster")

    result = run("join", email, "--firm", firm)

    assert (result.exit_code, told in result.output) == (1, True)


def test_who_left_has_no_sign_in_and_no_token(session: Session, run):
    person = a_person(session, "adjuster")
    set_password(session, person, PASSWORD, at=MONDAY)
    signed_in = sign_in(session, email=ADJUSTER, password=PASSWORD, address="10.0.0.1", at=MONDAY)

    assert run("leave", ADJUSTER).exit_code == 0
    assert person_signed_in(session, signed_in, MONDAY) is None
    assert person_by_token(session, f"token-{ADJUSTER}") is None


def test_who_left_takes_the_password_along(session: Session, run):
    set_password(session, a_person(session, "adjuster"), PASSWORD, at=MONDAY)
    stays = a_person(session, "lead")
    set_password(session, stays, PASSWORD, at=MONDAY)

    run("leave", ADJUSTER)

    assert session.exec(select(Password.person_id)).all() == [stays.id]


@pytest.mark.parametrize("left_before_passwords_went_along", [False, True])
def test_who_comes_back_enters_by_no_old_password(session: Session, run, left_before_passwords_went_along: bool):
    person = a_person(session, "adjuster")
    set_password(session, person, PASSWORD, at=MONDAY)
    if left_before_passwords_went_along:
        person.active = False
    else:
        run("leave", ADJUSTER)
    run("add", ADJUSTER, "--role", "adjuster")

    with pytest.raises(WrongSignIn):
        sign_in(session, email=ADJUSTER, password=PASSWORD, address="10.0.0.1", at=MONDAY)


def test_who_comes_back_has_the_new_roles_alone_and_no_old_token(session: Session, run):
    a_person(session, "lead", email=ADJUSTER)
    run("leave", ADJUSTER)

    assert run("add", ADJUSTER, "--role", "adjuster").exit_code == 0
    assert (found(session, ADJUSTER).active, found(session, ADJUSTER).roles) == (True, "adjuster")
    assert [token.revoked_at is None for token in session.exec(select(AccessToken))] == [False]


@pytest.mark.parametrize(("districts", "kept"), [([], ""), (["--district", "崇明区"], "崇明区")])
def test_who_comes_back_looks_after_the_new_districts_alone(session: Session, run, districts: list[str], kept: str):
    a_person(session, "manager", email=ADJUSTER, districts=("闵行区",))
    run("leave", ADJUSTER)
    run("add", ADJUSTER, "--role", "adjuster", *districts)

    assert found(session, ADJUSTER).districts == kept


def test_who_comes_back_as_another_sees_nothing_of_before(session: Session, run):
    world = a_world(session)
    made = a_claim(session, world)
    person = a_person(session, "surveyor", email="y@insurer.example")
    take_part(session, file_id=made.file.id or 0, person_id=person.id or 0, role="surveyor", at=MONDAY)
    made.file.assignee_id = person.id
    run("leave", person.email)
    run("add", person.email, "--role", "channel")

    assert session.exec(select(CaseFile.id).where(in_sight(found(session, person.email)))).all() == []


def test_a_district_that_is_named_for_somebody_here_is_theirs(session: Session, run):
    a_person(session, "adjuster")

    assert run("add", ADJUSTER, "--role", "lead", "--district", "崇明区").exit_code == 0
    assert found(session, ADJUSTER).districts == "崇明区"


def test_nobody_leaves_twice(run, session: Session):
    a_person(session, "adjuster")
    run("leave", ADJUSTER)

    assert run("leave", ADJUSTER).exit_code == 1
