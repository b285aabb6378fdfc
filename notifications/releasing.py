"""What was to leave only later leaves now."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, update

from config.database import table
from notifications.model import Message


def release(session: Session, about: Iterable[str], at: datetime) -> None:
    """All of it that is `about` these. What a provider has refused once keeps waiting for its next try."""
    rows = table(Message)
    waiting = (rows.c.about.in_(list(about)), rows.c.state == "queued", rows.c.attempts == 0, rows.c.next_try_at > at)
    session.execute(update(rows).where(*waiting).values(next_try_at=at))
