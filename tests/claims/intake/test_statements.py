"""What the two hot paths ask of PostgreSQL, one by one: each question more costs every report (bench/README.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlmodel import Session
from twilio.request_validator import RequestValidator

from config.settings import Settings
from tests.makers import World, bearer

INTAKE = [
    "WITH request_window",  # how often this token has asked
    "SELECT person",  # whose token is it
    "INSERT idempotent_answer",  # take the key
    "SELECT home",  # with its policy and cover
    "SELECT nextval",  # the file's number
    "WITH casefile",  # the door: file, claim, participation, timeline, clocks
    "SELECT warranty",  # what earlier repairs of this home and part still warrant
    "INSERT message",
    "SELECT ownership",  # whose name the receipt bears
    "INSERT letter",
    "UPDATE idempotent_answer",  # keep the answer
]
ACKNOWLEDGEMENT = ["INSERT arrival"]


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What is asked from now on, as verb and first table; BEGIN and COMMIT aren't told.

    Nor is the look at the calendar, which is due every few seconds whatever is asked.
    """
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        verb = statement.split()[0]
        found = re.search(r"(?:FROM|INTO|UPDATE)\s+(\w+)|(nextval)", statement)
        if found and found[1] == "calendar_year":
            return
        told.append(f"{verb} {(found[1] or found[2]) if found else '?'}")

    event.listen(Engine, "before_cursor_execute", note)
    yield told
    event.remove(Engine, "before_cursor_execute", note)


def test_a_report_by_the_api(client: FlaskClient, session: Session, world: World, asked: list[str]):
    session.commit()
    token, home = bearer(world.channel), world.home.code
    reporter = {"name": "王小明", "phone": "13800000001", "relation": "owner"}
    report = {"home": home, "reporter": reporter, "part": "waterproofing", "item": "渗水", "description": "漏水"}
    asked.clear()

    answer = client.post("/api/v1/claims", json=report, headers=token | {"Idempotency-Key": "1"})

    assert answer.status_code == 201
    assert asked == INTAKE


def test_a_text_until_it_is_acknowledged(app: Flask, settings: Settings, client: FlaskClient, asked: list[str]):
    app.extensions["settings"] = settings.model_copy(update={"process_arrivals": "by worker"})
    told = {"MessageSid": "SM1", "From": "+8613800000001", "To": "+862100000000", "Body": "漏水"}
    url = f"{settings.public_url}/hotline/messages"
    signature = RequestValidator(settings.twilio_auth_token).compute_signature(url, told)
    form = "application/x-www-form-urlencoded"

    answer = client.post(
        "/hotline/messages", data=urlencode(told), content_type=form, headers={"X-Twilio-Signature": signature}
    )

    assert answer.status_code == 200
    assert asked == ACKNOWLEDGEMENT


CALL = {  # step → what its answer reads, after its arrival was stored
    "greeting": [],
    "menu": ["SELECT home"],
    "where": [],
    "what": ["SELECT casefile"],
    "registering": ["SELECT casefile"],
}


@pytest.mark.parametrize("step", CALL)
def test_a_step_of_a_call_until_it_is_answered(
    app: Flask, settings: Settings, client: FlaskClient, asked: list[str], step: str
):
    app.extensions["settings"] = settings.model_copy(update={"process_arrivals": "by worker"})
    path = "/hotline/voice" if step == "greeting" else f"/hotline/voice/{step}?turn=1&lang=zh"
    told = {"CallSid": "CA1", "From": "+8613800000001", "Digits": "1"}
    told |= {"Digits": "", "SpeechResult": "漏水"} if step in ("where", "what") else {}
    signature = RequestValidator(settings.twilio_auth_token).compute_signature(settings.public_url + path, told)
    form = "application/x-www-form-urlencoded"

    answer = client.post(path, data=urlencode(told), content_type=form, headers={"X-Twilio-Signature": signature})

    assert answer.status_code == 200
    assert asked == [*ACKNOWLEDGEMENT, *CALL[step]]
