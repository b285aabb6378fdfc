"""How the door writes: on PostgreSQL everything in one statement, on SQLite table by table.

An intake waits for the database as often as it asks, and each question costs more than the rows in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Insert, TextClause, Update, bindparam, insert, text, update
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlmodel import Session, SQLModel

from claims.casefile.model import CaseFile, ClockFiring, RunningClock, TimelineDetails, TimelineEntry, TimelineHead
from config.bulk import as_json, inserted, numbered, told
from config.database import insert_into, on_postgresql, table

Row = dict[str, Any]
_GROWING = ("seq", "hash", "latest_at", "recorded_at")
_MOVING = ("stage", "version", "urgent_at", "stands_first")
_RUNNING = (
    "anchor",
    "length",
    "calendar",
    "state",
    "safe_due",
    "legal_due",
    "provisional",
    "due_version",
    "next_look_at",
    "met_at",
    "breached_at",
)
_RUNG = ("state", "next_look_at", "breached_at")
_ONCE = ("clock_id", "rung", "due_version")


@dataclass(frozen=True)
class Sheet:
    """What one passage through the door leaves. `along`: rows that opened files come with. `clocks` are new."""

    opened: Sequence[CaseFile]
    along: Sequence[SQLModel]
    moved: Sequence[CaseFile]
    entries: Sequence[Row]
    details: Sequence[Row]
    heads: Sequence[Row]
    clocks: Sequence[RunningClock]


def write_sheet(session: Session, sheet: Sheet) -> list[int]:
    """Answers the numbers that the database gave to the new clocks, in their order."""
    rows: dict[str, Sequence[Row]] = {
        "opened": [file.model_dump() for file in sheet.opened],
        "moved": _columns(sheet.moved, _MOVING),
        "entries": sheet.entries,
        "details": sheet.details,
        "heads": sheet.heads,
        "clocks": [clock.model_dump(exclude={"id"}) for clock in sheet.clocks],
    }
    along: dict[type[SQLModel], list[Row]] = {}
    for row in sheet.along:
        along.setdefault(type(row), []).append(row.model_dump())
    if not on_postgresql(session):
        return _table_by_table(session, rows, along)
    rows |= {table(model).name: dumped for model, dumped in along.items()}
    statement = _in_one(tuple(along))
    return list(session.execute(statement, {name: as_json(those) for name, those in rows.items()}).scalars())


def update_clocks(session: Session, clocks: Sequence[RunningClock], columns: tuple[str, ...] = _RUNNING) -> None:
    """The columns that may have changed, in one statement for all."""
    _write_clocks(session, _columns(clocks, columns), columns)


def update_rung_clocks(session: Session, rows: Sequence[Row]) -> None:
    """What the sweep changes, by `id`: `state`, `next_look_at` and `breached_at`."""
    _write_clocks(session, rows, _RUNG)


def _write_clocks(session: Session, rows: Sequence[Row], columns: tuple[str, ...]) -> None:
    if rows and on_postgresql(session):
        session.execute(_clocks(columns), {"rows": as_json(rows)})
    elif rows:
        _update(session, RunningClock, columns, rows)


def insert_firings(session: Session, rows: Sequence[Row]) -> set[tuple[int, str]]:
    """Insert what hasn't fired yet; answers the (clock id, rung) that are new by this call."""
    if not rows:
        return set()
    if on_postgresql(session):
        new = session.execute(_FIRINGS, {"rows": as_json(rows)})
    else:
        firings = table(ClockFiring)
        statement = insert_into(session, ClockFiring).on_conflict_do_nothing(index_elements=_ONCE)
        new = session.execute(statement.returning(firings.c.clock_id, firings.c.rung), rows)
    return {(clock_id, rung) for clock_id, rung in new.all()}


def _table_by_table(
    session: Session, rows: dict[str, Sequence[Row]], along: dict[type[SQLModel], list[Row]]
) -> list[int]:
    moved = [{name: row[name] for name in ("id", *_MOVING)} for row in rows["opened"]]  # they hold their number already
    moved += rows["moved"]
    if moved:
        _update(session, CaseFile, _MOVING, moved)
    for model, dumped in along.items():
        session.execute(insert(table(model)), dumped)
    session.execute(_ENTRIES, rows["entries"])
    session.execute(_DETAILS, rows["details"])
    session.execute(_HEADS, rows["heads"])
    return list(session.execute(_NEW_CLOCKS, rows["clocks"]).scalars()) if rows["clocks"] else []


def _update(session: Session, model: type[SQLModel], names: Sequence[str], rows: Sequence[Row]) -> None:
    bound = [{f"b_{name}": value for name, value in row.items()} for row in rows]
    session.execute(_updating(model, tuple(names)), bound)


@cache
def _updating(model: type[SQLModel], names: tuple[str, ...]) -> Update:
    updated = table(model)
    values: Row = {name: bindparam(f"b_{name}") for name in names}
    return update(updated).where(updated.c.id == bindparam("b_id")).values(values)


def _columns(objects: Sequence[CaseFile | RunningClock], names: Sequence[str]) -> list[Row]:
    return [{name: getattr(each, name) for name in ("id", *names)} for each in objects]


@cache
def _in_one(along: tuple[type[SQLModel], ...]) -> TextClause:
    beside = "".join(f"{table(model).name} AS ({inserted(model, table(model).name)}), " for model in along)
    return text(f"""
    WITH opened AS ({inserted(CaseFile, "opened")}), {beside}
         moved AS (UPDATE casefile SET {_set(_MOVING, "now")}
                   FROM {told(CaseFile, "moved")} AS now WHERE casefile.id = now.id
                     AND ({_of("casefile", _MOVING)}) IS DISTINCT FROM ({_of("now", _MOVING)})),
         entries AS ({inserted(TimelineEntry, "entries")}),
         details AS ({inserted(TimelineDetails, "details")}),
         heads AS ({inserted(TimelineHead, "heads")}
                   ON CONFLICT (file_id) DO UPDATE SET {_set(_GROWING, "excluded")}),
         clocks AS ({numbered(RunningClock, "clocks")} RETURNING id)
    SELECT id FROM clocks ORDER BY id""")


def _of(source: str, names: Sequence[str]) -> str:
    return ", ".join(f"{source}.{name}" for name in names)


def _set(names: Sequence[str], source: str) -> str:
    return ", ".join(f"{name} = {source}.{name}" for name in names)


@cache
def _clocks(columns: tuple[str, ...]) -> TextClause:
    return text(f"""
    UPDATE running_clock SET {_set(columns, "changed")}
    FROM {told(RunningClock, "rows")} AS changed WHERE running_clock.id = changed.id""")


def _growing_heads() -> Insert:
    new = insert_on_sqlite(table(TimelineHead))
    return new.on_conflict_do_update(index_elements=["file_id"], set_={name: new.excluded[name] for name in _GROWING})


_ENTRIES, _DETAILS, _HEADS = insert(table(TimelineEntry)), insert(table(TimelineDetails)), _growing_heads()
_NEW_CLOCKS = insert(table(RunningClock)).returning(table(RunningClock).c.id, sort_by_parameter_order=True)
_FIRINGS = text(f"""
    {numbered(ClockFiring, "rows")}
    ON CONFLICT ({", ".join(_ONCE)}) DO NOTHING RETURNING clock_id, rung""")
