"""A browser in which somebody of the staff has signed in, and what its pages ask of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from claims.access import Person
from claims.access.signing_in import open_sign_in
from config.time import now
from tests.web.checking import CheckingClient, Page


def signed_in(app: Flask, person: Person, language: str = "zh") -> CheckingClient:
    """As after the sign-in page; its client holds every page to the rules of the house."""
    app.test_client_class = CheckingClient
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    with app.extensions["database"].session() as session:
        token = open_sign_in(session, person, now())
        session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    client.set_cookie("lang", language)
    return client


def send(client: CheckingClient, path: str, **typed: object) -> tuple[int, Page | None]:
    """The form of `path` as it stands, with `typed` over it; its status, and the page where one was answered."""
    form = client.page(path).filled() | typed
    answer = client.post(path, data=form, content_type="multipart/form-data")
    return answer.status_code, None if answer.status_code == 303 else Page(answer.text)


@contextmanager
def asked(app: Flask) -> Iterator[list[str]]:
    """The questions put to the database meanwhile, but for the look at the calendar, due every few seconds anyway."""
    said: list[str] = []

    def hear(_connection, _cursor, statement, _values, _context, _many) -> None:  # type: ignore[no-untyped-def]
        is_one = statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE"))
        if is_one and "FROM calendar_year" not in statement:
            said.append(statement)

    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)
