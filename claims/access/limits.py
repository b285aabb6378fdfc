"""How often somebody may ask: counted in fixed windows of a minute, in a table that all processes share (ADR 0020)."""

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import bindparam, delete, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session

from claims.access.model import RequestWindow
from config.database import on_postgresql, table

WINDOW = timedelta(minutes=1)
KEPT_FOR = timedelta(minutes=10)


def window_of(at: datetime) -> datetime:
    """The start of the minute that `at` lies in."""
    return at.replace(second=0, microsecond=0)


def count_request(session: Session, who: str, at: datetime) -> int:
    """One more request of `who` (kept only as HMAC); answers how many there are in this window. The caller commits.

    On PostgreSQL that commit doesn't wait for the disk: a crash may forget the requests of its last moments.
    """
    told = {"key": session.info["sealer"].index(who, "request"), "starts_at": window_of(at)}
    return int(session.execute(_COUNTING if on_postgresql(session) else _counting_on_sqlite(), told).scalar_one())


_COUNTING = text("""
    WITH hurry AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO request_window (key, starts_at, requests)
    SELECT CAST(:key AS varchar), CAST(:starts_at AS timestamptz), 1 FROM hurry
    ON CONFLICT (key, starts_at) DO UPDATE SET requests = request_window.requests + 1
    RETURNING requests""")


@cache
def _counting_on_sqlite() -> ReturningInsert[tuple[int]]:
    windows = table(RequestWindow)
    first = insert(windows).values(key=bindparam("key"), starts_at=bindparam("starts_at"), requests=1)
    again = {"requests": windows.c.requests + 1}
    return first.on_conflict_do_update(index_elements=["key", "starts_at"], set_=again).returning(windows.c.requests)


def forget_windows(session: Session, as_of: datetime) -> int:
    """Away with windows that are over; answers how many. The caller commits."""
    windows = table(RequestWindow)
    gone = session.execute(delete(windows).where(windows.c.starts_at < as_of - KEPT_FOR))
    return int(gone.rowcount)  # type: ignore[attr-defined]
