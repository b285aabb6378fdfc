from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.claims.demo.loading import a_demo_app
from tests.web.sentences import compiled


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    compiled()


@pytest.fixture(scope="module")
def demo_app(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo world, for tests that only look at it."""
    yield from a_demo_app(migrated_sqlite, tmp_path_factory.mktemp("oversight"))
