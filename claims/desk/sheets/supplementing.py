"""补充资料: asked for once, in one list (保险法 22)."""

from flask_babel import lazy_gettext as _

from claims.decision.supplement_api import (
    ArrivalIn,
    SupplementIn,
    SupplementRequestIn,
    create_arrival,
    create_correction,
    create_supplement,
    create_supplement_notice,
)
from claims.desk.choices import files_of
from claims.desk.sheet import Sheet

SHEETS = (
    Sheet(
        act="supplement-notice",
        preview="supplement_notice",
        view=create_supplement_notice,
        schema=SupplementRequestIn,
        title=_("一次性要求补充资料"),
        says=_(
            "系统起草《补充资料一次性告知书》，发给房屋所有权人。只有第一次要求的、且有凭证证明送达的，核定的三十日才暂停；再次要求不停。"
        ),
        basis="《保险法》第二十二条；《保险法解释（二）》第十五条",
        labels={
            "items": _("缺少的资料"),
            "items.what": _("缺什么"),
            "items.why": _("为什么要"),
            "items.how": _("怎么提供"),
        },
        hints={
            "items": _("一次写全，以后再要的不停期限。"),
            "items.what": _("例如：房屋所有权证明复印件。"),
            "items.why": _("不填的，告知书写明法律规定的理由。"),
            "items.how": _("不填的，告知书写明常用的几种方式。"),
        },
        adds=frozenset({"items"}),
        button=_("要求补充"),
        done=_("已要求补充资料，告知书正在起草。"),
    ),
    Sheet(
        act="supplement-notice/arrival",
        record="supplements",
        view=create_arrival,
        schema=ArrivalIn,
        title=_("记录告知书送达"),
        says=_("从送达之时起，核定的三十日暂停，到补充的资料收到为止。"),
        basis="《保险法解释（二）》第十五条",
        labels={"arrived_at": _("送达时间"), "proof": _("送达凭证")},
        hints={"proof": _("例如：邮政快递单号和签收人。没有凭证不能暂停期限。")},
        since_now=frozenset({"arrived_at"}),
        offered=lambda asked: bool(asked["pauses"] and asked["arrived_at"] is None and asked["received_at"] is None),
        button=_("记下送达"),
        done=_("已记下送达，核定期限暂停。"),
    ),
    Sheet(
        act="supplement-notice/arrival/correction",
        record="supplements",
        view=create_correction,
        schema=ArrivalIn,
        title=_("更正送达时间"),
        says=_("送达时间记错的，由主管更正：核定的三十日按更正后的时间重新计算，原来的记录保留，并写明是谁更正的。"),
        basis="《保险法解释（二）》第十五条",
        labels={"arrived_at": _("实际送达时间"), "proof": _("送达凭证")},
        hints={"proof": _("例如：邮政快递单号和签收人。")},
        offered=lambda asked: bool(asked["pauses"] and asked["arrived_at"]),
        button=_("更正"),
        done=_("已更正，核定期限已重新计算。"),
    ),
    Sheet(
        act="supplement",
        record="supplements",
        view=create_supplement,
        schema=SupplementIn,
        title=_("记录收到补充资料"),
        says=_("要求的资料收齐了：核定的三十日从此刻继续计算。"),
        basis="《保险法解释（二）》第十五条",
        labels={"received_at": _("收到时间"), "files": _("收到的资料")},
        hints={"files": _("从已有的材料中选，或者上传新的。")},
        choices={"files": files_of},
        files=frozenset({"files"}),
        since_now=frozenset({"received_at"}),
        offered=lambda asked: bool(asked["pauses"] and asked["received_at"] is None),
        button=_("记下收到"),
        done=_("已记下，核定期限继续计算。"),
    ),
)
