"""A call and what was recorded in it. What was said step by step stands in the inbox."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from config.database import BigId

ANSWERED, SERVED, VOICEMAIL, ABANDONED = "answered", "served", "voicemail", "abandoned"
"""A person took it; the caller got what they wanted without one; a message was left; they hung up before any of it."""


class PhoneCall(SQLModel, table=True):
    """One call of a homeowner. The row is what all readers of the call's arrivals hold, so that they take turns."""

    __tablename__ = "phone_call"
    __table_args__ = (
        Index(
            "ix_phone_call_open",
            "heard_at",
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
        Index("ix_phone_call_began", "began_at"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    sid: str = Field(max_length=80, unique=True)
    """The provider's name for it."""
    file_id: int | None = Field(default=None, sa_type=BigId, foreign_key="casefile.id", index=True)
    """The claim that it belongs to: opened by it, asked about in it, or the caller's open one."""
    began_at: datetime
    heard_at: datetime
    """When the provider last said something of it."""
    ended_at: datetime | None = None
    call_back_asked_at: datetime | None = None
    outcome: str = Field(default="", max_length=12)
    """How it ended for the caller, one of the four above; empty while it goes on."""


class Recording(SQLModel, table=True):
    """What the provider recorded. It is fetched once the call belongs to a claim."""

    __table_args__ = (
        Index(
            "ix_recording_waiting",
            "next_try_at",
            postgresql_where=text("state = 'waiting'"),
            sqlite_where=text("state = 'waiting'"),
        ),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    sid: str = Field(max_length=80, unique=True)
    call_id: int = Field(sa_type=BigId, foreign_key="phone_call.id", index=True)
    url: str = Field(max_length=400)
    seconds: int
    state: str = Field(default="waiting", max_length=12)
    """waiting → kept | lost. Lost: a call back is owed instead."""
    attempts: int = 0
    next_try_at: datetime
    attachment_id: int | None = Field(default=None, sa_type=BigId, foreign_key="attachment.id")
    error: str = Field(default="", max_length=400)
