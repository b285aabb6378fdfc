"""理赔保修期 (第十四条): 180 days by home × part × repair item."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from config.database import BigId


class Warranty(SQLModel, table=True):
    """`state` running → replaced | ended. Its days are counted by the clock `repair_warranty` of the same subject."""

    __table_args__ = (Index("ix_warranty_key", "home_id", "part", "item_key"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    order_id: int = Field(sa_type=BigId, foreign_key="repair_order.id")
    home_id: int = Field(sa_type=BigId, foreign_key="home.id")
    part: str = Field(max_length=20)
    item: str = Field(max_length=80)
    item_key: str = Field(max_length=80)
    """The item without width, space and punctuation: what a new report is matched by."""
    starts_at: datetime
    state: str = Field(default="running", max_length=10)


class ClaimLink(SQLModel, table=True):
    """Two claims that belong together; nothing is merged, both keep their clocks."""

    __tablename__ = "claim_link"

    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", primary_key=True)
    earlier_id: int = Field(sa_type=BigId, foreign_key="claim.id", primary_key=True)
    why: str = Field(max_length=20)
    """warranty: the same key inside its days · same_part: near it, for a person to judge."""
