"""The words that journeys are told in: each act goes through a real door."""

import io
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from twilio.request_validator import RequestValidator

from claims.access import Person
from config.schedule import SCHEDULE
from config.ticker import drain, sweep_named
from config.time import now
from notifications.outbox import Parcel
from tests.makers import PHOTO, bearer


class Line:
    """A telephone line that takes every text."""

    name = "sms"

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, parcel: Parcel) -> str:
        self.sent.append((parcel.recipient, parcel.text))
        return f"SM-out-{len(self.sent)}"


class Telling:
    """One running application and the people in front of it."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client()
        self.settings = app.extensions["settings"]

    def texts(self, body: str, *, sid: str, phone: str) -> int:
        """A text reaches the hotline, signed as Twilio signs."""
        form = {"MessageSid": sid, "From": phone, "To": "+862100000000", "Body": body}
        path = "/hotline/messages"
        signature = RequestValidator(self.settings.twilio_auth_token).compute_signature(
            self.settings.public_url + path, form
        )
        return self.client.post(
            path,
            data=urlencode(form),
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": signature},
        ).status_code

    def does(self, person: Person, verb: str, path: str, body: Any = None, **headers: str) -> Any:
        """An API call that must succeed; answers its JSON."""
        answer = self.tries(person, verb, path, body, **headers)
        assert answer.status_code < 300, answer.get_data(as_text=True)
        return answer.json

    def tries(self, person: Person, verb: str, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.open(f"/api/v1{path}", method=verb, json=body, headers=bearer(person) | headers)

    def uploads(self, person: Person, name: str) -> str:
        answer = self.client.post("/api/v1/files", data={"file": (io.BytesIO(PHOTO), name)}, headers=bearer(person))
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return answer.json["id"]

    def with_a_telephone_line(self) -> list[tuple[str, str]]:
        """From now on texts are taken by a line that keeps (number, words)."""
        line = Line()
        self.app.extensions["database"].belongings["channels"] = {"sms": line}
        return line.sent

    def worker_looks(self) -> None:
        """Every sweep once, to its end, at the frozen now."""
        for every in SCHEDULE.values():
            drain(self.app.extensions["database"], sweep_named(every.sweep), now())

    def clock(self, person: Person, reference: str, name: str) -> dict[str, Any]:
        return next(c for c in self.does(person, "GET", f"/claims/{reference}")["clocks"] if c["clock"] == name)

    def facts(self, person: Person, reference: str) -> list[str]:
        return [entry["fact"] for entry in self.does(person, "GET", f"/claims/{reference}/timeline")]
