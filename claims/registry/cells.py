"""What one cell of a registry file may hold. A reader answers the value, or raises ValueError with the reason."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from claims.registry.addresses import half_width
from claims.registry.phones import e164
from claims.registry.uscc import is_uscc

Reader = Callable[[str], Any]

_SPOILT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_DAY = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})")
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_AMOUNT = re.compile(r"([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3})(\.[0-9]+)?")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]+)?")
_EMAIL = re.compile(r"[^\s@;,<>\"]+@[^\s@;,<>\"]+\.[^\s@;,<>\"]+")
_FIRST_YEAR, _LAST_YEAR = 1990, 2099


@dataclass(frozen=True)
class Column:
    """A column of a file: its reader, what is expected of it in words, and what an empty cell means.

    `field` is the database's name where it isn't the file's. optional: a file may lack it, which says as much as
    empty cells do.
    """

    name: str
    read: Reader
    expected: str
    needed: bool = True
    empty: Any = None
    field: str = ""
    optional: bool = False


def clean(cell: str) -> str:
    """Without the space around, with single spaces inside, a byte order mark forgotten. Raises ValueError."""
    if _SPOILT.search(cell):
        raise ValueError(f"{shown(cell)} holds characters that no text has: the file was damaged")
    return " ".join(cell.replace("\ufeff", "").replace("\u200b", "").split())


def shown(cell: str) -> str:
    """The cell as a message may repeat it."""
    printable = "".join(c if c.isprintable() else "\ufffd" for c in cell[:60])
    return f'"{printable[:40]}…"' if len(cell) > 40 else f'"{printable}"'


def words(longest: int) -> Reader:
    def read(cell: str) -> str:
        if len(cell) > longest:
            raise ValueError(f"{shown(cell)} has {len(cell)} characters")
        return cell

    return read


def code(longest: int, banned: str = ";") -> Reader:
    """A key: half width, no space inside; case stays as it is."""

    def read(cell: str) -> str:
        key = half_width(cell)
        if len(key) > longest:
            raise ValueError(f"{shown(cell)} has {len(key)} characters")
        if wrong := [sign for sign in f" {banned}" if sign in key]:
            raise ValueError(f"{shown(cell)} holds {shown(wrong[0]) if wrong[0] != ' ' else 'a space'}")
        return key

    return read


def one_of(allowed: Collection[str]) -> Reader:
    def read(cell: str) -> str:
        word = half_width(cell).lower()
        if word not in allowed:
            raise ValueError(f"{shown(cell)} is not one of them")
        return word

    return read


def several(allowed: Collection[str] | None = None, longest: int = 400) -> Reader:
    """A list divided by `;`, without repeats, joined by `;` again."""

    def read(cell: str) -> str:
        entries = list(dict.fromkeys(entry.strip() for entry in cell.replace("；", ";").split(";") if entry.strip()))
        for entry in entries:
            if allowed is not None and entry not in allowed:
                raise ValueError(f"{shown(entry)} is not one of them")
        if not entries or len(";".join(entries)) > longest:
            raise ValueError(f"{shown(cell)} lists {'too much' if entries else 'nothing'}")
        return ";".join(entries)

    return read


def whole(least: int, most: int) -> Reader:
    def read(cell: str) -> int:
        if not _WHOLE.fullmatch(number := half_width(cell)):
            raise ValueError(f"{shown(cell)} is not a whole number")
        if not least <= int(number) <= most:
            raise ValueError(f"{shown(cell)} is out of range")
        return int(number)

    return read


def coordinate(least: float, most: float) -> Reader:
    def read(cell: str) -> float:
        if not _DECIMAL.fullmatch(number := half_width(cell)):
            raise ValueError(f"{shown(cell)} is not a number")
        if not least <= float(number) <= most:
            raise ValueError(f"{shown(cell)} is out of range")
        return float(number)

    return read


def hundredths(least: int = 0) -> Reader:
    """`89.5` → 8950, exactly: 分 of yuan, dm² of square metres."""

    def read(cell: str) -> int:
        if not _AMOUNT.fullmatch(number := half_width(cell)):
            raise ValueError(f"{shown(cell)} is not a number")
        scaled = Decimal(number.replace(",", "")).scaleb(2)
        if scaled != int(scaled):
            raise ValueError(f"{shown(cell)} has more than two decimal places")
        if scaled < least:
            raise ValueError(f"{shown(cell)} is out of range")
        return int(scaled)

    return read


@lru_cache(maxsize=4096)
def day(cell: str) -> date:
    found = _DAY.fullmatch(half_width(cell))
    if not found:
        raise ValueError(f"{shown(cell)} is not a date")
    try:
        read = date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        raise ValueError(f"{shown(cell)} is no day of the calendar") from None
    if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        raise ValueError(f"{shown(cell)} lies outside {_FIRST_YEAR} to {_LAST_YEAR}")
    return read


def phone(cell: str) -> str:
    number = e164(cell)
    if number is None:
        raise ValueError(f"{shown(cell)} is not a telephone number")
    return number


def email(cell: str) -> str:
    address = half_width(cell)
    if not _EMAIL.fullmatch(address) or len(address) > 200:
        raise ValueError(f"{shown(cell)} is not an e-mail address")
    return address


def credit_code(cell: str) -> str:
    number = half_width(cell).upper()
    if not is_uscc(number):
        raise ValueError(f"{shown(cell)} is not a unified social credit code, or its check character is wrong")
    return number
