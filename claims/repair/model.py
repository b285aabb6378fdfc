"""派工: who repairs what by when, and the owner's word on each item."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from config.database import BigId


class RepairOrder(SQLModel, table=True):
    """`state` ordered → started → completed → accepted | not_fixed. Without a firm the insurer's own crew repairs."""

    __tablename__ = "repair_order"

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    settlement_id: int | None = Field(default=None, sa_type=BigId, foreign_key="settlement.id")
    """None for a repair under warranty: it needs no new agreement."""
    firm_id: int | None = Field(default=None, sa_type=BigId, foreign_key="firm.id", index=True)
    scope: str = Field(sa_type=Text)
    starts_on: date
    finishes_on: date
    state: str = Field(default="ordered", max_length=10)
    quote_fen: int | None = Field(default=None, sa_type=BigId)
    quote_state: str = Field(default="", max_length=10)
    """"" | given | approved | returned."""
    quote_comment: str = Field(default="", sa_type=Text)
    started_at: datetime | None = None
    completed_at: datetime | None = None
    answered_at: datetime | None = None
    ordered_by: str = Field(max_length=60)
    ordered_at: datetime


class RepairItem(SQLModel, table=True):
    """One repair item of an order (部位 × 维修项目) and the owner's word on it."""

    __tablename__ = "repair_item"
    __table_args__ = (CheckConstraint("word IN ('', 'fixed', 'partly', 'not_fixed')", name="ck_repair_item_word"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    order_id: int = Field(sa_type=BigId, foreign_key="repair_order.id", index=True)
    finding_id: int | None = Field(default=None, sa_type=BigId, foreign_key="finding.id")
    part: str = Field(max_length=20)
    item: str = Field(max_length=80)
    word: str = Field(default="", max_length=10)
    note: str = Field(default="", sa_type=Text)


class RepairPhoto(SQLModel, table=True):
    __tablename__ = "repair_photo"

    order_id: int = Field(sa_type=BigId, foreign_key="repair_order.id", primary_key=True)
    attachment_id: int = Field(sa_type=BigId, foreign_key="attachment.id", primary_key=True)
    when: str = Field(max_length=10)
    """start | completion."""
