"""One worker of a sweep, in a process of its own: connects, says so, starts when told, and answers how it went."""

from __future__ import annotations

import sys
from datetime import datetime
from time import perf_counter

import psycopg

from app import open_database
from bench import floor
from bench.ground import settings
from claims.sweeping import ring_due_rungs
from config.ticker import drain, keep_what_is_loaded
from config.time import instant

BATCH = 500


def main() -> None:
    """Reads `ours|raw URL INSTANT` lines; after each, waits for one more line, works, and prints how many rungs."""
    keep_what_is_loaded()  # as the worker does
    for line in sys.stdin:
        kind, url, as_of = line.split()
        work = {"ours": _ours, "raw": _raw}[kind]
        work(url, instant(as_of))


def _ours(url: str, as_of: datetime) -> None:
    database = open_database(settings(url))
    ring_due_rungs(database, instant("2000-01-01T00:00:00+08:00"))
    looks = []
    for _ in range(50):
        began = perf_counter()
        ring_due_rungs(database, instant("2000-01-01T00:00:00+08:00"))
        looks.append(perf_counter() - began)
    _say("ready")
    sys.stdin.readline()
    _say(f"{drain(database, ring_due_rungs, as_of)} {sorted(looks)[25] * 1000:.3f}")
    database.dispose()


def _raw(url: str, as_of: datetime) -> None:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        _say("ready")
        sys.stdin.readline()
        done = 0
        while True:
            rung = connection.execute(floor.RUNGS, {"as_of": as_of, "batch": BATCH}).rowcount
            connection.commit()
            done += rung
            if not rung:
                break
        _say(f"{done} 0")


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main()
