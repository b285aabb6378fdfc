"""The letters of 派工与维修: shortest, longest that is plausible, and rarest."""

from __future__ import annotations

from claims.letters.amounts import spelled_amount
from claims.letters.contracts import (
    CompletionRecord,
    Evidence,
    KnownDanger,
    Party,
    RepairedItem,
    WarrantyTerm,
    WorkItem,
    WorkOrder,
)
from tests.claims.letters.report_samples import CLERK, LONG_CLERK
from tests.claims.letters.samples import HEAD, LONG_HEAD, RARE_HEAD
from tests.claims.letters.settlement_samples import INSURER, OWNER

ABOUT_HOME = {"reported_at", "owner_name", "policy_number"}
LONG_FIRM = "示例建筑修缮（上海）工程技术股份有限公司临港新片区第一分公司"


def for_the_firm(head: dict[str, str]) -> dict[str, str]:
    """A head without what a firm needn't know."""
    return {name: value for name, value in head.items() if name not in ABOUT_HOME}


def a_work_order(**changes: object) -> WorkOrder:
    content = for_the_firm(HEAD) | {
        "firm_name": "本公司维修组",
        "order_number": "260300000017-W1",
        "danger": None,
        "occasion": "履行赔偿协议",
        "contact": "13800000001",
        "scope": "修好",
        "items": (WorkItem(part="防水工程", item="卫生间渗水"),),
        "starts_on": "2026年3月9日（周一）",
        "finishes_on": "2026年3月20日（周五）",
        "ordered_by": CLERK,
    }
    return WorkOrder(**content | changes)


def a_long_work_order(**changes: object) -> WorkOrder:
    """Thirty items, and a scope of a page."""
    content = for_the_firm(LONG_HEAD) | {
        "firm_name": LONG_FIRM,
        "order_number": "260300000017-W1234567",
        "danger": KnownDanger(place="这套房屋和所在的小区", made_safe_at=None),
        "occasion": "理赔保修期内再次维修",
        "contact": "请通过我公司24小时保险服务电话约定",
        "scope": "\n".join(["铲除空鼓的抹灰层至基层，螺栓孔注浆封堵后做聚合物水泥防水涂料两遍，" * 8] * 5),
        "items": tuple(
            WorkItem(part="供热与供冷系统", item=f"第{n}处：主卧飘窗上口与外墙交接处渗水，沿螺栓孔进入室内侧")
            for n in range(1, 31)
        ),
        "starts_on": "2026年12月23日（周三）",
        "finishes_on": "2026年12月30日（周三）",
        "ordered_by": LONG_CLERK,
    }
    return WorkOrder(**content | changes)


def a_rare_work_order(**changes: object) -> WorkOrder:
    content = for_the_firm(RARE_HEAD) | {
        "firm_name": "𠮷䶮修缮",
        "danger": KnownDanger(place="这套房屋", made_safe_at="2026年3月4日（周三）16:00"),
        "scope": "#a\n\n$b$\n" + "M" * 400,
        "items": (WorkItem(part="防水工程", item="□" + "渗" * 79), WorkItem(part="防水工程", item="W" * 80)),
    }
    return a_work_order(**content | changes)


def a_record(**changes: object) -> CompletionRecord:
    content = HEAD | {
        "policy_number": None,
        "firm_name": "示例修缮",
        "order_number": "260300000017-W1",
        "scope": "重做防水层",
        "started_on": "2026年3月9日（周一）",
        "completed_on": "2026年3月19日（周四）",
        "answered_on": "2026年3月20日（周五）",
        "items": (RepairedItem(part="防水工程", item="卫生间渗水", word="已修复", remark=None),),
        "warranties": (
            WarrantyTerm(
                part="防水工程", item="卫生间渗水", first_day="2026年3月21日（周六）", last_day="2026年9月16日（周三）"
            ),
        ),
        "photos": None,
        "cost": None,
        "parties": (OWNER, Party(role="维修单位", name="示例修缮"), INSURER),
    }
    return CompletionRecord(**content | changes)


def a_long_record(**changes: object) -> CompletionRecord:
    """Twenty items, thirty photos."""
    items = [f"第{n}处：主卧飘窗上口与外墙交接处渗水，沿螺栓孔进入室内侧" for n in range(1, 21)]
    content = LONG_HEAD | {
        "firm_name": LONG_FIRM,
        "order_number": "260300000017-W1234567",
        "scope": "\n".join(["铲除空鼓的抹灰层至基层，螺栓孔注浆封堵后做聚合物水泥防水涂料两遍，" * 8] * 3),
        "started_on": "2026年12月23日（周三）",
        "completed_on": "2026年12月30日（周三）",
        "answered_on": "2026年12月31日（周四）",
        "items": tuple(
            RepairedItem(
                part="供热与供冷系统", item=item, word="部分修复" if n % 5 == 0 else "已修复",
                remark="窗台石下口还有水痕，请在下一次大雨之后再来看" if n % 5 == 0 else None,
            )
            for n, item in enumerate(items)
        ),
        "warranties": tuple(
            WarrantyTerm(
                part="供热与供冷系统", item=item,
                first_day="2027年1月1日（周五）",
                last_day="2027年6月29日（周二）（暂定，待国务院办公厅公布该年放假安排后确定）",
            )
            for n, item in enumerate(items) if n % 5
        ),
        "photos": tuple(
            Evidence(
                file_name=f"Screenshot_20261230_{n:06d}_com.tencent.mm_mmexport1772500000000_edited-final(1).jpeg",
                digest="9f86d081884c7d65", shows="完工时的照片",
            )
            for n in range(1, 31)
        ),
        "cost": spelled_amount(99_999_999_99),
        "parties": (
            Party(role="房屋所有权人", name=LONG_HEAD["owner_name"]),
            Party(role="维修单位", name=LONG_FIRM),
            Party(role="保险公司", name=LONG_HEAD["insurer_name"]),
        ),
    }  # fmt: skip
    return CompletionRecord(**content | changes)


def a_rare_record(**changes: object) -> CompletionRecord:
    """Nothing is fixed, and the owner says so at length."""
    content = RARE_HEAD | {
        "items": (RepairedItem(part="防水工程", item="W" * 80, word="未修复", remark="还在漏。" * 400),),
        "warranties": None,
        "parties": (Party(role="房屋所有权人", name=RARE_HEAD["owner_name"]), INSURER),
    }
    return a_record(**content | changes)
