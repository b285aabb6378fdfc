"""The words of a clock, in the language of the request. Sentences are Chinese; the catalogue has the English ones."""

from datetime import date, datetime, timedelta

from claims.casefile.length import Length, Unit
from claims.casefile.model import RunningClock
from claims.casefile.queries import Duty
from claims.casefile.rulebook import UNTIL, ClockRule
from claims.web.clock.look import Look
from claims.web.clock.speech import N_, _, english, ngettext
from config.spelling import spelled_near_day
from config.time import SHANGHAI, last_day, shanghai_day

DAYS_ALONE = 7
"""From so many days on, hours say nothing any more."""


STATES = {
    Look.IN_TIME: N_("从容"),
    Look.NEAR: N_("临近"),
    Look.LAST_DAY: N_("最后一天"),
    Look.ROLLED: N_("顺延中"),
    Look.DANGER: N_("险情优先"),
    Look.BREACHED: N_("已超期"),
    Look.PAUSED: N_("暂停"),
    Look.MET: N_("已履行"),
    Look.MET_LATE: N_("超期履行"),
    Look.ENDED: N_("已期满"),
    Look.CANCELLED: N_("不再计算"),
}
TERM_STATES = {Look.IN_TIME: N_("期内"), Look.DANGER: N_("期内"), Look.NEAR: N_("快到期"), Look.MET: N_("已办结")}
"""A term is nobody's duty: it runs, comes to its end, and is over."""
PARTIES = {
    "insurer": N_("保险公司"),
    "homeowner": N_("业主"),
    "insured": N_("被保险人"),
    "claimant": N_("索赔人"),
    "complainant": N_("投诉人"),
    "repair firm": N_("维修单位"),
    "the other side": N_("对方"),
    "whoever proposed": N_("提议方"),
    "developer": N_("建设单位"),
    "builder": N_("施工单位"),
    "risk manager": N_("风险管理机构"),
    "testing firm": N_("检测单位"),
    "client": N_("委托方"),
    "platform": N_("监管平台"),
    "authority": N_("监管部门"),
    "liable party": N_("责任主体"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FORCES = {"statutory": N_("法定期限"), "contract": N_("合同约定"), "house": N_("公司承诺")}


def state_word(look: Look, rule: ClockRule) -> str:
    word = TERM_STATES.get(look) if rule.kind == "term" else None
    return _(word or STATES[look])


def title_of(rule: ClockRule) -> str:
    return rule.title_en if english() else rule.title


def basis_of(rule: ClockRule) -> str:
    return rule.basis_en if english() else rule.basis


def force_of(rule: ClockRule) -> str:
    return _(FORCES[rule.force])


def parties_of(rule: ClockRule) -> str:
    """Who owes it to whom."""
    owing, owed = rule.parties
    return _("%(owing)s对%(owed)s的义务", owing=_(PARTIES[owing]), owed=_(PARTIES[owed]))


def duty_of(rule: ClockRule, length: str) -> str:
    """3日内发出不予赔偿通知书."""
    duty = rule.duty_en if english() else rule.duty
    if length.startswith(UNTIL):
        return _("按约定日期%(duty)s", duty=duty)
    parsed = Length.parse(length)
    if parsed.unit is Unit.AT_ONCE:
        return _("立即%(duty)s", duty=duty)
    if rule.direction == "backward":
        return _("至少提前%(length)s%(duty)s", length=length_in_words(parsed), duty=duty)
    return _("%(length)s内%(duty)s", length=length_in_words(parsed), duty=duty)


def length_in_words(length: Length) -> str:
    """3日, 3个工作日, 2个月."""
    match length.unit:
        case Unit.MINUTE:
            return ngettext("%(num)s分钟", "%(num)s分钟", length.number)
        case Unit.HOUR:
            return ngettext("%(num)s小时", "%(num)s小时", length.number)
        case Unit.DAY:
            return ngettext("%(num)s日", "%(num)s日", length.number)
        case Unit.WORKING_DAY:
            return ngettext("%(num)s个工作日", "%(num)s个工作日", length.number)
        case Unit.MONTH:
            return ngettext("%(num)s个月", "%(num)s个月", length.number)
        case Unit.YEAR:
            return ngettext("%(num)s年", "%(num)s年", length.number)
    return _("立即")


def time_left(clock: RunningClock | Duty, look: Look, as_of: datetime) -> str:
    """Counted to `legal_due`, the last instant that is in time."""
    due = clock.legal_due
    if due is None:
        return ""
    if look.runs:
        return _("还有%(time)s", time=duration(due - as_of))
    if look is Look.BREACHED:
        return _("已超期%(time)s", time=duration(as_of - due))
    if look is Look.MET_LATE and clock.met_at is not None:
        return _("超期%(time)s", time=duration(clock.met_at - due))
    if look is Look.MET and clock.met_at is not None:
        return _("%(day)s完成", day=day_in_words(shanghai_day(clock.met_at), as_of))
    if look is Look.ENDED:
        return _("%(day)s期满", day=day_in_words(last_day(due), as_of))
    return ""


def duration(span: timedelta) -> str:
    """1天6小时, 45分钟, 不到1分钟: the two largest units that say something, never more than has passed."""
    minutes = int(span.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    told = []
    if days:
        told.append(ngettext("%(num)s天", "%(num)s天", days))
    if hours and days < DAYS_ALONE:
        told.append(ngettext("%(num)s小时", "%(num)s小时", hours))
    if minutes and not days:
        told.append(ngettext("%(num)s分钟", "%(num)s分钟", minutes))
    return (" " if english() else "").join(told) or _("不到1分钟")


def day_in_words(day: date, as_of: datetime) -> str:
    return spelled_near_day(day, shanghai_day(as_of), english=english())


def short_day(day: date, *, with_year: bool = False) -> str:
    """11月30日; for a place where every letter counts."""
    if english():
        return f"{day.day} {MONTHS[day.month - 1]}{f' {day.year}' if with_year else ''}"
    return f"{f'{day.year}年' if with_year else ''}{day.month}月{day.day}日"


def short_month(month: date) -> str:
    return MONTHS[month.month - 1] if english() else f"{month.month}月"


def month_in_words(month: date) -> str:
    """2026年11月."""
    return f"{MONTHS[month.month - 1]} {month.year}" if english() else f"{month.year}年{month.month}月"


def time_of_day(at: datetime, *, with_day: bool) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{short_day(local.date())}{', ' if english() else ''}{local:%H:%M}" if with_day else f"{local:%H:%M}"


def due_in_words(due: datetime, as_of: datetime, *, exact: bool) -> str:
    """11月30日（周一）24:00; `exact`: the instant itself, for hours and minutes."""
    if exact:
        return instant_in_words(due, as_of)
    day = day_in_words(last_day(due), as_of)
    return f"{day}, 24:00" if english() else f"{day}24:00"


def instant_in_words(at: datetime, as_of: datetime) -> str:
    day = day_in_words(shanghai_day(at), as_of)
    return f"{day}{', ' if english() else ''}{at.astimezone(SHANGHAI):%H:%M}"
