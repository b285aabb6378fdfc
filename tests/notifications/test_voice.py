"""TwiML as Twilio reads it: voices, keys, links that bear their turn, and no verb without a way on."""

from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from config.settings import Settings
from notifications.twiml import twiml
from notifications.voice import Ask, Connect, Dial, HangUp, Line, Record, Reply, Turn, Wait
from tests.makers import at

SETTINGS = Settings(public_url="https://claims.example/", twilio_number="+862100000000", voice_english="Polly.Amy")
TURN = Turn("CA1", "menu", {"CallSid": "CA1"}, at("Mon 2026-03-02 10:00"), number=3)
HELLO = (Line("zh", "您好"), Line("en", "Hello"))


def said(act, lines=HELLO, turn=TURN, settings=SETTINGS, language="zh") -> ElementTree.Element:
    return ElementTree.fromstring(twiml(Reply(lines, act, language), turn, settings))


def test_each_language_has_its_own_voice():
    first, second = said(HangUp()).findall("Say")

    assert first.attrib == {"language": "cmn-CN", "voice": "Polly.Zhiyu"}
    assert second.attrib == {"language": "en-US", "voice": "Polly.Amy"}


def test_without_a_voice_the_providers_own_speaks():
    (say, _) = said(HangUp(), settings=SETTINGS.model_copy(update={"voice_chinese": ""})).findall("Say")

    assert say.attrib == {"language": "cmn-CN"}


def test_a_link_bears_the_next_turn_and_the_language_in_ascii():
    link = said(Ask("where", misses=1, speech=True), language="en").find("Gather").get("action")

    assert urlsplit(link)[:3] == ("https", "claims.example", "/hotline/voice/where")
    assert parse_qs(urlsplit(link).query) == {"turn": ["4"], "lang": ["en"], "misses": ["1"]}
    assert link.isascii()


def test_the_pound_key_is_heard_as_a_key_where_one_key_is_asked_for():
    assert said(Ask("menu")).find("Gather").get("finishOnKey") == ""
    assert said(Ask("reference", keys=12)).find("Gather").get("finishOnKey") == "#"


@pytest.mark.parametrize(("language", "hears"), [("zh", "cmn-Hans-CN"), ("en", "en-US")])
def test_speech_is_heard_in_the_language_of_the_call(language, hears):
    gather = said(Ask("what", speech=True), language=language).find("Gather")

    assert (gather.get("input"), gather.get("language")) == ("speech dtmf", hears)


@pytest.mark.parametrize("act", [Ask("what", speech=True), Record("what_recorded")])
def test_after_silence_the_same_step_is_asked(act):
    response = said(act)
    verb = response.find("Gather") if isinstance(act, Ask) else response.find("Record")

    assert response[-1].tag == "Redirect"
    assert response[-1].text == verb.get("action")


def test_a_recording_tells_where_it_is_to_be_announced():
    assert said(Record("voicemail")).find("Record").get("recordingStatusCallback") == (
        "https://claims.example/hotline/recordings"
    )


def test_whoever_is_dialled_hears_a_whisper_that_knows_the_call():
    dial = said(Dial("person", "+8613700000007", "whisper")).find("Dial")
    whisper = dial.find("Number").get("url")

    assert (dial.get("callerId"), dial.find("Number").text) == ("+862100000000", "+8613700000007")
    assert parse_qs(urlsplit(whisper).query)["call"] == ["CA1"]


def test_the_other_leg_keeps_knowing_the_call():
    other = Turn("CA1", "whisper", {"CallSid": "CA-duty"}, TURN.at, number=4)

    assert parse_qs(urlsplit(said(Ask("accept"), turn=other).find("Gather").get("action")).query)["call"] == ["CA1"]


def test_to_connect_is_to_say_nothing_more():
    assert list(said(Connect(), lines=())) == []


def test_to_wait_is_a_pause_and_the_step_again():
    pause, again = said(Wait("registering", misses=2, seconds=2), lines=())

    assert (pause.get("length"), "misses=2" in again.text) == ("2", True)
