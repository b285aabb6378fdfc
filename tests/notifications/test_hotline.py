"""Twilio's webhooks, signed by the real SDK: stored raw once, answered, read; what isn't signed opens nothing."""

from urllib.parse import urlencode

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import select
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from claims.intake import Claim
from config.time import now
from notifications.inbox import read_arrivals, words
from notifications.model import Arrival, Message
from notifications.outbox import Draft, queue
from tests.makers import at

pytestmark = pytest.mark.both_databases
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def posts(app: Flask):
    """A request as Twilio makes it: signed over the public address and the URI as it was asked for."""

    def post(path: str, form: list[tuple[str, str]]) -> TestResponse:
        settings = app.extensions["settings"]
        validator = RequestValidator(settings.twilio_auth_token)
        signature = validator.compute_signature(settings.public_url + path, MultiDict(form))
        return app.test_client().post(
            path, data=urlencode(form), content_type=FORM, headers={"X-Twilio-Signature": signature}
        )

    return post


@pytest.fixture
def arrivals(session):
    def read() -> list[Arrival]:
        session.rollback()
        return list(session.exec(select(Arrival).order_by(Arrival.id)))

    return read


@pytest.fixture
def sent(session) -> Message:
    """A text that Twilio took as SM77."""
    content = {"insurer_short": "示例财险", "reference": "260300000011"}
    queue(session, [Draft("key", "claim:1", "claim_referred", "sms", "+8613800000001", content)], now())
    message = session.exec(select(Message)).one()
    message.state, message.provider_id = "handed over", "SM77"
    session.commit()
    return message


def state_of(session, message: Message) -> str:
    session.rollback()
    return session.get_one(Message, message.id, populate_existing=True).state


def test_a_status_is_believed_by_its_signature_and_kept_as_it_came(posts, arrivals, session):
    assert posts("/hotline/status", [("MessageSid", "SM1"), ("MessageStatus", "sent"), ("To", "")]).status_code == 204

    (kept,) = arrivals()
    assert (kept.signed, kept.kind, kept.provider_id) == (True, "status sent", "SM1")
    assert words(session, kept) == {"MessageSid": "SM1", "MessageStatus": "sent", "To": ""}


@pytest.mark.parametrize(("said", "becomes"), [
    (["sent"],                         "handed over"),
    (["sent", "delivered"],            "delivered"),
    (["delivered", "sent"],            "delivered"),     # out of order: a final state is never left
    (["delivered", "undelivered"],     "delivered"),
    (["undelivered"],                  "returned"),
    (["failed", "failed", "failed"],   "failed"),
    (["moonshot"],                     "handed over"),   # a word nobody knows is kept for a person to see
])  # fmt: skip
def test_what_became_of_a_text(posts, arrivals, session, sent, said, becomes):
    for word in said:
        posts("/hotline/status", [("MessageSid", "SM77"), ("MessageStatus", word)])

    assert state_of(session, sent) == becomes
    assert len(arrivals()) == len(set(said))
    assert {arrival.state for arrival in arrivals()} == {"quarantined" if said == ["moonshot"] else "read"}


def test_a_status_that_overtakes_our_own_note_is_read_again_later(posts, arrivals, session, app, sent):
    posts("/hotline/status", [("MessageSid", "SM88"), ("MessageStatus", "delivered")])
    (waiting,) = arrivals()
    assert (waiting.state, waiting.attempts) == ("stored", 1)

    session.get_one(Message, sent.id).provider_id = "SM88"
    session.commit()
    database = app.extensions["database"]
    read_arrivals(database, waiting.next_try_at, database.belongings["arrival_readers"])
    assert state_of(session, sent) == "delivered"


def test_two_texts_that_share_one_provider_id_are_both_told(posts, session, sent):
    """After a crash the second of two equal texts may have been found in Twilio's log as the first."""
    content = {"insurer_short": "示例财险", "reference": "260300000011"}
    queue(session, [Draft("other", "claim:1", "claim_referred", "sms", "+8613800000001", content)], now())
    session.exec(select(Message).where(Message.key == "other")).one().provider_id = "SM77"
    session.commit()
    posts("/hotline/status", [("MessageSid", "SM77"), ("MessageStatus", "delivered")])

    messages = session.exec(select(Message).execution_options(populate_existing=True)).all()
    assert [message.state for message in messages] == ["delivered", "delivered"]


@pytest.mark.parametrize("path", [
    "/hotline/messages",
    "/hotline/messages?claim=26%E5%8F%B7&a=b",     # Flask's own URL is decoded: the raw one counts
])  # fmt: skip
def test_the_signature_covers_the_uri_as_it_was_asked_for(posts, arrivals, path):
    posts(path, [("MessageSid", "SM1"), ("From", "+8613900000009"), ("Body", "漏水 100%")])

    assert [arrival.signed for arrival in arrivals()] == [True]


def test_a_field_sent_twice_is_signed_like_any_other(posts, arrivals):
    posts("/hotline/messages", [("MessageSid", "SM1"), ("From", "+8613900000009"), ("Body", "a"), ("Body", "b")])

    assert [arrival.signed for arrival in arrivals()] == [True]


@pytest.mark.parametrize("change", ["path", "field", "signature", "secret"])
def test_what_is_signed_wrongly_opens_no_claim(app, posts, arrivals, session, change):
    form = [("MessageSid", "SM1"), ("From", "+8613900000009"), ("Body", "漏水")]
    token = "another secret" if change == "secret" else app.extensions["settings"].twilio_auth_token
    signature = RequestValidator(token).compute_signature("https://claims.example/hotline/messages", dict(form))
    sent_form = [*form, ("NumMedia", "1")] if change == "field" else form
    path = "/hotline/messages?x=1" if change == "path" else "/hotline/messages"
    headers = {"X-Twilio-Signature": signature[::-1] if change == "signature" else signature}
    answer = app.test_client().post(path, data=urlencode(sent_form), content_type=FORM, headers=headers)

    assert answer.status_code == 200
    assert "抱歉" in answer.get_data(as_text=True)
    assert [(arrival.state, arrival.signed) for arrival in arrivals()] == [("quarantined", False)]
    assert not session.exec(select(Claim)).all()


def test_an_unsigned_flood_is_capped_and_does_not_keep_signed_texts_out(app, posts, arrivals, session):
    client = app.test_client()
    with freeze_time(at("Mon 2026-03-02 10:00")):  # within one minute, however long it takes
        for number in range(80):
            client.post("/hotline/messages", data=f"MessageSid=X{number}", content_type=FORM)
    posts("/hotline/messages", [("MessageSid", "SM1"), ("From", "+8613900000009"), ("Body", "漏水")])

    assert len([arrival for arrival in arrivals() if not arrival.signed]) == 60
    assert len(session.exec(select(Claim)).all()) == 1
