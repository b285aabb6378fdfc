"""THE LETTERS' TABLE: which fact drafts which letter, to whom, what its dispatch is in law, and its text.

Printed in config/adr/tables.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from claims import messages
from claims.casefile import Fact
from claims.casefile import facts as f
from claims.letters import contracts as c
from claims.letters import drafting as d
from claims.messages import Message

Recipient = Literal["owner", "insured", "firm", "other side", "complainant"]


@dataclass(frozen=True)
class LetterRule:
    """One letter. Its name is the folder of its contract, its template templates/letters/<name>.typ.

    draft: may answer None where nothing is to be written. subject: the kind of record of which each has one such
    letter. dispatched: the fact that its hand-over is, where a clock waits for it. text: the message that goes out
    with it. as_told: fields in the words of somebody outside, in which a character that no font has is
    printed as □ instead of stopping the letter.
    """

    title: str
    drafted_on: tuple[type[Fact], ...]
    contract: type[c.Letter]
    draft: Callable[[d.Matter], d.Draft | None]
    subject: str
    to: Recipient
    dispatched: type[f.CoverageNoticeDispatched] | type[f.DenialNoticeDispatched] | None = None
    text: type[Message] | None = None
    as_told: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return self.contract.folder


_RULES = (
    LetterRule(
        title="报案受理回执",
        drafted_on=(f.ReportReceived,),
        contract=c.Acknowledgement,
        draft=d.acknowledgement,
        subject="claim",
        to="owner",
        as_told=frozenset({"said", "home_address"}),
    ),
    LetterRule(
        title="转施工单位保修告知书",
        drafted_on=(f.ClaimReferred,),
        contract=c.Referral,
        draft=d.referral,
        subject="claim",
        to="owner",
        text=messages.ClaimReferred,
    ),
    LetterRule(
        title="补充资料一次性告知书",
        drafted_on=(f.SupplementRequested,),
        contract=c.SupplementNotice,
        draft=d.supplement_notice,
        subject="supplement",
        to="owner",
        text=messages.SupplementNotice,
        as_told=frozenset({"home_address"}),
    ),
    LetterRule(
        title="核定结果通知书",
        drafted_on=(f.CoverageConfirmed,),
        contract=c.CoverageNotice,
        draft=d.coverage_notice,
        subject="decision",
        to="owner",
        dispatched=f.CoverageNoticeDispatched,
        text=messages.CoverageNotice,
    ),
    LetterRule(
        title="不予赔偿通知书",
        drafted_on=(f.CoverageDenied,),
        contract=c.DenialNotice,
        draft=d.denial_notice,
        subject="decision",
        to="owner",
        dispatched=f.DenialNoticeDispatched,
        text=messages.DenialNotice,
    ),
    LetterRule(
        title="赔偿协议",
        drafted_on=(f.SettlementProposed,),
        contract=c.SettlementAgreement,
        draft=d.settlement_agreement,
        subject="settlement",
        to="owner",
        text=messages.SettlementAgreement,
    ),
    LetterRule(
        title="赔款支付通知书、先予支付通知书",
        drafted_on=(f.AdvancePaid, f.PaymentMade),
        contract=c.PaymentNotice,
        draft=d.payment_notice,
        subject="ledger_entry",
        to="owner",
        text=messages.PaymentNotice,
    ),
    LetterRule(
        title="维修委托书",
        drafted_on=(f.RepairOrdered,),
        contract=c.WorkOrder,
        draft=d.work_order,
        subject="order",
        to="firm",
        as_told=frozenset({"item"}),
    ),
    LetterRule(
        title="维修完工验收单",
        drafted_on=(f.RepairAccepted, f.RepairNotFixed),
        contract=c.CompletionRecord,
        draft=d.completion_record,
        subject="order",
        to="owner",
        text=messages.CompletionRecord,
        as_told=frozenset({"file_name", "item", "remark"}),
    ),
    LetterRule(
        title="争议鉴定提议书",
        drafted_on=(f.AppraiserProposed,),
        contract=c.AppraisalProposal,
        draft=d.appraisal_proposal,
        subject="appraisal_candidate",
        to="other side",
        as_told=frozenset({"statement"}),
    ),
    LetterRule(
        title="投诉处理决定告知书",
        drafted_on=(f.ComplaintDecided,),
        contract=c.ComplaintDecision,
        draft=d.complaint_decision,
        subject="complaint",
        to="complainant",
        text=messages.ComplaintDecision,
        as_told=frozenset({"complaint", "home_address"}),
    ),
)

LETTERS: dict[str, LetterRule] = {rule.name: rule for rule in _RULES}
"""In the order of the journey."""

DRAFTED_ON: dict[type[Fact], tuple[LetterRule, ...]] = {
    fact: tuple(rule for rule in _RULES if fact in rule.drafted_on) for each in _RULES for fact in each.drafted_on
}
"""Fact → the letters that it drafts. announce.py hangs `draft_letters` on each."""
