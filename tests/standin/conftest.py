from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from flask import Flask, Response, request
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from tests.standin import ACCOUNT, TOKEN, Standin, a_standin
from tests.standin.phone import Caller, Desk
from tests.standin.webhooks import Line
from tests.web.driving import served

PATIENCE = 120  # seconds, on a machine busy with other things
OWNER, STRANGER = "+8613800000001", "+8613900000009"
WHERE = f"/2010-04-01/Accounts/{ACCOUNT}"
PUBLISHED = tomllib.loads(Path(__file__).with_name("published.toml").read_text(encoding="utf-8"))


class Script:
    """An application that answers each path with the TwiML given for it, and keeps what it was asked."""

    def __init__(self) -> None:
        self.twiml: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def answers(self, path: str) -> Response:
        self.asked.append((f"/{path}", request.form.to_dict()))
        if f"/{path}" not in self.twiml:
            return Response(status=500)
        return Response(f"<Response>{self.twiml[f'/{path}']}</Response>", mimetype="text/xml")


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def desk() -> Desk:
    """A telephone's page, with two people to be."""
    told = {"name": "王小明", "home": "示例花园1号楼1201室"}
    return Desk([Caller(OWNER, "owner", told), Caller(STRANGER, "stranger")], hotline="021-0000-0000")


@pytest.fixture
def scripted(script: Script, desk: Desk) -> Iterator[Standin]:
    """The stand-in, beside an application that follows a script."""
    app = Flask("script")
    app.add_url_rule("/<path:path>", view_func=script.answers, methods=["POST"])
    with served(app) as address, a_standin(desk=desk) as standin:
        standin.webhooks.line = Line(address, voice="/voice", fallback="/fallback", status="/status")
        yield standin


@pytest.fixture
def standin():
    with a_standin() as standin:
        yield standin


@pytest.fixture
def sdk(standin):
    client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=PATIENCE, max_retries=0))
    client.api.base_url = standin.url
    yield client
    client.http_client.session.close()


@pytest.fixture
def get(standin):
    def get(path: str, **asked: str) -> requests.Response:
        return requests.get(f"{standin.url}{WHERE}{path}", asked, auth=(ACCOUNT, TOKEN), timeout=PATIENCE)

    return get
