"""派工与维修: the order to the firm, and the record of what was done."""

from __future__ import annotations

from dataclasses import dataclass

from claims.letters.contracts.head import AboutHome, Evidence, Letter, Party, Signer
from notifications.rendering import Content


@dataclass(frozen=True, kw_only=True)
class WorkItem(Content):
    part: str
    item: str


@dataclass(frozen=True, kw_only=True)
class KnownDanger(Content):
    """险情 at the home or in all of its project: `place`. `made_safe_at` is None until it is proved to be over."""

    place: str
    made_safe_at: str | None


@dataclass(frozen=True, kw_only=True)
class WorkOrder(Letter):
    """维修委托书（派工单）: 细则 第十一条; 个人信息保护法 21.

    Only what the firm needs: where, what, when, and how to reach whoever opens the door; no name, no policy,
    no story of the claim. `contact`: a telephone number, or what to do where none is known. `danger`: so that the crew
    is warned, also of one that is over (第七条(八)); None where none was ever reported.
    """

    firm_name: str
    order_number: str
    occasion: str
    home_address: str
    danger: KnownDanger | None
    contact: str
    scope: str
    items: tuple[WorkItem, ...]
    starts_on: str
    finishes_on: str
    ordered_by: Signer


@dataclass(frozen=True, kw_only=True)
class RepairedItem(Content):
    """`word` is the owner's: 已修复, 部分修复, 未修复."""

    part: str
    item: str
    word: str
    remark: str | None


@dataclass(frozen=True, kw_only=True)
class WarrantyTerm(Content):
    """理赔保修期 of one part and item, first and last day."""

    part: str
    item: str
    first_day: str
    last_day: str


@dataclass(frozen=True, kw_only=True)
class CompletionRecord(AboutHome):
    """维修完工验收单: 细则 第十四条. It discharges nobody and takes no right from the owner.

    `warranties` is None where nothing was fixed, `cost` where no quote was approved.
    """

    owner_name: str | None
    firm_name: str
    order_number: str
    scope: str
    started_on: str
    completed_on: str
    answered_on: str
    items: tuple[RepairedItem, ...]
    warranties: tuple[WarrantyTerm, ...] | None
    photos: tuple[Evidence, ...] | None
    cost: str | None
    parties: tuple[Party, ...]
