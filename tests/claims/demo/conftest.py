from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from tests.claims.demo.loading import a_demo_app


@pytest.fixture(scope="session")
def demo_app(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo world, once for all who only look at it."""
    yield from a_demo_app(migrated_sqlite, tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo(demo_app: Flask) -> Iterator[Session]:
    """A session on it; whatever a test changes is rolled back."""
    with demo_app.extensions["database"].session() as session:
        yield session
