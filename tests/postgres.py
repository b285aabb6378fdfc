"""A real PostgreSQL for the tests: the one TEST_DATABASE_URL names, else one that the launcher starts.

A database per test is a copy of one that was migrated once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from config.database import upgrade_database
from tests import launcher

TRIES = 60


@dataclass
class Server:
    """A running server. `url` leads to its maintenance database; `template` is the migrated one, if made."""

    url: str
    template: str | None = None

    def address(self, database: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        url = make_url(self.url).set(drivername="postgresql+psycopg", database=database)
        return url.render_as_string(hide_password=False)

    def run(self, statement: str, **names: str) -> None:
        """Run one statement outside any transaction; `{word}` in it is the identifier given by that word.

        A database that somebody is still leaving is waited for.
        """
        named = sql.SQL(statement).format(**{word: sql.Identifier(name) for word, name in names.items()})
        with psycopg.connect(self.url, autocommit=True) as connection:
            for _ in range(TRIES - 1):
                with suppress(psycopg.errors.ObjectInUse):  # the server itself waits 5 seconds for those who leave
                    connection.execute(named)
                    return
            connection.execute(named)


@contextmanager
def a_server(*, durable: bool = False) -> Iterator[Server]:
    """The server to test on. One that was started here ends with the block, or with this process.

    `durable`: one that is started here waits for the disk at each commit; speed is measured on such a one.
    Raises launcher.NoPostgres where there is none.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given is None:
        with launcher.started(launcher.programs(), durable=durable) as url:
            yield Server(url)
        return
    server = Server(make_url(given).set(drivername="postgresql").render_as_string(hide_password=False))
    yield server
    if server.template:
        drop_database(server, server.address(server.template))


def new_database(server: Server) -> str:
    """A fresh database at the newest revision. Returns its URL."""
    if server.template is None:
        template = empty_database(server)
        upgrade_database(template)
        server.template = make_url(template).database
    name = _unused_name()
    server.run("create database {name} template {template}", name=name, template=str(server.template))
    return server.address(name)


def empty_database(server: Server) -> str:
    """A database with nothing in it, for tests of the migrations. Returns its URL."""
    name = _unused_name()
    server.run("create database {name} template template0", name=name)
    return server.address(name)


def drop_database(server: Server, url: str) -> None:
    """Away with it, whoever is still connected."""
    server.run("drop database if exists {name} with (force)", name=str(make_url(url).database))


def _unused_name() -> str:
    return f"test_{uuid4().hex[:16]}"
