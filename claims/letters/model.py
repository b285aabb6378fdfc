"""A legal letter: its content, its sealed PDF, and the proof that it went out."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from config.database import BigId


class Letter(SQLModel, table=True):
    """`state` drafted → issued → dispatched. The legal date of dispatch is a field of its own, with its evidence."""

    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        Index(
            "ix_letter_drafted",
            "next_try_at",
            postgresql_where=text("state = 'drafted'"),
            sqlite_where=text("state = 'drafted'"),
        ),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    kind: str = Field(max_length=30)
    """Its name in LETTERS, which is that of its template."""
    subject: str = Field(max_length=60)
    """What it is about, such as `decision:5`: one letter of a kind for each."""
    number: str = Field(max_length=30, unique=True)
    content_sealed: str = Field(sa_type=Text)
    recipient_sealed: str = Field(default="", max_length=200)
    """The phone of whom it is for, or empty where none is known: then only post remains."""
    state: str = Field(default="drafted", max_length=12)
    drafted_at: datetime
    next_try_at: datetime
    attempts: int = 0
    error: str = Field(default="", max_length=400)
    issued_at: datetime | None = None
    sha256: str = Field(default="", max_length=64)
    attachment_id: int | None = Field(default=None, sa_type=BigId, foreign_key="attachment.id")
    dispatched_at: datetime | None = None
    dispatched_by: str = Field(default="", max_length=12)
    evidence: str = Field(default="", max_length=400)
