"""No road issues a letter without its parts: each field refused blank, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from claims.letters.contracts import Blank
from notifications.rendering import Content
from tests.claims.letters.every_letter import EVERY_LETTER
from tests.claims.letters.samples import a_long_denial
from tests.claims.letters.settlement_samples import a_cash_settlement, a_settlement

MAY_BE_LEFT_OUT = {
    ("Acknowledgement", "policy_number"), ("Acknowledgement", "part"), ("Acknowledgement", "said"),
    ("Acknowledgement", "warranty_of"),
    *((letter, "owner_name") for letter in (
        "Acknowledgement", "Referral", "SupplementNotice", "DenialNotice", "CoverageNotice", "SettlementAgreement",
        "PaymentNotice", "CompletionRecord",
    )),
    ("Party", "name"), ("AppraisalProposal", "addressee"), ("ComplaintDecision", "complainant_name"),
    ("Referral", "policy_number"), ("Referral", "part"),
    ("SupplementNotice", "policy_number"), ("SupplementNotice", "decision_due_on"),
    ("DenialNotice", "term_reckoning"),
    ("SettlementAgreement", "works"), ("SettlementAgreement", "cash"),
    ("WorkOrder", "danger"), ("KnownDanger", "made_safe_at"),
    ("CompletionRecord", "policy_number"), ("CompletionRecord", "warranties"), ("CompletionRecord", "photos"),
    ("CompletionRecord", "cost"), ("RepairedItem", "remark"),
    ("AppraisalProposal", "policy_number"),
    ("ComplaintDecision", "policy_number"), ("ComplaintDecision", "extension"),
}  # fmt: skip


def contents(content: Content) -> Iterator[Content]:
    """A letter and everything that it holds."""
    yield content
    for field in fields(content):
        value = getattr(content, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Content):
                yield from contents(item)


ONE_OF_EACH = {type(each).__name__: each for samples in EVERY_LETTER.values() for each in contents(samples[1])}
EVERY_FIELD = [
    pytest.param(whole, field.name, id=f"{name}.{field.name}")
    for name, whole in ONE_OF_EACH.items()
    for field in fields(whole)
]


@pytest.mark.parametrize(("whole", "field"), EVERY_FIELD)
def test_a_blank_field_is_refused_by_name(whole, field):
    for blank in ("", " \u3000\n", "——", ()):
        with pytest.raises(Blank) as refused:
            replace(whole, **{field: blank})

        assert (refused.value.letter, refused.value.field) == (type(whole).__name__, field)


@pytest.mark.parametrize(("whole", "field"), EVERY_FIELD)
def test_only_what_the_contract_calls_optional_may_be_left_out(whole, field):
    if (type(whole).__name__, field) in MAY_BE_LEFT_OUT:
        assert getattr(replace(whole, **{field: None}), field) is None
        return
    with pytest.raises(Blank, match=field):
        replace(whole, **{field: None})


def test_what_may_be_left_out_is_named_for_letters_that_exist():
    assert {name for name, _ in MAY_BE_LEFT_OUT} <= ONE_OF_EACH.keys()


def test_a_line_of_the_reckoning_may_not_be_blank():
    with pytest.raises(Blank, match="term_reckoning"):
        a_long_denial(term_reckoning=("竣工备案日：2019年4月30日（周二）", ""))


@pytest.mark.parametrize(("settlement", "field"), [(a_settlement(), "works"), (a_cash_settlement(), "cash")])
def test_an_agreement_to_do_nothing_is_refused(settlement, field):
    with pytest.raises(Blank):
        replace(settlement, **{field: None})
