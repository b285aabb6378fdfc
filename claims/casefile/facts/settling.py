"""赔偿协议与履行: what was agreed and whether it was done."""

from dataclasses import dataclass

from claims.casefile.fact import Fact


@dataclass(frozen=True, kw_only=True)
class SettlementProposed(Fact):
    weighty = True

    findings: tuple[int, ...]
    cash_fen: int
    consents: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SettlementConsented(Fact):
    """One of those whose consent is needed agreed."""

    who: str


@dataclass(frozen=True, kw_only=True)
class SettlementRefused(Fact):
    weighty = True

    who: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SettlementReached(Fact):
    """第十三条 达成赔偿协议: the last consent; the 10 days run from here."""

    cash_fen: int
    finishes_on: str | None = None
    repair: bool = False


@dataclass(frozen=True, kw_only=True)
class AdvancePaid(Fact):
    """保险法 25: the part that can already be determined, paid before the rest is known."""

    amount_fen: int
    bank_reference: str


@dataclass(frozen=True, kw_only=True)
class PaymentOrdered(Fact):
    """Nothing is to be repaired: what remains is to pay."""

    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class PaymentMade(Fact):
    amount_fen: int
    bank_reference: str
    left_fen: int


@dataclass(frozen=True, kw_only=True)
class PaidInFull(Fact):
    """Every yuan of a settlement without repair has been paid."""


@dataclass(frozen=True, kw_only=True)
class ObligationPerformed(Fact):
    """第十三条 履行赔偿义务: every cash part is paid and every repair has begun (ADR 0015)."""


@dataclass(frozen=True, kw_only=True)
class ObligationFulfilled(Fact):
    """The strict view: every cash part is paid and every repair is finished."""
