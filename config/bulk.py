"""Writing rows past the ORM: statements built once, and on PostgreSQL any number of rows as one JSON parameter.

A list of rows costs PostgreSQL and its driver a statement per row; as JSON it costs one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, TextClause, any_, insert, literal, text
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlmodel import Session, SQLModel

from config.database import on_postgresql, table

Row = Mapping[str, Any]


def insert_new(session: Session, model: type[SQLModel], row: Row, *unique: str) -> int | None:
    """Insert one row. Answers its id, or None where a row with the same `unique` (or any key) was there already."""
    statement = _unless_there(on_postgresql(session), model, unique, answering=True)
    number: int | None = session.execute(statement, row).scalar_one_or_none()
    return number


def insert_once(
    session: Session, model: type[SQLModel], rows: Sequence[Row], *unique: str, alike: Row | None = None
) -> None:
    """Insert those rows that aren't there already by `unique` (or any key); their ids come from the database.

    `alike`: what all of them share but for those that say otherwise.
    """
    shared = alike or {}
    if on_postgresql(session):
        session.execute(_as_json(model, unique), {"rows": as_json(rows), "alike": as_json(shared)})
    else:
        session.execute(_unless_there(False, model, unique), [{**shared, **row} for row in rows])


def insert_all(session: Session, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert whole rows, whose ids come from the database. Raises IntegrityError where one can't be."""
    if rows and on_postgresql(session):
        session.execute(_all_as_json(model), {"rows": as_json(rows)})
    elif rows:
        session.execute(insert(table(model)), rows)


def among(session: Session, column: ColumnElement[int], numbers: Iterable[int]) -> ColumnElement[bool]:
    """`column IN numbers`, on PostgreSQL as one parameter: a statement with one for each is read anew each time."""
    if on_postgresql(session):
        return column == any_(literal(list(numbers), ARRAY(BigInteger)))
    return column.in_(numbers)


def as_json(rows: Sequence[Row] | Row) -> str:
    """The value of a parameter that `told` reads."""
    return json.dumps(rows, ensure_ascii=False, default=_written)


def told(model: type[SQLModel], name: str, alike: str = "") -> str:
    """SQL: the parameter `name` as rows of the model's table. `alike`: the one that holds what they share."""
    bare = f"NULL::{table(model).name}"
    shared = f"json_populate_record({bare}, CAST(:{alike} AS json))" if alike else bare
    return f"json_populate_recordset({shared}, CAST(:{name} AS json))"


def inserted(model: type[SQLModel], name: str, alike: str = "") -> str:
    """SQL: whole rows put into the model's table."""
    return f"INSERT INTO {table(model).name} SELECT * FROM {told(model, name, alike)}"


def numbered(model: type[SQLModel], name: str, alike: str = "") -> str:
    """SQL: the same for rows whose ids come from the database, in the rows' order."""
    names = ", ".join(column.name for column in table(model).columns if column.name != "id")
    rows = f"{told(model, name, alike)} WITH ORDINALITY"
    return f"INSERT INTO {table(model).name} ({names}) SELECT {names} FROM {rows} ORDER BY ordinality"


def _written(value: date | datetime) -> str:
    """PostgreSQL reads no offset beyond 16 hours, Python writes any."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()


@cache
def _all_as_json(model: type[SQLModel]) -> TextClause:
    return text(numbered(model, "rows"))


@cache
def _as_json(model: type[SQLModel], unique: tuple[str, ...]) -> TextClause:
    written = numbered if "id" in table(model).columns else inserted
    keys = f"({', '.join(unique)})" if unique else ""
    return text(f"{written(model, 'rows', 'alike')} ON CONFLICT {keys} DO NOTHING")


@cache
def _unless_there(postgresql: bool, model: type[SQLModel], unique: tuple[str, ...], *, answering: bool = False) -> Any:
    unless = insert_on_postgresql if postgresql else insert_on_sqlite
    statement = unless(table(model)).on_conflict_do_nothing(index_elements=unique or None)
    return statement.returning(table(model).c.id) if answering else statement
