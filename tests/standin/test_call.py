"""The stand-in follows TwiML as the provider's documentation says: which answer asks which address, and with what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.standin import NUMBER
from tests.standin.call import Call, NotNow
from tests.standin.placing import incoming, place
from tests.standin.serving import happens

SOMEBODY = "+8613900000009"
DUTY = "+862100000001"
END = "<Say>end</Say><Hangup/>"


@pytest.fixture
def standin(scripted):
    return scripted


@pytest.fixture
def call(standin, script):
    """A call whose first answer is this TwiML; `/next` ends it."""
    script.twiml["/next"] = END

    def call(twiml: str) -> Call:
        script.twiml["/voice"] = twiml
        return incoming(standin, SOMEBODY).rings()

    return call


def words(call: Call) -> list[str]:
    return [said.words for said in call.heard]


def test_what_is_said_is_heard_in_its_order_and_language(call):
    line = call(
        '<Say language="cmn-CN">您好</Say><Pause length="9"/><Gather><Say language="en-US">Press 1.</Say></Gather>'
    )
    assert line.heard == [("cmn-CN", "您好"), ("en-US", "Press 1.")]
    assert line.waits_for == "Gather"


@pytest.mark.parametrize(("attributes", "pressed", "digits"), [
    ('numDigits="1"',                  "1",      "1"),
    ('numDigits="1"',                  "12",     "1"),      # the first key is enough
    ("",                               "123#",   "123"),    # # ends by default, and is no key
    ('finishOnKey="*"',                "12#*",   "12#"),
    ('finishOnKey="" numDigits="1"',   "#",      "#"),
])  # fmt: skip
def test_keys_are_told(call, script, attributes, pressed, digits):
    call(f'<Gather action="/next" {attributes}/>').presses(pressed)
    assert script.asked[-1][1]["Digits"] == digits


def test_an_end_key_alone_is_silence(call, script):
    line = call('<Gather action="/next"/><Say>nothing</Say>').presses("#")
    assert words(line) == ["nothing"]


def test_speech_is_told_where_it_is_listened_for(call, script):
    call('<Gather action="/next" input="speech dtmf"/>').says("客厅漏水")
    assert (script.asked[-1][0], script.asked[-1][1]["SpeechResult"]) == ("/next", "客厅漏水")


def test_and_nowhere_else(call):
    with pytest.raises(NotNow):
        call('<Gather action="/next"/>').says("客厅漏水")


@pytest.mark.parametrize(("asks", "heard"), [("true", ["end"]), ("false", ["falls through"])])
def test_silence_asks_the_action_only_where_it_says_so(call, asks, heard):
    line = call(f'<Gather action="/next" actionOnEmptyResult="{asks}"/><Say>falls through</Say>').is_silent()
    assert words(line) == heard


def test_a_message_is_told_with_its_recording_and_again_when_it_is_ready(call, script, standin):
    line = call('<Record action="/next" recordingStatusCallback="/ready"/>').leaves(b"RIFF", 7)
    (recording,) = standin.recordings
    standin.webhooks.go_out()

    told = dict(script.asked)
    assert told["/next"]["RecordingSid"] == told["/ready"]["RecordingSid"] == recording["sid"]
    assert told["/next"]["RecordingUrl"].startswith(f"{standin.url}/2010-04-01/")
    assert (told["/next"]["RecordingDuration"], told["/next"]["Digits"]) == ("7", "#")
    assert (told["/ready"]["RecordingStatus"], line.over) == ("completed", True)


def test_silence_after_the_tone_goes_past_the_action(call):
    assert words(call('<Record action="/next"/><Say>nothing said</Say>').is_silent()) == ["nothing said"]


def test_hanging_up_in_a_message_keeps_what_was_said(call, script, standin):
    line = call('<Record action="/next"/>').leaves(b"RIFF", 3, keys="hangup")
    assert script.asked[-1][1]["Digits"] == "hangup"
    assert (words(line), line.over, len(standin.recordings)) == ([], True, 1)


DIAL = f'<Dial action="/next" callerId="{NUMBER}"><Number url="/whisper">{DUTY}</Number></Dial><Say>past it</Say>'


@pytest.mark.parametrize(("attributes", "seconds"), [("", 30), ('timeout="25"', 25)])
def test_whoever_does_not_answer_is_rung_for_as_long_as_dial_says(call, attributes, seconds):
    leg = call(DIAL.replace("<Dial", f"<Dial {attributes}")).leg
    end = leg.record["date_created"] + timedelta(seconds=seconds)

    assert [leg.has_rung_out(at) for at in (end - timedelta(milliseconds=1), end)] == [False, True]


def test_then_the_next_is_rung_by_itself(call, script, standin):
    line = call(DIAL)
    script.twiml["/next"] = DIAL.replace(DUTY, SOMEBODY)

    happens(standin, line.leg.rings_until)
    standin.settles()

    assert script.asked[-1][1]["DialCallStatus"] == "no-answer"
    assert (line.leg.record["to"], line.leg.record["status"]) == (SOMEBODY, "ringing")


def test_whoever_has_answered_rings_no_more(call, script, standin):
    script.twiml["/whisper"] = '<Gather action="/accept"/>'
    leg = call(DIAL).is_taken()

    happens(standin, leg.rings_until)
    standin.settles()

    assert leg.record["status"] == "in-progress"


def test_whoever_takes_a_dialled_call_hears_the_whisper_first(call, script):
    script.twiml["/whisper"] = '<Gather action="/accept"><Say>接听请按1</Say></Gather>'
    line = call(DIAL)
    leg = line.is_taken()

    assert (words(leg), leg.record["to"], leg.record["from"]) == (["接听请按1"], DUTY, NUMBER)
    assert script.asked[-1][1]["ParentCallSid"] == line.sid
    assert words(line) == []


def test_after_the_talk_the_caller_goes_on(call, script):
    script.twiml |= {"/whisper": '<Gather action="/accept"/>', "/accept": ""}
    line = call(DIAL)
    leg = line.is_taken().presses("1")
    leg.hang_up()

    assert (script.asked[-1][0], script.asked[-1][1]["DialCallStatus"]) == ("/next", "completed")
    assert (script.asked[-1][1]["DialBridged"], words(line)) == ("true", ["end"])


@pytest.mark.parametrize("why", ["no-answer", "busy", "failed"])
def test_where_nobody_takes_it_the_caller_goes_on(call, script, why):
    line = call(DIAL).is_not_taken(why)
    assert (script.asked[-1][1]["DialCallStatus"], words(line)) == (why, ["end"])


def test_a_caller_who_hangs_up_while_it_rings_ends_that_too(call):
    line = call(DIAL)
    leg = line.leg
    line.hang_up()
    assert (line.record["status"], leg.record["status"]) == ("completed", "canceled")


def test_the_end_of_a_call_is_told(call, script, standin):
    call(END)
    standin.webhooks.go_out()
    assert (script.asked[-1][0], script.asked[-1][1]["CallStatus"]) == ("/status", "completed")


def test_an_application_that_fails_is_asked_for_its_fallback(call, script, standin):
    script.twiml["/fallback"] = "<Say>sorry</Say>"
    line = call('<Redirect method="POST">/missing</Redirect>')

    assert words(line) == ["sorry"]
    assert script.asked[-1][1]["ErrorUrl"].endswith("/missing")


def test_without_one_the_caller_is_told_by_the_provider_and_the_call_is_over(call):
    line = call('<Redirect method="POST">/missing</Redirect>')
    assert (len(words(line)), line.over) == (1, True)


def test_a_circle_of_redirects_ends(call, script):
    script.twiml["/circle"] = "<Redirect>/circle</Redirect>"
    assert call("<Redirect>/circle</Redirect>").over


def test_a_call_to_our_own_number_by_rest_rings_there(call, script, standin):
    script.twiml["/voice"] = '<Gather action="/next" numDigits="1"/>'
    record = place(
        standin, {"To": NUMBER, "From": DUTY, "Twiml": "<Response><Hangup/></Response>", "SendDigits": "ww1"}
    )
    standin.settles()

    assert [form["Digits"] for path, form in script.asked if path == "/next"] == ["1"]
    assert [call["direction"] for call in standin.calls] == ["outbound-api", "inbound"]
    assert {call["status"] for call in standin.calls} == {"completed"} and record["from"] == DUTY
