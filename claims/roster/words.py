"""Words of the roster, in the language of the request."""

from flask_babel import gettext, lazy_gettext

from claims.roster.model import DutyShift

_ = lazy_gettext
KINDS = {"rota": _("轮班"), "substitute": _("替班")}
DAYS = {"all": _("每天"), "working": _("只在工作日（含调休上班）"), "rest": _("只在休息日和节假日")}


def turns(shift: DutyShift) -> str:
    """How often, in words."""
    if shift.cycle_days == shift.run_days:
        return str(DAYS[shift.days])
    often = gettext("每%(cycle)s天值%(run)s天", cycle=shift.cycle_days, run=shift.run_days)
    return often if shift.days == "all" else f"{often} {DAYS[shift.days]}"


def hours(shift: DutyShift) -> str:
    until = shift.to_time if shift.to_time > shift.from_time else gettext("次日%(time)s", time=shift.to_time)
    return f"{shift.from_time}–{until}"
