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
from tests.makers import at
from tests.web.checking import CheckingClient, Page
from tests.web.sentences import compiled

MONDAY = "Mon 2026-03-02 14:05:33"
JPEG = b"\xff\xd8\xff\xe0"
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
    """Somebody with one browser: opens the form, fills it in, sends it, reads what comes back."""

    def __init__(self, client: CheckingClient) -> None:
        self.client = client
        self.page = client.page("/report")

    def send(self, *photos: tuple[bytes, str], **typed: Any) -> TestResponse:
        """The form as it stands, with `typed` over it; names as in FILLED with `__` for the dot."""
        over = {name.replace("__", "."): value for name, value in typed.items()}
        form: dict[str, Any] = self.page.filled() | over
        form["photos"] = [(BytesIO(content), name) for content, name in photos] or [(BytesIO(b""), "")]
        response = self.client.post("/report", data=form, content_type="multipart/form-data")
        if response.status_code == 422:
            self.page = Page(response.text)
        return response

    def report(self, *photos: tuple[bytes, str], **typed: Any) -> TestResponse:
        """Everything filled in as FILLED says, but for `typed`."""
        return self.send(*photos, **{name.replace(".", "__"): value for name, value in FILLED.items()} | typed)

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


def claims(session: Session) -> list[Claim]:
    return list(session.exec(select(Claim).order_by(Claim.id)))


def move_to(clock: FrozenDateTimeFactory, when: str) -> datetime:
    clock.move_to(at(when))
    return at(when)
