"""Money is 分 inside and a string of yuan outside: exact, or refused."""

import pytest
from apiflask import Schema
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from claims.web.money import Money, fen, yuan


class Priced(Schema):
    amount = Money(required=True)


@pytest.mark.parametrize(("written", "meant"), [
    ("0.1", 10), ("0.2", 20), ("0.3", 30), ("0.10", 10), ("0.01", 1), ("0", 0), ("0.00", 0),
    ("1200", 120_000), ("1200.5", 120_050), ("1200.50", 120_050), ("  1200.50 ", 120_050), ("007", 700),
    ("999999999999.99", 99_999_999_999_999), ("-5.25", -525), ("4.35", 435),
])  # fmt: skip
def test_yuan_become_fen_exactly(written: str, meant: int):
    assert fen(written) == meant


@pytest.mark.parametrize("written", [
    "", " ", ".", ".5", "5.", "1.005", "0.001", "1,200.00", "1 200", "1e3", "1E3", "1.2e3", "NaN", "nan", "inf",
    "-inf", "Infinity", "+5", "--5", "-", "¥5", "5元", "１２００", "1200．50", "一百", "٣", "0x10", "1_000",
    "1000000000000", "1000000000000.00", "1200.50\n1", "1200.5\x00", "十", "1.2.3", "None", "true",
])  # fmt: skip
def test_anything_else_is_refused(written: str):
    with pytest.raises(ValueError, match="no amount of yuan"):
        fen(written)


def test_a_tenth_and_two_tenths_are_three_tenths():
    assert fen("0.1") + fen("0.2") == fen("0.3")


@given(st.integers(-(10**14) + 1, 10**14 - 1))
def test_what_is_written_is_read_back(amount: int):
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize("sent", [1200, 1200.5, float("nan"), True, None, [], {}, "1e3", "１２００", "0.001"])
def test_the_api_takes_a_string_of_yuan_and_nothing_else(sent: object):
    with pytest.raises(ValidationError) as refusal:
        Priced().load({"amount": sent})

    assert set(refusal.value.messages_dict) == {"amount"}


@pytest.mark.parametrize(("kept", "told"), [(0, "0.00"), (1, "0.01"), (10, "0.10"), (-525, "-5.25"), (None, None)])
def test_the_api_tells_two_places_always(kept: int | None, told: str | None):
    assert Priced().dump({"amount": kept}) == {"amount": told}
