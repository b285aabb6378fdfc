"""A year's calendar arrives while 100,000 clocks run: how long until all are counted anew, and what acts wait for."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from select import select as ready_to_read
from subprocess import Popen
from time import perf_counter, sleep
from typing import Any

from sqlmodel import Session, func, select

from app import open_database
from bench.due import reported
from bench.ground import a_world_of_homes, child, settings
from claims.calendar import import_year, read_year
from claims.casefile import lock, record
from claims.casefile.facts import ContactTried
from claims.casefile.model import RunningClock, TimelineEntry
from claims.casefile.recounting import left_to_count
from claims.casefile.timeline import verify
from config.database import Database
from tests.claims.calendar.conftest import FILE
from tests.makers import at
from tests.postgres import a_server, new_database

CLAIMS = 25_000
"""Each with 4 clocks, of which the year moves one: the thirtieth day is New Year's Day."""
REPORTED_AT, ARRIVES_AT = at("Wed 2026-12-02 10:00"), at("Mon 2026-12-28 09:00")
_AT_ONCE = 500
ACTS_BEFORE = 200


@dataclass
class Waits:
    """Milliseconds, of acts on claims that somebody picked at random, and of new reports."""

    acts: list[float] = field(default_factory=list)
    reports: list[float] = field(default_factory=list)


def measure() -> str:
    """The table."""
    with a_server(durable=True) as server, child([sys.executable, "-m", "bench.recounter"], {}) as worker:
        url = new_database(server)
        a_world_of_homes(url)
        database = open_database(settings(url))
        for _ in range(CLAIMS // _AT_ONCE):
            _commit(database, lambda session: reported(session, _AT_ONCE, REPORTED_AT))
        before, meanwhile = Waits(), Waits()
        for number in range(ACTS_BEFORE):
            _work(database, before, number)
        _say(worker, url)
        _commit(database, lambda session: import_year(session, read_year(FILE.encode()), by="command", at=ARRIVES_AT))
        seconds = _counted_anew(worker, database, meanwhile)
        table = _show(database, seconds, before, meanwhile)
        database.dispose()
        return table


def _counted_anew(worker: Popen[Any], database: Database, waits: Waits) -> float:
    """Work on claims until the worker says that nothing is left; the seconds that it took."""
    began, number = perf_counter(), 0
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(f"{ARRIVES_AT.isoformat()}\n".encode())
    worker.stdin.flush()
    while not ready_to_read([worker.stdout], [], [], 0)[0]:
        _work(database, waits, number)
        number += 1
        sleep(0.02)
    worker.stdout.readline()
    return perf_counter() - began


def _work(database: Database, waits: Waits, number: int) -> None:
    """An act on some claim; each tenth time a new report."""
    began = perf_counter()
    if number % 10 == 9:
        _commit(database, lambda session: reported(session, 1, ARRIVES_AT))
        waits.reports.append((perf_counter() - began) * 1000)
    else:
        _commit(database, _some_act)
        waits.acts.append((perf_counter() - began) * 1000)


def _some_act(session: Session) -> None:
    file = lock(session, random.randint(1, CLAIMS))
    record(session, file, ContactTried(at=ARRIVES_AT, by="staff:1", note_sealed="x"))


def _commit(database: Database, act: Callable[[Session], Any]) -> None:
    with database.session() as session:
        act(session)
        session.commit()


def _say(worker: Popen[Any], url: str) -> None:
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(f"{url}\n".encode())
    worker.stdin.flush()
    worker.stdout.readline()


def _show(database: Database, seconds: float, before: Waits, meanwhile: Waits) -> str:
    database.belongings["published"].look(database, ARRIVES_AT, at_once=True)
    with database.session(reading=True) as session:
        left = left_to_count(session)
        moved = session.exec(select(func.count()).where(RunningClock.due_version == 2)).one()
        told = session.exec(select(func.count()).where(TimelineEntry.fact == "ClockRecounted")).one()
        began = perf_counter()
        faults = len(list(verify(session)))
    clocks = 4 * CLAIMS
    rows = [
        f"{clocks:,} open clocks counted anew in {seconds:.1f} s by one worker ({clocks / seconds:,.0f} a second); "
        f"{moved:,} moved, {told:,} entries in timelines, {left} left; all chains proved in "
        f"{perf_counter() - began:.0f} s, {faults} faults.",
        "",
        "| meanwhile, one client | times | p50 ms | p99 ms | most ms |",
        "|---|---|---|---|---|",
    ]
    for name, waits in (
        ("an act on some claim, before", before.acts),
        ("an act on some claim, meanwhile", meanwhile.acts),
        ("a report, before", before.reports),
        ("a report, meanwhile", meanwhile.reports),
    ):
        ranked = sorted(waits)
        p50, p99, most = (ranked[int((len(ranked) - 1) * share)] for share in (0.5, 0.99, 1))
        rows.append(f"| {name} | {len(ranked):,} | {p50:.1f} | {p99:.1f} | {most:.0f} |")
    return "\n".join(rows)
