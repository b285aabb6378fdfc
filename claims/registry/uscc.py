"""统一社会信用代码 (GB 32100-2015): 18 characters, the last of which checks the others."""

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(rf"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")


def check_character(first: str) -> str:
    """The 18th character for the first 17: weights are powers of 3, modulo 31."""
    total = sum(_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first))
    return _ALPHABET[-total % 31]


def is_uscc(code: str) -> bool:
    return bool(_SHAPE.fullmatch(code)) and check_character(code[:17]) == code[17]
