from collections.abc import Iterator

import pytest
from flask import Flask
from sqlmodel import Session

from config.settings import Settings
from tests.faults.town import Town
from tests.makers import World, a_world
from tests.postgres import Server, drop_database, new_database


@pytest.fixture
def world(session: Session) -> World:
    return a_world(session)


@pytest.fixture
def town(app: Flask) -> Town:
    """The application, an insured home, and the people who look after it, for what goes through the door."""
    with app.extensions["database"].session() as session:
        made = a_world(session)
        session.commit()
    return Town(app, made)


@pytest.fixture(scope="session")
def standing_app(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for all tests that commit nothing: to set one up costs ten times what such a test does."""
    from app import create_app

    url = new_database(postgres)
    files = tmp_path_factory.mktemp("files")
    made = create_app(Settings(database_url=url, files_url=files.as_uri(), secret_key="for tests and for nothing else"))
    made.testing = True
    yield made
    made.extensions["database"].dispose()
    drop_database(postgres, url)


@pytest.fixture
def standing_session(standing_app: Flask) -> Iterator[Session]:
    """A session on the standing application; everything is rolled back."""
    with standing_app.extensions["database"].session() as session:
        yield session
