"""The letters of 协议与履行: shortest, longest that is plausible, and rarest."""

from __future__ import annotations

from claims.letters.amounts import spelled_amount
from claims.letters.contracts import Offer, Party, PaymentNotice, SettlementAgreement, Works
from tests.claims.letters.report_samples import CLERK, LONG_CLERK
from tests.claims.letters.samples import HEAD, LONG_HEAD, RARE_HEAD

OWNER = Party(role="房屋所有权人", name="丁一")
INSURER = Party(role="保险公司", name=HEAD["insurer_name"])
WORKS = Works(starts_on="2026年3月9日（周一）", finishes_on="2026年3月20日（周五）")


def a_settlement(**changes: object) -> SettlementAgreement:
    """A repair alone, and only the owner's consent is needed."""
    content = HEAD | {
        "proposed_on": "2026年3月5日（周四）",
        "offers": (Offer(part="防水工程", item="卫生间渗水", cause="防水层破损", remedy="由我公司维修"),),
        "works": WORKS,
        "cash": None,
        "parties": (OWNER, INSURER),
        "handled_by": CLERK,
    }
    return SettlementAgreement(**content | changes)


def a_cash_settlement(**changes: object) -> SettlementAgreement:
    cash = spelled_amount(1_200_00)
    offer = Offer(part="装饰装修", item="墙纸", cause="渗水", remedy=f"支付赔款{cash}")
    return a_settlement(**{"offers": (offer,), "works": None, "cash": cash} | changes)


def a_long_settlement(**changes: object) -> SettlementAgreement:
    """Twenty findings, repair and cash together, three who sign."""
    cause = "淋水试验和红外热像仪比对表明，外墙螺栓孔封堵不实，雨水沿孔道进入室内侧保温层"
    content = LONG_HEAD | {
        "proposed_on": "2026年3月5日（周四）",
        "offers": tuple(
            Offer(
                part="供热与供冷系统" if n % 2 else "防水工程",
                item=f"第{n}处：主卧飘窗上口与外墙交接处渗水",
                cause=cause,
                remedy="由我公司维修" if n % 2 else f"支付赔款{spelled_amount(99_999_999_99)}",
            )
            for n in range(1, 21)
        ),
        "works": WORKS,
        "cash": spelled_amount(999_999_999_90),
        "parties": (
            Party(role="房屋所有权人", name=LONG_HEAD["owner_name"]),
            Party(role="被保险人", name="示例（上海）新城投资建设开发有限责任公司与示例置业发展股份有限公司联合体"),
            Party(role="保险公司", name=LONG_HEAD["insurer_name"]),
        ),
        "handled_by": LONG_CLERK,
    }
    return SettlementAgreement(**content | changes)


def a_rare_settlement(**changes: object) -> SettlementAgreement:
    cash = spelled_amount(1)
    content = RARE_HEAD | {
        "proposed_on": "2026年3月5日（周四）",
        "offers": (
            Offer(part="防水工程", item="#x" + "Z" * 78, cause="因" * 2000, remedy="由我公司维修"),
            Offer(part="装饰装修", item="*一*", cause="$1$", remedy=f"支付赔款{cash}"),
        ),
        "works": Works(starts_on="2026年3月9日（周一）", finishes_on="2026年3月9日（周一）"),
        "cash": cash,
        "parties": (Party(role="房屋所有权人", name=RARE_HEAD["owner_name"]), INSURER),
        "handled_by": CLERK,
    }
    return SettlementAgreement(**content | changes)


def a_payment(**changes: object) -> PaymentNotice:
    content = HEAD | {
        "title": "赔款支付通知书",
        "amount": spelled_amount(1_200_00),
        "paid_at": "2026年3月9日（周一）10:00:00",
        "bank_reference": "1",
        "basis": "2026年3月6日（周五）达成的赔偿协议；"
        "《上海市住宅工程质量潜在缺陷保险实施细则》第十三条、《保险法》第二十三条",
        "paid_so_far": spelled_amount(1_200_00),
        "left": spelled_amount(0),
    }
    return PaymentNotice(**content | changes)


def a_long_payment(**changes: object) -> PaymentNotice:
    """The advance of 保险法 25."""
    content = LONG_HEAD | {
        "title": "先予支付通知书",
        "amount": spelled_amount(99_999_999_99),
        "paid_at": "2026年12月30日（周三）23:59:59",
        "bank_reference": "ICBK20261230000000000000000000123456789012345678901234567890",
        "basis": "《保险法》第二十五条：赔偿数额还不能确定，根据已有证明和资料可以确定的数额先予支付",
        "paid_so_far": spelled_amount(999_999_999_90),
        "left": "最终确定赔偿数额以后应付的差额",
    }
    return PaymentNotice(**content | changes)


def a_rare_payment(**changes: object) -> PaymentNotice:
    content = RARE_HEAD | {"bank_reference": "#" + "9" * 78 + "$", "left": spelled_amount(1)}
    return a_payment(**content | changes)
