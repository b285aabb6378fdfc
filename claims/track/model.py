"""How a homeowner comes to a claim without an account: codes sent by text, and every try at the door."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from config.database import BigId


class TrackAsk(SQLModel, table=True):
    """Somebody asked for a one-time code by text. The worker answers, so that asking takes as long whoever asks."""

    __tablename__ = "track_ask"
    __table_args__ = (
        Index("ix_track_ask_reference", "reference", "sent_at"),
        Index("ix_track_ask_visitor", "visitor_index", "asked_at"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    reference: str = Field(max_length=16)
    phone_index: str = Field(max_length=32)
    visitor_index: str = Field(max_length=32)
    asked_at: datetime
    answered_at: datetime | None = None
    sent_at: datetime | None = None
    """None where reference and phone don't belong together, or too many codes went out already."""
    code_index: str = Field(default="", max_length=32)
    """The code as its HMAC, together with the reference."""
    tries: int = 0
    used_at: datetime | None = None


class TrackTry(SQLModel, table=True):
    """One try to open a claim, noted before it is looked at."""

    __tablename__ = "track_try"
    __table_args__ = (
        Index("ix_track_try_reference", "reference", "at"),
        Index("ix_track_try_visitor", "visitor_index", "at"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    reference: str = Field(max_length=16)
    visitor_index: str = Field(max_length=32)
    at: datetime
    failed: bool = True
