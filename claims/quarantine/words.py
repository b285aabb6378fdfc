"""Words of the quarantine, in the language of the request."""

from flask_babel import gettext, lazy_gettext

from notifications.inbox import UNSIGNED

_ = lazy_gettext
KINDS = {
    "message": _("短信"),
    "status": _("短信回执"),
    "voice": _("通话中的一步"),
    "call": _("通话状态"),
    "recording": _("通话录音"),
    "words": _("网页留言"),
}
STATES = {"waiting": _("待处理"), "settled": _("已处理")}
VERDICTS = {"claim": _("已建报案"), "link": _("已归入报案"), "dismissal": _("不用处理")}


def kind(name: str) -> str:
    return str(KINDS.get(name, name))


def why(error: str) -> str:
    """Why it is here, for a person; the program's own words stay in the row."""
    if error == UNSIGNED:
        return gettext("签名不对，不能确认来源")
    return gettext("系统读不懂") if error.startswith("CannotRead") else gettext("处理时反复出错")
