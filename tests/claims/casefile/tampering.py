"""Somebody who gets past the guards of the timeline."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlmodel import Session

from config.database import on_postgresql

GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'timeline_entry'"


@contextmanager
def unguarded(session: Session) -> Iterator[Session]:
    """A session whose triggers and foreign keys sleep, as a superuser or the owner of the file could have it."""
    if on_postgresql(session):
        session.execute(text("SET LOCAL session_replication_role = replica"))
        yield session
        session.execute(text("SET LOCAL session_replication_role = DEFAULT"))
        return
    guards = session.execute(text(GUARDS)).all()
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    for name, _ in guards:
        session.execute(text(f"DROP TRIGGER {name}"))
    yield session
    for _, guard in guards:
        session.execute(text(guard))


def tamper(session: Session, statement: str, **values: object) -> None:
    """Change a row behind the door's back; it must be one row at least."""
    with unguarded(session):
        changed = session.execute(text(statement), values)
        assert changed.rowcount > 0, f"nothing to tamper with: {statement}"
    session.expire_all()
