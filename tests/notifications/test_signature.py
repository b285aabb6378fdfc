"""The signature is checked against our public address and the raw URI, whatever stands between the provider and us."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from sqlmodel import Session, select
from twilio.request_validator import RequestValidator

from claims.intake import Claim
from config.settings import Settings
from notifications.model import Arrival
from tests.claims.intake.calling import FORM

pytestmark = pytest.mark.sqlite
PATH = "/hotline/messages"
TEXT = {"MessageSid": "SM1", "From": "+8613900000009", "Body": "天花板漏水 & 100% + 湿"}
INSIDE = {"Host": "10.0.0.7:8000", "X-Forwarded-For": "203.0.113.9"}


@pytest.fixture(params=["https://claims.example", "http://claims.example", "https://claims.example:8443"])
def public(request) -> str:
    return str(request.param)


@pytest.fixture
def settings(settings: Settings, request) -> Settings:
    known = request.getfixturevalue("public") if "public" in request.fixturenames else settings.public_url
    return settings.model_copy(update={"public_url": known})


def posts(
    app: Flask, url: str, path: str, form: dict[str, str], *, body: str = "", headers: dict[str, str] | None = None
) -> str:
    """Signed for `url`, sent as a proxy hands it on: to an inner host, in plain http. Answers what we said."""
    signature = RequestValidator(app.extensions["settings"].twilio_auth_token).compute_signature(url, form)
    sent = {"X-Twilio-Signature": signature} | INSIDE | (headers or {})
    answer = app.test_client().post(path, data=body or urlencode(form), content_type=FORM, headers=sent)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def verdicts(app: Flask) -> list[tuple[bool, str]]:
    with app.extensions["database"].session(reading=True) as session:
        return [(each.signed, each.state) for each in session.exec(select(Arrival).order_by(Arrival.id))]


def claims(app: Flask) -> int:
    with app.extensions["database"].session(reading=True) as session:
        return len(session.exec(select(Claim)).all())


@pytest.mark.parametrize("query", [
    "",
    "?lang=zh&turn=1",
    "?claim=" + quote("报案号 26"),          # percent-encoded, as it was asked for
    "?a=%2B&b=%20&c=+&d=%E6%BC%8F",
    "?empty=&again=1&again=2",
])  # fmt: skip
def test_behind_a_proxy_it_is_right_for_the_public_address(app, public, query):
    posts(app, f"{public}{PATH}{query}", f"{PATH}{query}", TEXT)

    assert (verdicts(app), claims(app)) == ([(True, "read")], 1)


@pytest.mark.parametrize("headers", [
    {"X-Forwarded-Proto": "http"},
    {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "elsewhere.example"},
    {"X-Forwarded-Host": "claims.example:99", "X-Forwarded-Port": "99"},
])  # fmt: skip
def test_what_a_proxy_says_of_itself_changes_nothing(app, public, headers):
    posts(app, f"{public}{PATH}", PATH, TEXT, headers=headers)

    assert verdicts(app) == [(True, "read")]


@pytest.mark.parametrize("signed_for", [
    "https://elsewhere.example" + PATH,      # another site's
    "https://claims.example/hotline/status", # another door's
    "https://claims.example" + PATH + "?x=1",
])  # fmt: skip
def test_a_signature_of_another_address_is_quarantined(app, signed_for):
    answer = posts(app, signed_for, PATH, TEXT)

    assert "抱歉" in answer
    assert (verdicts(app), claims(app)) == ([(False, "quarantined")], 0)


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_body_that_lost_its_end_is_quarantined(app, cut):
    posts(app, f"https://claims.example{PATH}", PATH, TEXT, body=urlencode(TEXT)[:-cut])

    assert (verdicts(app), claims(app)) == ([(False, "quarantined")], 0)


def test_an_old_signature_on_new_words_is_quarantined(app):
    url = f"https://claims.example{PATH}"
    posts(app, url, PATH, TEXT)
    posts(app, url, PATH, TEXT, body=urlencode(TEXT | {"Body": "别的话"}))

    assert (verdicts(app), claims(app)) == ([(True, "read"), (False, "quarantined")], 1)


def test_an_old_request_sent_once_more_changes_nothing(app, session: Session):
    for _ in range(3):
        posts(app, f"https://claims.example{PATH}", PATH, TEXT)

    assert (verdicts(app), claims(app)) == ([(True, "read")], 1)


def test_without_a_secret_nothing_is_believed(app):
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"twilio_auth_token": ""})
    answer = app.test_client().post(PATH, data=urlencode(TEXT), content_type=FORM, headers={"X-Twilio-Signature": "x"})

    assert answer.status_code == 200
    assert verdicts(app) == [(False, "quarantined")]
