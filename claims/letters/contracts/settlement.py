"""协议与履行: the agreement to be signed, and the notice of money paid."""

from __future__ import annotations

from dataclasses import dataclass

from claims.letters.contracts.head import AboutHome, Party, Signer
from notifications.rendering import Blank, Content


@dataclass(frozen=True, kw_only=True)
class Offer(Content):
    """What is done about one finding. `remedy`: a repair, or cash in words and figures."""

    part: str
    item: str
    cause: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Works(Content):
    """The agreed first and last day of the repairs."""

    starts_on: str
    finishes_on: str


@dataclass(frozen=True, kw_only=True)
class SettlementAgreement(AboutHome):
    """赔偿协议（维修方案确认书）: 细则 第十三条, 第十四条, 第十六条; 保险法 23.

    Drawn up for signing: it stands from the day on which the last of `parties` signs. `works` is None where
    nothing is repaired, `cash` (the sum of all amounts) where nothing is paid; never both.
    """

    policy_number: str
    owner_name: str | None
    proposed_on: str
    offers: tuple[Offer, ...]
    works: Works | None
    cash: str | None
    parties: tuple[Party, ...]
    handled_by: Signer

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.works is None and self.cash is None:
            raise Blank("SettlementAgreement", "works")


@dataclass(frozen=True, kw_only=True)
class PaymentNotice(AboutHome):
    """赔款支付通知书, or 先予支付通知书 of 保险法 25; `title` says which. Amounts in words and figures."""

    policy_number: str
    owner_name: str | None
    title: str
    amount: str
    paid_at: str
    bank_reference: str
    basis: str
    paid_so_far: str
    left: str
