"""Signing in: five wrong tries shut a name for fifteen minutes; every sign-in can be ended; `then` stays with us."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from freezegun import freeze_time
from sqlmodel import Session

from claims.access import Locked, Person, WrongSignIn, person_signed_in, set_password, sign_in, sign_out
from claims.access import signing_in as room
from claims.access.signing_in import LIVES, LOCKED_FOR
from tests.faults.together import at_once
from tests.makers import a_person, at
from tests.web.checking import CheckingClient, Page

MONDAY = at("Mon 2026-03-02 09:00")
RIGHT, WRONG = "correct horse battery", "correct horse buttery"


@pytest.fixture
def adjuster(session: Session) -> Person:
    person = a_person(session, "adjuster")
    set_password(session, person, RIGHT, at=MONDAY)
    return person


def tries(session: Session, person: Person, password: str, *, when=MONDAY, address: str = "10.0.0.1") -> str:
    return sign_in(session, email=person.email, password=password, address=address, at=when)


def fails(session: Session, person: Person, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongSignIn):
            tries(session, person, WRONG)


def test_after_four_wrong_tries_the_right_password_still_opens(session: Session, adjuster: Person) -> None:
    fails(session, adjuster, 4)

    assert tries(session, adjuster, RIGHT)


def test_after_five_wrong_tries_not_even_the_right_one_opens(session: Session, adjuster: Person) -> None:
    fails(session, adjuster, 5)

    with pytest.raises(Locked) as locked:
        tries(session, adjuster, RIGHT)
    assert locked.value.until == MONDAY + LOCKED_FOR


def test_a_locked_name_is_locked_from_every_address(session: Session, adjuster: Person) -> None:
    fails(session, adjuster, 5)

    with pytest.raises(Locked):
        tries(session, adjuster, RIGHT, address="10.0.0.2")


@pytest.mark.parametrize(("later", "opens"), [(LOCKED_FOR - timedelta(seconds=1), False), (LOCKED_FOR, True)])
def test_it_is_locked_for_fifteen_minutes(session: Session, adjuster: Person, later: timedelta, opens: bool) -> None:
    fails(session, adjuster, 5)

    if opens:
        assert tries(session, adjuster, RIGHT, when=MONDAY + later)
    else:
        with pytest.raises(Locked):
            tries(session, adjuster, RIGHT, when=MONDAY + later)


def test_a_success_wipes_the_wrong_tries(session: Session, adjuster: Person) -> None:
    fails(session, adjuster, 4)
    tries(session, adjuster, RIGHT)
    fails(session, adjuster, 4)

    assert tries(session, adjuster, RIGHT)


@pytest.mark.parametrize(("later", "known"), [(LIVES - timedelta(seconds=1), True), (LIVES, False)])
def test_a_sign_in_lives_for_a_working_day(session: Session, adjuster: Person, later: timedelta, known: bool) -> None:
    token = tries(session, adjuster, RIGHT)

    assert (person_signed_in(session, token, MONDAY + later) is not None) is known


def test_signing_out_ends_this_sign_in_and_no_other(session: Session, adjuster: Person) -> None:
    here, elsewhere = tries(session, adjuster, RIGHT), tries(session, adjuster, RIGHT)

    sign_out(session, here, MONDAY)

    assert person_signed_in(session, here, MONDAY) is None
    assert person_signed_in(session, elsewhere, MONDAY) is not None


def test_a_new_password_ends_every_sign_in(session: Session, adjuster: Person) -> None:
    token = tries(session, adjuster, RIGHT)

    set_password(session, adjuster, "another long password", at=MONDAY)

    assert person_signed_in(session, token, MONDAY) is None


def test_an_unknown_name_costs_a_hash_as_a_known_one_does(
    session: Session, adjuster: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    whole = room.fits
    monkeypatch.setattr(room, "fits", lambda password, kept: asked.append(kept is None) or whole(password, kept))

    for email in (adjuster.email, "nobody@insurer.example"):
        with pytest.raises(WrongSignIn):
            sign_in(session, email=email, password=WRONG, address="10.0.0.1", at=MONDAY)

    assert asked == [False, True]


def test_who_has_left_is_refused(session: Session, adjuster: Person) -> None:
    adjuster.active = False
    session.flush()

    with pytest.raises(WrongSignIn):
        tries(session, adjuster, RIGHT)


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """Somebody at the sign-in page; the adjuster's password is RIGHT, the lead's a one-time one."""
    app.test_client_class = CheckingClient
    with app.extensions["database"].session() as session:
        set_password(session, a_person(session, "adjuster"), RIGHT, at=MONDAY)
        set_password(session, a_person(session, "lead"), RIGHT, at=MONDAY, once=True)
        session.commit()
    return app.test_client()


def enters(browser: FlaskClient, role: str = "adjuster", *, password: str = RIGHT, then: str = ""):
    page = Page(browser.get("/staff").text)
    token = page.all("input", name="csrf_token")[0].attrs["value"]
    told = {"csrf_token": token, "email": f"{role}@insurer.example", "password": password, "then": then}
    return browser.post("/staff", data=told)


@pytest.mark.parametrize(
    ("then", "leads_to"),
    [
        ("", "/desk"),
        ("/desk?due=today", "/desk?due=today"),
        ("https://evil.example/", "/desk"),
        ("//evil.example/", "/desk"),
        ("/\\evil.example/", "/desk"),
        ("/\t/evil.example/", "/desk"),
        ("/\n/evil.example/", "/desk"),
        ("/desk\r\nSet-Cookie: a=b", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("/staff/sign-out", "/desk"),
    ],
)
def test_one_comes_to_where_one_wanted_and_never_elsewhere(browser: FlaskClient, then: str, leads_to: str) -> None:
    answer = enters(browser, then=then)

    assert (answer.status_code, answer.location) == (303, leads_to)


def test_a_session_that_somebody_laid_there_is_not_kept(browser: FlaskClient) -> None:
    with browser.session_transaction() as laid:
        laid["planted"] = "by a stranger"

    enters(browser)

    with browser.session_transaction() as kept:
        assert "planted" not in kept


def test_signing_out_shuts_the_desk(browser: FlaskClient) -> None:
    enters(browser)
    token = Page(browser.get("/desk").text).all("input", name="csrf_token")[0].attrs["value"]

    browser.post("/staff/sign-out", data={"csrf_token": token})

    assert browser.get("/desk").status_code == 303


def test_a_one_time_password_is_changed_first(browser: FlaskClient) -> None:
    assert enters(browser, "lead", then="/desk").location == "/staff/password"


def test_it_can_not_be_changed_to_itself(browser: FlaskClient) -> None:
    enters(browser, "lead")
    token = Page(browser.get("/staff/password").text).all("input", name="csrf_token")[0].attrs["value"]

    answer = browser.post("/staff/password", data={"csrf_token": token, "old": RIGHT, "new": RIGHT})

    assert answer.status_code == 422
    assert browser.get("/desk").location == "/staff?then=/desk"


def test_until_it_is_changed_nothing_else_opens(browser: FlaskClient) -> None:
    enters(browser, "lead")

    assert browser.get("/desk").location == "/staff?then=/desk"
    assert browser.get("/staff?then=/desk").location == "/staff/password"


def test_a_stranger_who_fails_locks_out_no_browser_that_the_name_has_used(app: Flask, browser: FlaskClient) -> None:
    enters(browser)
    stranger = app.test_client()
    told = [enters(stranger, password=WRONG).status_code for _ in range(6)]
    assert told == [422] * 5 + [429]

    browser.delete_cookie("session")

    assert enters(browser).status_code == 303
    assert enters(stranger).status_code == 429


def test_a_browser_that_the_name_has_used_has_five_tries_too(browser: FlaskClient) -> None:
    enters(browser)
    browser.delete_cookie("session")

    assert [enters(browser, password=WRONG).status_code for _ in range(6)] == [422] * 5 + [429]


@pytest.mark.postgres
def test_tries_at_the_same_moment_count_each_other(app: Flask, browser: FlaskClient) -> None:
    def one() -> str:
        with app.extensions["database"].session() as session:
            try:
                sign_in(session, email="adjuster@insurer.example", password=WRONG, address="10.0.0.1", at=MONDAY)
            except (WrongSignIn, Locked) as refused:
                session.commit()
                return type(refused).__name__
        return "in"

    told = at_once(*[one] * 12)

    assert sorted(told) == ["Locked"] * 7 + ["WrongSignIn"] * 5


def test_the_sixth_try_is_told_to_wait(browser: FlaskClient) -> None:
    with freeze_time(MONDAY):
        answers = [enters(browser, password=WRONG).status_code for _ in range(6)]

    assert answers == [422] * 5 + [429]
