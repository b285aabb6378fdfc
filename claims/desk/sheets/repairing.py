"""派工与维修: the order, its quote, its works, and the owner's word on each item."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlmodel import Session

from claims.casefile import CaseFile
from claims.desk.choices import every_finding, items_of_order, part_choices, photos_of, repair_firms
from claims.desk.sheet import Record, Sheet
from claims.intake import Claim
from claims.repair import items_of, items_to_order
from claims.repair.api import (
    create_completion,
    create_order,
    create_quote,
    create_quote_approval,
    create_start,
    create_word,
)
from claims.repair.schema import (
    AcceptanceOfWorksIn,
    CompletionIn,
    OrderIn,
    QuoteAnswerIn,
    QuoteIn,
    StartIn,
)
from claims.settlement import reached_settlements
from config.time import shanghai_day


def what_waits(session: Session, file: CaseFile, _record: Record, at: datetime) -> Mapping[str, Any]:
    """Every item that waits for an order, on the agreed days as far as they are still to come."""
    starts: dict[str, Any] = {"firm": ""}
    for number, item in enumerate(items_to_order(session, session.get_one(Claim, file.id))):
        row = {"part": item.part, "item": item.item, "finding": item.finding or ""}
        starts |= {f"items.{number}.{name}": value for name, value in row.items()}
    today, agreed = shanghai_day(at), reached_settlements(session, file.id or 0)
    for day in ("starts_on", "finishes_on"):
        told = getattr(agreed[-1], day) if agreed else None
        starts[day] = max(told, today) if told else ""
    return starts


def a_row_for_each(session: Session, _file: CaseFile, record: Record, _at: datetime) -> Mapping[str, Any]:
    return {f"items.{number}.id": item.id for number, item in enumerate(items_of(session, int(record or 0)))}


SHEETS = (
    Sheet(
        act="repair-orders",
        preview="work_order",
        view=create_order,
        schema=OrderIn,
        title=_("派工"),
        says=_(
            "派本公司维修队，或者资质合格的维修单位。系统起草《维修委托书》；派给维修单位的，其人员从现在起看得到这件报案里与维修有关的部分。"
        ),
        basis="《实施细则》第十一条",
        labels={
            "firm": _("由谁维修"),
            "scope": _("维修内容和要求"),
            "items": _("维修项目"),
            "items.part": "",
            "items.item": "",
            "items.finding": "",
            "starts_on": _("开工日"),
            "finishes_on": _("完工日"),
        },
        hints={
            "firm": _("只列出资质、专业和服务区域都合适的。"),
            "scope": _("写清做法、材料和验收标准：原来的缺陷要彻底修好，不是只补表面。"),
            "items": _("约定维修、还没有派的都在这里；分几张单派的，去掉这次不派的。"),
        },
        choices={"firm": repair_firms, "items.part": part_choices, "items.finding": every_finding},
        told=frozenset({"items.part", "items.item", "items.finding"}),
        drops=frozenset({"items"}),
        starts=what_waits,
        button=_("派工"),
        done=_("已派工，维修委托书正在起草。"),
    ),
    Sheet(
        act="repair-orders/<int:order>/quote",
        record="repair_orders",
        view=create_quote,
        schema=QuoteIn,
        title=_("记录报价"),
        says=_("维修单位的报价，经本公司同意以后才能开工。"),
        labels={"amount": _("报价（元）")},
        offered=lambda order: order["state"] == "ordered" and bool(order["firm"]),
        button=_("记下报价"),
        done=_("已记下报价，等答复。"),
    ),
    Sheet(
        act="repair-orders/<int:order>/approval",
        record="repair_orders",
        view=create_quote_approval,
        schema=QuoteAnswerIn,
        title=_("答复报价"),
        says=_("同意以后维修单位可以开工；不同意，请它重新报价，此前不能开工。"),
        labels={
            "approve": _("您的意见"),
            "approve=true": _("同意报价"),
            "approve=false": _("不同意，请重新报价"),
            "comment": _("说明"),
        },
        offered=lambda order: order["quote_state"] == "given",
        button=_("答复"),
        done=_("已答复报价。"),
    ),
    Sheet(
        act="repair-orders/<int:order>/start",
        record="repair_orders",
        view=create_start,
        schema=StartIn,
        title=_("记录开工"),
        says=_("每一项维修都已开工、每一笔款都已付清之时，十日的履行期限即为履行。"),
        basis="《实施细则》第十三条",
        labels={"started_at": _("开工时间"), "photos": _("开工前的照片")},
        choices={"photos": photos_of},
        files=frozenset({"photos"}),
        since_now=frozenset({"started_at"}),
        offered=lambda order: order["state"] == "ordered" and order["quote_state"] not in ("given", "returned"),
        button=_("记下开工"),
        done=_("已记下开工。"),
    ),
    Sheet(
        act="repair-orders/<int:order>/completion",
        record="repair_orders",
        view=create_completion,
        schema=CompletionIn,
        title=_("记录完工"),
        says=_("一百八十日的理赔保修期从完工开始；房屋所有权人验收更晚的，从验收重新算起。"),
        basis="《实施细则》第十四条",
        labels={"completed_at": _("完工时间"), "photos": _("完工的照片")},
        choices={"photos": photos_of},
        files=frozenset({"photos"}),
        since_now=frozenset({"completed_at"}),
        offered=lambda order: order["state"] == "started",
        button=_("记下完工"),
        done=_("已记下完工，请房屋所有权人验收。"),
    ),
    Sheet(
        act="repair-orders/<int:order>/acceptance",
        preview="completion_record",
        record="repair_orders",
        view=create_word,
        schema=AcceptanceOfWorksIn,
        title=_("记录验收"),
        says=_(
            "房屋所有权人逐项的话。全部修好：进入理赔保修期，系统起草《维修完工验收单》。有一项没有修好：这一项须重新派工。"
        ),
        basis="《实施细则》第十一条、第十四条",
        labels={
            "accepted_at": _("验收时间"),
            "items": _("逐项验收"),
            "items.id": "",
            "items.word": _("房屋所有权人认为"),
            "items.word=fixed": _("修好了"),
            "items.word=partly": _("修好了一部分"),
            "items.word=not_fixed": _("没有修好"),
            "items.note": _("房屋所有权人的话"),
        },
        choices={"items.id": items_of_order},
        told=frozenset({"items.id"}),
        since_now=frozenset({"accepted_at"}),
        starts=a_row_for_each,
        offered=lambda order: order["state"] == "completed",
        button=_("记下验收"),
        done=_("已记下验收。"),
    ),
)
