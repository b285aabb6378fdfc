"""Everything that falls due at one instant, rung: ours beside the raw work per rung, by one worker and by two."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from subprocess import Popen
from time import perf_counter
from typing import Any

from bench.due import BREACHED_AT, WARNED_AT, copied, many_due
from bench.ground import child
from tests.postgres import Server, a_server

ROUNDS, PATIENCE = 3, 75.0
"""PATIENCE: seconds after which no further round begins, so that a busy machine gives fewer rounds, not none."""
WARNINGS, BREACHES = 10_000, 2_000


@dataclass
class Sweep:
    """`database` is copied for each round."""

    name: str
    kind: str
    database: str
    as_of: datetime
    workers: int
    rungs: int
    seconds: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)


def measure() -> str:
    """The table."""
    began = perf_counter()
    with a_server(durable=True) as server, ExitStack() as ending:
        workers = [ending.enter_context(child([sys.executable, "-m", "bench.sweeper"], {})) for _ in range(2)]
        warn, breach = many_due(server, WARNINGS, warned=False), many_due(server, BREACHES, warned=True)
        sweeps = [
            Sweep("raw", "raw", warn, WARNED_AT, 1, WARNINGS),
            Sweep("ours", "ours", warn, WARNED_AT, 1, WARNINGS),
            Sweep("raw", "raw", warn, WARNED_AT, 2, WARNINGS),
            Sweep("ours", "ours", warn, WARNED_AT, 2, WARNINGS),
            Sweep("raw", "raw", breach, BREACHED_AT, 1, BREACHES),
            Sweep("ours, each breach a chained fact", "ours", breach, BREACHED_AT, 1, BREACHES),
            Sweep("raw", "raw", breach, BREACHED_AT, 2, BREACHES),
            Sweep("ours, each breach a chained fact", "ours", breach, BREACHED_AT, 2, BREACHES),
        ]
        for done in range(ROUNDS):
            if done and perf_counter() - began > PATIENCE:
                break
            for sweep in sweeps:
                _run(server, sweep, workers[: sweep.workers])
        return _show(sweeps)


def _run(server: Server, sweep: Sweep, workers: Sequence[Popen[Any]]) -> None:
    url = copied(server, sweep.database)
    _tell(workers, f"{sweep.kind} {url} {sweep.as_of.isoformat()}")
    began = perf_counter()
    answers = _tell(workers, "go")
    sweep.seconds.append(perf_counter() - began)
    rung = sum(int(answer.split()[0]) for answer in answers)
    if rung != sweep.rungs:
        raise RuntimeError(f"{rung} rungs were rung, but {sweep.rungs} are due")
    sweep.looks += [float(answer.split()[1]) for answer in answers]


def _tell(workers: Sequence[Popen[Any]], line: str) -> list[str]:
    """Say a line to each; what each answers."""
    for worker in workers:
        worker.stdin.write(f"{line}\n".encode())  # type: ignore[union-attr]
        worker.stdin.flush()  # type: ignore[union-attr]
    return [worker.stdout.readline().decode() for worker in workers]  # type: ignore[union-attr]


def _show(sweeps: Sequence[Sweep]) -> str:
    heads = "| what | due at once | workers | per second | all out within s | × raw (range) |"
    rows = [heads, "|---|---|---|---|---|---|"]
    for raw, ours in zip(sweeps[::2], sweeps[1::2], strict=True):
        ratios = sorted(bare / full for bare, full in zip(raw.seconds, ours.seconds, strict=True))
        for sweep, ratio in ((raw, "1"), (ours, f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})")):
            took = median(sweep.seconds)
            rows.append(
                f"| {sweep.name} | {sweep.rungs:,} | {sweep.workers} | {sweep.rungs / took:,.0f} "
                f"| {took:.2f} | {ratio} |"
            )
    idle = median(look for sweep in sweeps if sweep.kind == "ours" for look in sweep.looks)
    return "\n".join(rows) + f"\n\nAn idle look: {idle:.2f} ms (median). Rounds: {len(sweeps[0].seconds)}."
