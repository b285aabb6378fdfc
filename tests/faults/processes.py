"""Real processes to be killed, forked from one that has already imported the application."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import psycopg
from sqlalchemy import URL, make_url
from werkzeug.serving import make_server

from app import create_app
from claims.casefile.recounting import count_anew
from claims.casefile.sweeps import ring_due_rungs
from config import ticker
from config.settings import Settings
from config.time import instant, now
from notifications import outbox
from tests.faults.together import until
from tests.standin.serving import Quiet

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([__name__])
PATIENCE = 600  # seconds: a process that comes late is no fault, and one that has ended says so at once
LIVES_AT_MOST = 1800  # seconds, should the test that started it be gone


class Process:
    """One of the acts below in a process of its own; it says what it does, word by word, and may be told to go on."""

    def __init__(self, act: Callable[..., None], settings: Settings, *words: object, **told: object) -> None:
        self._line, line = _FORKING.Pipe()
        self._process = _FORKING.Process(target=_live, args=(act, line, settings, *words), kwargs=told, daemon=True)
        self._process.start()
        self._url, self._name = make_url(settings.database_url), _name(self._process.pid)
        line.close()

    def says(self) -> object:
        """Its next word; None where it has ended."""
        try:
            return self._line.recv() if self._line.poll(PATIENCE) else None
        except EOFError:
            return None

    def goes_on(self, *, alone: bool = False) -> None:
        """By one batch, or `alone`: to its end."""
        self._line.send("to the end" if alone else "one batch")

    def kill(self) -> None:
        """SIGKILL: it gets to do nothing more, and neither does the server on its behalf: its locks are gone."""
        if not self._line.closed:
            self._process.kill()
            self.ends()
            until(lambda: not _is_connected(self._url, self._name))

    def ends(self) -> int | None:
        """Its exit code; -9 for one that was killed."""
        self._process.join(PATIENCE)
        code = self._process.exitcode
        self._process.close()
        self._line.close()
        return code


def dies_holding(victim: Process, *, beside: Process, after: int) -> None:
    """SIGKILL while both hold a batch, `after` so many that both have finished; the other goes on to its end."""
    assert victim.says() == beside.says() == "ready"
    assert victim.says() == beside.says() == "held"
    for _ in range(after):
        for worker in (victim, beside):
            worker.goes_on()
        assert victim.says() == beside.says() == "held"
    beside.goes_on(alone=True)
    victim.kill()


def ring(line: Connection, settings: Settings, as_of: str, batch: int, *, alone: bool) -> None:
    """Ring what is due, batch by batch; unless `alone`, says `held` before each commit, and goes on when told to."""
    database = create_app(settings).extensions["database"]
    line.send("ready")
    looked = 1
    while looked:
        with database.session() as session:
            looked = ring_due_rungs(session, instant(as_of), batch=batch)
            alone = alone or not looked or _may_go_on_alone(line)
            session.commit()


def work(says: Connection, settings: Settings) -> None:
    """Be a worker as in production, for ever, that looks at rungs alone."""
    logging.disable(logging.CRITICAL)  # what fails while the database is away is tried again
    ticker.SCHEDULE = {name: every for name, every in ticker.SCHEDULE.items() if name == "ring due rungs"}
    database = create_app(settings).extensions["database"]
    says.send("ready")
    ticker.tick_for_ever(database)


def recount(line: Connection, settings: Settings, as_of: str, batch: int, *, alone: bool) -> None:
    """Count open clocks anew, as `ring` rings."""
    database = create_app(settings).extensions["database"]
    database.belongings["published"].look(database, instant(as_of), at_once=True)
    line.send("ready")
    counted = 1
    while counted:
        with database.session() as session:
            counted = count_anew(session, instant(as_of), batch=batch)
            alone = alone or not counted or _may_go_on_alone(line)
            session.commit()


def serve(says: Connection, settings: Settings) -> None:
    """Answer HTTP, and die where an arrival would begin to be read; says its port."""
    app = create_app(settings)
    app.extensions["arrival_readers"] = {"twilio message": lambda *_: _die()}
    server = make_server("127.0.0.1", 0, app, threaded=True)
    says.send(server.server_port)
    server.serve_forever()


def answer(says: Connection, settings: Settings) -> None:
    """Answer HTTP until somebody kills it; says its port."""
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True, request_handler=Quiet)
    says.send(server.server_port)
    server.serve_forever()


def deliver(_says: Connection, settings: Settings, moment: str) -> None:
    """Send what is waiting, and die right before, or right after, the provider took the first text."""
    database = create_app(settings).extensions["database"]
    real = database.belongings["channels"]["sms"]

    class Mortal:
        name = "sms"

        def send(self, parcel: outbox.Parcel) -> str:
            if moment == "after":
                real.send(parcel)
            return _die()

    outbox.deliver(database, now(), {"sms": Mortal()})


def _live(act: Callable[..., None], line: Connection, settings: Settings, *words: Any, **told: Any) -> None:
    signal.alarm(LIVES_AT_MOST)
    os.environ["PGAPPNAME"] = _name(os.getpid())
    act(line, settings, *words, **told)


def _may_go_on_alone(line: Connection) -> bool:
    line.send("held")
    return bool(line.recv() == "to the end")


def _name(pid: int | None) -> str:
    """What its connections are called at the server."""
    return f"process {pid}"


def _is_connected(url: URL, name: str) -> bool:
    """A server that is away, or that has no such connection any more, does nothing for anybody."""
    if url.get_backend_name() != "postgresql":
        return False
    try:
        with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
            asked = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND datname = current_database()"
            return connection.execute(asked, [name]).fetchone() != (0,)
    except psycopg.OperationalError:
        return False


def _die() -> Any:
    os.kill(os.getpid(), signal.SIGKILL)
