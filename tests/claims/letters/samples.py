"""The heads of letters, and the two decision letters at their shortest and at the longest that is plausible."""

from __future__ import annotations

from claims.letters.contracts import (
    CoverageNotice,
    CoveredFinding,
    DenialNotice,
    DeniedFinding,
    Evidence,
    NextStep,
    Signer,
)
from claims.letters.rights import texts_of

INSURER = {
    "insurer_name": "示例财产保险股份有限公司上海分公司",
    "insurer_address": "上海市浦东新区示例路1号",
    "hotline": "021-0000-0000",
    "complaint_number": "021-0000-0001",
}
HEAD = INSURER | {
    "number": "示保不赔〔2026〕0000123号",
    "reference": "260300000017",
    "issued_at": "2026年3月4日（周三）10:12:09",
    "reported_at": "2026年3月2日（周一）14:05:33",
    "owner_name": "丁一",
    "home_address": "浦东新区示例路1弄2号301室",
    "policy_number": "IDI2024000001",
}
LONG_HEAD = HEAD | {
    "insurer_name": "示例互助财产保险股份有限公司中国（上海）自由贸易试验区临港新片区分公司",
    "insurer_address": "中国（上海）自由贸易试验区临港新片区示例环湖西二路888号"
    "示例国际金融中心C座28层2801—2806室（邮政编码201306）",
    "owner_name": "阿卜杜热合曼·阿卜杜喀迪尔、欧阳𠮷䶮、示例（上海）商业管理合伙企业（有限合伙）",
    "home_address": "浦东新区临港新片区泥城镇示例新市镇云端路1999弄"
    "示例云锦东方雅苑三期（北区）128支弄36号甲单元2704室（复式，含2705室）",
    "policy_number": "PIDI20243101150000000000123456789-附加批单-00000000000000000000000000042",
}
RARE_HEAD = LONG_HEAD | {
    "owner_name": '欧阳𠮷䶮、Ekaterina-Alexandrovna Dostoyevskaya、#read("/etc/passwd") *丁* $x$ <label> @ref \\ //',
    "home_address": "𬭎村㛃弄1号{{ 7 * 7 }}室［原地址：SHANGHAIPUDONGXINQULINGANGXINPIANQUNIUCHENGZHEN-0000000000001］",
}
DECIDED = {"decided_on": "2026年3月3日（周二）"}
DENIED_HEAD = (
    DECIDED
    | {
        "surveyed_on": "2026年3月3日（周二）",
        "notice_due_on": "2026年3月6日（周五）",
        "proposed_by": Signer(name="甲经办", staff_number="A1001"),
        "approved_by": Signer(name="乙复核", staff_number="B2002"),
    }
    | texts_of("appraisal_fee", "complaint_period", "lawsuit", "limitation")
)


def a_denial(**changes: object) -> DenialNotice:
    """The shortest denial notice."""
    content = HEAD | DENIED_HEAD | {
        "findings": (DeniedFinding(part="装修", item="地板", cause="浸水"),),
        "ground": "房屋所有权人自身原因",
        "clause": "保险条款第六条第（一）项",
        "reasons": "您家的洗衣机进水管脱落，水漫到地板，地板因此起鼓。这不是房屋建造时留下的缺陷。",
        "evidence": (Evidence(file_name="IMG_0001.jpg", digest="9f86d081884c7d65", shows="脱落的水管照片"),),
    }  # fmt: skip
    return DenialNotice(**content | changes)


def a_long_denial(**changes: object) -> DenialNotice:
    """Twelve findings, thirty pieces of evidence, reasons of two pages, a term reckoned."""
    part = "保温、防水（外墙面及门窗洞口四周）"
    cause = "查勘时用淋水试验和红外热像仪比对，渗水痕迹自封闭阳台后加装的断桥铝窗下口开始，与原外墙防水层不相连"
    reasons = (
        "我公司现场查勘时，对每一处渗水痕迹都作了淋水试验。试验显示，水从后加装的窗框与墙体之间的缝隙进入室内，" * 6
    )
    content = LONG_HEAD | DENIED_HEAD | {
        "surveyed_on": "2026年2月11日（周三）、2026年2月26日（周四）和2026年3月3日（周二）",
        "findings": tuple(
            DeniedFinding(part=part, item=f"第{n}处：封闭阳台后加装窗下口渗水", cause=cause)
            for n in range(1, 13)
        ),
        "ground": "该部位保险责任期限开始之前或者届满之后报案",
        "clause": "《示例财产保险股份有限公司住宅工程质量潜在缺陷保险条款（2024版）》"
        "第三章“责任免除”第八条第二款第（三）项及附加条款第二条",
        "reasons": "\r\n".join([reasons, "", reasons, "因此，上述问题不属于保险责任。"]),
        "evidence": tuple(
            Evidence(
                file_name=f"Screenshot_20260303_{n:06d}_com.tencent.mm_mmexport1772500000000_edited-final(1).jpeg",
                digest="9f86d081884c7d65",
                shows="后加装窗框下口淋水试验第三十分钟时室内侧渗水情况的照片，拍摄于现场查勘当日",
            )
            for n in range(1, 31)
        ),
        "term_reckoning": (
            "竣工备案日：2019年4月30日（周二）",
            "保险责任开始日：2021年5月1日（周六）",
            "保温、防水的保险责任期限5年，最后一日：2026年4月30日（周四），以保单载明的日期为准",
            "收到报案时间：2026年5月6日（周三）09:30:15，在最后一日24:00之后",
        ),
    }  # fmt: skip
    return DenialNotice(**content | changes)


def a_coverage(**changes: object) -> CoverageNotice:
    """The shortest coverage notice."""
    content = (
        HEAD
        | DECIDED
        | {
            "number": "示保核〔2026〕0000124号",
            "findings": (
                CoveredFinding(
                    part="防水", item="卫生间渗水", term="5年", starts_on="2024年5月21日", ends_on="2029年5月20日"
                ),
            ),
            "next_steps": (NextStep(act="与您商定维修方案", by="2026年3月10日（周二）"),),
            "contact": "甲经办（理赔员，工号A1001）",
        }
    )
    return CoverageNotice(**content | changes)


def a_long_coverage(**changes: object) -> CoverageNotice:
    """Twenty findings and eight steps."""
    content = (
        LONG_HEAD
        | DECIDED
        | {
            "number": "示保核〔2026〕0000124号",
            "findings": tuple(
                CoveredFinding(
                    part="地基基础、主体结构（阳台、雨篷等悬挑构件及外墙面）",
                    item=f"第{n}处：悬挑阳台根部贯通裂缝，裂缝最大宽度1.2毫米",
                    term="10年",
                    starts_on="2024年5月21日（周二）",
                    ends_on="2034年5月20日（周六）",
                )
                for n in range(1, 21)
            ),
            "next_steps": tuple(
                NextStep(
                    act="由具备相应资质的维修单位上门复测裂缝，提出维修方案、开工和完工日期，并请您书面确认",
                    by="2026年3月10日（周二）",
                )
                for _ in range(8)
            ),
            "contact": "阿卜杜热合曼·阿卜杜喀迪尔（高级理赔员，工号SH-IDI-CLAIMS-00001001，直线电话021-0000-0002）",
        }
    )
    return CoverageNotice(**content | changes)
