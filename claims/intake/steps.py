"""The report, one question at a time: which step asks what, in which order, and what each question is called."""

from collections.abc import Iterable

from flask_babel import lazy_gettext

DANGER, WHERE, MATCH, WHAT, PHOTOS, WHO, CHECK = "danger", "where", "match", "what", "photos", "who", "check"
FIELDS: dict[str, tuple[str, ...]] = {
    DANGER: ("danger",),
    WHERE: ("address", "home"),
    MATCH: ("match",),
    WHAT: ("part", "item", "description", "found_on"),
    PHOTOS: ("photos",),
    WHO: ("reporter.name", "reporter.phone", "reporter.relation"),
    CHECK: (),
}
"""Step → the fields that it asks for. `match` is asked only where the address fits several homes of the registry."""
STEPS = (DANGER, WHERE, WHAT, PHOTOS, WHO, CHECK)
"""What is counted: 第3步，共6步."""
_ = lazy_gettext
LABELS = {
    "danger": _("现在有没有危险？"),
    "address": _("房屋地址"),
    "home": _("房屋编号"),
    "match": _("是下面哪一套？"),
    "part": _("哪一类问题"),
    "item": _("具体位置"),
    "description": _("发生了什么"),
    "found_on": _("哪天发现的"),
    "photos": _("照片"),
    "reporter.name": _("姓名"),
    "reporter.phone": _("电话"),
    "reporter.relation": _("您和房子的关系"),
}
"""Field → what it is called, in the order of the steps."""
RELATIONS = {
    "owner": _("业主本人"),
    "family": _("业主的家人"),
    "tenant": _("租客"),
    "property_company": _("物业公司"),
    "other": _("其他"),
}
MUST_CHOOSE = ("danger", "match", "reporter.relation")


def number_of(step: str) -> int:
    return STEPS.index(WHERE if step == MATCH else step) + 1


def after(step: str) -> str:
    return CHECK if step == CHECK else STEPS[number_of(step)]


def before(step: str) -> str:
    """The step to go back to; from the choice of a home to its address."""
    return WHERE if step == MATCH else STEPS[max(number_of(step) - 2, 0)]


def first_asking(fields: Iterable[str]) -> str:
    """The earliest step that asks for one of `fields`; what no step asks for is mended at the end."""
    wrong = set(fields)
    return next((step for step, asked in FIELDS.items() if wrong & set(asked)), CHECK)
