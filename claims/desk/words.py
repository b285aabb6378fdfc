"""Words for stages and facts, as the desk and the homeowner read them."""

from flask_babel import lazy_gettext as _

STAGES = {
    "reported": _("已报案"),
    "surveyed": _("已查勘"),
    "covered": _("属于保险责任"),
    "denied": _("不予赔偿"),
    "settled": _("已达成协议"),
    "repairing": _("维修中"),
    "paying": _("待付款"),
    "warranty": _("保修期内"),
    "closed": _("已结案"),
    "referred": _("由施工单位负责"),
    "withdrawn": _("已撤回"),
}
RELATIONS = {
    "owner": _("业主本人"),
    "family": _("业主的家人"),
    "tenant": _("租客"),
    "property_company": _("物业公司"),
    "other": _("其他"),
}
FACTS: dict[str, object] = {"ReportReceived": _("收到报案")}
CHANNELS = {"web": _("网页"), "sms": _("短信"), "api": _("渠道接口"), "voice": _("电话")}
OUTCOMES = {
    "undecided": _("待核定"),
    "proposed": _("不予赔偿，待复核"),
    "covered": _("属于保险责任"),
    "denied": _("不予赔偿"),
}
ACTORS = {"homeowner": _("房屋所有权人"), "system": _("系统"), "sms": _("短信"), "hotline": _("热线")}


def fact(name: str) -> str:
    """A fact as people call it."""
    return str(FACTS.get(name, name))


def actor(by: str) -> str:
    """Who did it: a person's name as it is, anybody else in words."""
    return str(ACTORS.get(by, by))


def outcome(of: str) -> str:
    return str(OUTCOMES.get(of, of))
