"""Many at once on SQLite: writers take turns, readers don't wait."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from sqlalchemy import func, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlmodel import select

from claims.registry import Project
from config.database import Database
from config.time import shanghai_day
from tests.ground import figure
from tests.makers import at

WRITERS = 4
ROUNDS = figure(25, 200)


@pytest.fixture
def database(database_url):
    made = Database(database_url)
    yield made
    made.dispose()


def a_project(code: str) -> Project:
    told = dict.fromkeys(("name", "search_name", "district", "address", "developer", "builder"), "示例")
    day = shanghai_day(at("Mon 2026-03-02 10:00"))
    return Project(code=code, completion_filed_on=day, completion_accepted_on=day, **told)


def how_many(session) -> int:
    return session.exec(select(func.count()).select_from(Project)).one()


@pytest.mark.both_databases
def test_writers_that_read_first_take_turns_and_none_dies(database):
    """SQLite's deferred transactions: 589 of 800 died of "database is locked" (ADR 0007)."""
    together = Barrier(WRITERS)

    def write(writer: int) -> None:
        together.wait()
        for number in range(ROUNDS):
            with database.session() as session:
                how_many(session)
                session.add(a_project(f"{writer}-{number}"))
                session.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    with database.session(reading=True) as session:
        assert how_many(session) == WRITERS * ROUNDS


@pytest.mark.both_databases
def test_a_reader_does_not_wait_for_a_writer_and_sees_what_was_committed(database):
    with database.session() as writer:
        writer.add(a_project("P1"))
        writer.flush()
        with database.session(reading=True) as reader:  # whom it waited for would come only after it
            assert how_many(reader) == 0
        writer.commit()
    with database.session(reading=True) as reader:
        assert how_many(reader) == 1


def test_a_connection_that_the_server_has_closed_is_replaced_before_anybody_works_with_it(database):
    with database.session() as session:
        closed = session.scalar(text("SELECT pg_backend_pid()"))
    with psycopg.connect(database.url.set(drivername="postgresql").render_as_string(hide_password=False)) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [closed])

    with database.session() as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) != closed


@pytest.mark.both_databases
def test_a_statement_that_commits_itself_leaves_its_connection_as_it_was(database):
    with database.session(one_statement=True) as session:
        session.add(a_project("P1"))
        session.commit()
    with database.session() as session:
        session.add(a_project("P2"))
        session.flush()

    with database.session(reading=True) as session:
        assert how_many(session) == 1


@pytest.mark.both_databases
def test_an_error_tells_no_values_for_it_may_end_in_a_log(database):
    with database.session() as session, pytest.raises((OperationalError, ProgrammingError)) as told:
        session.execute(text("select * from nowhere where phone = :phone"), {"phone": "13800000001"})

    assert "13800000001" not in str(told.value)
