"""One report acknowledged after its commit, 8 clients: ours beside the raw machine, in alternation."""

from __future__ import annotations

from bench import floor, shots
from bench.contest import Subject, compete, show
from bench.ground import ground
from bench.load import Job
from bench.shots import by_http

ROUNDS, SECONDS = 4, 1.5


def measure() -> str:
    """The table."""
    with ground() as here, here.floor() as bare, here.ours() as port:
        bottom = Subject("**floor A**: Flask + gunicorn, the intake's SQL by psycopg", by_http(bare, shots.bare_intake))
        subjects = [
            Subject("raw SQL, one round trip per intake", lambda seconds: _by_sql(here.raw_url, seconds)),
            Subject("Flask + gunicorn, hello", by_http(bare, shots.hello)),
            Subject("Flask + gunicorn, one INSERT + commit", by_http(bare, shots.note)),
            bottom,
            Subject("ours, `POST /api/v1/claims` with `Idempotency-Key`", by_http(port, shots.api_intake, most=2500)),
            Subject("ours, the web form", by_http(port, shots.Form(port).sent, most=2500)),
        ]
        compete(here, subjects, rounds=ROUNDS, seconds=SECONDS)
        return show(subjects, bottom)


def _by_sql(address: str, seconds: float) -> Job:
    return Job(address, [shots.intake_values() for _ in range(int(10_000 * seconds))], seconds, sql=floor.INTAKE)
