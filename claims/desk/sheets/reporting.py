"""报案以后: which home it is, who looks after the claim, and the first word with whoever reported."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlmodel import Session

from claims.casefile import CaseFile
from claims.desk.choices import adjusters, likely_homes
from claims.desk.sheet import Record, Sheet
from claims.intake.api import create_assignment, create_contact, create_home
from claims.intake.schema import AssignmentIn, ContactIn, HomeIn


def likeliest_home(session: Session, file: CaseFile, record: Record, _at: datetime) -> Mapping[str, Any]:
    return {"home": next((choice.value for choice in likely_homes(session, file, record)), "")}


SHEETS = (
    Sheet(
        act="home",
        view=create_home,
        schema=HomeIn,
        title=_("确认房屋"),
        says=_("认定报案说的是哪一套房屋。从此按这套房屋的保单计算期限，通知书写给它的房屋所有权人。"),
        basis="《实施细则》第十二条",
        labels={"home": _("房屋编号")},
        hints={"home": _("按报案人的电话和所报地址找到的，列在输入框里；没有的，到“房屋和保单”里按地址查。")},
        choices={"home": likely_homes},
        suggests=frozenset({"home"}),
        starts=likeliest_home,
        button=_("确认是这一套"),
        done=_("已确认房屋。"),
    ),
    Sheet(
        act="contacts",
        view=create_contact,
        schema=ContactIn,
        title=_("记一次联系"),
        says=_("只有真正和报案人说上了话，才算履行联系的承诺；没有接通也请记下来，期限照走。"),
        basis="《实施细则》第十三条",
        labels={
            "reached": _("说上话了吗"),
            "reached=true": _("说上了"),
            "reached=false": _("没有接通"),
            "note": _("说了什么"),
            "spoke_at": _("什么时候"),
        },
        hints={
            "note": _("例如：约了周三上午上门；提醒先关进水总阀。"),
            "spoke_at": _("不填就是现在。早于上一条记录的，算补记。"),
        },
        button=_("记下"),
        done=_("已记下。"),
    ),
    Sheet(
        act="assignment",
        view=create_assignment,
        schema=AssignmentIn,
        title=_("分派经办人"),
        says=_("从现在起由这位同事经办；期限的提醒发给经办人。换人不影响任何期限。"),
        labels={"assignee": _("经办人")},
        choices={"assignee": adjusters},
        button=_("分派"),
        done=_("已分派。"),
    ),
)
