"""What the registry holds already, by the keys that the files use."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import Session

from claims.registry.layouts import Layout
from config.database import table

Key = tuple[Any, ...]
Stored = dict[str, Any]
Item = TypeVar("Item")
AT_ONCE = 5_000
"""Keys or rows per statement: SQLite takes 32,766 parameters."""


def standing(session: Session, layout: Layout, keys: Iterable[Key]) -> dict[Key, Stored]:
    """The rows of these keys, and with them all that share the key's first column; each row as column → value."""
    firsts = {key[0] for key in keys}
    if layout.to is None or not layout.within_parent:
        return _found(session, layout, layout.key[0], {first: first for first in firsts})
    # In two steps: one join over a table that was filled a minute ago is planned without statistics, and takes minutes.
    parents = _found(session, layout.to, layout.to.key[0], {first: first for first in firsts})
    return _found(session, layout, layout.parent_field, {row["id"]: key[0] for key, row in parents.items()})


def _found(session: Session, layout: Layout, column: str, firsts: Mapping[Any, Any]) -> dict[Key, Stored]:
    """Rows by `column`; `firsts` says for each of its values how the row's key begins."""
    rows, rest = table(layout.model), layout.key[1:]
    found: dict[Key, Stored] = {}
    for chunk in chunks(sorted(firsts)):
        for row in session.execute(select(rows).where(rows.c[column].in_(chunk))).mappings():
            found[(firsts[row[column]], *(row[name] for name in rest))] = dict(row)
    return found


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
