"""GB 32100-2015: one wrong or exchanged character is found."""

from __future__ import annotations

import pytest

from claims.registry.uscc import is_uscc

GOOD = "91310000MA00000012"


def test_a_code_that_checks() -> None:
    assert is_uscc(GOOD)


@pytest.mark.parametrize("place", range(18))
def test_any_one_character_wrong_is_found(place: int) -> None:
    wrong = "2" if GOOD[place] != "2" else "3"

    assert not is_uscc(GOOD[:place] + wrong + GOOD[place + 1 :])


@pytest.mark.parametrize("code", ["", GOOD[:-1], GOOD + "1", GOOD.lower(), "I" + GOOD[1:], "9131000OMA00000012"])
def test_what_has_not_the_shape_is_no_code(code: str) -> None:
    assert not is_uscc(code)
