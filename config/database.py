"""One engine and one session for web, worker and commands; SQLite and PostgreSQL alike (ADR 0007)."""

from functools import cached_property
from pathlib import Path
from select import POLLIN, poll
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, BigInteger, Engine, Integer, Table, create_engine, event, make_url
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.exc import DisconnectionError
from sqlmodel import Session, SQLModel

from config.sealing import Sealer

SQLModel.metadata.naming_convention = {  # SQLite can only drop what has a name
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}

LOCK_SECONDS = {"postgresql": 10, "sqlite": 30}
"""How long somebody waits for whoever holds a claim (on SQLite: the database), before being told to try again."""

BigId = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only for INTEGER


def table(model: type[SQLModel]) -> Table:
    """The table behind a model: hot paths write by Core (an ORM intake costs 5.6 ms of Python, a Core one 0.6)."""
    found = model.__table__  # type: ignore[attr-defined]
    assert isinstance(found, Table)
    return found


def insert_into(session: Session, model: type[SQLModel]) -> Any:
    """An INSERT that knows ON CONFLICT, in the words of the session's own database."""
    insert = insert_on_postgresql if on_postgresql(session) else insert_on_sqlite
    return insert(table(model))


def on_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


class Database:
    """Opens lazily. What the rooms need beside rows (rule book, calendar, sealer, listeners, …) travels in
    `session.info`, so that web, worker, commands and tests hand it on in the same way. Errors tell no values: they end
    in a log."""

    def __init__(self, url: str, **belongings: Any) -> None:
        self.url = make_url(url)
        self.belongings = belongings

    @cached_property
    def engine(self) -> Engine:
        if self.url.get_backend_name() == "sqlite":
            return _sqlite(self.url.render_as_string(hide_password=False))
        return _postgresql(self.url)

    @cached_property
    def _reading(self) -> Engine:
        return self.engine.execution_options(reading=True)

    @cached_property
    def _one_statement(self) -> Engine:
        if self.engine.dialect.name == "sqlite":
            return self.engine
        return self.engine.execution_options(isolation_level="AUTOCOMMIT")

    def session(self, *, reading: bool = False, one_statement: bool = False) -> Session:
        """A session that nobody commits but its caller. `reading=True` doesn't wait for SQLite's writer.

        `one_statement=True` saves PostgreSQL the trips for BEGIN and COMMIT: each statement commits itself.
        """
        bind = self._one_statement if one_statement else self.engine
        if reading and bind is self.engine:
            bind = self._reading
        return Session(bind, expire_on_commit=False, info=self.belongings)

    def dispose(self) -> None:
        if "engine" in self.__dict__:
            self.engine.dispose()


def _postgresql(url: URL) -> Engine:
    options = f"-c TimeZone=UTC -c lock_timeout={LOCK_SECONDS['postgresql']}s"
    engine = create_engine(url, pool_size=10, max_overflow=20, connect_args={"options": options}, hide_parameters=True)

    @event.listens_for(engine, "checkout")
    def _still_there(connection: Any, _record: Any, _proxy: Any) -> None:
        """A server that has closed a connection has said so: something is to be read. To look costs no trip."""
        looking = poll()
        looking.register(connection.fileno(), POLLIN)
        if looking.poll(0):
            raise DisconnectionError("the server has closed this connection")

    return engine


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    patience = {"timeout": LOCK_SECONDS["sqlite"], "check_same_thread": False}
    engine = create_engine(url, connect_args=patience, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # Deferred writers that read first die of "database is locked"; immediate ones wait their turn.
        reading = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def migrations(url: str, sealer: Sealer | None = None) -> Config:
    """Alembic's configuration for one database, without a file at the top of the house.

    `sealer`: for migrations that seal or open what is there; a database with nothing in it needs none.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes |= {"url": url, "sealer": sealer}
    return config


def upgrade_database(url: str, revision: str = "head", *, sealer: Sealer | None = None) -> None:
    command.upgrade(migrations(url, sealer), revision)


def downgrade_database(url: str, revision: str, *, sealer: Sealer | None = None) -> None:
    command.downgrade(migrations(url, sealer), revision)
