from __future__ import annotations

import pytest

from tests.web.sentences import compiled


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    compiled()
