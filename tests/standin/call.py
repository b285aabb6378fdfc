"""A caller on the line: hears TwiML verb by verb, and answers with keys, words, silence, a message, or hanging up.

What each verb does after which answer is Twilio's own documentation of <Gather>, <Record> and <Dial>.
"""

from __future__ import annotations

import time
from collections import deque
from typing import NamedTuple
from urllib.parse import urljoin
from xml.etree import ElementTree

import requests

from config.time import now
from tests.standin.records import OVER, VERSION, Record, a_call
from tests.standin.standin import ACCOUNT, Standin
from tests.standin.webhooks import COUNTRIES, PLACE

MOST_REDIRECTS = 50
NO_TWIML = "11200"
"""What the provider calls an application that gave no answer, or none that it can use."""


class Said(NamedTuple):
    """What the caller heard: language as in TwiML, and the words."""

    language: str
    words: str


class NotNow(Exception):
    """The caller can't do that at this point of the call."""


class Call:
    """`heard`: everything said so far, from `fresh` on since the caller last did something.

    `verb`: what the call waits for, None while it runs or when it is over.
    """

    def __init__(self, standin: Standin, record: Record, callback: str = "") -> None:
        self.standin, self.record, self.callback = standin, record, callback
        self.heard: list[Said] = []
        self.fresh = 0
        self.verb: ElementTree.Element | None = None
        self.leg: Call | None = None
        self.here = ""
        self._verbs: deque[ElementTree.Element] = deque()
        self._redirects = 0
        standin.calls.append(record)
        standin.lines[record["sid"]] = self

    @property
    def sid(self) -> str:
        return str(self.record["sid"])

    @property
    def over(self) -> bool:
        return self.record["status"] in OVER

    @property
    def waits_for(self) -> str:
        """`Gather`, `Record`, `Dial`, or nothing."""
        return "" if self.over or self.verb is None else self.verb.tag

    # --- what a caller does -------------------------------------------------------------------------------------

    def rings(self) -> Call:
        """The call comes in, and is taken as soon as there is an answer."""
        self.record["status"] = "ringing"
        return self.asks(self.standin.webhooks.line.voice)

    def presses(self, keys: str) -> Call:
        gather = self._at("Gather", hears="dtmf")
        ends, most = gather.get("finishOnKey", "#"), int(gather.get("numDigits", "0"))
        typed = keys.split(ends)[0] if ends else keys
        typed = typed[:most] if most else typed
        return self._answers(gather, Digits=typed) if typed else self.is_silent()

    def says(self, words: str) -> Call:
        return self._answers(self._at("Gather", hears="speech"), SpeechResult=words, Confidence="0.9")

    def is_silent(self) -> Call:
        """An empty <Gather> asks its action only where it says so; an empty <Record> never does."""
        if self.waits_for == "Gather" and self._at("Gather").get("actionOnEmptyResult") == "true":
            return self._answers(self._at("Gather"), Digits="")
        if self.waits_for not in ("Gather", "Record"):
            raise NotNow(f"nothing is asked, the call waits for {self.waits_for or 'nobody'}")
        return self._goes_on()

    def leaves(self, sound: bytes, seconds: int, keys: str = "#", kind: str = "audio/x-wav") -> Call:
        """Speaks after the tone; `keys` is the key that ends it, `hangup` where the caller just hangs up."""
        verb = self._at("Record")
        recording = self.standin.records(self.sid, sound, seconds, kind)
        url = f"{self.standin.url}/{VERSION}/Accounts/{ACCOUNT}/Recordings/{recording['sid']}"
        told = {"RecordingSid": recording["sid"], "RecordingUrl": url, "RecordingDuration": str(seconds)}
        extra = {"RecordingStatus": "completed", "CallSid": self.sid, "AccountSid": ACCOUNT}
        self.standin.webhooks.later(verb.get("recordingStatusCallback", ""), told | extra)
        if keys == "hangup":
            self._asked(urljoin(self.here, verb.get("action", "")), told | {"Digits": keys})
            return self.hang_up()
        return self._answers(verb, Digits=keys, **told)

    def is_taken(self) -> Call:
        """Whoever was dialled picks up, and hears what is whispered. Answers that other leg."""
        number = self._at("Dial").find("Number")
        if self.leg is None or number is None:
            raise NotNow("nobody is dialled")
        self.leg.record["status"], self.leg.record["start_time"] = "in-progress", now()
        if number.get("url"):
            self.leg.asks(number.get("url", ""))
        return self.leg

    def is_not_taken(self, why: str = "no-answer") -> Call:
        """`no-answer`, `busy` or `failed`."""
        self._at("Dial")
        if self.leg is not None:
            self.leg.ends(why)
        return self

    def hang_up(self) -> Call:
        if not self.over:
            self.ends("completed")
        return self

    # --- what the provider does ---------------------------------------------------------------------------------

    def asks(self, url: str, **told: str) -> Call:
        """Ask the application what to do next; where it fails, its fallback, and then nobody."""
        self.verb = None
        self.fresh = self.fresh if self._redirects else len(self.heard)
        self._redirects += 1
        url = urljoin(self.here or self.standin.webhooks.line.public, url)
        twiml = self._asked(url, told)
        if twiml is None:
            failed = told | {"ErrorCode": NO_TWIML, "ErrorUrl": url}
            twiml = self._asked(urljoin(url, self.standin.webhooks.line.fallback), failed)
        if twiml is None or self._redirects > MOST_REDIRECTS:
            self.heard.append(Said("en-US", "We are sorry, an application error has occurred. Goodbye."))
            return self.ends("completed")
        return self.hears(twiml)

    def hears(self, twiml: str) -> Call:
        if not self.over:
            self.record["status"] = "in-progress"
            self.record["start_time"] = self.record["start_time"] or now()
            self._verbs = deque(ElementTree.fromstring(twiml))
            self._goes_on()
        return self

    def ends(self, status: str) -> Call:
        """Over; the number's own callback hears of it, or the one that was given with the call."""
        if self.over:
            return self
        at, began = now(), self.record["start_time"]
        seconds = str(int((at - began).total_seconds())) if began else "0"
        self.record |= {"status": status, "end_time": at, "date_updated": at, "duration": seconds}
        self.verb = None
        if self.leg is not None:
            self.leg.ends("completed" if self.leg.record["status"] == "in-progress" else "canceled")
        told = self._frame() | {"CallDuration": seconds, "CallbackSource": "call-progress-events"}
        self.standin.webhooks.later(self.callback, told)
        return self

    def _goes_on(self) -> Call:
        self.verb = None
        while self._verbs and not self.over:
            verb = self._verbs.popleft()
            if verb.tag in ("Say", "Play", "Pause"):
                self._listens(verb)
            elif verb.tag in ("Gather", "Record", "Dial"):
                return self._waits(verb)
            elif verb.tag == "Redirect":
                return self.asks(verb.text or "")
            elif verb.tag == "Hangup":
                return self._is_hung_up_on()
            else:
                raise ValueError(f"<{verb.tag}> isn't followed here")
        return self if self.over else self._runs_out()

    def _waits(self, verb: ElementTree.Element) -> Call:
        self.verb, self._redirects = verb, 0
        for said in verb if verb.tag == "Gather" else ():
            self._listens(said)
        if verb.tag == "Dial":
            number = verb.find("Number")
            to = (verb.text if number is None else number.text) or ""
            sender = verb.get("callerId") or self.record["from"]
            self.leg = Leg(self, to.strip(), sender)
        return self

    def _listens(self, verb: ElementTree.Element) -> None:
        if verb.tag == "Pause":
            time.sleep(self.standin.pace * float(verb.get("length", "1")))
        else:
            self.heard.append(Said(verb.get("language", "en-US"), verb.text or ""))

    def _answers(self, verb: ElementTree.Element, **told: str) -> Call:
        return self.asks(verb.get("action", ""), **told)

    def _at(self, tag: str, hears: str = "") -> ElementTree.Element:
        verb = self.verb
        if verb is None or self.over or verb.tag != tag or hears not in verb.get("input", "dtmf"):
            raise NotNow(f"the call waits for {self.waits_for or 'nobody'}, not for <{tag}> {hears}".strip())
        return verb

    def _asked(self, url: str, told: dict[str, str]) -> str | None:
        """The TwiML of an answer; None for a failure, an error, and what is no TwiML."""
        self.here = url
        answer = self.standin.webhooks.post(url, self._frame() | PLACE | COUNTRIES | told)
        return answer.text if answer is not None and _is_twiml(answer) else None

    def _frame(self) -> dict[str, str]:
        call = self.record
        told = {"CallSid": call["sid"], "AccountSid": ACCOUNT, "ApiVersion": VERSION, "CallStatus": call["status"]}
        told |= {"Direction": call["direction"], "From": call["from"], "To": call["to"]}
        told |= {"Caller": call["from"], "Called": call["to"]}
        return told | ({"ParentCallSid": call["parent_call_sid"]} if call["parent_call_sid"] else {})

    def _runs_out(self) -> Call:
        return self.ends("completed")

    def _is_hung_up_on(self) -> Call:
        return self.ends("completed")


class Leg(Call):
    """Whoever is dialled in a call. Where the TwiML on this leg runs out, the two are connected."""

    def __init__(self, parent: Call, to: str, sender: str) -> None:
        record = a_call(
            ACCOUNT, to=to, sender=sender, direction="outbound-dial", status="ringing", at=now(), parent=parent.sid
        )
        super().__init__(parent.standin, record)
        self.parent, self.connected, self.here = parent, False, parent.here

    def ends(self, status: str) -> Call:
        """The dialling is over: the caller's leg goes on."""
        super().ends(status)
        if self.parent.leg is self and not self.parent.over:
            self.parent.leg = None
            told = {"DialCallStatus": status, "DialCallSid": self.sid, "DialBridged": str(self.connected).lower()}
            self.parent.asks((self.parent.verb.get("action", "") if self.parent.verb is not None else ""), **told)
        return self

    def _runs_out(self) -> Call:
        self.connected, self.verb = True, None
        return self


def _is_twiml(answer: requests.Response) -> bool:
    if answer.status_code != 200:
        return False
    try:
        return ElementTree.fromstring(answer.text).tag == "Response"
    except ElementTree.ParseError:
        return False
