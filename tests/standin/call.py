"""A caller on the line: answers what is heard with keys, words, silence, a message, or hanging up.

What the provider does after which answer is its own documentation of <Gather>, <Record> and <Dial>.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urljoin
from xml.etree import ElementTree

from config.time import now
from tests.standin.following import Following
from tests.standin.records import VERSION, a_call
from tests.standin.standin import ACCOUNT

RINGS = "30"
"""Seconds for which <Dial> waits for an answer where it says no other `timeout`."""


class NotNow(Exception):
    """The caller can't do that at this point of the call."""


class Call(Following):
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

    def _answers(self, verb: ElementTree.Element, **told: str) -> Call:
        return self.asks(verb.get("action", ""), **told)

    def _at(self, tag: str, hears: str = "") -> ElementTree.Element:
        verb = self.verb
        if verb is None or self.over or verb.tag != tag or hears not in verb.get("input", "dtmf"):
            raise NotNow(f"the call waits for {self.waits_for or 'nobody'}, not for <{tag}> {hears}".strip())
        return verb

    def _dials(self, verb: ElementTree.Element) -> None:
        number = verb.find("Number")
        to = (verb.text if number is None else number.text) or ""
        waits = timedelta(seconds=int(verb.get("timeout", RINGS)))
        self.leg = Leg(self, to.strip(), verb.get("callerId") or self.record["from"], waits)


class Leg(Call):
    """Whoever is dialled in a call. Where the TwiML on this leg runs out, the two are connected."""

    def __init__(self, parent: Call, to: str, sender: str, waits: timedelta) -> None:
        record = a_call(
            ACCOUNT, to=to, sender=sender, direction="outbound-dial", status="ringing", at=now(), parent=parent.sid
        )
        super().__init__(parent.standin, record)
        self.parent, self.connected, self.here = parent, False, parent.here
        self.rings_until = record["date_created"] + waits

    def has_rung_out(self, at: datetime) -> bool:
        return self.record["status"] == "ringing" and at >= self.rings_until

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
