"""The worker's sign of life: when each sweep of config/schedule.py was last looked at, and whether that went well."""

from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, select

from config.bulk import insert_once
from config.database import Database

AT_MOST_EVERY = timedelta(seconds=15)
"""A sweep looks once a second; nobody needs its sign of life that often, and each one is a write."""


class SweepTick(SQLModel, table=True):
    """One row per sweep. `failing_since`: the first of the looks that have failed in a row."""

    __tablename__ = "sweep_tick"

    sweep: str = Field(max_length=60, primary_key=True)
    looked_at: datetime
    failing_since: datetime | None = None
    error: str = Field(default="", max_length=80)
    """The kind of the last error; its words are in the worker's log."""


class SignsOfLife:
    """One worker's; keeps quiet where the last sign is young and says the same."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._told: dict[str, tuple[datetime, str]] = {}

    def tell(self, sweep: str, at: datetime, error: str = "") -> None:
        """Write that `sweep` was looked at, in a transaction of its own. `error`: why it failed, if it did."""
        told_at, told = self._told.get(sweep, (at - AT_MOST_EVERY, error))
        if told == error and at - told_at < AT_MOST_EVERY:
            return
        with self.database.session() as session:
            _write(session, sweep, at, error[:80])
            session.commit()
        self._told[sweep] = at, error


def ticks(session: Session) -> dict[str, SweepTick]:
    """The last sign of life of each sweep that ever gave one; one query."""
    return {tick.sweep: tick for tick in session.exec(select(SweepTick))}


def _write(session: Session, sweep: str, at: datetime, error: str) -> None:
    insert_once(session, SweepTick, [{"sweep": sweep, "looked_at": at, "error": ""}], "sweep")
    tick = session.exec(select(SweepTick).where(SweepTick.sweep == sweep).with_for_update()).one()
    tick.looked_at, tick.error = max(at, tick.looked_at), error
    tick.failing_since = (tick.failing_since or at) if error else None
    session.add(tick)
