import pytest
from flask import Flask

from tests.faults.town import Town
from tests.makers import a_world


@pytest.fixture
def town(app: Flask) -> Town:
    """The application, an insured home, and the people who look after it."""
    with app.extensions["database"].session() as session:
        world = a_world(session)
        session.commit()
    return Town(app, world)
