"""A calendar file of an invented 2027, and the command that imports it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from tests.makers import at
from tests.web.sentences import compiled

FILE = """\
year = 2027
notice = "示例〔2026〕1号"
rest = [
    [2027-01-01, 2027-01-02],
    [2027-02-05, 2027-02-12],
    [2027-04-03, 2027-04-05],
    [2027-05-01, 2027-05-05],
    [2027-06-09, 2027-06-09],
    [2027-09-15, 2027-09-15],
    [2027-10-01, 2027-10-07],
]
work = [
    2027-01-03,  # Sun
    2027-02-20,  # Sat
]
"""


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    compiled()


@pytest.fixture
def frozen() -> FrozenDateTimeFactory:
    """Monday 28 December 2026, 09:00 in Shanghai, until a test moves it."""
    with freeze_time(at("Mon 2026-12-28 09:00")) as clock:
        yield clock


@pytest.fixture
def imports(app: Flask, frozen: FrozenDateTimeFactory, tmp_path: Path) -> Callable[..., Result]:
    def imported(text: str | bytes = FILE) -> Result:
        file = tmp_path / "2027.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return app.test_cli_runner().invoke(args=["calendar", "import", str(file)])

    return imported
