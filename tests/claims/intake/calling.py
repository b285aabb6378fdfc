"""A telephone in a test: calls the hotline as Twilio does, signed by its own SDK, and hears what the TwiML says."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from tests.standin import ACCOUNT

FORM = "application/x-www-form-urlencoded"
LINE = "+862100000000"
STRANGER = "+8613900000009"


def signed_post(app: Flask, url: str, form: dict[str, str], token: str = "") -> TestResponse:
    """One request of the provider. `url` is whole or a path."""
    settings = app.extensions["settings"]
    whole = url if url.startswith("http") else settings.public_url + url
    signature = RequestValidator(token or settings.twilio_auth_token).compute_signature(whole, form)
    parts = urlsplit(whole)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return app.test_client().post(
        path, data=urlencode(form), content_type=FORM, headers={"X-Twilio-Signature": signature}
    )


@dataclass
class Telephone:
    """One call. After every act `heard` is what was just said, and `verb` what the call now waits for."""

    app: Flask
    sid: str = "CA1"
    number: str = STRANGER
    token: str = ""
    heard: str = ""
    verb: ElementTree.Element | None = None
    over: bool = False
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def rings(self) -> Telephone:
        return self._asks("/hotline/voice")

    def presses(self, keys: str) -> Telephone:
        assert self._waits_for("Gather")
        most = int(self.verb.get("numDigits", "99"))
        assert len(keys) <= most, f"only {most} keys are taken"
        return self._asks(self.verb.get("action"), Digits=keys)

    def says(self, words: str) -> Telephone:
        assert self._waits_for("Gather") and "speech" in self.verb.get("input")
        return self._asks(self.verb.get("action"), SpeechResult=words, Confidence="0.9")

    def records(self, sid: str = "RE1", keys: str = "#", seconds: int = 7) -> Telephone:
        assert self._waits_for("Record")
        told = {"RecordingSid": sid, "RecordingUrl": self.recording_url(sid), "RecordingDuration": str(seconds)}
        return self._asks(self.verb.get("action"), Digits=keys, **told)

    def is_silent(self) -> Telephone:
        """Says and presses nothing: Twilio asks the action of an empty Gather, and goes past an empty Record."""
        if self.verb.tag == "Gather":
            assert self.verb.get("actionOnEmptyResult") == "true"
            return self._asks(self.verb.get("action"), Digits="")
        assert self._waits_for("Record")
        return self._asks(self._next_verb.text)

    def goes_on(self) -> Telephone:
        assert self._waits_for("Redirect")
        return self._asks(self.verb.text)

    def is_put_through(self, answered: bool) -> Telephone:
        """Whoever is on duty takes the call by pressing 1, or doesn't; then the dial ends."""
        assert self._waits_for("Dial")
        action, whisper = self.verb.get("action"), self.verb.find("Number").get("url")
        if answered:
            leg = Telephone(self.app, sid=f"{self.sid}-duty", number=LINE)
            leg._asks(whisper).presses("1")
            assert (leg.verb, leg.over) == (None, False), "the two are connected"
        return self._asks(action, DialCallStatus="completed" if answered else "no-answer")

    def hangs_up(self) -> Telephone:
        self.status("completed")
        self.over = True
        return self

    def status(self, word: str) -> TestResponse:
        return signed_post(self.app, "/hotline/voice/status", self._frame | {"CallStatus": word}, self.token)

    def recording_is(self, status: str, sid: str = "RE1", seconds: int = 7, url: str = "") -> TestResponse:
        told = {"RecordingSid": sid, "RecordingStatus": status, "RecordingDuration": str(seconds)}
        told |= {"CallSid": self.sid, "AccountSid": "AC0", "RecordingUrl": url or self.recording_url(sid)}
        return signed_post(self.app, "/hotline/recordings", told, self.token)

    def recording_url(self, sid: str) -> str:
        host = self.app.extensions["settings"].twilio_api_url or "https://api.twilio.com"
        return f"{host}/2010-04-01/Accounts/{ACCOUNT}/Recordings/{sid}"

    def again(self) -> TestResponse:
        """The last request once more, as a provider repeats what it thinks was lost."""
        url, form = self.requests[-1]
        return signed_post(self.app, url, form, self.token)

    @property
    def _frame(self) -> dict[str, str]:
        return {"CallSid": self.sid, "AccountSid": "AC0", "From": self.number, "To": LINE, "Direction": "inbound"}

    def _waits_for(self, tag: str) -> bool:
        return not self.over and self.verb is not None and self.verb.tag == tag

    def _asks(self, url: str, **told: str) -> Telephone:
        form = self._frame | {"CallStatus": "in-progress"} | told
        self.requests.append((url, form))
        answer = signed_post(self.app, url, form, self.token)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        self._hears(answer.get_data(as_text=True))
        return self

    def _hears(self, twiml: str) -> None:
        response = ElementTree.fromstring(twiml)
        assert response.tag == "Response"
        self.heard = "".join(say.text or "" for say in response.iter("Say"))
        self.verbs = [verb for verb in response if verb.tag not in ("Say", "Pause")]
        self.verb, self.over = (self.verbs[0] if self.verbs else None), False
        if self.verb is not None and self.verb.tag == "Hangup":
            self.hangs_up()

    @property
    def _next_verb(self) -> ElementTree.Element:
        return self.verbs[1]
