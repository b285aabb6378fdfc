"""The real SDK against the stand-in: its log in the words of our port, and a provider that doesn't answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from config.settings import Settings
from config.time import now
from notifications.provider import CannotAsk
from notifications.twilio_log import TwilioLog, provider_for
from tests.standin import ACCOUNT, NUMBER, TOKEN, Standin, a_standin
from tests.standin.records import a_call

SOMEBODY, OURS = "+8613900000009", "+862100000001"


@pytest.fixture
def standin() -> Iterator[Standin]:
    with a_standin() as standin:
        yield standin


@pytest.fixture
def log(standin: Standin) -> TwilioLog:
    settings = Settings(
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=TOKEN,
        twilio_number=NUMBER,
        twilio_api_url=standin.url,
        probe_number=OURS,
    )
    found = provider_for(settings)
    assert isinstance(found, TwilioLog)
    return found


def has_called(standin: Standin, status: str, started: bool = True) -> str:
    call = a_call(ACCOUNT, to=NUMBER, sender=SOMEBODY, direction="inbound", status=status, at=now())
    call["start_time"] = now() if started else None
    standin.calls.append(call)
    return str(call["sid"])


def since_an_hour(log: TwilioLog):
    return {each.sid: each for each in log.log_since(now() - timedelta(hours=1))}


def test_an_incoming_text_is_told_in_the_words_of_its_webhook(standin, log):
    text = standin.take(to=NUMBER, sender=SOMEBODY, body="漏水", direction="inbound")
    text["date_sent"] = now()

    found = since_an_hour(log)[text["sid"]]
    assert (found.kind, found.over) == ("message", True)
    assert {"MessageSid": text["sid"], "From": SOMEBODY, "To": NUMBER, "Body": "漏水"}.items() <= found.fields.items()


def test_what_we_sent_ourselves_is_not_in_it(standin, log):
    standin.take(to=SOMEBODY, sender=NUMBER, body="收到")["date_sent"] = now()

    assert since_an_hour(log) == {}


@pytest.mark.parametrize(("status", "started", "over"), [
    ("completed",   True,  True),
    ("in-progress", True,  False),
    ("failed",      False, True),    # it never started, and stands in no list by that time
    ("no-answer",   False, True),
])  # fmt: skip
def test_a_call_is_told_with_its_state(standin, log, status, started, over):
    sid = has_called(standin, status, started)

    found = since_an_hour(log)[sid]
    assert (found.kind, found.over, found.fields["CallStatus"], found.fields["From"]) == (
        "call", over, status, SOMEBODY,
    )  # fmt: skip


def test_a_recording_is_told_with_the_address_that_its_callback_names(standin, log):
    recording = standin.records(has_called(standin, "completed"), b"RIFF", 7)

    found = since_an_hour(log)[recording["sid"]]
    assert found.call == recording["call_sid"]
    assert found.fields["RecordingUrl"] == (
        f"{standin.url}/2010-04-01/Accounts/{ACCOUNT}/Recordings/{recording['sid']}"
    )


def test_what_is_older_is_left_out(standin, log):
    text = standin.take(to=NUMBER, sender=SOMEBODY, body="漏水", direction="inbound")
    text["date_sent"] = text["date_created"] = now() - timedelta(hours=2)

    assert since_an_hour(log) == {}


def test_a_provider_that_is_down_is_said_so(standin, log):
    standin.down = True

    with pytest.raises(CannotAsk):
        log.log_since(now())
    with pytest.raises(CannotAsk):
        log.text_ourselves("PROBE")


def test_a_probe_goes_from_our_second_number_to_the_hotline(standin, log):
    log.text_ourselves("PROBE 12345678")

    assert [(text["from"], text["to"], text["body"]) for text in standin.texts] == [(OURS, NUMBER, "PROBE 12345678")]


@pytest.mark.parametrize("lacking", ["twilio_account_sid", "twilio_number"])
def test_without_account_or_number_there_is_no_log(log, lacking):
    assert provider_for(log._settings.model_copy(update={lacking: ""})) is None
