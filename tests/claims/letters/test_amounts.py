"""Amounts in words and figures: 正确填写票据和结算凭证的基本规定, with the rule's own examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.letters.amounts import in_figures, spelled_amount

DIGITS = {character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (1_409_50, "壹仟肆佰零玖元伍角"),  # the rule's own examples
        (6_007_14, "陆仟零柒元壹角肆分"),
        (1_680_32, "壹仟陆佰捌拾元零叁角贰分"),
        (107_000_53, "壹拾万柒仟元零伍角叁分"),
        (16_409_02, "壹万陆仟肆佰零玖元零贰分"),
        (325_04, "叁佰贰拾伍元零肆分"),
        (0, "零元整"),
        (1, "壹分"),
        (5_0, "伍角"),
        (1_01, "壹元零壹分"),
        (10_50, "壹拾元零伍角"),
        (1_200_00, "壹仟贰佰元整"),
        (20_020_00, "贰万零贰拾元整"),
        (200_200_00, "贰拾万零贰佰元整"),
        (10_010_000_00, "壹仟零壹万元整"),
        (100_000_000_00, "壹亿元整"),
        (100_001_000_00, "壹亿零壹仟元整"),
        (100_000_001_01, "壹亿零壹元零壹分"),
        (100_010_001_00, "壹亿零壹万零壹元整"),
        (9_999_9999_9999_99, "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_in_words(fen, words):
    assert spelled_amount(fen) == f"人民币{words}（{in_figures(fen)}）"


@pytest.mark.parametrize(
    ("fen", "figures"),
    [(0, "¥0.00"), (5, "¥0.05"), (1_200_00, "¥1,200.00"), (9_999_9999_9999_99, "¥999,999,999,999.99")],
)
def test_an_amount_in_figures(fen, figures):
    assert in_figures(fen) == figures


@pytest.mark.parametrize("fen", [-1, 10**14])
def test_what_can_t_be_owed_is_refused(fen):
    with pytest.raises(ValueError, match="分"):
        spelled_amount(fen)


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_the_words_read_back_are_the_amount(fen):
    words = spelled_amount(fen).removeprefix("人民币").partition("（")[0]

    assert read_back(words) == fen
    assert "零零" not in words
    assert ("整" in words) == (fen % 100 == 0)


def read_back(words: str) -> int:
    """In 分, by another way than that of writing."""
    total = group = digit = 0
    for character in words.removesuffix("整"):
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in PLACES:
            group, digit = group + digit * PLACES[character], 0
        elif character in "亿万元":
            total, group, digit = total + (group + digit) * {"亿": 10**10, "万": 10**6, "元": 100}[character], 0, 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[character], 0
    return total
