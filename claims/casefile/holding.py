"""Clocks taken in hand: those of files that are held, and what is due, with its files, locked until the transaction
ends.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlmodel import Session

from claims.casefile.model import CaseFile, RunningClock
from claims.casefile.rows import all_as_written
from config.database import table


class DueClock(NamedTuple):
    """What ringing asks of a RunningClock, as it was found: ten thousand of them may be due at one instant."""

    id: int
    file_id: int
    clock: str
    subject: str
    rule_set: str
    length: str
    anchor: datetime
    state: str
    safe_due: datetime
    legal_due: datetime
    provisional: bool
    due_version: int
    next_look_at: datetime
    breached_at: datetime | None


def clocks_of(session: Session, files: Iterable[CaseFile], states: Sequence[str]) -> list[RunningClock]:
    """In their order, and apart from the session: the door writes by Core, and the ORM mustn't write a row again."""
    clocks = list(session.execute(_CLOCKS, {"files": [file.id for file in files], "states": list(states)}).scalars())
    for clock in clocks:
        session.expunge(clock)
    return clocks


def is_anything_due(session: Session, as_of: datetime) -> bool:
    """Locks nothing, and doesn't wait for whoever holds what is due."""
    return session.execute(_FIRST, {"as_of": as_of}).first() is not None


def hold_due(session: Session, as_of: datetime, batch: int) -> list[tuple[CaseFile, DueClock]]:
    """At most `batch` due clocks with their files; what somebody else holds is left out.

    The file is locked first, then the clock: by that lock the database sees what another worker has rung meanwhile.
    The files are to be read only: a fact that is to happen to one needs `lock`.
    """
    rows = session.execute(_DUE, {"as_of": as_of, "batch": batch}).all()
    width = len(table(CaseFile).columns)
    files = {file.id: file for file in all_as_written(CaseFile, {row[0]: row[:width] for row in rows}.values())}
    return [(files[row[0]], DueClock._make(row[width:])) for row in rows]


def _due() -> Select[Any]:
    files, clocks = table(CaseFile), table(RunningClock)
    return (
        select(*files.columns, *(clocks.c[name] for name in DueClock._fields))
        .join_from(files, clocks, clocks.c.file_id == files.c.id)
        .where(clocks.c.next_look_at <= bindparam("as_of"))
        .order_by(clocks.c.next_look_at)
        .limit(bindparam("batch"))
        .with_for_update(of=[files, clocks], skip_locked=True)
    )


_CLOCKS = (  # built once: every act asks it
    select(RunningClock)
    .where(table(RunningClock).c.file_id.in_(bindparam("files", expanding=True)))
    .where(table(RunningClock).c.state.in_(bindparam("states", expanding=True)))
    .order_by(table(RunningClock).c.id)
    .execution_options(populate_existing=True)
)


def _first() -> Select[Any]:
    """In order, because an EXISTS without one reads the whole table, once its plan is made for any instant."""
    look = table(RunningClock).c.next_look_at
    return select(look).where(look <= bindparam("as_of")).order_by(look).limit(1)


_DUE = _due()
_FIRST = _first()
