"""Chinese first, English one click away, and no sentence forgotten in either."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from inspect import getsource

import pytest
from flask import Flask
from marshmallow import Schema, fields

import claims.attachments.actions
import claims.intake.actions
import claims.intake.schema
from claims.intake.form import ReportFormIn
from claims.intake.schema import ReportIn
from claims.intake.steps import STEPS, after
from claims.web import language
from claims.web.submission import field_names
from claims.web.wording import in_words, on_a_page
from tests.web.checking import CheckingClient, Page
from tests.web.conftest import JPEG, Homeowner
from tests.web.sentences import catalogue, in_the_code, of_the_forms

HAN = re.compile(r"[\u3400-\u9fff]")
EXAMPLES = re.compile(r"JPEG|PNG|WebP|HEIC|PDF|MP[34]|WAV|MB|T(?=\d)")


def spoken(visitor: CheckingClient, path: str) -> str:
    return visitor.page(path).all("html")[0].attrs["lang"]


@pytest.mark.parametrize(
    ("preferred", "first"),
    [
        (None, "zh-Hans"),
        ("", "zh-Hans"),
        ("en", "en"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-TW,en;q=0.9", "zh-Hans"),
        ("fr-FR,fr;q=0.9,en;q=0.5", "en"),  # of the two that we speak
        ("en-GB,zh;q=0.9", "en"),
        ("fr", "zh-Hans"),
        ("*", "zh-Hans"),
        ("en;q=0", "zh-Hans"),
        ("*;q=nan", "zh-Hans"),
    ],
)
def test_a_first_visit_speaks_what_the_browser_prefers_of_the_two(
    visitor: CheckingClient, preferred: str | None, first: str
) -> None:
    if preferred is not None:
        visitor.environ_base["HTTP_ACCEPT_LANGUAGE"] = preferred

    assert spoken(visitor, "/") == first
    assert visitor.get_cookie("lang") is None


@pytest.mark.parametrize(("preferred", "own", "other"), [("en", "en", "zh"), ("zh-CN", "zh", "en")])
def test_what_somebody_asked_for_outweighs_their_browser(
    visitor: CheckingClient, preferred: str, own: str, other: str
) -> None:
    visitor.environ_base["HTTP_ACCEPT_LANGUAGE"] = preferred
    said = {"zh": "zh-Hans", "en": "en"}

    assert spoken(visitor, f"/?lang={other}") == said[other]
    assert spoken(visitor, "/report") == said[other]
    assert spoken(visitor, f"/report?lang={own}") == said[own]
    assert spoken(visitor, "/") == said[own]


def test_no_cache_shows_one_readers_language_to_another(visitor: CheckingClient) -> None:
    answer = visitor.get("/")

    assert {"Accept-Language", "Cookie"} <= set(answer.vary.as_set(preserve_casing=True))
    assert "private" in answer.headers["Cache-Control"]


def test_a_language_in_the_link_that_we_dont_speak_leaves_the_cookies(visitor: CheckingClient) -> None:
    visitor.get("/?lang=en")

    assert spoken(visitor, "/?lang=fr") == "en"


def test_a_language_that_we_dont_speak_changes_nothing(visitor: CheckingClient) -> None:
    assert visitor.page("/?lang=../../etc").all("html")[0].attrs["lang"] == "zh-Hans"
    assert visitor.get_cookie("lang") is None


CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
"""Its signs too: nobody joins English words by 、."""


def chinese_left(page: Page) -> list[str]:
    """Chinese on an English page, but for what is said to be Chinese and what the reader typed."""
    return [
        e.text for e in page.elements
        if CHINESE.search(e.text) and not any("zh" in up.attrs.get("lang", "") for up in [*e.above, e])
        and e.tag not in ("html", "head", "body", "main", "header", "footer", "title", "textarea")
        and not any(CHINESE.search(c.text) for c in page.elements if e in c.above)
    ]  # fmt: skip


def test_english_pages_are_english(visitor: CheckingClient) -> None:
    visitor.get("/?lang=en")
    homeowner = Homeowner(visitor)
    pages = [visitor.page("/"), homeowner.page, Page(visitor.get("/nowhere").text)]
    wrong = {"danger": "perhaps", "home": "x" * 61, "found_on": "x", "part": "x", "reporter__phone": "1"}
    for step in STEPS[:-1]:
        homeowner.press(step)
        homeowner.press("on", *[(b"x", "x.docx")] * (step == "photos"), **wrong)
        pages.append(homeowner.page)
        homeowner.press("on", (JPEG, "near.jpg"), csrf_token="")
        pages.append(homeowner.page)
    english = {
        "address": "somewhere",
        "description": "leak",
        "item": "bath",
        "reporter__name": "Wang",
        "danger": "true",
    }
    for home in ("SL1-1-501", "SL2-3-101", "SL3-6-101"):
        homeowner.page = visitor.page("/report")
        pages.append(homeowner.receipt(**english | {"home": home, "part": "structure"}))
        pages.append(homeowner.page)

    assert [left for page in pages for left in chinese_left(page)] == []


def test_every_sentence_is_in_the_catalogue_and_none_is_left_over() -> None:
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue() if m.id}

    assert not in_the_code() - known, "sentences without English"
    assert not known - in_the_code() - of_the_forms(), "English for sentences that nobody says"


def test_every_english_sentence_is_there_and_takes_the_same_values() -> None:
    english = catalogue()
    for message in english:
        if message.id:
            words = [message.string] if isinstance(message.string, str) else list(message.string)
            assert all(words), message.id
            assert not any(HAN.search(w) for w in words), message.id
            assert not message.fuzzy
            values = set(re.findall(r"%\((\w+)\)s", message.id if isinstance(message.id, str) else message.id[0]))
            assert all(set(re.findall(r"%\((\w+)\)s", w)) <= values for w in words), message.id


def _templates(schema: Schema) -> Iterator[str]:
    for field in schema.fields.values():
        inside = [field.inner] if isinstance(field, fields.List) else []
        for one in [field, *inside]:
            yield from one.error_messages.values()
            for validator in one.validators:
                names = [n for n in vars(validator) if n.startswith("message")] or ["error"]
                yield from (vars(validator).get(n) or getattr(validator, n, None) or "" for n in names)
                yield from (
                    getattr(validator, n)
                    for n in ("message_min", "message_max")
                    if not validator.error and hasattr(validator, n)
                )
        if isinstance(field, fields.Nested):
            yield from _templates(field.schema)
    yield from schema.error_messages.values()


def _refusals() -> Iterator[str]:
    """Every sentence that receive_report, keep and attach can refuse with."""
    for module in (claims.intake.actions, claims.attachments.actions):
        for node in ast.walk(ast.parse(getsource(module))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                for word in node.keywords:
                    parts = word.value.values if isinstance(word.value, ast.JoinedStr) else [word.value]
                    yield "".join(p.value if isinstance(p, ast.Constant) else "30" for p in parts)


def _raised_by_the_schema() -> Iterator[str]:
    for node in ast.walk(ast.parse(getsource(claims.intake.schema))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ValidationError":
            said = node.args[0]
            yield said.value if isinstance(said, ast.Constant) else getattr(claims.intake.schema, said.id)  # type: ignore[attr-defined, misc]


NEVER_SAID = {"cannot be formatted", "Length must be"}


def messages() -> list[str]:
    values = {
        "max": 30,
        "min": 1,
        "equal": 1,
        "choices": "a, b",
        "input": "x",
        "awareness": "aware",
        "obj_type": "datetime",
    }
    found = {m.format(**values) for m in [*_templates(ReportIn()), *_refusals(), *_raised_by_the_schema()] if m}
    return sorted(m for m in found if not any(never in m for never in NEVER_SAID))


def test_whatever_can_be_wrong_with_a_report_is_said_in_both_languages(app: Flask) -> None:
    assert len(messages()) > 20
    for message in messages():
        chinese = in_words(message, chinese=True)
        assert HAN.search(chinese), message
        assert not re.search(r"[A-Za-z]{2,}", EXAMPLES.sub("", chinese).replace("a, b", "")), chinese
        with app.test_request_context("/report?lang=en"):
            assert not HAN.search(on_a_page(message)), message
        with app.test_request_context("/report"):
            assert on_a_page(message) == chinese


def test_the_form_asks_what_the_schema_knows_and_nothing_else(visitor: CheckingClient) -> None:
    homeowner, asked = Homeowner(visitor), set()
    while homeowner.step != "check":
        asked |= {e.attrs["name"] for e in homeowner.page.elements if e.is_asked}
        homeowner.come_to(after(homeowner.step))

    assert asked == set(field_names(ReportFormIn())) | {"photos"}


def test_without_its_compiled_catalogue_a_page_is_chinese_not_broken(visitor, monkeypatch, tmp_path) -> None:
    visitor.application.config["BABEL_TRANSLATION_DIRECTORIES"] = str(tmp_path)
    monkeypatch.setattr(language, "TRANSLATIONS", tmp_path)
    visitor.application.extensions["babel"].translation_directories[:] = [str(tmp_path)]

    assert "我要报修" in visitor.page("/?lang=en").words
