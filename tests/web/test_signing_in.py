"""Where each role's work begins once it has signed in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from claims.access import ROLES
from tests.makers import a_person
from tests.web.signed_in import signed_in


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_sent_to_a_page_that_is_shut_to_them(app: Flask, session: Session, role: str) -> None:
    person = a_person(session, role)
    session.commit()
    client = signed_in(app, person)

    begins = client.get("/staff").headers["Location"]

    assert FlaskClient.open(client, begins).status_code == 200, begins
