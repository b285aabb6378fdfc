"""赔偿协议: what the insurer will do for each covered finding, who agreed, and the money that moved."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from config.database import BigId


class Settlement(SQLModel, table=True):
    """`state` proposed → reached | refused | replaced. The 10 days run from the last consent (第十三条)."""

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    state: str = Field(default="proposed", max_length=10)
    cash_fen: int = Field(default=0, sa_type=BigId)
    """All cash parts together, in 分."""
    starts_on: date | None = None
    finishes_on: date | None = None
    """The agreed last day of the repairs; None without a repair part."""
    proposed_by: str = Field(max_length=60)
    proposed_at: datetime
    reached_at: datetime | None = None
    performed_at: datetime | None = None
    fulfilled_at: datetime | None = None


class SettlementPart(SQLModel, table=True):
    """What is done about one finding: a repair, or cash."""

    __tablename__ = "settlement_part"
    __table_args__ = (
        UniqueConstraint("settlement_id", "finding_id"),
        CheckConstraint("mode IN ('repair', 'cash')", name="ck_settlement_part_mode"),
        CheckConstraint("(mode = 'cash') = (amount_fen IS NOT NULL)", name="ck_settlement_part_amount"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    settlement_id: int = Field(sa_type=BigId, foreign_key="settlement.id")
    finding_id: int = Field(sa_type=BigId, foreign_key="finding.id")
    mode: str = Field(max_length=10)
    amount_fen: int | None = Field(default=None, sa_type=BigId)
    begun_at: datetime | None = None
    finished_at: datetime | None = None


class Consent(SQLModel, table=True):
    """One of those whose word is needed agreed: the homeowner always, the insured where that is somebody else."""

    __table_args__ = (UniqueConstraint("settlement_id", "who"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    settlement_id: int = Field(sa_type=BigId, foreign_key="settlement.id")
    who: str = Field(max_length=10)
    agreed_at: datetime | None = None
    """None while the word is awaited."""
    proof: str = Field(default="", max_length=400)
    recorded_by: str = Field(default="", max_length=60)


class LedgerEntry(SQLModel, table=True):
    """Money that left the insurer for a claim (第五条 单独账套). Never changed; a mistake gets an entry against it."""

    __tablename__ = "ledger_entry"
    __table_args__ = (CheckConstraint("amount_fen <> 0", name="ck_ledger_entry_amount"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    claim_id: int = Field(sa_type=BigId, foreign_key="claim.id", index=True)
    settlement_id: int | None = Field(default=None, sa_type=BigId, foreign_key="settlement.id")
    kind: str = Field(max_length=10)
    """advance (保险法 25) | payment."""
    amount_fen: int = Field(sa_type=BigId)
    paid_at: datetime
    bank_reference: str = Field(max_length=80, unique=True)
    recorded_by: str = Field(max_length=60)
    recorded_at: datetime
