"""A letter's way out of the house, and the end of a claim."""

from flask_babel import lazy_gettext as _

from claims.closing.api import ReasonIn, create_closing, create_withdrawal
from claims.desk.choices import ways_of_dispatch
from claims.desk.sheet import Sheet
from claims.letters.api import create_dispatch
from claims.letters.schema import DispatchIn

SHEETS = (
    Sheet(
        act="letters/<number>/dispatch",
        record="letters",
        view=create_dispatch,
        schema=DispatchIn,
        title=_("记录寄出"),
        says=_(
            "记下这份函件已经交出去，附上凭证。《不予赔偿通知书》的三日、《核定结果通知书》的三日，以交寄之时为准。"
        ),
        basis="《实施细则》第十三条；《保险法》第二十四条",
        labels={"channel": _("怎么寄的"), "handed_over_at": _("交寄时间"), "evidence": _("凭证")},
        hints={"evidence": _("例如：邮政快递单号。")},
        choices={"channel": ways_of_dispatch},
        since_now=frozenset({"handed_over_at"}),
        offered=lambda letter: letter["issued_at"] is not None and letter["dispatched_at"] is None,
        button=_("记下寄出"),
        done=_("已记下寄出。"),
    ),
    Sheet(
        act="withdrawal",
        view=create_withdrawal,
        schema=ReasonIn,
        title=_("撤回报案"),
        says=_(
            "按报案人的意愿撤回：所有期限不再计算，这件报案到此为止，不能恢复。以后同一问题再报，是一件新的报案，按再报之日看是否在保险责任期限内。"
        ),
        labels={"reason": _("报案人为什么撤回")},
        hints={"reason": _("写明谁、什么时候、怎么说的。")},
        button=_("撤回这件报案"),
        done=_("已撤回。"),
    ),
    Sheet(
        act="closing",
        view=create_closing,
        schema=ReasonIn,
        title=_("结案"),
        says=_(
            "该发的通知书都已发出，该核定、赔付、维修的都已办完，才能结案；还有没办完的，系统会拒绝。结案以后，房屋所有权人仍可以提出异议或者投诉。"
        ),
        labels={"reason": _("为什么没有要办的了")},
        not_now=_("还不能结案：还有期限没有履行，或者还有没核定、没赔付、没修完、没鉴定完的。办完再结案。"),
        button=_("结案"),
        done=_("已结案。"),
    ),
)
