"""核定: signed by people, immutable once made."""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from config.database import BigId


class Decision(SQLModel, table=True):
    """`outcome` covered | denied; `state` proposed → made | returned. A denial takes a second person."""

    __table_args__ = (
        Index(
            "ix_decision_proposed",
            "claim_id",
            postgresql_where=text("state = 'proposed'"),
            sqlite_where=text("state = 'proposed'"),
        ),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    outcome: str = Field(max_length=10)
    state: str = Field(max_length=10)
    ground: str | None = Field(default=None, max_length=30)
    clause: str = Field(default="", max_length=300)
    reasons: str = Field(default="", sa_type=Text)
    proposed_by: int = Field(sa_type=BigId, foreign_key="person.id")
    proposed_at: datetime
    answered_by: int | None = Field(default=None, sa_type=BigId, foreign_key="person.id")
    answered_at: datetime | None = None
    comment: str = Field(default="", sa_type=Text)
    decided_at: datetime | None = None


class DecisionFinding(SQLModel, table=True):
    __tablename__ = "decision_finding"

    decision_id: int = Field(sa_type=BigId, foreign_key="decision.id", primary_key=True)
    finding_id: int = Field(sa_type=BigId, foreign_key="finding.id", primary_key=True)


class DecisionEvidence(SQLModel, table=True):
    __tablename__ = "decision_evidence"

    decision_id: int = Field(sa_type=BigId, foreign_key="decision.id", primary_key=True)
    attachment_id: int = Field(sa_type=BigId, foreign_key="attachment.id", primary_key=True)
    shows: str = Field(default="", max_length=200)
    """What it proves (证明内容), in the adjuster's words; the notice prints its kind where nothing is said."""


class Supplement(SQLModel, table=True):
    """What was asked for in addition. Only the first request pauses the 30 days (一次性)."""

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    items: str = Field(sa_type=Text)
    """A JSON list of what is missing, why, and how to bring it."""
    pauses: bool
    requested_by: str = Field(max_length=60)
    requested_at: datetime
    arrived_at: datetime | None = None
    arrival_proof: str = Field(default="", max_length=400)
    received_at: datetime | None = None
