import pytest
from flask import Flask
from sqlmodel import Session

from config.settings import Settings
from tests.claims.intake.calling import Telephone
from tests.claims.intake.ledger import Ledger
from tests.makers import World

ON_DUTY = "+8613700000007"


@pytest.fixture
def staffed(app: Flask, settings: Settings) -> Settings:
    """Somebody is on duty."""
    return _put(app, settings.model_copy(update={"on_duty_number": ON_DUTY}))


@pytest.fixture
def by_worker(app: Flask, settings: Settings) -> Settings:
    """The web process stores, and leaves reading to the worker."""
    return _put(app, settings.model_copy(update={"process_arrivals": "by worker"}))


@pytest.fixture
def phone(app: Flask, session: Session, world: World) -> Telephone:
    """A stranger's telephone, in a world with one insured home."""
    session.commit()
    return Telephone(app)


@pytest.fixture
def ledger(session: Session) -> Ledger:
    return Ledger(session)


def _put(app: Flask, settings: Settings) -> Settings:
    app.extensions["settings"] = settings
    app.extensions["database"].belongings["settings"] = settings
    return settings
