"""One client for every page of every test: whatever it fetches is parsed strictly and held to the house's rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TYPED = ("input", "textarea", "select")
HERE = ("/", "?", "#", "tel:")


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    above: list[Element]
    text: str = ""
    """All the text inside, that of its children too."""

    @property
    def is_asked(self) -> bool:
        """Something that a person fills in."""
        return self.tag in TYPED and self.attrs.get("type") not in ("hidden", "submit", "button")


class Page(HTMLParser):
    """HTML with every tag closed in its turn. `at("#id")`, `all("tag")`, `words`."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        assert html.lstrip().lower().startswith("<!doctype html>")
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {[e.tag for e in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs}, list(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1].tag == tag, f"</{tag}> closes {[e.tag for e in self._open]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str, **attrs: str) -> list[Element]:
        return [e for e in self.elements if e.tag == tag and all(e.attrs.get(n) == v for n, v in attrs.items())]

    def at(self, id_: str) -> Element:
        (found,) = [e for e in self.elements if e.attrs.get("id") == id_]
        return found

    @property
    def words(self) -> str:
        (main,) = self.all("main")
        return " ".join(main.text.split())

    def filled(self) -> dict[str, Any]:
        """What a browser would send of the one form, as it stands."""
        sent: dict[str, Any] = {}
        for e in self.elements:
            name = e.attrs.get("name", "")
            if e.tag not in TYPED or not name or e.attrs.get("type") == "file":
                continue
            if e.attrs.get("type") in ("radio", "checkbox") and "checked" not in e.attrs:
                continue
            value = e.text.removeprefix("\n") if e.tag == "textarea" else e.attrs.get("value", "")
            sent[name] = [*sent.get(name, []), value] if name in ("kept", "remove") else value
        return sent


@dataclass
class Checked:
    """The faults of one page."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def run(self) -> list[str]:
        for check in (self.frame, self.ids, self.forms, self.nothing_inline, self.nothing_from_elsewhere):
            check()
        return self.faults

    def expect(self, holds: object, fault: str) -> None:
        if not holds:
            self.faults.append(fault)

    def frame(self) -> None:
        for tag in ("title", "h1", "main"):
            found = [
                e for e in self.page.all(tag) if not any(up.tag == "svg" for up in e.above)
            ]  # each picture has one
            self.expect(len(found) == 1 and found[0].text.strip(), f"one <{tag}> with words, not {len(found)}")
        self.expect(self.page.all("html")[0].attrs.get("lang") in ("zh-Hans", "en"), "lang")
        self.expect(self.page.all("a", href="#main"), "a skip link")

    def ids(self) -> None:
        ids = Counter(e.attrs["id"] for e in self.page.elements if "id" in e.attrs)
        self.expect(not [i for i, n in ids.items() if n > 1], f"ids twice: {ids.most_common(3)}")
        for e in self.page.elements:
            named = e.attrs.get("aria-describedby", "").split() + e.attrs.get("aria-labelledby", "").split()
            named += [e.attrs["for"]] if "for" in e.attrs else []
            named += [e.attrs["href"][1:]] if e.attrs.get("href", "").startswith("#") else []
            self.expect(set(named) <= set(ids), f"<{e.tag}> points at nothing: {named}")

    def forms(self) -> None:
        for form in self.page.all("form"):
            self.expect(form.attrs.get("action") and form.attrs.get("method"), "a form says where to and how")
            inside = [e for e in self.page.elements if form in e.above]
            tokens = [e for e in inside if e.attrs.get("name") == "csrf_token" and e.attrs["value"]]
            searches = form.attrs.get("method") == "get"  # a token must not stand in an address
            self.expect(bool(tokens) != searches, "csrf_token")
        labelled = {e.attrs["for"] for e in self.page.all("label") if "for" in e.attrs}
        for e in self.page.elements:
            if e.is_asked:
                self.expect(e.attrs.get("id") in labelled, f"{e.attrs} has no label")

    def nothing_inline(self) -> None:
        for e in self.page.elements:
            self.expect(e.tag != "style" and "style" not in e.attrs, f"style in <{e.tag}>")
            self.expect(e.tag != "script" or "src" in e.attrs, "a script in the page")
            self.expect(not [name for name in e.attrs if name.startswith("on")], f"a script on <{e.tag}>")

    def nothing_from_elsewhere(self) -> None:
        for e in self.page.elements:
            for name in ("href", "src", "action"):
                there = e.attrs.get(name, "/")
                self.expect(there.startswith(HERE) and not there.startswith("//"), f"<{e.tag}> leads to {there}")


class CheckingClient(FlaskClient):
    """Refuses to hand over a page that breaks a rule. `page(path)` fetches and parses in one go."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not kwargs.get("follow_redirects"):
            check_page(response)
        if response.is_streamed:  # a static file, which stays open until it is read
            response.get_data()
            response.close()
        if response.request is not None:  # a large form lies in a temporary file
            response.request.environ["wsgi.input"].close()
        return response

    def page(self, path: str) -> Page:
        response = self.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        return Page(response.text)


def check_page(response: TestResponse) -> None:
    if response.status_code in (301, 302, 303, 308):
        return
    faults = Checked(Page(response.text)).run()
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        faults.append(f"policy: {policy!r}")
    if response.headers.get("X-Content-Type-Options") != "nosniff" or "Referrer-Policy" not in response.headers:
        faults.append("headers")
    assert not faults, f"{response.request.path}: " + "; ".join(faults)
