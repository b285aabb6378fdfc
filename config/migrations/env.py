"""Alembic's surroundings: our models, our engine, batch mode on SQLite with foreign keys off meanwhile."""

from alembic import context
from sqlmodel import SQLModel

from config.database import Database


def render_item(kind, item, autogen_context):
    """SQLModel's own column types render as plain SQLAlchemy ones."""
    if kind == "type" and type(item).__module__.startswith("sqlmodel"):
        name = type(item).__name__
        autogen_context.imports.add(f"from {type(item).__module__} import {name}")
        return f"{name}()" if name != "AutoString" else f"{name}(length={item.length!r})"
    return False


def _foreign_keys(connection, state):
    """Batch mode rebuilds tables: with the keys on it would delete, or trip over, the children.

    Beside SQLAlchemy, because inside a transaction SQLite ignores this without a word.
    """
    connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={state}")


def run() -> None:
    database = Database(context.config.attributes["url"])
    try:
        with database.engine.connect() as connection:
            _migrate(connection)
    finally:  # a migration may refuse
        database.dispose()


def _migrate(connection):
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        _foreign_keys(connection, "OFF")
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=on_sqlite,
        render_item=render_item,
        compare_type=False,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
    if on_sqlite:
        _foreign_keys(connection, "ON")


run()
