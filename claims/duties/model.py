"""Files that hang on no claim's journey, and what a file has several of."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from config.database import BigId

RECORD_KINDS = ("acceptance", "test", "upload", "emergency")
NAMED_BY_LAW = ("acceptance", "upload")


class DutyFile(SQLModel, table=True):
    """Shares its id with its CaseFile, whose kind says which of the columns below have something in them."""

    __tablename__ = "duty_file"

    id: int = Field(sa_type=BigId, foreign_key="casefile.id", primary_key=True)
    key: str = Field(max_length=160, unique=True)
    """What it is about, once: `project:SL1`, `upload:17`, `recovery:17:` and the index of the debtor's name."""
    project_id: int | None = Field(default=None, sa_type=BigId, foreign_key="project.id", index=True)
    claim_id: int | None = Field(default=None, sa_type=BigId, foreign_key="claim.id", index=True)
    liability_starts_on: date | None = None
    debtor_sealed: str = Field(default="", sa_type=Text)
    """Whoever is liable may be a natural person."""
    amount_fen: int | None = Field(default=None, sa_type=BigId)


class DutyRecord(SQLModel, table=True):
    """One acceptance, test, upload or emergency: clocks and facts about it bear it as their subject."""

    __tablename__ = "duty_record"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind) for kind in RECORD_KINDS)})", name="ck_duty_record_kind"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    file_id: int = Field(sa_type=BigId, foreign_key="casefile.id", index=True)
    kind: str = Field(max_length=12)
    what_sealed: str = Field(sa_type=Text)
    """A code of schema.py where the law names the thing (NAMED_BY_LAW); else as somebody called it."""
    planned_on: date | None = None
    begun_at: datetime
