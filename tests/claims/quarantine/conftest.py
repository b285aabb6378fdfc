from __future__ import annotations

import pytest
from flask import Flask

from claims.access import Person
from tests.claims.intake.ledger import Ledger
from tests.makers import World, a_world
from tests.web.sentences import compiled


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    compiled()


@pytest.fixture
def world(app: Flask) -> World:
    """One insured home and its people, on record."""
    with app.extensions["database"].session() as session:
        world = a_world(session)
        session.commit()
    return world


@pytest.fixture
def adjuster(world: World) -> Person:
    return world.adjuster


@pytest.fixture
def ledger(session) -> Ledger:  # type: ignore[no-untyped-def]
    return Ledger(session)
