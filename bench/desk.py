"""The desk among many claims, one client, signed in: queue, search, one claim and the board, beside raw SQL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from urllib.parse import quote

from sqlmodel import Session, col, select

from app import create_app, open_database
from bench.contest import Subject, compete, show
from bench.ground import Ground, ground, settings
from bench.load import Job
from bench.many import make_many
from bench.shots import request
from claims.access.signing_in import open_sign_in
from claims.casefile import IS_OPEN
from claims.casefile.model import CaseFile
from claims.desk.queries import cursor_of
from config.time import now
from tests.makers import a_person

CLAIMS = int(os.environ.get("BENCH_CLAIMS", "100000"))
"""A million takes five minutes to make."""
PAGE, ROUNDS, SECONDS = 50, 5, 2.0
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
            make_many(session, CLAIMS)
            cookie, token, far, reference = _prepared(session)
        with here.ours() as port:
            api, signed_in = {"Authorization": f"Bearer {token}"}, {"Cookie": cookie}
            raw = Subject("raw SQL, the same 51 rows by psycopg", _alone(here.raw_url, dict, RAW_PAGE))
            asked = [
                ("`GET /api/v1/claims`, page 1", "/api/v1/claims", api),
                ("… page 201", f"/api/v1/claims?cursor={far}", api),
                ("`/desk`, page 1", "/desk", signed_in),
                ("… page 201", f"/desk?cursor={far}", signed_in),
                ("… a piece of an address", f"/desk?q={quote('样板路1弄13号楼')}", signed_in),
                ("… four digits", "/desk?q=0101", signed_in),
                ("`/desk/{reference}`", f"/desk/{reference}", signed_in),
                ("`/oversight`", "/oversight", signed_in),
            ]
            shots = [Subject(name, _alone(port, partial(request, "GET", path, **who))) for name, path, who in asked]
            compete(here, [raw, *shots], rounds=ROUNDS, seconds=SECONDS)
            return show([raw, *shots], raw)


def _prepared(session: Session) -> tuple[str, str, str, str]:
    """A session cookie and a token of one lead, the cursor of page 201, and the reference of a claim."""
    person = a_person(session, "lead", email="queue@insurer.example")
    signed_in = open_sign_in(session, person, now())
    session.commit()
    app = create_app(settings(session.get_bind().engine.url.render_as_string(hide_password=False)))
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = f"session={serializer.dumps({'_user_id': signed_in, '_fresh': True})}"
    rows = select(CaseFile).where(IS_OPEN).order_by(col(CaseFile.urgent_at), col(CaseFile.id))
    far = session.exec(rows.offset(200 * PAGE).limit(1)).one()
    reported = session.exec(select(CaseFile.reference).order_by(col(CaseFile.id)).limit(1)).one()
    return cookie, f"token-{person.email}", cursor_of(far), reported


def _alone(to: int | str, shot: Callable[[], object], sql: str = "") -> Callable[[float], Job]:
    return lambda seconds: Job(to, [shot()] * int(3000 * seconds), seconds, clients=1, sql=sql)


@contextmanager
def _session(here: Ground) -> Iterator[Session]:
    database = open_database(settings(here.url))
    with database.session() as session:
        yield session
    database.dispose()
