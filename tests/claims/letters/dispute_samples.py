"""The letters of 争议鉴定与投诉: shortest, longest that is plausible, and rarest."""

from __future__ import annotations

from claims.letters.contracts import AppraisalProposal, Appraiser, ComplaintDecision, DisputedFinding
from claims.letters.rights import rights, texts_of
from tests.claims.letters.report_samples import CLERK, LONG_CLERK
from tests.claims.letters.samples import HEAD, LONG_HEAD, RARE_HEAD

FEE = texts_of("appraisal_fee")
RIGHTS = texts_of("review", "mediation", "lawsuit", "limitation")


def unnamed(head: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in head.items() if name != "owner_name"}


def a_proposal(**changes: object) -> AppraisalProposal:
    content = (
        unnamed(HEAD)
        | {
            "policy_number": None,
            "role": "房屋所有权人",
            "addressee": "丁一",
            "raised_by": "房屋所有权人",
            "raised_on": "2026年3月9日（周一）",
            "statement": "不同意。",
            "findings": (DisputedFinding(part="装修", item="地板", decided="不属于保险责任"),),
            "appraisers": (Appraiser(name="示例鉴定", qualification="甲级", valid_until="2027年12月31日（周五）"),),
            "reply_by": "2026年3月25日（周三）",
        }
        | FEE
    )
    return AppraisalProposal(**content | changes)


def a_long_proposal(**changes: object) -> AppraisalProposal:
    content = (
        unnamed(LONG_HEAD)
        | {
            "role": "建设单位",
            "addressee": "示例（上海）新城投资建设开发有限责任公司与示例置业发展股份有限公司联合体",
            "raised_by": "建设单位",
            "raised_on": "2026年12月9日（周三）",
            "statement": "\n".join(["查勘记录称渗水自后加装窗的下口开始，但封闭阳台之前同一位置已经渗水，" * 10] * 4),
            "findings": tuple(
                DisputedFinding(
                    part="供热与供冷系统", item=f"第{n}处：封闭阳台后加装窗下口渗水", decided="不属于保险责任"
                )
                for n in range(1, 21)
            ),
            "appraisers": tuple(
                Appraiser(
                    name=f"示例（上海）建筑工程质量检测鉴定技术服务有限公司第{n}分公司",
                    qualification="建设工程质量检测机构资质证书（综合资质）、司法鉴定许可证（建筑工程质量鉴定）",
                    valid_until="2027年12月31日（周五）",
                )
                for n in range(1, 9)
            ),
            "reply_by": "2027年1月4日（周一）（暂定，待国务院办公厅公布该年放假安排后确定）",
        }
        | FEE
    )
    return AppraisalProposal(**content | changes)


def a_rare_proposal(**changes: object) -> AppraisalProposal:
    content = unnamed(RARE_HEAD) | {
        "addressee": RARE_HEAD["owner_name"],
        "statement": "#let x = 1\n\n□□\n" + "Q" * 300,
        "appraisers": (Appraiser(name="𠮷䶮", qualification="W" * 200, valid_until="2026年3月9日（周一）"),),
    }
    return a_proposal(**content | changes)


def a_complaint_decision(**changes: object) -> ComplaintDecision:
    content = (
        unnamed(HEAD)
        | {
            "policy_number": None,
            "complainant_name": "丁一",
            "received_at": "2026年3月9日（周一）09:00:00",
            "complaint": "太慢。",
            "extension": None,
            "outcome": "投诉成立",
            "decision": "道歉。",
            "reasons": "查勘迟了一天。",
            "decided_on": "2026年3月20日（周五）",
            "decided_by": CLERK,
        }
        | RIGHTS
    )
    return ComplaintDecision(**content | changes)


def a_long_complaint_decision(**changes: object) -> ComplaintDecision:
    text = "查勘人员两次约定上门时间后都没有到场，事先没有告知，也没有说明原因，"
    content = (
        unnamed(LONG_HEAD)
        | {
            "complainant_name": LONG_HEAD["owner_name"],
            "received_at": "2026年12月9日（周三）09:00:00",
            "complaint": "\n".join([text * 25] * 4),
            "extension": rights()["complaint_extension"].text
            + "延长的理由："
            + "需要向两次上门的查勘人员、物业公司和电话运营商核实通话记录，" * 5,
            "outcome": "投诉不成立",
            "decision": "\n".join([text * 10] * 3),
            "reasons": "\n".join([text * 20] * 4),
            "decided_on": "2027年1月8日（周五）",
            "decided_by": LONG_CLERK,
        }
        | RIGHTS
    )
    return ComplaintDecision(**content | changes)


def a_rare_complaint_decision(**changes: object) -> ComplaintDecision:
    content = unnamed(RARE_HEAD) | {
        "complainant_name": RARE_HEAD["owner_name"],
        "complaint": "□#x\n" + "V" * 400,
        "decision": "其一。\r\n\r\n其二。",
    }
    return a_complaint_decision(**content | changes)
