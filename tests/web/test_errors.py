"""Errors: a page in plain words for people, a problem for programs, and the same headers everywhere."""

from __future__ import annotations

import logging
from gzip import decompress as gunzip
from hashlib import sha256
from itertools import product
from typing import Any, NoReturn

import pytest
from flask import Flask, abort

from claims.casefile import Refused
from claims.web import Problem
from claims.web.assets import stylesheet
from tests.web.checking import CheckingClient, Page

STATUSES = (401, 403, 404, 405, 409, 413, 422, 429, 503)


def _refuse() -> NoReturn:
    raise Refused(home="No home has this code.")


def _problem() -> NoReturn:
    raise Problem(409, "Not possible at this stage", "x", stage="reported", allowed=[])


@pytest.fixture
def broken(app: Flask) -> Flask:
    """The app with doors behind which something goes wrong, for people and for programs."""
    for door in ("", "/api/v1"):
        app.add_url_rule(f"{door}/broken", f"{door}broken", lambda: 1 / 0)
        app.add_url_rule(f"{door}/abort/<int:status>", f"{door}abort", lambda status: abort(status))
        app.add_url_rule(f"{door}/refused", f"{door}refused", _refuse)
        app.add_url_rule(f"{door}/problem", f"{door}problem", _problem)
    app.testing = False
    app.test_client_class = CheckingClient
    return app


def test_every_error_is_a_page_with_the_hotline(broken: Flask) -> None:
    for status, lang in product(STATUSES, ("zh", "en")):
        answer = broken.test_client().get(f"/abort/{status}?lang={lang}")

        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        assert Page(answer.text).all("a", href="tel:02100000000")


def test_a_program_gets_a_problem(broken: Flask) -> None:
    for status in STATUSES:
        answer = broken.test_client().get(f"/api/v1/abort/{status}")

        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
        assert answer.json["status"] == status


@pytest.mark.parametrize(("path", "status"), [("/refused", 422), ("/problem", 409)])
def test_what_a_rule_refuses_is_told_to_each_in_its_way(broken: Flask, path: str, status: int) -> None:
    client = broken.test_client()

    assert client.get(path).mimetype == "text/html"
    told = client.get(f"/api/v1{path}")
    assert (told.status_code, told.mimetype) == (status, "application/problem+json")


def test_an_error_of_ours_has_a_number_that_the_log_knows(broken: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        page = Page(broken.test_client().get("/broken").text)
        told = broken.test_client().get("/api/v1/broken")

    (number,) = [e.text for e in page.all("span") if e.attrs.get("class") == "digits"]
    assert f"Error {number} was shown for GET /broken" in caplog.text
    assert f"Error {told.json['error']} was shown for GET /api/v1/broken" in caplog.text
    assert "division" not in page.words


def test_unknown_pages_and_calls(broken: Flask) -> None:
    client = broken.test_client()

    assert "没有这一页" in client.get("/nowhere").text
    assert client.get("/api/v1/nowhere").json["status"] == 404
    assert client.put("/report").status_code == 405
    assert client.delete("/api/v1/claims").headers["Allow"]


def test_no_odd_address_turns_the_language_switch_into_a_way_out(broken: Flask) -> None:
    for path in ("//evil.example/x", "/%22%3E%3Cscript%3E", "/?x=%22%3E&lang=xx"):
        assert "evil" not in broken.test_client().get(path).text.replace("http://localhost//evil", "")


def test_too_much_at_once_is_a_page_too(broken: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.intake.views.LARGEST", 0)
    monkeypatch.setattr("claims.intake.views.ROOM_FOR_WORDS", 10)
    answer = broken.test_client().post("/report", data={"description": "x" * 1000})

    assert answer.status_code == 413
    assert "照片或文件太大" in answer.text


def test_the_api_tells_what_is_wrong_by_field(site: Flask) -> None:
    wrong: dict[str, Any] = {"reporter": {"name": "王", "phone": "1", "relation": "owner"}, "found_on": "x", "roof": 1}
    token = {"Authorization": "Bearer demo-channel"}
    told = site.test_client().post("/api/v1/claims", json=wrong, headers=token)

    assert (told.status_code, told.mimetype) == (422, "application/problem+json")
    assert set(told.json["errors"]) == {"reporter", "found_on", "description", "roof", "address"}
    assert told.json["errors"]["reporter"]["phone"]
    chinese = site.test_client().post("/api/v1/claims", json=wrong, headers=token | {"Accept-Language": "zh"})
    assert chinese.json["errors"]["description"] == ["请填写这一项。"]


def test_every_answer_has_the_headers(site: Flask) -> None:
    client = site.test_client()
    for path in ("/", "/nowhere", "/api/v1/claims", "/openapi.json", "/static/nothing.css", "/docs", "/hotline/x"):
        headers = client.get(
            path, follow_redirects=True
        ).headers  # not checked as a page: /docs has a policy of its own
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_static_file_has_an_address_of_its_content_and_is_kept_for_good(visitor: CheckingClient) -> None:
    (sheet,) = visitor.page("/").all("link", rel="stylesheet")
    answer = visitor.get(sheet.attrs["href"], headers={"Accept-Encoding": "gzip"})

    assert sha256(gunzip(answer.data)).hexdigest().startswith(sheet.attrs["href"].split(".")[-2])
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_rule_of_bootstrap_lies_below_ours() -> None:
    sheet = stylesheet("homeowner").decode()
    order = "@layer bootstrap, theme, page, components, print;"

    assert sheet.index(order) < sheet.index("@layer bootstrap {") < sheet.index("@layer components {")
