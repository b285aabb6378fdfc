"""赔偿协议: the offer, the words of those who must agree, and the money."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlmodel import Session

from claims.casefile import CaseFile
from claims.desk.choices import asked_to_agree, findings_to_settle
from claims.desk.sheet import Record, Sheet
from claims.settlement import left_fen, reached_settlements, to_settle
from claims.settlement.api import create_acceptance, create_payment, create_refusal, create_settlement
from claims.settlement.schema import AcceptanceIn, PaymentIn, RefusalIn, SettlementIn
from claims.web.money import yuan


def a_row_for_each(session: Session, file: CaseFile, _record: Record, _at: datetime) -> Mapping[str, Any]:
    waiting = enumerate(to_settle(session, file.id or 0))
    return {f"parts.{number}.finding": finding.id for number, finding in waiting}


def what_is_left(session: Session, file: CaseFile, _record: Record, _at: datetime) -> Mapping[str, Any]:
    owed = (left_fen(session, settlement) for settlement in reached_settlements(session, file.id or 0))
    left = next((amount for amount in owed if amount > 0), 0)
    return {"amount": yuan(left)} if left else {}


SHEETS = (
    Sheet(
        act="settlement",
        preview="settlement_agreement",
        view=create_settlement,
        schema=SettlementIn,
        title=_("提出赔偿协议"),
        says=_(
            "每一项属于保险责任的问题，约定维修或者付款。系统起草《赔偿协议》发给房屋所有权人；须同意的各方都同意了，协议才达成，十日内履行。"
        ),
        basis="《实施细则》第十三条；《保险法》第二十三条",
        labels={
            "parts": _("逐项约定"),
            "parts.finding": "",
            "parts.mode": _("怎么办"),
            "parts.mode=repair": _("维修"),
            "parts.mode=cash": _("付款"),
            "parts.amount": _("付款金额（元）"),
            "starts_on": _("维修开工日"),
            "finishes_on": _("维修完工日"),
        },
        hints={"parts.amount": _("选付款的才填。"), "finishes_on": _("有一项维修就要填开工日和完工日，写进协议。")},
        choices={"parts.finding": findings_to_settle},
        told=frozenset({"parts.finding"}),
        starts=a_row_for_each,
        button=_("提出协议"),
        done=_("已提出，赔偿协议正在起草，等对方同意。"),
    ),
    Sheet(
        act="settlement/acceptance",
        view=create_acceptance,
        schema=AcceptanceIn,
        title=_("记录同意"),
        says=_("须同意的各方都同意之时，协议达成，从此十日内履行：付款，或者开工维修。"),
        basis="《实施细则》第十三条；《保险法》第二十三条",
        labels={"by": _("谁同意"), "agreed_at": _("同意的时间"), "proof": _("凭证")},
        hints={"proof": _("例如：签字的协议原件编号，或者回复短信的号码和时间。")},
        choices={"by": asked_to_agree},
        since_now=frozenset({"agreed_at"}),
        button=_("记下同意"),
        done=_("已记下同意。"),
    ),
    Sheet(
        act="settlement/refusal",
        view=create_refusal,
        schema=RefusalIn,
        title=_("记录不同意"),
        says=_("这份协议作废，可以另提一份；对方也可以提出争议鉴定。"),
        basis="《实施细则》第十三条、第十五条",
        labels={"by": _("谁不同意"), "reason": _("理由")},
        choices={"by": asked_to_agree},
        button=_("记下不同意"),
        done=_("已记下，可以另提协议。"),
    ),
    Sheet(
        act="payments",
        preview="payment_notice",
        view=create_payment,
        schema=PaymentIn,
        title=_("记录付款"),
        says=_(
            "记一笔已经汇出的款，并把付款通知书发给房屋所有权人。协议达成以前付的，记作先予支付。账目记下以后不能改。"
        ),
        basis="《实施细则》第五条、第十三条；《保险法》第二十五条",
        labels={"amount": _("金额（元）"), "paid_at": _("汇出时间"), "bank_reference": _("银行流水号")},
        hints={"bank_reference": _("同一流水号只能记一次。")},
        since_now=frozenset({"paid_at"}),
        starts=what_is_left,
        not_now=_("没有记：这个流水号已经在账上，或者这件报案现在没有要付的款。"),
        button=_("记下付款"),
        done=_("已记入账目，付款通知书正在起草。"),
    ),
)
