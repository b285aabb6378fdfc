import pytest
from sqlmodel import Session


@pytest.fixture
def session(standing_session: Session) -> Session:
    return standing_session
