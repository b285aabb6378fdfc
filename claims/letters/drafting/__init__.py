"""From what happened to the content of a letter: one function for each letter, by step of the journey."""

from claims.letters.drafting.decision import coverage_notice, denial_notice
from claims.letters.drafting.dispute import appraisal_proposal, complaint_decision
from claims.letters.drafting.matter import Draft, Matter
from claims.letters.drafting.repair import completion_record, work_order
from claims.letters.drafting.report import acknowledgement, referral, supplement_notice
from claims.letters.drafting.settlement import payment_notice, settlement_agreement

__all__ = [
    "Draft",
    "Matter",
    "acknowledgement",
    "appraisal_proposal",
    "complaint_decision",
    "completion_record",
    "coverage_notice",
    "denial_notice",
    "payment_notice",
    "referral",
    "settlement_agreement",
    "supplement_notice",
    "work_order",
]
