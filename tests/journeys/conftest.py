import pytest
from flask import Flask

from tests.journeys.telling import Telling
from tests.makers import World, a_world


@pytest.fixture
def world(app: Flask) -> World:
    with app.extensions["database"].session() as session:
        made = a_world(session)
        session.commit()
        return made


@pytest.fixture
def telling(app: Flask) -> Telling:
    return Telling(app)
