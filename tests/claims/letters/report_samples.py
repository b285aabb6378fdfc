"""The letters of 报案: shortest, longest that is plausible, and rarest."""

from __future__ import annotations

from claims.letters.contracts import Acknowledgement, Duty, Referral, Signer, SupplementItem, SupplementNotice
from tests.claims.letters.samples import HEAD, LONG_HEAD, RARE_HEAD

BASIS = "《实施细则》第十三条"
CLERK = Signer(name="甲经办", staff_number="00001")
LONG_CLERK = Signer(name="阿卜杜热合曼·阿卜杜喀迪尔", staff_number="SH-IDI-CLAIMS-00001001")


def an_acknowledgement(**changes: object) -> Acknowledgement:
    content = HEAD | {
        "policy_number": None,
        "channel": "短信",
        "relation": "承租人",
        "duties": (Duty(act="派人到现场查勘", by="2026年3月4日（周三）", basis=BASIS),),
        "contact": "理赔团队",
    }
    return Acknowledgement(**content | changes)


def a_long_acknowledgement(**changes: object) -> Acknowledgement:
    """4,000 characters of description, as the form takes them."""
    content = LONG_HEAD | {
        "channel": "合作渠道",
        "relation": "房屋所有权人的家庭成员",
        "part": "给排水管道与设备",
        "said": "\n".join(["卧室天花板、飘窗和阳台门下口渗水，" * 55] * 4),
        "duties": (
            Duty(act="派人到现场查勘", by="2026年12月31日（周四）", basis=BASIS),
            Duty(
                act="作出核定（是否属于保险责任），并把结果通知您",
                by="2027年1月29日（周五）（暂定，待国务院办公厅公布该年放假安排后确定）",
                basis="《保险法》第二十三条",
            ),
            Duty(
                act="赔偿数额还不能确定的，先支付可以确定的部分",
                by="2027年3月1日（周一）（暂定，待国务院办公厅公布该年放假安排后确定）",
                basis="《保险法》第二十五条",
            ),
        ),
        "contact": "住宅质量保险理赔服务团队",
    }
    return Acknowledgement(**content | changes)


def a_rare_acknowledgement(**changes: object) -> Acknowledgement:
    """A report under warranty, with characters that the font lacks already replaced."""
    content = RARE_HEAD | {
        "channel": "其他方式",
        "relation": "其他人",
        "part": "防水工程",
        "said": '#import "x.typ"□□救命\r\n\r\n' + "A" * 300 + "\n-\n= 标题\n+ 项",
        "duties": (
            Duty(
                act="安排维修单位，并与您约定上门时间",
                by="2026年3月4日（周三）",
                basis="《实施细则》第十四条；日数是我公司的承诺",
            ),
        ),
        "warranty_of": "260100000021",
        "contact": "住宅质量保险理赔服务团队",
    }
    return Acknowledgement(**content | changes)


BUILDER = {
    "project_name": "示例花园",
    "completion_filed_on": "2024年5月20日（周一）",
    "builder": "示例建设",
    "builder_until": "2026年5月20日（周三）",
    "developer": "示例置业",
    "liability_starts_on": "2026年5月21日（周四）",
}


def a_referral(**changes: object) -> Referral:
    return Referral(**HEAD | BUILDER | {"policy_number": None} | changes)


def a_long_referral(**changes: object) -> Referral:
    content = LONG_HEAD | BUILDER | {
        "part": "供热与供冷系统",
        "project_name": "中国（上海）自由贸易试验区临港新片区示例新市镇示例云锦东方雅苑三期（北区）及配套项目",
        "builder": "示例建设集团（上海）建筑工程总承包股份有限公司第三分公司与示例市政建设有限公司联合体",
        "developer": "示例（上海）新城投资建设开发有限责任公司与示例置业发展股份有限公司联合体",
    }  # fmt: skip
    return Referral(**content | changes)


def a_rare_referral(**changes: object) -> Referral:
    content = RARE_HEAD | BUILDER | {
        "project_name": "𠮷䶮苑#emph[x]",
        "builder": "SHILICONSTRUCTIONGROUPINTERNATIONALENGINEERINGCOMPANYLIMITEDSHANGHAIBRANCHNUMBERTHREE（中国）",
        "developer": "D",
    }  # fmt: skip
    return Referral(**content | changes)


def a_supplement(**changes: object) -> SupplementNotice:
    content = HEAD | {
        "policy_number": None,
        "items": (SupplementItem(what="房产证", why="核对产权", how="拍照"),),
        "decision_period": "30日",
        "decision_due_on": None,
        "contact": CLERK,
    }
    return SupplementNotice(**content | changes)


def a_long_supplement(**changes: object) -> SupplementNotice:
    """Twenty items, each with its why and how."""
    content = LONG_HEAD | {
        "items": tuple(
            SupplementItem(
                what=f"（{n}）二〇二五年封闭阳台时与装修公司签订的装饰装修合同、施工图和竣工照片",
                why="用来确认渗水部位的外墙防水层是否改动过，以及改动的时间和范围（《保险法》第二十二条）",
                how="拍照或者扫描后发给我公司，或者寄到本告知书末尾的地址；请在信封上写明报案号",
            )
            for n in range(1, 21)
        ),
        "decision_period": "20个工作日",
        "decision_due_on": "2027年1月12日（周二）（暂定，待国务院办公厅公布该年放假安排后确定）",
        "contact": LONG_CLERK,
    }
    return SupplementNotice(**content | changes)


def a_rare_supplement(**changes: object) -> SupplementNotice:
    """One item as long as a letter: its row may break over pages."""
    content = RARE_HEAD | {
        "items": (
            SupplementItem(what="说明" * 500, why="$a^2$ #x" + "W" * 80, how="邮" * 700),
            SupplementItem(what="①号房5㎡", why="核", how="1"),
        ),
        "decision_period": "30日",
        "decision_due_on": "2026年4月1日（周三）",
        "contact": Signer(name="𠮷", staff_number="1"),
    }
    return SupplementNotice(**content | changes)
