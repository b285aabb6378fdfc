"""The letters' table holds together: facts, contracts, templates, texts."""

from __future__ import annotations

import json
from dataclasses import asdict
from inspect import signature

import pytest

from claims.casefile import MOVES, Fact
from claims.letters import DRAFTED_ON, LETTERS, Letter
from claims.letters.contracts import Letter as LetterContent
from claims.letters.legible import legible
from claims.letters.texting import OWN, text_of
from config.settings import Settings
from notifications.rendering import LETTERS as LETTERS_FOLDER
from notifications.rendering import MESSAGES, render_letter, render_message
from tests.claims.letters.every_letter import EVERY_LETTER
from tests.claims.letters.report_samples import a_referral, a_supplement, an_acknowledgement
from tests.claims.letters.settlement_samples import a_long_settlement
from tests.claims.letters.test_letters import AT

EVERY_RULE = pytest.mark.parametrize("rule", LETTERS.values(), ids=LETTERS)
LONGEST_TEXT = 1600


def as_stored(content: LetterContent) -> dict[str, object]:
    return json.loads(json.dumps(asdict(content), ensure_ascii=False))


def text(content: LetterContent) -> str:
    letter = Letter(kind=content.folder, number=content.number)
    message = text_of(letter, as_stored(content), Settings())
    return render_message(message.folder, "sms", asdict(message))


@EVERY_RULE
def test_a_letter_is_drafted_on_facts_that_can_happen_to_a_claim(rule):
    assert rule.drafted_on
    assert all(Fact.kinds[fact.__name__] is fact and fact in MOVES["claim"] for fact in rule.drafted_on)
    assert all(rule in DRAFTED_ON[fact] for fact in rule.drafted_on)


@EVERY_RULE
def test_a_letter_has_one_name_for_contract_template_drafting_and_sample(rule):
    assert rule.draft.__name__ == rule.name == rule.contract.folder
    assert (LETTERS_FOLDER / f"{rule.name}.typ").exists()
    assert all(type(sample) is rule.contract for sample in EVERY_LETTER[rule.name])
    assert len(rule.name) <= 30  # letter.kind


@EVERY_RULE
def test_drafting_takes_a_matter_and_nothing_else(rule):
    assert list(signature(rule.draft).parameters) == ["m"]


def test_every_template_has_its_row():
    assert {path.stem for path in LETTERS_FOLDER.glob("*.typ")} - {"letterhead"} == LETTERS.keys()
    assert LETTERS.keys() == EVERY_LETTER.keys()


def test_texts_are_worded_only_for_letters_that_have_one():
    assert {name for name in OWN if LETTERS[name].text is None} == set()
    assert all((MESSAGES / rule.text.folder / "sms.txt").exists() for rule in LETTERS.values() if rule.text)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(sample, id=f"{name} {n}")
        for name, samples in EVERY_LETTER.items()
        for n, sample in enumerate(samples)
        if LETTERS[name].text and (name, n) != ("denial_notice", 1)  # its reasons are cut by the form, not here
    ],
)
def test_the_text_of_every_letter_fits_one_message(content):
    said = text(content)

    assert content.reference in said
    assert len(said.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_the_text_of_a_letter_is_chinese_whatever_language_the_claim_was_reported_in():
    assert "请向示例建设报修" in text(a_referral())


def test_a_short_list_is_told_whole_and_a_long_one_says_how_many_there_are():
    assert "资料：1.房产证。" in text(a_supplement())
    assert "等共20项，全部内容见书面文件" in text(a_long_settlement())


def test_what_a_reporter_worded_never_stops_a_letter():
    told = as_stored(an_acknowledgement(said="漏水😀\n\U000e0100救命", owner_name="丁一"))

    content = legible(told, LETTERS["acknowledgement"].as_told)

    assert content["said"] == "漏水□\n□救命"
    assert render_letter("acknowledgement", content, issued_at=AT)


def test_only_fields_named_as_told_are_made_legible():
    told = {"owner_name": "丁😀", "items": [{"item": "墙😀", "part": "墙😀"}]}

    assert legible(told, frozenset({"item"})) == {"owner_name": "丁😀", "items": [{"item": "墙□", "part": "墙😀"}]}


@EVERY_RULE
def test_what_is_named_as_told_is_a_field_of_the_letter(rule):
    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | set().union(*map(names, value.values()))
        return set().union(*map(names, value)) if isinstance(value, list) else set()

    assert rule.as_told <= names(as_stored(EVERY_LETTER[rule.name][1]))
