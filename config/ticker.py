"""APScheduler says when to look, and nothing else: in memory, no job per claim, no job store."""

import gc
import logging
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from config.database import Database
from config.schedule import SCHEDULE
from config.ticks import SignsOfLife
from config.time import now, ticking_from

log = logging.getLogger(__name__)

Sweep = Callable[[Database, datetime], int]
_MOST_ROUNDS = 1000


def sweep_named(path: str) -> Sweep:
    """`package.module:function` → the function."""
    module, _, name = path.partition(":")
    found: Sweep = getattr(import_module(module), name)
    return found


def drain(database: Database, sweep: Sweep, as_of: datetime) -> int:
    """Run a sweep until nothing is left that was due at `as_of`; answers how much it did."""
    done, clock = 0, ticking_from(as_of)
    for _ in range(_MOST_ROUNDS):
        did = sweep(database, clock())
        done += did
        if not did:
            break
    return done


def keep_what_is_loaded() -> None:
    """What a process has loaded by now stays until its end: the collector needn't walk through it each time."""
    gc.collect()
    gc.freeze()


def tick_for_ever(database: Database) -> None:
    """Look on schedule until told to stop; a look that fails is logged and looked again."""
    keep_what_is_loaded()
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # below: a look outlasted its second, which loses nothing
    scheduler: Any = BackgroundScheduler(
        timezone="Asia/Shanghai",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    signs = SignsOfLife(database)
    for name, every in SCHEDULE.items():
        told: Any = {"seconds": every.seconds, "args": (database, signs, name), "id": name, "next_run_time": now()}
        scheduler.add_job(_look, "interval", **told)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    scheduler.start()
    log.info("worker looks at: %s", ", ".join(SCHEDULE))
    stop.wait()
    scheduler.shutdown(wait=True)  # what has begun is finished; what hasn't is due again at the next start


def _look(database: Database, signs: SignsOfLife, name: str) -> None:
    try:
        done = drain(database, sweep_named(SCHEDULE[name].sweep), now())
        if done:
            log.info("%s: %d", name, done)
        signs.tell(name, now())
    except Exception as error:
        log.exception("%s failed; it will be tried again", name)
        with suppress(Exception):  # the database may be what has failed: then the sign's age tells it
            signs.tell(name, now(), type(error).__name__)
