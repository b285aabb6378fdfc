"""投诉: answered in 15 natural days, complex ones in 30 (银行业保险业消费投诉处理管理办法)."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from config.database import BigId


class Complaint(SQLModel, table=True):
    """`state` received → extended → prolonged → decided, the middle ones where needed.

    Whoever decides has had no part in what is complained of.
    """

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    complainant_sealed: str = Field(max_length=400)
    text: str = Field(sa_type=Text)
    state: str = Field(default="received", max_length=10)
    received_at: datetime
    extended_by: str = Field(default="", max_length=60)
    extension_reason: str = Field(default="", sa_type=Text)
    decided_by: str = Field(default="", max_length=60)
    decided_at: datetime | None = None
    upheld: bool | None = None
    decision: str = Field(default="", sa_type=Text)
    reasons: str = Field(default="", sa_type=Text)
