"""The sample registry, a client that checks every page, and a form that can be filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from claims.demo import load_sample
from claims.intake import Claim
from claims.intake.steps import FIELDS, STEPS
from tests.makers import at
from tests.web.checking import CheckingClient, Page
from tests.web.sentences import compiled

MONDAY = "Mon 2026-03-02 14:05:33"
JPEG = b"\xff\xd8\xff\xe0"
HIDDEN = {"key", "csrf_token", "kept", "received_at"}
"""What a form carries, or what somebody adds to it, at every step."""
FILLED = {
    "danger": "false",
    "address": "示例东路88弄1号501室",
    "home": "",
    "part": "waterproofing",
    "item": "北卫生间天花板",
    "description": "天花板渗水三天，越来越大。",
    "found_on": "2026-02-27",
    "reporter.name": "郑示甲",
    "reporter.phone": "138 0000 0107",
    "reporter.relation": "owner",
}
TOLD = {name: value for name, value in FILLED.items() if value}
"""What of it a later step carries."""


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    compiled()


@pytest.fixture
def frozen() -> Iterator[FrozenDateTimeFactory]:
    """Monday 2 March 2026, 14:05:33 in Shanghai, until a test moves it."""
    with freeze_time(at(MONDAY)) as clock:
        yield clock


@pytest.fixture
def site(app: Flask, frozen: FrozenDateTimeFactory) -> Flask:
    """The app with the sample registry, on that Monday."""
    app.test_client_class = CheckingClient
    load_sample(app.extensions["database"], at(MONDAY))
    return app


@pytest.fixture
def visitor(site: Flask) -> CheckingClient:
    visitor = site.test_client()
    assert isinstance(visitor, CheckingClient)
    return visitor


class Homeowner:
    """Somebody with one browser: opens the form, answers step by step, sends it, reads what comes back."""

    def __init__(self, client: CheckingClient) -> None:
        self.client = client
        self.page = client.page("/report")

    @property
    def step(self) -> str:
        return self.page.all("form", id="report")[0].attrs["data-step"]

    def press(self, go: str, *photos: tuple[bytes, str], **typed: Any) -> TestResponse:
        """One button of the step as it stands, with `typed` over it; names as in FILLED with `__` for the dot."""
        over = {name.replace("__", "."): value for name, value in typed.items()}
        form: dict[str, Any] = self.page.filled() | over | {"go": go}
        form["photos"] = [(BytesIO(content), name) for content, name in photos] or [(BytesIO(b""), "")]
        path = "/report/done" if go == "send" else "/report"
        response = self.client.post(path, data=form, content_type="multipart/form-data")
        if response.status_code in (200, 422):
            self.page = Page(response.text)
        return response

    def send(self, *photos: tuple[bytes, str], **typed: Any) -> TestResponse:
        """On from the step as it stands to the end, and there the one button; stops where something is wrong."""
        photos_left: tuple[tuple[bytes, str], ...] = photos
        for _ in range(len(STEPS) + 1):
            mine = {name: value for name, value in typed.items() if name in HIDDEN or asked_at(self.step, name)}
            here, photos_left = (photos_left, ()) if self.step == "photos" else ((), photos_left)
            answer = self.press("send" if self.step == "check" else "on", *here, **mine)
            if answer.status_code != 200:
                break
        return answer

    def report(self, *photos: tuple[bytes, str], **typed: Any) -> TestResponse:
        """Everything answered as FILLED says, but for `typed`, from the first step on."""
        told = {name.replace(".", "__"): value for name, value in FILLED.items()} | typed
        for step in STEPS[:-1]:
            if self.step != step:
                self.press(step)
            mine = {name: value for name, value in told.items() if name in HIDDEN or asked_at(step, name)}
            answer = self.press("on", *(photos if step == "photos" else ()), **mine)
            if answer.status_code != 200:
                return answer
        return self.press("send")

    def come_to(self, step: str, **typed: Any) -> None:
        """Every step before `step` answered as FILLED says, but for `typed`."""
        told = {name.replace(".", "__"): value for name, value in FILLED.items()} | typed
        while self.step != step:
            answer = self.press("on", **{name: value for name, value in told.items() if asked_at(self.step, name)})
            assert answer.status_code == 200, self.wrong()

    def receipt(self, *photos: tuple[bytes, str], **typed: Any) -> Page:
        answer = self.report(*photos, **typed)
        assert answer.status_code == 303, self.wrong()
        return self.client.page(answer.location)

    def wrong(self) -> str:
        """The summary on top, if there is one."""
        return " ".join(e.text for e in self.page.elements if e.attrs.get("id") == "errors")


@pytest.fixture
def homeowner(visitor: CheckingClient) -> Homeowner:
    return Homeowner(visitor)


def asked_at(step: str, name: str) -> bool:
    return name.replace("__", ".") in (*FIELDS[step], *(["remove"] if step == "photos" else []))


def claims(session: Session) -> list[Claim]:
    return list(session.exec(select(Claim).order_by(Claim.id)))


def move_to(clock: FrozenDateTimeFactory, when: str) -> datetime:
    clock.move_to(at(when))
    return at(when)
