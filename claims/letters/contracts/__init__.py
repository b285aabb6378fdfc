"""What each letter must say: it can't be made without. A new letter is a new class, a .typ file and a row of table.py.

Values arrive ready to print: days, instants and amounts spelled, names and phones unsealed.
"""

from claims.letters.contracts.decision import CoverageNotice, CoveredFinding, DenialNotice, DeniedFinding
from claims.letters.contracts.dispute import AppraisalProposal, Appraiser, ComplaintDecision, DisputedFinding
from claims.letters.contracts.head import Evidence, Letter, NextStep, Party, Signer
from claims.letters.contracts.repair import (
    CompletionRecord,
    KnownDanger,
    RepairedItem,
    WarrantyTerm,
    WorkItem,
    WorkOrder,
)
from claims.letters.contracts.report import Acknowledgement, Duty, Referral, SupplementItem, SupplementNotice
from claims.letters.contracts.settlement import Offer, PaymentNotice, SettlementAgreement, Works
from notifications.rendering import Blank

__all__ = [
    "Acknowledgement",
    "AppraisalProposal",
    "Appraiser",
    "Blank",
    "ComplaintDecision",
    "CompletionRecord",
    "CoverageNotice",
    "CoveredFinding",
    "DenialNotice",
    "DeniedFinding",
    "DisputedFinding",
    "Duty",
    "Evidence",
    "KnownDanger",
    "Letter",
    "NextStep",
    "Offer",
    "Party",
    "PaymentNotice",
    "Referral",
    "RepairedItem",
    "SettlementAgreement",
    "Signer",
    "SupplementItem",
    "SupplementNotice",
    "WarrantyTerm",
    "WorkItem",
    "WorkOrder",
    "Works",
]
