"""争议鉴定与投诉: the proposal to the other side, and the answer to a complaint."""

from __future__ import annotations

from dataclasses import dataclass

from claims.letters.contracts.head import AboutHome, Signer
from notifications.rendering import Content


@dataclass(frozen=True, kw_only=True)
class DisputedFinding(Content):
    """`decided`: what we decided of it."""

    part: str
    item: str
    decided: str


@dataclass(frozen=True, kw_only=True)
class Appraiser(Content):
    """`valid_until`: the last day of the qualification."""

    name: str
    qualification: str
    valid_until: str


@dataclass(frozen=True, kw_only=True)
class AppraisalProposal(AboutHome):
    """争议鉴定提议书: 细则 第十五条; 保险法 64. `role` and `addressee` are the other side, `raised_by` who disputed."""

    role: str
    addressee: str | None
    raised_by: str
    raised_on: str
    statement: str
    findings: tuple[DisputedFinding, ...]
    appraisers: tuple[Appraiser, ...]
    reply_by: str
    appraisal_fee: str


@dataclass(frozen=True, kw_only=True)
class ComplaintDecision(AboutHome):
    """投诉处理决定告知书: 银行业保险业消费投诉处理管理办法（银保监会令2020年第3号）.

    `outcome`: 投诉成立 or 投诉不成立. `extension`: that it took longer, and why, if it did. From `review` on:
    sentences of config/rights.toml.
    """

    complainant_name: str | None
    received_at: str
    complaint: str
    extension: str | None
    outcome: str
    decision: str
    reasons: str
    decided_on: str
    decided_by: Signer
    review: str
    mediation: str
    lawsuit: str
    limitation: str
