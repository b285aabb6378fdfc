"""A letter whose text didn't reach is marked on the claim, and the adjuster is told to send it another way."""

import json

import pytest
from sqlmodel import select

from claims.casefile import Stage
from claims.letters import Letter
from claims.sweeping import issue_letters
from config.time import now
from notifications import outbox
from notifications.model import Message
from tests.faults.town import Town, told
from tests.makers import Made

pytestmark = pytest.mark.both_databases


@pytest.fixture
def made(town: Town) -> Made:
    made = town.claim(Stage.DENIED)
    issue_letters(town.database, now())
    return made


def provider_says(town: Town, about: str, state: str) -> None:
    """Of the first text of this kind: the provider took it, and this became of it."""
    with town.session() as session:
        message = session.exec(select(Message).where(Message.message == about)).one()
        message.provider_id, message.state = "SM1", "handed over"
        session.commit()
        outbox.provider_says(session, "SM1", state, now(), error="30003 unreachable")
        session.commit()


@pytest.mark.parametrize("state", ["failed", "returned"])
def test_the_letter_is_marked_where_everybody_sees_it(town: Town, made: Made, state: str):
    provider_says(town, "denial_notice", state)
    claim = told(town.asks(town.world.adjuster, "GET", f"/claims/{made.file.reference}"))
    [error] = [letter["error"] for letter in claim["letters"] if letter["kind"] == "denial_notice"]

    assert error == f"its sms {state}: 30003 unreachable"


@pytest.mark.parametrize(("state", "told_of"), [("failed", 1), ("returned", 1), ("delivered", 0)])
def test_the_adjuster_is_told_once_which_letter_it_was(town: Town, made: Made, state: str, told_of: int):
    for _ in range(2):
        provider_says(town, "denial_notice", state)
    sealer = town.database.belongings["sealer"]
    messages = town.rows(Message, message="letter_not_reached")

    assert len(messages) == told_of
    for message in messages:
        assert sealer.open(message.recipient_sealed) == "adjuster@浦东新区"
        assert json.loads(sealer.open(message.content_sealed))["letter"] == "不予赔偿通知书"


def test_a_text_that_carries_no_letter_alarms_nobody(town: Town, made: Made):
    provider_says(town, "report_received", "failed")

    assert town.count(Message, message="letter_not_reached") == 0
    assert {letter.error for letter in town.rows(Letter, claim_id=made.claim.id)} == {""}
