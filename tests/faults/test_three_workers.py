"""Three workers as in production, in real time, while rungs fall due: one is killed, again and again, and another put
in its place; or the database crashes and recovers. Each rung rings once, none is missing, and none waits for longer
than a look after everything stands again.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, func, select

from app import open_database
from claims.casefile import Listeners, open_file, record_many
from claims.casefile.facts import ReportReceived
from claims.casefile.model import ClockFiring, RunningClock
from claims.casefile.timeline import verify
from claims.intake import Claim
from config.database import Database
from config.settings import Settings
from config.time import now
from notifications.model import Message
from tests import launcher
from tests.faults.processes import PATIENCE, Process, work
from tests.ground import SOAKING, figure
from tests.postgres import Server, new_database

log = logging.getLogger(__name__)
pytestmark = [pytest.mark.postgres, pytest.mark.slow]

FILES, DUE = figure(250, 25_000), figure(200, 10_000)
"""Each file has 4 clocks; of DUE of them the first warning falls due while the workers work."""
MADE_WITHIN, WINDOW = timedelta(seconds=figure(3, 60)), timedelta(seconds=figure(4, 60))
KILLS = figure(2, 10)
ONE_LOOK = timedelta(seconds=2)
"""A sweep's interval is a second, and a look takes its time. Asked in make soak alone: make test runs on any load."""
AT_ONCE = 500
HALF_OF_CONTACT = timedelta(hours=1)


@pytest.fixture
def run(settings: Settings) -> Iterator[Callable[[], Process]]:
    """Starts workers, and leaves none behind."""
    started: list[Process] = []

    def start() -> Process:
        started.append(Process(work, settings))
        return started[-1]

    yield start
    for process in started:
        process.kill()


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = open_database(settings)
    yield opened
    opened.dispose()


def report(session: Session, instants: list[datetime]) -> None:
    """One claim per instant, through the door."""
    told = {"gate": "no_home", "channel": "web", "relation": "owner", "description": "漏水", "track_code_sealed": "x"}
    files = [open_file(session, kind="claim", opened_at=at, district=None) for at in instants]
    rows = [Claim(id=file.id, received_at=file.opened_at, **told) for file in files]
    facts = [ReportReceived(at=at, by="homeowner", channel="web", relation="owner") for at in instants]
    record_many(session, list(zip(files, facts, strict=True)), along=rows)


def rungs_fall_due(database: Database) -> datetime:
    """Everything is reported, and DUE warnings will fall due one by one within WINDOW; answers when that begins."""
    quiet = [now()] * (FILES - DUE)
    begins = now() + MADE_WITHIN
    hear, database.belongings["listeners"] = database.belongings["listeners"], Listeners()  # letters are no part of it
    instants = [begins - HALF_OF_CONTACT + number * WINDOW / DUE for number in range(DUE)]
    for first in range(0, FILES, AT_ONCE):
        with database.session() as session:
            report(session, (instants + quiet)[first : first + AT_ONCE])
            session.commit()
    database.belongings["listeners"] = hear
    return begins


def fired(database: Database) -> int:
    with suppress(DBAPIError), database.session(reading=True) as session:
        return session.exec(select(func.count()).select_from(ClockFiring)).one()
    return 0


def wait_until_all_rang(database: Database) -> None:
    last_moment = time.monotonic() + PATIENCE
    while fired(database) < DUE and time.monotonic() < last_moment:
        time.sleep(0.1)


def assert_each_rang_once(database: Database, *, stood_at: datetime) -> None:
    with database.session(reading=True) as session:
        firings = session.exec(select(ClockFiring)).all()
        running = session.exec(select(func.count()).where(RunningClock.state == "running")).one()
        keys = session.exec(select(Message.key).where(Message.message == "rung")).all()
        due = select(RunningClock.id).where(RunningClock.clock == "contact").order_by(col(RunningClock.id)).limit(DUE)
        assert {firing.clock_id for firing in firings} == set(session.exec(due))
        assert not list(verify(session)) or not SOAKING
    assert len(firings) == len(keys) == len(set(keys)) == DUE
    assert {firing.rung for firing in firings} == {"share 0.5"}
    assert running == 4 * FILES
    late = max(timedelta(0), *(firing.fired_at - max(firing.due_at, stood_at) for firing in firings))
    log.info("%s rungs of %s clocks: the latest rang %.2f s after it could", DUE, running, late.total_seconds())
    assert not SOAKING or late <= ONE_LOOK


def test_one_of_three_is_killed_again_and_again_and_each_rung_rings_once(database: Database, run):
    begins, chance = rungs_fall_due(database), random.Random(0)
    workers = [run() for _ in range(3)]
    assert [worker.says() for worker in workers] == ["ready"] * 3
    stood_at = max(begins, now())
    for _ in range(KILLS):
        time.sleep(chance.random() * 2 * WINDOW.total_seconds() / (KILLS + 1))
        victim = chance.randrange(3)
        workers[victim].kill()
        workers[victim] = run()
    wait_until_all_rang(database)

    assert_each_rang_once(database, stood_at=stood_at)


class TestTheDatabaseCrashes:
    """On a server of its own that waits for its disk: what it has promised survives."""

    @pytest.fixture
    def server(self) -> Iterator[Server]:
        with launcher.started(launcher.programs(), durable=True) as url:
            yield Server(url)

    @pytest.fixture
    def database_url(self, server: Server) -> str:
        return new_database(server)

    def test_under_load_and_recovers_and_each_rung_rings_once(self, server: Server, database: Database, run):
        begins = rungs_fall_due(database)
        workers = [run() for _ in range(3)]
        assert [worker.says() for worker in workers] == ["ready"] * 3
        while now() < begins + WINDOW / 2:
            time.sleep(0.05)
        a_backend_dies(server.url)
        stood_at = answers_again(server.url)
        wait_until_all_rang(database)

        assert 0 < DUE / 4 < fired(database)
        assert_each_rang_once(database, stood_at=stood_at)


def a_backend_dies(url: str) -> None:
    """Killed, one backend takes every other with it: the postmaster ends all, and recovers from the log."""
    with suppress(psycopg.OperationalError), psycopg.connect(url) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        connection.execute("select 1")


def answers_again(url: str) -> datetime:
    last_moment = time.monotonic() + PATIENCE
    while time.monotonic() < last_moment:
        with suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=5) as connection:
            connection.execute("select 1")
            return now()
        time.sleep(0.05)
    raise AssertionError("the database didn't come back")
