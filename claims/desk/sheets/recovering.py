"""代位追偿: opened from the claim; what follows stands on the recovery's own page."""

from flask_babel import lazy_gettext as _

from claims.desk.sheet import Sheet
from claims.duties.api import create_recovery
from claims.duties.schema import RecoveryIn

SHEETS = (
    Sheet(
        act="recoveries",
        view=create_recovery,
        schema=RecoveryIn,
        title=_("立案追偿"),
        says=_("对造成损失的责任方立一份追偿档案：须尽快送达追偿通知，诉讼时效三年从付款之日起算。"),
        basis="《实施细则》第十六条；《保险法》第六十条",
        labels={
            "debtor": _("责任方"),
            "amount": _("追偿金额（元）"),
            "paid_at": _("付款或者维修结算的时间"),
            "proof": _("付款凭据"),
        },
        hints={
            "debtor": _("例如：施工单位的全称。每个责任方各立一份。"),
            "amount": _("已经支付的赔款，或者已经发生的维修费用。"),
        },
        button=_("立案追偿"),
        done=_("已立案追偿。"),
    ),
)
