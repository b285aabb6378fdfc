"""The desk at 100,000 claims, one client, signed in: the queue's first and 201st page and one claim, beside raw SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
from sqlmodel import Session, col, select, update

from app import create_app, open_database
from bench.contest import Subject, compete, show
from bench.due import reported
from bench.ground import Ground, ground, settings
from bench.load import Job
from bench.shots import request
from claims.access.signing_in import open_sign_in
from claims.casefile.model import CaseFile, RunningClock
from claims.desk.queries import cursor_of
from claims.intake import Claim
from claims.registry import Home
from config.database import table
from config.time import now
from tests.makers import a_person

REPORTED, COPIES, AT_ONCE, PAGE = 5_000, 20, 500, 50
ROUNDS, SECONDS = 5, 2.0
RAW_PAGE = """
SELECT casefile.*, claim.*, home.* FROM casefile
JOIN claim ON claim.id = casefile.id LEFT JOIN home ON home.id = claim.home_id
WHERE casefile.stage NOT IN ('closed', 'referred', 'withdrawn')
ORDER BY casefile.urgent_at, casefile.id LIMIT 51
"""


def measure() -> str:
    """The table."""
    with ground() as here:
        with _session(here) as session:
            for number in range(REPORTED // AT_ONCE):
                reported(session, AT_ONCE, now() - timedelta(minutes=number))
                session.commit()
            _multiply(here.raw_url)
            cookie, token, far, reference = _prepared(session)
        with here.ours() as port:
            api = {"Authorization": f"Bearer {token}"}
            signed_in = {"Cookie": cookie}
            raw = Subject("raw SQL, the same 51 rows by psycopg", _alone(here.raw_url, dict, RAW_PAGE))
            subjects = [
                raw,
                Subject("`GET /api/v1/claims`, page 1", _alone(port, lambda: request("GET", "/api/v1/claims", **api))),
                Subject("… page 201", _alone(port, lambda: request("GET", f"/api/v1/claims?cursor={far}", **api))),
                Subject("`/desk`, page 1", _alone(port, lambda: request("GET", "/desk", **signed_in))),
                Subject("… page 201", _alone(port, lambda: request("GET", f"/desk?cursor={far}", **signed_in))),
                Subject("`/desk/{reference}`", _alone(port, lambda: request("GET", f"/desk/{reference}", **signed_in))),
            ]
            compete(here, subjects, rounds=ROUNDS, seconds=SECONDS)
            return show(subjects, raw)


def _multiply(address: str) -> None:
    """Nineteen more of every claim, each a minute later, with its clocks; timelines stay with the first."""
    kept = {"casefile": ("id", "reference", "urgent_at"), "claim": ("id",), "running_clock": ("id", "file_id")}
    changed = {
        "casefile": "id + {n} * 1000000, {n} + 30 || substr(reference, 3), urgent_at + {n} * interval '1 minute'",
        "claim": "id + {n} * 1000000",
        "running_clock": "id + {n} * 10000000, file_id + {n} * 1000000",
    }
    models = {"casefile": CaseFile, "claim": Claim, "running_clock": RunningClock}
    with psycopg.connect(address, autocommit=True) as connection:
        for name, model in models.items():
            rest = ", ".join(column.name for column in table(model).columns if column.name not in kept[name])
            for number in range(1, COPIES):
                columns, values = f"{', '.join(kept[name])}, {rest}", f"{changed[name].format(n=number)}, {rest}"
                connection.execute(f"INSERT INTO {name} ({columns}) SELECT {values} FROM {name} WHERE id < 1000000")
        connection.execute("vacuum analyze")


def _prepared(session: Session) -> tuple[str, str, str, str]:
    """A session cookie and a token of one adjuster, the cursor of page 201, and the reference of a claim."""
    session.execute(update(Claim).values(home_id=select(Home.id).limit(1).scalar_subquery(), part="waterproofing"))
    person = a_person(session, "adjuster", email="queue@insurer.example")
    signed_in = open_sign_in(session, person, now())
    session.commit()
    app = create_app(settings(session.get_bind().engine.url.render_as_string(hide_password=False)))
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = f"session={serializer.dumps({'_user_id': signed_in, '_fresh': True})}"
    rows = select(CaseFile).order_by(col(CaseFile.urgent_at), col(CaseFile.id))
    far = session.exec(rows.offset(200 * PAGE).limit(1)).one()
    reported_one = session.exec(select(CaseFile.reference).where(col(CaseFile.id) < 1000000).limit(1)).one()
    return cookie, f"token-{person.email}", cursor_of(far), reported_one


def _alone(to: int | str, shot: Callable[[], object], sql: str = "") -> Callable[[float], Job]:
    return lambda seconds: Job(to, [shot()] * int(3000 * seconds), seconds, clients=1, sql=sql)


@contextmanager
def _session(here: Ground) -> Iterator[Session]:
    database = open_database(settings(here.url))
    with database.session() as session:
        yield session
    database.dispose()
