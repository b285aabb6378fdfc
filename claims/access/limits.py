"""How often somebody may ask: counted in fixed windows of a minute, in a table that all processes share (ADR 0020)."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session

from claims.access.model import RequestWindow
from config.database import insert_into, table

WINDOW = timedelta(minutes=1)
KEPT_FOR = timedelta(minutes=10)


def window_of(at: datetime) -> datetime:
    """The start of the minute that `at` lies in."""
    return at.replace(second=0, microsecond=0)


def count_request(session: Session, who: str, at: datetime) -> int:
    """One more request of `who` (kept only as HMAC); answers how many there are in this window. The caller commits."""
    row = {"key": session.info["sealer"].index(who, "request"), "starts_at": window_of(at), "requests": 1}
    statement = insert_into(session, RequestWindow).values(row)
    windows = table(RequestWindow)
    counted = statement.on_conflict_do_update(
        index_elements=["key", "starts_at"], set_={"requests": windows.c.requests + 1}
    )
    return int(session.execute(counted.returning(windows.c.requests)).scalar_one())


def forget_windows(session: Session, as_of: datetime) -> int:
    """Away with windows that are over; answers how many. The caller commits."""
    windows = table(RequestWindow)
    gone = session.execute(delete(windows).where(windows.c.starts_at < as_of - KEPT_FOR))
    return int(gone.rowcount)  # type: ignore[attr-defined]
