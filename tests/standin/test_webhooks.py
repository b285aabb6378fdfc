"""What the stand-in tells an application: signed as the provider's own validator expects, and not always in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask, Response, request
from twilio.request_validator import RequestValidator

from tests.standin import NUMBER, TOKEN, a_standin
from tests.standin.webhooks import Line
from tests.web.driving import served

SOMEBODY = "+8613900000009"
PUBLIC = "https://claims.example:8443"


@dataclass
class Listener:
    """An application that keeps what it is told. `answers`: path → status and body."""

    told: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    signed: list[bool] = field(default_factory=list)
    answers: dict[str, tuple[int, str]] = field(default_factory=dict)

    def hears(self, path: str) -> Response:
        url = PUBLIC + request.environ["RAW_URI"]
        signature = request.headers["X-Twilio-Signature"]
        self.signed.append(RequestValidator(TOKEN).validate(url, request.form, signature))
        self.told.append((request.full_path.rstrip("?"), request.form.to_dict()))
        status, body = self.answers.get(f"/{path}", (204, ""))
        return Response(body, status=status, mimetype="text/xml")

    def states(self) -> list[str]:
        return [form["MessageStatus"] for _, form in self.told]


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def standin(listener) -> Iterator:
    app = Flask("listener")
    app.add_url_rule("/<path:path>", view_func=listener.hears, methods=["POST"])
    with served(app) as address, a_standin() as standin:
        standin.webhooks.line = Line(public=PUBLIC, address=address)
        yield standin


@pytest.fixture
def sent(standin):
    """A text of ours, whose states are told."""
    return standin.take(to=SOMEBODY, sender=NUMBER, body="x", callback=f"{PUBLIC}/hotline/status")["sid"]


def test_a_text_is_told_and_what_is_answered_goes_back(standin, listener):
    listener.answers["/hotline/messages"] = 200, "<Response><Message>抱歉</Message></Response>"
    text = standin.arrives(SOMEBODY, "客厅漏水 100%")

    ((path, form),) = listener.told
    assert (path, form["MessageSid"], form["From"]) == ("/hotline/messages", text["sid"], SOMEBODY)
    assert (form["Body"], form["NumMedia"], listener.signed) == ("客厅漏水 100%", "0", [True])
    assert [(reply["to"], reply["body"]) for reply in standin.messages[1:]] == [(SOMEBODY, "抱歉")]


def test_a_text_to_our_own_number_arrives_there_once_it_is_sent(standin, listener):
    sid = standin.take(to=NUMBER, sender="+862100000002", body="PROBE 1")["sid"]
    assert listener.told == []

    for state in ("sent", "delivered"):
        standin.becomes(sid, state)
    assert [(form["From"], form["Body"]) for _, form in listener.told] == [("+862100000002", "PROBE 1")]


@pytest.mark.parametrize("path", ["/hotline/status?claim=26%E5%8F%B7&a=b", "/hotline/status?x=%2B86+1"])
def test_the_signature_is_of_the_address_as_it_was_given(standin, listener, path):
    sid = standin.take(to=SOMEBODY, sender=NUMBER, body="x", callback=f"{PUBLIC}{path}")["sid"]
    standin.becomes(sid, "sent")
    standin.webhooks.go_out()

    assert listener.signed == [True]


def test_callbacks_wait_until_they_are_let_out(standin, listener, sent):
    standin.becomes(sent, "sent")
    assert listener.told == []

    standin.webhooks.go_out()
    assert listener.states() == ["sent"]


def test_callbacks_come_twice(standin, listener, sent):
    standin.webhooks.repeats = 1
    standin.becomes(sent, "delivered")
    standin.webhooks.go_out()

    assert listener.states() == ["delivered", "delivered"]


def test_callbacks_come_in_another_order(standin, listener, sent):
    standin.webhooks.shuffled = True
    states = ["queued", "sending", "sent", "delivered"]
    for state in states:
        standin.becomes(sent, state)
    standin.webhooks.go_out()

    assert listener.states() != states
    assert sorted(listener.states()) == sorted(states)


def test_a_delayed_callback_is_not_due_yet(standin, listener, sent):
    standin.webhooks.delay = 3600
    standin.becomes(sent, "sent")
    standin.webhooks.go_out(all_of_them=False)

    assert listener.told == []


def test_a_failed_text_says_why(standin, listener, sent):
    standin.becomes(sent, "undelivered", 30005)
    standin.webhooks.go_out()

    assert listener.told[0][1]["ErrorCode"] == "30005"


def test_an_application_that_does_not_answer_costs_nothing_but_its_answer(standin):
    standin.webhooks.line.address = "http://127.0.0.1:9"
    standin.arrives(SOMEBODY, "漏水")

    assert [exchange.status for exchange in standin.webhooks.log] == [0]
    assert len(standin.messages) == 1
