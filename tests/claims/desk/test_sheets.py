"""An act on a page is the API's act: each has its sheet, its words, its place, and no rule of its own."""

import inspect
import re

import pytest
from flask import Flask
from marshmallow import Schema, fields

from claims.casefile import MOVES
from claims.casefile import facts as every_fact
from claims.desk import words
from claims.desk.acts import ACTS, STEPS
from claims.desk.page import WAITED_FOR
from claims.desk.sheet import Sheet
from claims.desk.sheets import SHEETS
from claims.desk.whole import _steps
from claims.letters import LETTERS
from tests.architecture.house import ROOT

CLAIM = "/api/v1/claims/<reference>/"


@pytest.fixture
def rules(standing_app: Flask) -> dict[str, str]:
    """Path under a claim → endpoint, for every act of the API."""
    return {
        rule.rule.removeprefix(CLAIM): rule.endpoint
        for rule in standing_app.url_map.iter_rules()
        if rule.rule.startswith(CLAIM) and "POST" in (rule.methods or ())
    }


def test_every_act_of_the_api_has_a_sheet_and_no_other_exists(rules: dict[str, str]) -> None:
    assert set(SHEETS) == set(rules)


@pytest.mark.parametrize("act", SHEETS)
def test_a_sheet_does_what_the_api_does(standing_app: Flask, rules: dict[str, str], act: str) -> None:
    assert inspect.unwrap(SHEETS[act].view) is inspect.unwrap(standing_app.view_functions[rules[act]])


def names(schema: Schema, before: str = "") -> list[str]:
    found = []
    for name, field in schema.fields.items():
        found.append(f"{before}{name}")
        if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
            found += names(field.inner.schema, f"{before}{name}.")
    return found


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.act)
def test_a_sheet_has_words_for_every_field_and_knows_no_other(sheet: Sheet) -> None:
    asked = names(sheet.schema())

    assert set(asked) <= set(sheet.labels)
    named = {*sheet.labels, *sheet.hints, *sheet.choices, *sheet.files, *sheet.told, *sheet.since_now, *sheet.adds}
    assert {name.partition("=")[0] for name in named} <= set(asked)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.act)
def test_a_sheet_says_what_it_will_do_and_what_it_has_done(sheet: Sheet) -> None:
    assert all(map(str, (sheet.title, sheet.says, sheet.button, sheet.done)))


def test_an_act_is_offered_on_the_claim_or_on_a_record_of_it() -> None:
    on_records = {act for act, sheet in SHEETS.items() if sheet.record}

    assert on_records == set(STEPS)
    assert set(SHEETS) - on_records == set(ACTS) - {"findings"}, "findings are an act on a survey"


def test_the_record_of_a_sheet_is_a_part_of_the_claim() -> None:
    parts = set(re.findall(r'"(\w+)":', inspect.getsource(_steps)))

    assert {sheet.record for sheet in SHEETS.values()} - {""} <= parts


def test_what_a_clock_waits_for_has_a_sheet() -> None:
    assert {act for acts in WAITED_FOR.values() for act in acts} <= set(SHEETS)


def test_a_sheet_previews_a_letter_that_exists() -> None:
    assert {sheet.preview for sheet in SHEETS.values()} - {""} <= set(LETTERS)


def test_every_fact_has_its_words() -> None:
    assert set(words.FACTS) == set(every_fact.__all__) == {fact.__name__ for moves in MOVES.values() for fact in moves}


def test_every_letter_has_its_words() -> None:
    assert set(words.LETTERS) == set(LETTERS)


def test_every_message_has_its_words() -> None:
    assert set(words.MESSAGES) == {path.name for path in (ROOT / "templates/messages").iterdir()}
