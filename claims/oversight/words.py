"""Words of the board and its registers, in the language of the request."""

from datetime import datetime, timedelta

from flask_babel import gettext, lazy_gettext, ngettext
from sqlmodel import Session

from claims.casefile.belongings import rule_book
from claims.casefile.model import RunningClock
from claims.casefile.rulebook import ClockRule
from claims.oversight.causes import causes
from claims.web.clock.look import by_the_clock
from claims.web.clock.wording import due_in_words, title_of
from claims.web.language import language
from config.time import in_shanghai, last_day

_ = lazy_gettext
SWEEPS = {
    "read arrivals": _("读取来信"),
    "end silent calls": _("了结中断的通话"),
    "fetch recordings": _("取回通话录音"),
    "count clocks anew": _("按新的放假安排重算期限"),
    "ring due rungs": _("期限提醒"),
    "release canary": _("自检提醒"),
    "answer asks": _("发送查询验证码"),
    "issue letters": _("制作函件"),
    "deliver messages": _("发送短信"),
    "deliver to the team": _("通知团队"),
    "compare with the provider": _("与服务商的记录核对"),
    "prove the hotline": _("试打试发热线"),
    "forget what is over": _("清理过期的临时记录"),
    "forget unsigned arrivals": _("清理无签名的来信"),
}
CALLS = {
    "answered": _("有人接听"),
    "served": _("自助办完"),
    "voicemail": _("留言"),
    "abandoned": _("中途挂断"),
    "rung-back": _("已回电"),
    "owed": _("欠回电"),
}
ARRIVALS = {
    "message": _("短信"),
    "voice": _("来电"),
    "call": _("通话状态"),
    "recording": _("通话录音"),
}
STATES = {"standing": _("成立"), "open": _("未说明原因"), "withdrawn": _("已撤销")}
CHANNELS = {"web": _("网页"), "sms": _("短信"), "api": _("渠道接口"), "voice": _("电话")}


def sweep(name: str) -> str:
    return str(SWEEPS.get(name, name))


def arrival(kind: str) -> str:
    return str(ARRIVALS.get(kind.split(" ")[0], kind))


def channel(name: str) -> str:
    return str(CHANNELS.get(name, name))


def cause(code: str) -> str:
    found = causes().get(code)
    return code if found is None else found.name if language() == "zh" else found.english


def rule_of(session: Session, clock: str, rule_set: str = "") -> ClockRule:
    """The rule of this name in its own set, or in the newest that has it."""
    sets = rule_book(session).sets
    mine = (rules for rules in reversed(sets) if clock in rules.clocks and rule_set in ("", rules.name))
    return next(mine).clocks[clock]


def title(session: Session, clock: str) -> str:
    return title_of(rule_of(session, clock))


def in_days(days: float) -> str:
    """4.2天; under a day in hours, under an hour in minutes."""
    if days >= 1:
        if f"{days:.1f}" == "1.0":
            return ngettext("%(num)s天", "%(num)s天", 1)
        return gettext("%(days)s天", days=f"{days:.1f}".removesuffix(".0"))
    minutes = round(days * 24 * 60)
    if minutes >= 60:
        return gettext("%(hours)s小时", hours=f"{minutes / 60:.1f}".removesuffix(".0"))
    return ngettext("%(num)s分钟", "%(num)s分钟", minutes)


def how_late(late: timedelta) -> str:
    return in_days(late.total_seconds() / 86400)


def late_since(clock: RunningClock) -> str:
    """`2026-03-05 24:00`, the end of the last day, as clocks are told; the instant itself for hours and minutes."""
    assert clock.breached_at is not None
    if by_the_clock(clock.length):
        return f"{in_shanghai(clock.breached_at):%Y-%m-%d %H:%M}"
    return f"{last_day(clock.breached_at).isoformat()} 24:00"


def late_since_in_words(clock: RunningClock, as_of: datetime) -> str:
    """3月5日（周四）24:00, as the clock itself says it."""
    assert clock.breached_at is not None
    return due_in_words(clock.breached_at, as_of, exact=by_the_clock(clock.length))


def how_soon(late: timedelta) -> str:
    """0.4秒; from a minute on as `how_late`."""
    if late >= timedelta(minutes=1):
        return how_late(late)
    return gettext("%(seconds)s秒", seconds=f"{late.total_seconds():.1f}")
