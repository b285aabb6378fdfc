"""报案: the receipt, the referral to the builder, and what is still to be supplied."""

from __future__ import annotations

from dataclasses import dataclass

from claims.letters.contracts.head import AboutHome, Signer
from notifications.rendering import Content


@dataclass(frozen=True, kw_only=True)
class Duty(Content):
    """What we owe next, by when, and by which article."""

    act: str
    by: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(AboutHome):
    """报案受理回执: 细则 第十三条. `said` is the reporter's own word; `duties` are the clocks that now run.

    `warranty_of`: the earlier claim whose 180 days this report falls in (第十四条).
    """

    owner_name: str | None
    channel: str
    relation: str
    part: str | None = None
    said: str | None = None
    duties: tuple[Duty, ...]
    warranty_of: str | None = None
    contact: str


@dataclass(frozen=True, kw_only=True)
class Referral(AboutHome):
    """转施工单位保修告知书: 细则 第七条（七）, 第九条（一）5、6.

    `builder_until`: the last day on which the builder repairs; `liability_starts_on` the day after.
    """

    owner_name: str | None
    part: str | None = None
    project_name: str
    completion_filed_on: str
    builder: str
    builder_until: str
    developer: str
    liability_starts_on: str


@dataclass(frozen=True, kw_only=True)
class SupplementItem(Content):
    what: str
    why: str
    how: str


@dataclass(frozen=True, kw_only=True)
class SupplementNotice(AboutHome):
    """补充资料一次性告知书: 保险法 22; 解释（二） 15.

    `decision_period`: 30日, or the policy's own. `decision_due_on`: its last day if nothing stopped it; None
    where no decision is due.
    """

    owner_name: str | None
    items: tuple[SupplementItem, ...]
    decision_period: str
    decision_due_on: str | None
    contact: Signer
