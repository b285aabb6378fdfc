"""The rows of the spine. Written by `record()` alone; read by everybody."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, ColumnElement, Index, Text, UniqueConstraint, literal_column, text
from sqlmodel import Field, SQLModel

from claims.casefile.stages import ENDED, Stage
from config.database import BigId

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for "nothing runs" in `CaseFile.urgent_at`, so that the queue's order needs no NULL."""


_NO_CLAIM = text("kind <> 'claim'")
_ENDED = ", ".join(f"'{stage}'" for stage in sorted(ENDED))
_OPEN = text(f"stage NOT IN ({_ENDED})")
_OF_OPEN: Any = {"postgresql_where": _OPEN, "sqlite_where": _OPEN}
NEARLY_MISSED = (
    "running_clock.state = 'met' AND running_clock.breached_at IS NULL"
    " AND running_clock.met_at < running_clock.legal_due AND running_clock.anchor < running_clock.safe_due"
    " AND running_clock.met_at - running_clock.anchor >= (running_clock.safe_due - running_clock.anchor) * 0.9"
)
"""`ladder.is_near_miss` in PostgreSQL's words. A question in the very words of the index reads these rows alone."""


class CaseFile(SQLModel, table=True):
    """One file: `kind` is `claim`, later `project` and `incident`. Queue columns live here."""

    __table_args__ = (
        Index(
            "ix_casefile_queue",
            "urgent_at",
            "id",
            postgresql_include=("kind", "assignee_id", "district"),
            **_OF_OPEN,
        ),
        CheckConstraint(f"stage IN ({', '.join(repr(str(stage)) for stage in Stage)})", name="ck_casefile_stage"),
        Index(
            "ix_casefile_first",
            "urgent_at",
            "id",
            postgresql_where=text("stands_first"),
            sqlite_where=text("stands_first = 1"),
        ),
        Index("ix_casefile_duties", "kind", "urgent_at", "id", postgresql_where=_NO_CLAIM, sqlite_where=_NO_CLAIM),
        Index("ix_casefile_stage_queue", "stage", "urgent_at", "id"),
        Index(
            "ix_casefile_assignee_queue",
            "assignee_id",
            "urgent_at",
            "id",
            postgresql_include=("kind", "stage", "district"),  # the board counts without a look at the files
            **_OF_OPEN,
        ),
        Index("ix_casefile_oldest", "opened_at", "id", **_OF_OPEN),
        Index("ix_casefile_opened", "opened_at", postgresql_using="brin"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    kind: str = Field(max_length=20)
    reference: str = Field(max_length=16, unique=True)
    stage: str = Field(default=Stage.NEW, max_length=20)
    version: int = 0
    """Rises with moves and decisions only: an arriving text must not throw an adjuster's form away."""
    rule_set: str = Field(max_length=40)
    """The clocks in force on the day of the report; they stay with the file."""
    opened_at: datetime
    urgent_at: datetime = NEVER
    """The nearest `safe_due` that runs."""
    stands_first: bool = False
    """Whether a clock is owed that puts its file before all others, whatever their dues (ADR 0032)."""
    assignee_id: int | None = Field(default=None, sa_type=BigId)
    district: str | None = Field(default=None, max_length=20)
    """Where the home stands; None while no home is known, so that everybody's queue shows it."""


IS_OPEN: ColumnElement[bool] = literal_column(f"casefile.stage NOT IN ({_ENDED})", Boolean)
"""Whether a file is open, in the words of the indexes that hold open files alone: no parameter hides that they fit."""


class TimelineEntry(SQLModel, table=True):
    """Append-only. Triggers on PostgreSQL refuse UPDATE, DELETE and TRUNCATE."""

    __tablename__ = "timeline_entry"
    __table_args__ = (
        Index(
            "ix_timeline_entry_ended",
            "at",
            postgresql_where=text("fact IN ('ClaimReferred', 'ClaimWithdrawn', 'ClaimClosed')"),
            sqlite_where=text("fact IN ('ClaimReferred', 'ClaimWithdrawn', 'ClaimClosed')"),
        ),
    )

    file_id: int = Field(sa_type=BigId, foreign_key="casefile.id", primary_key=True)
    seq: int = Field(primary_key=True)
    fact: str = Field(max_length=60)
    at: datetime
    recorded_at: datetime
    by: str = Field(max_length=60)
    subject: str = Field(default="", max_length=60)
    late: bool = False
    """Entered after something that happened later: shown with a mark."""
    details_hash: str = Field(max_length=64)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class TimelineDetails(SQLModel, table=True):
    """What may be erased. `details` is canonical JSON kept as text: jsonb would rewrite what was hashed."""

    __tablename__ = "timeline_details"

    file_id: int = Field(sa_type=BigId, primary_key=True)
    seq: int = Field(primary_key=True)
    salt: str = Field(max_length=32)
    details: str = Field(sa_type=Text)


class TimelineHead(SQLModel, table=True):
    """The last link, kept apart from the chain, so that a cut tail shows."""

    __tablename__ = "timeline_head"

    file_id: int = Field(sa_type=BigId, foreign_key="casefile.id", primary_key=True)
    seq: int
    hash: str = Field(max_length=64)
    latest_at: datetime
    recorded_at: datetime


class RunningClock(SQLModel, table=True):
    """A deadline or term that was started on a file, whatever became of it."""

    __tablename__ = "running_clock"
    __table_args__ = (
        Index("ix_running_clock_file", "file_id", "id"),
        Index(
            "ix_running_clock_look",
            "next_look_at",
            postgresql_where=text("next_look_at IS NOT NULL"),
            sqlite_where=text("next_look_at IS NOT NULL"),
        ),
        Index(
            "ix_running_clock_breached",
            "breached_at",
            postgresql_include=("clock", "state", "id"),
            postgresql_where=text("breached_at IS NOT NULL"),
            sqlite_where=text("breached_at IS NOT NULL"),
        ),
        Index(
            "ix_running_clock_calendar",
            "calendar",
            "id",
            postgresql_where=text("state IN ('running', 'paused', 'breached')"),
            sqlite_where=text("state IN ('running', 'paused', 'breached')"),
        ),
        Index(
            "ix_running_clock_contact",
            "file_id",
            postgresql_where=text("clock = 'contact' AND met_at IS NULL AND state IN ('running', 'breached')"),
            sqlite_where=text("clock = 'contact' AND met_at IS NULL AND state IN ('running', 'breached')"),
        ),
        Index(
            "ix_running_clock_nearly_missed",
            "met_at",
            "id",
            postgresql_include=("clock", "kind", "file_id"),
            postgresql_where=text(NEARLY_MISSED),
            sqlite_where=text("state = 'met' AND breached_at IS NULL"),
        ),
        Index("ix_running_clock_days", "safe_due", "met_at", postgresql_using="brin"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    file_id: int = Field(sa_type=BigId, foreign_key="casefile.id")
    clock: str = Field(max_length=40)
    kind: str = Field(max_length=10)
    subject: str = Field(default="", max_length=60)
    rule_set: str = Field(max_length=40)
    calendar: str = Field(max_length=20)
    """Version of the calendar that the dues were counted with."""
    length: str = Field(max_length=30)
    anchor: datetime
    state: str = Field(default="running", max_length=10)
    safe_due: datetime | None = None
    legal_due: datetime | None = None
    provisional: bool = False
    due_version: int = 1
    next_look_at: datetime | None = None
    met_at: datetime | None = None
    breached_at: datetime | None = None
    """The first late instant, once the breach is on record."""


class ClockPause(SQLModel, table=True):
    """Dues are always recomputed from these rows, never shifted."""

    __tablename__ = "clock_pause"

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    clock_id: int = Field(sa_type=BigId, foreign_key="running_clock.id", index=True)
    from_at: datetime
    to_at: datetime | None = None
    reason: str = Field(max_length=60)
    proof: str = Field(default="", max_length=400)
    recorded_at: datetime
    by: str = Field(max_length=60)
    struck_at: datetime | None = None
    """Entered wrongly: kept to be seen, counted no more. Another row has taken its place."""
    struck_by: str | None = Field(default=None, max_length=60)


class ClockFiring(SQLModel, table=True):
    """A rung that fired. The unique key, not a check, keeps it at once per due version."""

    __tablename__ = "clock_firing"
    __table_args__ = (
        UniqueConstraint("clock_id", "rung", "due_version"),
        Index("ix_clock_firing_fired", "fired_at", postgresql_using="brin"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    clock_id: int = Field(sa_type=BigId, foreign_key="running_clock.id")
    rung: str = Field(max_length=40)
    due_version: int
    due_at: datetime
    fired_at: datetime
