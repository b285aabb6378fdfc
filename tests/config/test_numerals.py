"""Chinese numerals: articles count by ten and hundred, rooms are read digit by digit."""

import pytest

from config.numerals import arabic


@pytest.mark.parametrize(
    ("numeral", "digits"),
    [
        ("十", "10"),
        ("九", "9"),
        ("十二", "12"),
        ("二十", "20"),
        ("一百", "100"),
        ("一百零五", "105"),
        ("一百九十五", "195"),
        ("一二〇一", "1201"),
        ("两百", "200"),
    ],
)
def test_a_numeral_is_read_as_it_is_written(numeral: str, digits: str) -> None:
    assert arabic(numeral) == digits
