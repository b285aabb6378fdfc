"""People of the house with a browser each, signed in without the cost of a password."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from claims.access import Person
from claims.access.signing_in import open_sign_in
from config.time import now
from tests.faults.town import Town
from tests.web.checking import CheckingClient, Page
from tests.web.sentences import compiled


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    compiled()


class Colleague:
    """One browser of one person; every page that it fetches is checked."""

    def __init__(self, town: Town, person: Person) -> None:
        town.app.test_client_class = CheckingClient
        self.client = town.app.test_client()
        with town.database.session() as session:
            token = open_sign_in(session, person, now())
            session.commit()
        with self.client.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = token, True

    def page(self, path: str) -> Page:
        response = self.client.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        return Page(response.text)

    def sends(self, path: str, *files: tuple[str, bytes, str], page: Page | None = None, **typed: Any) -> TestResponse:
        """The sheet at `path` as it stands, or as it stood on `page`, with `typed` over it (`__` for the dot)."""
        form = filled(page or self.page(path)) | {name.replace("__", "."): value for name, value in typed.items()}
        for name, content, called in files:
            form.setdefault(name, [])
            form[name] = [*_listed(form[name]), (BytesIO(content), called)]
        return self.client.post(path, data=form, content_type="multipart/form-data")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def filled(page: Page) -> dict[str, Any]:
    """What a browser would send of the sheet on the page, but for its buttons."""
    [sheet] = [form for form in page.all("form") if form.attrs.get("class") == "sheet"]
    sent: dict[str, Any] = {}
    options = [e for e in page.all("option") if "selected" in e.attrs]
    for e in page.elements:
        name = e.attrs.get("name", "")
        if sheet not in e.above or e.tag not in ("input", "textarea", "select") or not name:
            continue
        if e.attrs.get("type") == "file" or (e.attrs.get("type") in ("radio", "checkbox") and "checked" not in e.attrs):
            continue
        chosen = next((o.attrs["value"] for o in options if e in o.above), "")
        value = chosen if e.tag == "select" else e.text.strip("\n") if e.tag == "textarea" else e.attrs.get("value", "")
        sent[name] = [*_listed(sent[name]), value] if name in sent else value
    return sent


def wrong(response: TestResponse) -> str:
    """The summary on top of a refused sheet."""
    return " ".join(e.text for e in Page(response.text).elements if e.attrs.get("id") == "errors")


@pytest.fixture
def adjuster(town: Town) -> Colleague:
    return Colleague(town, town.world.adjuster)


@pytest.fixture
def lead(town: Town) -> Colleague:
    return Colleague(town, town.world.lead)
