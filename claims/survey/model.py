"""Visits to the site, and what was found there."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from config.database import BigId


class Visit(SQLModel, table=True):
    """A survey that was booked."""

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    visit_at: datetime
    surveyor_id: int | None = Field(default=None, sa_type=BigId, foreign_key="person.id")
    booked_by: str = Field(max_length=60)
    booked_at: datetime


class Finding(SQLModel, table=True):
    """One defect. `outcome` says what the insurer decided of it: undecided → proposed → covered | denied."""

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    visit_id: int = Field(sa_type=BigId, foreign_key="visit.id")
    part: str = Field(max_length=20)
    item: str = Field(max_length=80)
    cause: str = Field(sa_type=Text)
    opinion: str = Field(sa_type=Text)
    visited_at: datetime
    outcome: str = Field(default="undecided", max_length=12)
    recorded_by: str = Field(max_length=60)
    recorded_at: datetime


class FindingPhoto(SQLModel, table=True):
    __tablename__ = "finding_photo"

    finding_id: int = Field(sa_type=BigId, foreign_key="finding.id", primary_key=True)
    attachment_id: int = Field(sa_type=BigId, foreign_key="attachment.id", primary_key=True)
