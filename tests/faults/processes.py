"""Real processes to be killed, forked from one that has already imported the application."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from werkzeug.serving import make_server

from app import create_app
from claims.casefile.recounting import count_anew
from claims.casefile.sweeps import ring_due_rungs
from config import ticker
from config.settings import Settings
from config.time import instant, now
from notifications import outbox
from tests.ground import figure
from tests.standin.serving import Quiet

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([__name__])
LIVES_AT_MOST = 240  # seconds, should the test that started it be gone


class Process:
    """One of the acts below in a process of its own; it says what it does, word by word."""

    def __init__(self, act: Callable[..., None], *words: object) -> None:
        self._hears, says = _FORKING.Pipe(duplex=False)
        self._process = _FORKING.Process(target=_live, args=(act, says, *words), daemon=True)
        self._process.start()
        says.close()

    def says(self) -> object:
        """Its next word; None where it has ended."""
        try:
            return self._hears.recv() if self._hears.poll(60) else None
        except EOFError:
            return None

    def kill(self) -> None:
        """SIGKILL: it gets to do nothing more."""
        if not self._hears.closed:
            self._process.kill()
            self.ends()

    def ends(self) -> int | None:
        """Its exit code; -9 for one that was killed."""
        self._process.join(120)
        code = self._process.exitcode
        self._process.close()
        self._hears.close()
        return code


def ring(says: Connection, settings: Settings, as_of: str, batch: int, pause: float) -> None:
    """Ring what is due, batch by batch; says `held` before each commit, and waits then."""
    database = create_app(settings).extensions["database"]
    says.send("ready")
    looked = 1
    while looked:
        with database.session() as session:
            looked = ring_due_rungs(session, instant(as_of), batch=batch)
            if looked:
                says.send("held")
                time.sleep(pause)
            session.commit()


def work(says: Connection, settings: Settings) -> None:
    """Be a worker as in production, for ever, that looks at rungs alone."""
    signal.alarm(figure(LIVES_AT_MOST, 1200))
    logging.disable(logging.CRITICAL)  # what fails while the database is away is tried again
    ticker.SCHEDULE = {name: every for name, every in ticker.SCHEDULE.items() if name == "ring due rungs"}
    database = create_app(settings).extensions["database"]
    says.send("ready")
    ticker.tick_for_ever(database)


def recount(says: Connection, settings: Settings, as_of: str, batch: int, pause: float) -> None:
    """Count open clocks anew, batch by batch; says `held` before each commit, and waits then."""
    database = create_app(settings).extensions["database"]
    database.belongings["published"].look(database, instant(as_of), at_once=True)
    says.send("ready")
    counted = 1
    while counted:
        with database.session() as session:
            counted = count_anew(session, instant(as_of), batch=batch)
            if counted:
                says.send("held")
                time.sleep(pause)
            session.commit()


def serve(says: Connection, settings: Settings) -> None:
    """Answer HTTP, and die where an arrival would begin to be read; says its port."""
    app = create_app(settings)
    app.extensions["arrival_readers"] = {"twilio message": lambda *_: _die()}
    server = make_server("127.0.0.1", 0, app, threaded=True)
    says.send(server.server_port)
    server.serve_forever()


def answer(says: Connection, settings: Settings, port: int) -> None:
    """Answer HTTP on this port until somebody kills it; says when it is there."""
    server = make_server("127.0.0.1", port, create_app(settings), threaded=True, request_handler=Quiet)
    says.send("ready")
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


def _live(act: Callable[..., None], says: Connection, *words: Any) -> None:
    signal.alarm(LIVES_AT_MOST)
    act(says, *words)


def _die() -> Any:
    os.kill(os.getpid(), signal.SIGKILL)
