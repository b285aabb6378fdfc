"""Fixtures for every test: a database of its own, the app on it, a session, a client."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import freezegun
import pytest
import typst
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session

from config.database import upgrade_database
from config.settings import Settings
from tests import ground
from tests.postgres import Server, a_server, drop_database, new_database

ground.stay_on_this_machine()
ground.wait_longer_for_locks()
ground.prepare_once()
ground.draw_the_same_examples_each_time()
for setting in Settings.model_fields:  # what the developer's shell has set is no part of a test
    os.environ.pop(setting.upper(), None)

# Under a frozen clock an exhausted pool waits for ever, and psycopg's pool gives up at once.
freezegun.configure(extend_ignore_list=["sqlalchemy.util.queue", "sqlalchemy.pool", "psycopg_pool", "apscheduler"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", ground.databases(metafunc.definition), indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("soak") and not ground.SOAKING:
            item.add_marker(pytest.mark.skip(reason="only in make soak"))


def pytest_collection_finish() -> None:
    """A SQLModel class can't be defined under a frozen clock, so all of them are before the first test."""
    with suppress(Exception):  # a broken app fails the tests that ask for it, with its own words
        importlib.import_module("app")
    # Typst keeps the first datetime class that it meets: it must not be the frozen one.
    typst.compile(b"", timestamp=datetime(2026, 3, 2, tzinfo=UTC))
    ground.leave_what_stays_out_of_the_collectors_way()


@pytest.fixture(autouse=True)
def stays_on_this_machine() -> Iterator[None]:
    """Fails a test whose code tried to leave, even if that code swallowed the refusal."""
    ground.refused.clear()
    yield
    assert not ground.refused


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL, one per test process."""
    with a_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest revision, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    upgrade_database(f"sqlite:///{path}")
    return path


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh, migrated database: PostgreSQL, or as the marks `sqlite` and `both_databases` say."""
    if getattr(request, "param", "postgresql") == "sqlite":
        path = request.getfixturevalue("tmp_path") / "claims.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres")
    url = new_database(server)
    yield url
    drop_database(server, url)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """What `app` is made from; a test module may have its own."""
    return Settings(
        database_url=database_url,
        files_url=(tmp_path / "files").as_uri(),
        secret_key="a secret for tests and for nothing else",
        public_url="https://claims.example",
        twilio_auth_token="a token for tests and for nothing else",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application on a database of its own."""
    from app import create_app

    made = create_app(settings)
    made.testing = True
    yield made
    made.extensions["database"].dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session as an action gets it; what isn't committed is rolled back."""
    with app.extensions["database"].session() as session:
        yield session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
