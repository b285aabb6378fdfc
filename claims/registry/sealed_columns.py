"""Names and telephone numbers of people: sealed before they reach the database, opened to be compared."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from claims.registry.layouts import OWNERS, STAFF, Layout
from config.sealing import CannotOpen, Sealer


def opened(sealer: Sealer, layout: Layout, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as a file would give it; what can't be opened any more counts as changed."""
    plain = dict(row)
    for column in _sealed(layout):
        try:
            plain[column] = sealer.open(row[f"{column}_sealed"])
        except CannotOpen:
            plain[column] = None
    return plain


def sealed(sealer: Sealer, layout: Layout, plain: Mapping[str, Any]) -> dict[str, Any]:
    """The row as the database keeps it."""
    row = dict(plain)
    for column in _sealed(layout):
        row[f"{column}_sealed"] = sealer.seal(row.pop(column))
    if layout is OWNERS:
        phone = plain["phone"]
        row["name_index"] = name_index(sealer, plain["name"])
        row["phone_index"] = sealer.index(phone, "phone") if phone else ""
        row["last4_index"] = sealer.index(phone[-4:], "last4") if phone else ""
    return row


def name_index(sealer: Sealer, name: str) -> str:
    """What a whole name is found by, whatever its spaces, width and case."""
    return sealer.index("".join(unicodedata.normalize("NFKC", name).casefold().split()), "name")


def _sealed(layout: Layout) -> tuple[str, ...]:
    return ("name", "phone") if layout is OWNERS else ("phone",) if layout is STAFF else ()
