from collections.abc import Iterator

import pytest
from sqlmodel import Session

from claims.casefile import Listeners
from claims.casefile.published import PublishedYears
from config.database import Database
from config.sealing import Sealer
from tests.claims.casefile.spoken import CALENDAR
from tests.claims.casefile.story import RULES


@pytest.fixture
def listeners() -> Listeners:
    """Nobody listens unless a test asks for it: the spine alone."""
    return Listeners()


@pytest.fixture
def house(database_url: str, listeners: Listeners) -> Iterator[Database]:
    """The spine on a database of its own: no web, no letters, no messages."""
    database = Database(
        database_url,
        sealer=Sealer({"k1": "a key for the spine's tests alone"}),
        calendar=CALENDAR,
        published=PublishedYears(CALENDAR),
        rule_book=RULES,
        listeners=listeners,
    )
    yield database
    database.dispose()


@pytest.fixture
def session(house: Database) -> Iterator[Session]:
    with house.session() as session:
        yield session
