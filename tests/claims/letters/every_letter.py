"""Every letter with its samples, by its name in the table."""

from __future__ import annotations

from claims.letters.contracts import Letter
from tests.claims.letters import dispute_samples as dispute
from tests.claims.letters import repair_samples as repair
from tests.claims.letters import report_samples as report
from tests.claims.letters import samples as decision
from tests.claims.letters import settlement_samples as settlement

EVERY_LETTER: dict[str, tuple[Letter, ...]] = {
    "acknowledgement": (
        report.an_acknowledgement(), report.a_long_acknowledgement(), report.a_rare_acknowledgement(),
    ),
    "referral": (report.a_referral(), report.a_long_referral(), report.a_rare_referral()),
    "supplement_notice": (report.a_supplement(), report.a_long_supplement(), report.a_rare_supplement()),
    "coverage_notice": (decision.a_coverage(), decision.a_long_coverage()),
    "denial_notice": (decision.a_denial(), decision.a_long_denial()),
    "settlement_agreement": (
        settlement.a_settlement(), settlement.a_long_settlement(), settlement.a_rare_settlement(),
        settlement.a_cash_settlement(),
    ),
    "payment_notice": (settlement.a_payment(), settlement.a_long_payment(), settlement.a_rare_payment()),
    "work_order": (repair.a_work_order(), repair.a_long_work_order(), repair.a_rare_work_order()),
    "completion_record": (repair.a_record(), repair.a_long_record(), repair.a_rare_record()),
    "appraisal_proposal": (dispute.a_proposal(), dispute.a_long_proposal(), dispute.a_rare_proposal()),
    "complaint_decision": (
        dispute.a_complaint_decision(), dispute.a_long_complaint_decision(), dispute.a_rare_complaint_decision(),
    ),
}  # fmt: skip
"""Shortest, longest, rarest, in this order."""
