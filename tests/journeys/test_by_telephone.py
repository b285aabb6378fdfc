"""第十三条, over the wire: the hotline answers signed HTTP, its texts go out by the provider's own SDK and are tracked.

Every branch of the call is walked in tests/claims/intake/test_call_every_branch.py; here a few calls go the whole way,
from the provider through our web server and worker and back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from claims.casefile import is_reference
from claims.intake.call.progress import spoken
from config.schedule import SCHEDULE
from config.settings import Settings
from config.ticker import drain, sweep_named
from config.time import now
from notifications.channels import channels_for, twilio
from notifications.model import Message
from tests.claims.intake.ledger import Ledger
from tests.faults.together import until
from tests.makers import OWNERS_PHONE, World
from tests.standin import ACCOUNT, NUMBER, TOKEN, Standin, a_standin
from tests.standin.call import Call
from tests.standin.placing import incoming
from tests.standin.records import Record
from tests.standin.webhooks import Line
from tests.web.driving import served

pytestmark = pytest.mark.sqlite
ON_DUTY = "+8613700000007"
STRANGER = "+8613900000009"


@pytest.fixture
def standin() -> Iterator[Standin]:
    with a_standin() as standin:
        yield standin


@pytest.fixture
def settings(settings: Settings, standin: Standin, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(twilio, "TIMEOUT_SECONDS", 120)  # nobody is given up for being slow
    account = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN, "twilio_number": NUMBER}
    return settings.model_copy(update=account | {"twilio_api_url": standin.url, "on_duty_number": ON_DUTY})


@pytest.fixture
def worker(app: Flask, world: World, standin: Standin, settings: Settings) -> Iterator[Callable[..., None]]:
    """The web server runs; the worker looks so many seconds from now, and the provider tells what became of it."""
    database = app.extensions["database"]

    def looks(after: float = 0) -> None:
        for every in SCHEDULE.values():
            drain(database, sweep_named(every.sweep), now() + timedelta(seconds=after))

    with served(app) as address:
        standin.webhooks.line = Line(public=settings.public_url, address=address)
        yield looks


@pytest.fixture
def ledger(session: Session) -> Ledger:
    return Ledger(session)


@pytest.fixture
def call(standin: Standin, worker) -> Callable[[str], Call]:
    return lambda number: incoming(standin, number).rings()


@pytest.fixture
def the_text(app: Flask) -> Callable[[], Message]:
    """The text about the report, as it now is."""

    def the_text() -> Message:
        with app.extensions["database"].session(reading=True) as session:
            return session.exec(select(Message).where(Message.message == "report_received")).one()

    return the_text


def receipts(standin: Standin) -> list[Record]:
    """Of what went out: the receipts of a report. A text is asked back besides."""
    return [text for text in standin.texts if "已收到您的报案" in text["body"]]


def heard(call: Call) -> str:
    return "".join(said.words for said in call.heard)


# --- calls --------------------------------------------------------------------------------------------------


def test_a_report_by_voice_is_told_its_number_twice(call, worker, standin, ledger):
    line = call(OWNERS_PHONE).presses("1").presses("1").says("下雨后卧室天花板滴水")
    worker()

    (claim,) = ledger.claims()
    reference = ledger.reference(claim)
    assert (claim.channel, claim.description, claim.home_id is not None) == ("voice", "下雨后卧室天花板滴水", True)
    assert spoken(reference) in heard(line)
    assert [(text["to"], reference in text["body"]) for text in standin.texts] == [(OWNERS_PHONE, True)]


def test_progress_is_told_by_keys_to_the_number_that_reported(call, worker, ledger):
    call(OWNERS_PHONE).presses("1").presses("1").says("卧室天花板滴水").hang_up()
    reference = ledger.reference(ledger.claims()[0])
    line = call(OWNERS_PHONE).presses("2").presses(reference)

    assert is_reference(reference)
    assert f"报案{spoken(reference)}。已经登记，接下来派人上门查勘。" in heard(line)


def test_an_emergency_is_a_claim_before_anybody_answers_and_rings_whoever_is_on_duty(call, worker, standin, ledger):
    line = call(STRANGER).presses("9")
    assert [claim.danger for claim in ledger.claims()] == [True]

    leg = line.is_taken()
    assert (leg.record["to"], "接听请按1" in heard(leg)) == (ON_DUTY, True)
    leg.presses("1").hang_up()
    standin.webhooks.go_out()

    (claim,) = ledger.claims()
    assert (line.over, ledger.why_to_ring(claim)) == (True, [])


def test_nobody_takes_it_and_the_message_is_kept_with_the_claim(call, worker, standin, ledger):
    line = call(STRANGER).presses("9").is_not_taken()
    line.leaves(b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\0" * 32, 7)
    standin.webhooks.go_out()
    worker()

    (claim,) = ledger.claims()
    assert (line.over, ledger.why_to_ring(claim)) == (True, ["voicemail"])
    assert [recording.state for recording in ledger.recordings()] == ["kept"]


def test_a_caller_who_hangs_up_while_speaking_is_kept_too(call, worker, standin, ledger):
    call(STRANGER).presses("0").is_not_taken().leaves(b"RIFF\0\0\0\0WAVE", 3, keys="hangup")
    standin.webhooks.go_out()

    assert ledger.why_to_ring(ledger.claims()[0]) == ["voicemail"]


def test_in_english_by_a_key(call, worker):
    line = call(STRANGER).presses("#")
    assert line.heard[-1].language == "en-US"


# --- texts --------------------------------------------------------------------------------------------------


def test_a_text_opens_a_claim_and_the_next_one_joins_it(worker, standin, ledger):
    standin.arrives(STRANGER, "示例花园1号楼1201室卫生间顶棚漏水")
    standin.arrives(STRANGER, "越来越大了")
    worker()

    (claim,) = ledger.claims()
    assert (claim.channel, len(ledger.told(claim, "TextReceived"))) == ("sms", 1)
    assert [ledger.reference(claim) in text["body"] for text in receipts(standin)] == [True]


@pytest.mark.parametrize(("told", "state"), [
    (["sent", "delivered"],                        "delivered"),
    (["sent", "undelivered"],                      "returned"),
    (["queued", "sending", "sent", "delivered"],   "delivered"),
])  # fmt: skip
def test_what_became_of_our_text_counts_once_however_often_and_in_whatever_order_it_is_told(
    worker, standin, ledger, the_text, told, state
):
    standin.webhooks.repeats, standin.webhooks.shuffled = 2, True
    standin.arrives(STRANGER, "漏水")
    worker()
    for status in told:
        standin.becomes(receipts(standin)[0]["sid"], status)

    assert standin.webhooks.go_out() == 3 * len(told)
    assert the_text().state == state
    statuses = [arrival for arrival in ledger.arrivals() if arrival.kind.startswith("status")]
    assert {(arrival.kind, arrival.state) for arrival in statuses} == {(f"status {word}", "read") for word in told}


def test_a_text_that_meets_too_many_requests_goes_out_a_little_later_once(worker, standin, the_text):
    standin.faults = ["429"]
    standin.arrives(STRANGER, "漏水")
    worker()
    assert (the_text().state, receipts(standin)) == ("queued", [])

    worker(60)
    assert (the_text().state, len(receipts(standin))) == ("handed over", 1)


@pytest.mark.parametrize("fault", ["lost", "silent"])
def test_a_text_whose_answer_is_lost_is_found_in_the_providers_log_and_not_sent_again(
    worker, standin, the_text, fault, monkeypatch, app, settings
):
    standin.faults = [fault]
    standin.arrives(STRANGER, "漏水")
    with monkeypatch.context() as impatient:
        impatient.setattr(twilio, "TIMEOUT_SECONDS", 1 if fault == "silent" else twilio.TIMEOUT_SECONDS)
        worker()
    app.extensions["database"].belongings["channels"] = channels_for(settings)
    until(lambda: receipts(standin))
    assert (the_text().state, len(receipts(standin))) == ("queued", 1)

    worker(60)
    assert (the_text().state, the_text().provider_id) == ("handed over", receipts(standin)[0]["sid"])
    assert (len(receipts(standin)), standin.posts) == (1, 2)  # and one question


def test_while_the_providers_log_fails_too_nothing_is_sent_blindly(worker, standin, the_text):
    standin.faults, standin.faults_of_lists = ["lost"], ["500"] * 100
    standin.arrives(STRANGER, "漏水")
    worker()
    worker(60)
    assert (the_text().state, len(receipts(standin))) == ("queued", 1)

    standin.faults_of_lists.clear()
    worker(600)
    assert (the_text().state, len(receipts(standin)), standin.posts) == ("handed over", 1, 2)


def test_whoever_is_texted_is_not_in_the_log(worker, standin, the_text, caplog):
    """The SDK writes every request, and that of a list has the number in its address (个人信息保护法 51)."""
    caplog.set_level(logging.INFO)
    standin.faults = ["lost"]
    standin.arrives(STRANGER, "漏水")
    worker()
    worker(60)

    assert the_text().state == "handed over"
    assert STRANGER.removeprefix("+86") not in caplog.text
