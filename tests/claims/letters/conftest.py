import pytest
from flask import Flask

from claims.letters import DRAFTED_ON, draft_letters


@pytest.fixture
def every_letter_is_drafted(app: Flask) -> None:
    """The whole table hangs on the listeners, whatever announce.py hangs there already."""
    listeners = app.extensions["database"].belongings["listeners"]
    for fact in DRAFTED_ON:
        if draft_letters not in listeners._by_fact[fact.__name__]:
            listeners.on(fact, tell=draft_letters)
