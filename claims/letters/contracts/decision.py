"""核定: the notice of cover, and the notice of denial."""

from __future__ import annotations

from dataclasses import dataclass

from claims.letters.contracts.head import AboutHome, Evidence, NextStep, Signer
from notifications.rendering import Content


@dataclass(frozen=True, kw_only=True)
class DeniedFinding(Content):
    part: str
    item: str
    cause: str


@dataclass(frozen=True, kw_only=True)
class CoveredFinding(Content):
    """`term` as the policy has it (5年); `starts_on` and `ends_on`: its first and last day as printed."""

    part: str
    item: str
    term: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class DecisionLetter(AboutHome):
    policy_number: str
    owner_name: str | None
    decided_on: str


@dataclass(frozen=True, kw_only=True)
class DenialNotice(DecisionLetter):
    """不予赔偿通知书: 细则 第十三条, 第十五条; 保险法 24; 银行业保险业消费投诉处理管理办法.

    `ground`: the plain Chinese name of one of X1–X8. `term_reckoning`: for out_of_term, the arithmetic by
    lines. `notice_due_on`: the last day, in law, on which this notice may go out. From `appraisal_fee` on: sentences
    of config/rights.toml.
    """

    surveyed_on: str
    findings: tuple[DeniedFinding, ...]
    ground: str
    clause: str
    reasons: str
    evidence: tuple[Evidence, ...]
    term_reckoning: tuple[str, ...] | None = None
    notice_due_on: str
    appraisal_fee: str
    complaint_period: str
    lawsuit: str
    limitation: str
    proposed_by: Signer
    approved_by: Signer


@dataclass(frozen=True, kw_only=True)
class CoverageNotice(DecisionLetter):
    """核定结果通知书（属于保险责任）: 细则 第十三条, 第十四条; 保险法 23.

    `contact`: who will get in touch, by name and staff number.
    """

    findings: tuple[CoveredFinding, ...]
    next_steps: tuple[NextStep, ...]
    contact: str
