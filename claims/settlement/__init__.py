"""赔偿协议: the agreement, the money, and whether it has been performed."""

from claims.settlement.actions import Part, consent, propose_settlement, refuse_settlement
from claims.settlement.exposure import Exposure, exposures
from claims.settlement.model import Consent, LedgerEntry, Settlement, SettlementPart
from claims.settlement.performing import after_progress, close_if_performed, pay, works_begun, works_finished
from claims.settlement.queries import (
    consents_of,
    has_to_agree_or_perform,
    ledger_of,
    left_fen,
    live_settlement,
    paid_fen,
    parts_of,
    reached_settlements,
    settlements_of,
    to_settle,
    undecided_findings,
)

__all__ = [
    "Consent",
    "Exposure",
    "LedgerEntry",
    "Part",
    "Settlement",
    "SettlementPart",
    "after_progress",
    "close_if_performed",
    "consent",
    "consents_of",
    "exposures",
    "has_to_agree_or_perform",
    "ledger_of",
    "left_fen",
    "live_settlement",
    "paid_fen",
    "parts_of",
    "pay",
    "propose_settlement",
    "reached_settlements",
    "refuse_settlement",
    "settlements_of",
    "to_settle",
    "undecided_findings",
    "works_begun",
    "works_finished",
]
