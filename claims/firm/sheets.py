"""A firm's three acts: the desk's sheets in the firm's own words, offering no file of the claim to choose from."""

from dataclasses import replace

from flask_babel import lazy_gettext as _

from claims.desk.sheet import Sheet
from claims.desk.sheets import SHEETS as OF_THE_DESK

_ACT = "repair-orders/<int:order>/"

SHEETS: dict[str, Sheet] = {
    "quote": replace(
        OF_THE_DESK[f"{_ACT}quote"],
        title=_("报价"),
        says=_("填全部项目的总价，含材料和人工。保险公司同意以后才能开工。"),
        labels={"amount": _("报价（元）")},
        button=_("提交报价"),
        done=_("报价已提交，等保险公司答复。"),
    ),
    "start": replace(
        OF_THE_DESK[f"{_ACT}start"],
        title=_("开工"),
        says=_("到了现场、动工之前，先拍几张现状照片。"),
        labels={"started_at": _("开工时间"), "photos": _("开工前的照片")},
        choices={},
        button=_("确认开工"),
        done=_("已记下开工。"),
    ),
    "completion": replace(
        OF_THE_DESK[f"{_ACT}completion"],
        title=_("完工"),
        says=_("修好并收拾干净以后再提交。提交后请业主验收；180日的保修期从完工起算。"),
        labels={"completed_at": _("完工时间"), "photos": _("完工照片（选填），每一处都拍到最好")},
        choices={},
        button=_("确认完工"),
        done=_("已记下完工，等业主验收。"),
    ),
}
"""Path under the order → sheet."""
