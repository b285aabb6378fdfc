"""争议鉴定 (第十五条): raised in writing, an appraiser whom both sides choose, an opinion, a fresh decision."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from config.database import BigId


class Appraisal(SQLModel, table=True):
    """`state` raised → proposed → appointed → opined. The clocks of the claim run on meanwhile."""

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    raised_by: str = Field(max_length=10)
    """owner | developer | insurer."""
    statement: str = Field(sa_type=Text)
    findings: str = Field(default="[]", sa_type=Text)
    """A JSON list of the findings in dispute."""
    state: str = Field(default="raised", max_length=10)
    raised_at: datetime
    silent_at: datetime | None = None
    """When the other side had let 15 natural days pass."""
    firm_id: int | None = Field(default=None, sa_type=BigId, foreign_key="firm.id")
    appointed_at: datetime | None = None
    outcome: str = Field(default="", max_length=12)
    """covered | not_covered, as the opinion says."""
    opinion: str = Field(default="", sa_type=Text)
    opinion_file_id: int | None = Field(default=None, sa_type=BigId, foreign_key="attachment.id")
    received_at: datetime | None = None


class AppraisalCandidate(SQLModel, table=True):
    __tablename__ = "appraisal_candidate"
    __table_args__ = (UniqueConstraint("appraisal_id", "firm_id"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    appraisal_id: int = Field(sa_type=BigId, foreign_key="appraisal.id")
    firm_id: int = Field(sa_type=BigId, foreign_key="firm.id")
    proposed_by: str = Field(max_length=10)
    chosen_by_insurer_at: datetime | None = None
    chosen_by_other_at: datetime | None = None
