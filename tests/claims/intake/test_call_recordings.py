"""What was said after the tone: fetched by the worker from the provider and nobody else, kept with the claim.

The clock stands still, so that a look a second later is one, however long this machine takes to come there.
"""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from claims.attachments import attachments_of
from claims.intake.call import fetch_recordings
from claims.intake.call.recordings import MOST_ATTEMPTS
from config.settings import Settings
from notifications import recordings as wire
from tests.makers import at
from tests.standin import ACCOUNT, NUMBER, TOKEN, Standin, a_standin

pytestmark = pytest.mark.both_databases
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\0" * 32
HOME = "示例花园1号楼1201室"
MONDAY = at("Mon 2026-03-02 10:00")


@pytest.fixture(autouse=True)
def still():
    with freeze_time(MONDAY):
        yield


@pytest.fixture
def standin():
    with a_standin() as standin:
        yield standin


@pytest.fixture
def settings(settings: Settings, standin: Standin) -> Settings:
    account = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN, "twilio_number": NUMBER}
    return settings.model_copy(update=account | {"twilio_api_url": standin.url})


@pytest.fixture
def looks(app):
    """The worker looks so many seconds later; answers how many recordings it tried."""
    return lambda after=1.0: fetch_recordings(app.extensions["database"], MONDAY + timedelta(seconds=after))


@pytest.fixture
def left(phone, standin):
    """A message was left, and its recording is ready."""
    standin.sounds["RE1"] = ("audio/x-wav", WAV)
    phone.rings().presses("0").goes_on().records("RE1")
    phone.recording_is("completed", "RE1")
    return phone


def test_a_recording_is_kept_with_the_claim_as_it_was(left, looks, ledger, session):
    looks()

    (claim,) = ledger.claims()
    (kept,) = attachments_of(session, claim.id)
    assert (kept.name, kept.content_type, session.info["files"].read(kept.key)) == ("RE1.wav", "audio/wav", WAV)
    assert ledger.told(claim, "RecordingKept") == [{"recording": "RE1", "sha256": kept.sha256, "seconds": 7}]
    assert [recording.state for recording in ledger.recordings()] == ["kept"]


def test_it_is_fetched_once_however_often_it_is_announced_and_looked_for(left, looks, standin, ledger):
    left.recording_is("completed", "RE1")
    looks()
    looks(3600)

    assert standin.fetched == ["RE1"]
    assert len(ledger.told(ledger.claims()[0], "RecordingKept")) == 1


def test_it_is_fetched_even_where_the_announcement_got_lost(phone, standin, looks, ledger):
    standin.sounds["RE1"] = ("audio/x-wav", WAV)
    phone.rings().presses("0").goes_on().records("RE1")
    looks()

    assert [recording.state for recording in ledger.recordings()] == ["kept"]


@pytest.mark.parametrize("fault", ["500", "429"])
def test_a_provider_that_fails_is_asked_again_later(left, standin, looks, ledger, fault):
    standin.faults = [fault]
    looks()
    assert ledger.recordings()[0].state == "waiting"

    assert looks(10) == 0
    looks(60)
    assert ledger.recordings()[0].state == "kept"


def test_a_recording_that_is_not_ready_yet_is_waited_for(left, standin, looks, ledger):
    sound = standin.sounds.pop("RE1")
    looks()
    standin.sounds["RE1"] = sound
    looks(60)

    assert ledger.recordings()[0].state == "kept"


def test_given_up_it_becomes_a_call_back(left, standin, looks, ledger):
    standin.sounds.clear()
    for hour in range(1, MOST_ATTEMPTS + 1):
        assert ledger.recordings()[0].state == "waiting"
        looks(hour * 3700)

    assert ledger.recordings()[0].state == "lost"
    assert ledger.why_to_ring(ledger.claims()[0]) == ["voicemail", "recording lost"]
    assert ledger.is_whole()


@pytest.mark.parametrize(("kind", "content"), [
    ("text/html", WAV),
    ("audio/x-wav", b"<html>"),
    ("audio/x-wav", b""),
    ("audio/x-wav", WAV + b"\0" * 3000),
])  # fmt: skip
def test_what_is_no_recording_or_too_large_is_not_kept(
    left, standin, looks, ledger, session, monkeypatch, kind, content
):
    monkeypatch.setattr(wire, "LARGEST", 2000)
    standin.sounds["RE1"] = (kind, content)
    looks()

    (claim,) = ledger.claims()
    assert ledger.recordings()[0].state == "lost"
    assert "recording lost" in ledger.why_to_ring(claim)
    assert attachments_of(session, claim.id) == []


@pytest.mark.parametrize("url", [
    "http://127.0.0.1:1/2010-04-01/Accounts/AC0/Recordings/RE9",
    "file:///etc/passwd",
    "https://api.twilio.com.example/RE9",
])  # fmt: skip
def test_the_password_goes_to_no_other_host(phone, standin, looks, ledger, url):
    phone.rings().hangs_up()
    phone.recording_is("completed", "RE9", url=url)
    looks()

    assert (ledger.recordings()[0].state, standin.fetched) == ("lost", [])


def test_a_recording_of_the_report_waits_for_the_claim_and_joins_it(phone, standin, looks, ledger):
    standin.sounds["RE1"] = ("audio/x-wav", WAV)
    phone.rings().presses("1").says(HOME).is_silent()
    phone.recording_is("completed", "RE1")
    assert looks() == 0

    phone.records("RE1")
    looks(5)
    assert ledger.facts(ledger.claims()[0]) == ["ReportReceived", "RecordingKept"]


@pytest.mark.parametrize("status", ["absent", "failed"])
def test_a_recording_that_never_came_about_leaves_the_call_back(phone, ledger, status):
    phone.rings().presses("0").goes_on().is_silent()
    phone.recording_is(status)

    assert ledger.why_to_ring(ledger.claims()[0]) == ["voicemail"]
    assert not ledger.recordings()


def test_a_recording_announced_before_anything_was_read_of_its_call_is_not_lost(phone, standin, looks, ledger):
    """The end first, then the recording, and never a step: the caller was asked for a message by our own error."""
    standin.sounds["RE1"] = ("audio/x-wav", WAV)
    phone.recording_is("completed", "RE1")
    phone.status("completed")
    looks()

    assert [recording.state for recording in ledger.recordings()] == ["kept"]
    assert ledger.why_to_ring(ledger.claims()[0]) == ["hung up"]
