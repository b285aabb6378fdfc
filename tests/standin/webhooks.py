"""What the provider tells us: signed posts to our public address, at once or later, twice, or in another order."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from xml.etree import ElementTree

import requests
from twilio.request_validator import RequestValidator

from config.time import now
from tests.standin.records import VERSION, Record

if TYPE_CHECKING:
    from tests.standin.standin import Standin

PATIENCE = 15
"""Seconds that the provider waits for an answer. A test's machine may be slower than any caller would bear."""
PLACE = {f"{who}{what}": "" for who in ("From", "To") for what in ("City", "State", "Zip")}
COUNTRIES = {"FromCountry": "CN", "ToCountry": "CN"}


@dataclass(frozen=True)
class Exchange:
    """One thing that went to or fro: `ours` is what was asked of the provider, else what it told."""

    at: Any
    ours: bool
    what: str
    fields: dict[str, str]
    status: int
    answer: str


@dataclass
class Waiting:
    """A callback that waits to go out, `due` on the monotonic clock."""

    url: str
    form: dict[str, str]
    due: float


@dataclass
class Line:
    """How the number is set up at the provider. `public` is signed; `address` is where it is really reached."""

    public: str = ""
    address: str = ""
    voice: str = "/hotline/voice"
    fallback: str = "/hotline/voice/fallback"
    status: str = "/hotline/voice/status"
    messages: str = "/hotline/messages"


@dataclass
class Webhooks:
    """`delay` in seconds, `repeats` beyond the first time, `shuffled`: how callbacks go out. `patience` in seconds."""

    standin: Standin
    line: Line = field(default_factory=Line)
    delay: float = 0.0
    patience: float = 20 * PATIENCE
    repeats: int = 0
    shuffled: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    waiting: list[Waiting] = field(default_factory=list)
    log: list[Exchange] = field(default_factory=list)

    def post(self, url: str, form: dict[str, str]) -> requests.Response | None:
        """One signed request; None where nobody answered in time."""
        url = url if "://" in url else self.line.public.rstrip("/") + url
        try:
            told = {"headers": self._headers(url, form), "timeout": self.patience}
            answer = requests.post(self._reached_at(url), form, **told, allow_redirects=False)
        except requests.RequestException as failure:
            self.note(False, url, form, 0, type(failure).__name__)
            return None
        answer.encoding = "utf-8"
        self.note(False, url, form, answer.status_code, answer.text)
        return answer

    def later(self, url: str, form: dict[str, str]) -> None:
        """A callback: it waits, for `delay` and until somebody lets it go out."""
        if not url:
            return
        with self.standin.one_at_a_time:
            for _ in range(1 + self.repeats):
                self.waiting.append(Waiting(url, dict(form), time.monotonic() + self.delay))

    def go_out(self, *, all_of_them: bool = True) -> int:
        """Post what waits, or only what is due; answers how many."""
        with self.standin.one_at_a_time:
            going = [one for one in self.waiting if all_of_them or one.due <= time.monotonic()]
            self.waiting = [one for one in self.waiting if one not in going]
            if self.shuffled:
                self.chance.shuffle(going)
        for one in going:
            self.post(one.url, one.form)
        return len(going)

    def brings(self, text: Record) -> list[str]:
        """A text that arrived; answers the words that we reply with at once."""
        sids = dict.fromkeys(("MessageSid", "SmsMessageSid", "SmsSid"), text["sid"])
        said = {"From": text["from"], "To": text["to"], "Body": text["body"], "SmsStatus": "received"}
        counted = {"NumMedia": text["num_media"], "NumSegments": text["num_segments"]}
        whose = {"AccountSid": text["account_sid"], "ApiVersion": VERSION}
        answer = self.post(self.line.messages, sids | said | counted | whose | PLACE | COUNTRIES)
        if answer is None or answer.status_code != 200 or not answer.text:
            return []
        return ["".join(message.itertext()) for message in ElementTree.fromstring(answer.text).iter("Message")]

    def tells_of(self, text: Record, callback: str) -> None:
        """A text's state."""
        sids, states = ("MessageSid", "SmsSid"), ("MessageStatus", "SmsStatus")
        form = dict.fromkeys(sids, text["sid"]) | dict.fromkeys(states, text["status"])
        form |= {"From": text["from"], "To": text["to"], "AccountSid": text["account_sid"], "ApiVersion": VERSION}
        if text["error_code"]:
            form["ErrorCode"] = str(text["error_code"])
        self.later(callback, form)

    def note(self, ours: bool, what: str, fields: dict[str, str], status: int, answer: str) -> None:
        self.log.append(Exchange(now(), ours, what, dict(fields), status, answer))
        del self.log[:-500]

    def _headers(self, url: str, form: dict[str, str]) -> dict[str, str]:
        return {
            "X-Twilio-Signature": RequestValidator(self.standin.token).compute_signature(url, form),
            "I-Twilio-Idempotency-Token": str(uuid4()),
            "User-Agent": "TwilioProxy/1.1",
        }

    def _reached_at(self, url: str) -> str:
        here = self.line.address or self.line.public
        return here.rstrip("/") + url.removeprefix(self.line.public.rstrip("/"))
