"""A call as the provider carries it: TwiML is followed verb by verb, until it waits for somebody or is over.

What each verb does after which answer is Twilio's own documentation of <Gather>, <Record> and <Dial>.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import deque
from datetime import datetime
from typing import NamedTuple, Self
from urllib.parse import urljoin
from xml.etree import ElementTree

import requests

from config.time import now
from tests.standin.records import OVER, VERSION, Record
from tests.standin.standin import ACCOUNT, Standin
from tests.standin.webhooks import COUNTRIES, PLACE

MOST_REDIRECTS = 50
NO_TWIML = "11200"
"""What the provider calls an application that gave no answer, or none that it can use."""


class Said(NamedTuple):
    """What the caller heard: language as in TwiML, and the words."""

    language: str
    words: str


class Following(ABC):
    """`heard`: everything said so far, from `fresh` on since the caller last did something.

    `verb`: what the call waits for, None while it runs or when it is over.
    """

    def __init__(self, standin: Standin, record: Record, callback: str = "") -> None:
        self.standin, self.record, self.callback = standin, record, callback
        self.heard: list[Said] = []
        self.fresh = 0
        self.verb: ElementTree.Element | None = None
        self.leg: Following | None = None
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

    def asks(self, url: str, **told: str) -> Self:
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

    def hears(self, twiml: str) -> Self:
        if not self.over:
            self.record["status"] = "in-progress"
            self.record["start_time"] = self.record["start_time"] or now()
            self._verbs = deque(ElementTree.fromstring(twiml))
            self._goes_on()
        return self

    def ends(self, status: str) -> Self:
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

    def _goes_on(self) -> Self:
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

    def _waits(self, verb: ElementTree.Element) -> Self:
        self.verb, self._redirects = verb, 0
        for said in verb if verb.tag == "Gather" else ():
            self._listens(said)
        if verb.tag == "Dial":
            self._dials(verb)
        return self

    def has_rung_out(self, at: datetime) -> bool:
        """Whether this is the leg of somebody who hasn't answered for as long as <Dial> waits."""
        return False

    @abstractmethod
    def _dials(self, verb: ElementTree.Element) -> None:
        """Ring whom it names, on a leg of its own."""

    def _listens(self, verb: ElementTree.Element) -> None:
        if verb.tag == "Pause":
            time.sleep(self.standin.pace * float(verb.get("length", "1")))
        else:
            self.heard.append(Said(verb.get("language", "en-US"), verb.text or ""))

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

    def _runs_out(self) -> Self:
        return self.ends("completed")

    def _is_hung_up_on(self) -> Self:
        return self.ends("completed")


def _is_twiml(answer: requests.Response) -> bool:
    if answer.status_code != 200:
        return False
    try:
        return ElementTree.fromstring(answer.text).tag == "Response"
    except ElementTree.ParseError:
        return False
