"""A clock told instead of drawn: the sentence under the bar, and the table for who can't see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from claims.casefile.calendar import DayKind
from claims.casefile.length import Length
from claims.casefile.model import ClockPause, RunningClock
from claims.casefile.period import Pause, Reckoning
from claims.casefile.rulebook import ClockRule
from claims.casefile.steps import Rule
from claims.casefile.year import SATURDAY
from claims.web.clock import wording as w
from claims.web.clock.bar import RUN_BY_RUN
from claims.web.clock.days import Days, Kind
from claims.web.clock.line import ClockLine
from claims.web.clock.look import Look, by_the_clock
from claims.web.clock.reasons import KINDS, cited
from claims.web.clock.speech import N_, _, ngettext
from config.time import last_day, shanghai_day

A_WHILE = timedelta(days=300)
WAITING_FOR = {"SupplementNoticeArrived": N_("等补充资料")}
"""The fact that paused a clock → what it waits for."""
TOLD = {
    Kind.ANCHOR: N_("起算当天，不计入"),
    Kind.WORKING: N_("工作日"),
    Kind.REST: N_("休息日，也计入"),
    Kind.MAKE_UP: N_("调休上班日"),
    Kind.PAUSED: N_("暂停，不计入"),
    Kind.SKIPPED: N_("休息日，不计入"),
    Kind.LATE: N_("已超期"),
    Kind.AHEAD: N_("可以办理"),
}


TAGS = {
    Kind.ANCHOR: N_("起"),
    Kind.REST: N_("休"),
    Kind.MAKE_UP: N_("班"),
    Kind.PAUSED: N_("停"),
    Kind.SKIPPED: N_("不计"),
    Kind.LATE: N_("超"),
    "marks anchor": N_("起"),
    "marks safe": N_("数满"),
    "marks due": N_("最迟"),
    "marks end": N_("止"),
    "marks now": N_("今天"),
    "marks met": N_("完成"),
    "marks resumed": N_("若恢复"),
    "run paused": N_("暂停"),
}
"""One or two letters on a day: what it is, or what happens on it. Chinese calendars write 休 and 班 too."""


@dataclass(frozen=True, slots=True)
class Row:
    when: str
    what: str


def sentence_parts(
    line: ClockLine,
    clock: RunningClock,
    rule: ClockRule,
    pauses: Sequence[ClockPause | Pause],
    drawn: Reckoning,
    as_of: datetime,
) -> tuple[str, ...]:
    """3日内发出不予赔偿通知书 · 还有1天6小时 · 最迟11月30日（周一）24:00 …"""
    assert drawn.legal_due is not None
    due = w.due_in_words(drawn.legal_due, as_of, exact=by_the_clock(clock.length))
    look = line.look
    if look is Look.CANCELLED:
        return line.duty, _("这件事已不需要办，不再计算")
    if look is Look.PAUSED:
        resumed = _("如果现在恢复，最迟%(due)s", due=due) + _rolled(drawn, as_of)
        return line.duty, _paused(pauses, as_of), resumed
    if look in (Look.MET, Look.MET_LATE) and clock.met_at is not None:
        met = _("%(at)s已完成", at=w.instant_in_words(clock.met_at, as_of))
        return (line.duty, met, *([line.left] if look is Look.MET_LATE else []), _("期限到%(due)s", due=due))
    if look is Look.ENDED:
        over = _("%(due)s已期满", due=due)
        return (line.duty, over, _("只作统计，不算违约")) if rule.measure else (line.duty, over)
    told = _("期限到%(due)s", due=due) if rule.kind == "term" or look is Look.BREACHED else _("最迟%(due)s", due=due)
    why = _stood_still(drawn) + _rolled(drawn, as_of) + _worked(drawn) + _provisional(line)
    return line.duty, line.left, told + why


def _paused(pauses: Sequence[ClockPause | Pause], as_of: datetime) -> str:
    since = min((p.from_at for p in pauses if p.to_at is None), default=as_of)
    waiting = next((getattr(p, "reason", "") for p in pauses if p.to_at is None), "")
    told = _("%(day)s起暂停", day=w.day_in_words(shanghai_day(since), as_of))
    days = (shanghai_day(as_of) - shanghai_day(since)).days
    if days:
        told += ngettext("，已有%(num)s天不计入", "，已有%(num)s天不计入", days)
    return told + (_("，%(waiting)s", waiting=_(WAITING_FOR[waiting])) if waiting in WAITING_FOR else "")


def _stood_still(drawn: Reckoning) -> str:
    """Of days only: an hour clock says it among its reasons."""
    stops = [step for step in drawn.steps if step.rule is Rule.PAUSED and step.effect.endswith(("day", "days"))]
    days = sum(Length.parse(step.effect).number for step in stops)
    return ngettext("，暂停的%(num)s天不计入", "，暂停的%(num)s天不计入", days) if days else ""


def _provisional(line: ClockLine) -> str:
    return _("，放假安排公布后可能变动") if line.provisional else ""


def _rolled(drawn: Reckoning, as_of: datetime) -> str:
    """，数满的那天11月29日（周日）是周末，依《民法典》第二百零三条顺延."""
    step = next((step for step in drawn.steps if step.rule is Rule.REST_DAY_ROLLED), None)
    if step is None:
        return ""
    return _(
        "，数满的那天%(day)s是%(kind)s，依%(article)s顺延",
        day=w.day_in_words(step.day, as_of),
        kind=_(KINDS[DayKind(step.effect)]),
        article=cited(step.rule),
    )


def _worked(drawn: Reckoning) -> str:
    """Why the last day is a Saturday or a Sunday."""
    assert drawn.legal_due is not None
    is_weekend = last_day(drawn.legal_due).weekday() >= SATURDAY
    worked = is_weekend and any(step.rule is Rule.MAKE_UP_DAY_WORKS for step in drawn.steps)
    return _("，这天是调休上班日") if worked else ""


def labels_of_days(days: Days, rule: ClockRule, look: Look, beyond: datetime | None = None) -> dict[str, str]:
    """What stands at each mark of the bar; with the year where the bar is long enough to need it.

    beyond: what is shown at the end of a bar that was cut short, so that its day must be told.
    """
    with_year = abs(days.legal - days.anchor) > A_WHILE
    anchor, safe, legal = (w.short_day(day, with_year=with_year) for day in (days.anchor, days.safe, days.legal))
    then = w.short_day(shanghai_day(beyond), with_year=with_year) if beyond else ""
    told = _("稳妥%(day)s", day=safe) if days.backward else _("数满%(day)s", day=safe)
    return {
        "anchor": _("从%(day)s往前数", day=anchor) if days.backward else _("%(day)s起", day=anchor),
        "safe": "" if look is Look.PAUSED else told,
        "due": _("%(day)s止", day=legal) if rule.kind == "term" else _due(legal, look),
        "now": _("今天%(day)s", day=then) if then else _("今天"),
        "met": _("%(day)s完成", day=then) if then else _("完成"),
    }


def labels_of_hours(start: datetime, due: datetime, look: Look, beyond: datetime | None = None) -> dict[str, str]:
    """As above; the day is told only where the bar crosses midnight."""
    same_day = shanghai_day(start) == shanghai_day(due)
    first, last = (w.time_of_day(at, with_day=not same_day) for at in (start, due))
    then = w.time_of_day(beyond, with_day=True) if beyond else ""
    return {
        "anchor": _("%(day)s起", day=first),
        "due": _due(last, look),
        "now": _("现在%(time)s", time=then) if then else _("现在"),
        "met": _("%(day)s完成", day=then) if then else _("完成"),
    }


def _due(due: str, look: Look) -> str:
    return _("现在恢复则%(due)s", due=due) if look is Look.PAUSED else _("最迟%(due)s", due=due)


def tags_of_days(rule: ClockRule, look: Look, *, crowded: bool) -> dict[str, str]:
    """crowded: so many days on the bar that a tag is one letter."""
    tags = {name: _(tag) for name, tag in TAGS.items()}
    if crowded:
        tags["bar skipped"] = "–"
    if rule.kind == "term" or look is Look.PAUSED:
        tags["marks due"] = tags["marks end" if rule.kind == "term" else "marks resumed"]
    return tags


def rows_of_days(days: Days, as_of: datetime) -> tuple[Row, ...]:
    """Runs of days of one kind; of a long clock only what isn't plain."""
    first, last = sorted((days.anchor, days.legal))
    runs = list(days.runs(first, last)) if (last - first).days <= RUN_BY_RUN else []
    rows = [Row(_between(since, until, as_of), _(TOLD[kind])) for kind, since, until in runs]
    if not runs:
        rows = [Row(w.day_in_words(days.anchor, as_of), _(TOLD[Kind.ANCHOR]))]
        rows += [Row(_between(since, until, as_of), _(TOLD[Kind.PAUSED])) for since, until in days.pauses]
    if days.safe != days.legal:
        rows.append(Row(w.day_in_words(days.safe, as_of), _("数到的最后一天")))
    return (*rows, Row(w.day_in_words(days.legal, as_of), _("期限届满的日子")))


def rows_of_hours(
    start: datetime, due: datetime, stops: Sequence[tuple[datetime, datetime]], as_of: datetime
) -> tuple[Row, ...]:
    rows = [Row(w.instant_in_words(start, as_of), _("起算"))]
    for since, until in stops:
        when = f"{w.instant_in_words(since, as_of)} – {w.instant_in_words(until, as_of)}"
        rows.append(Row(when, _(TOLD[Kind.PAUSED])))
    return (*rows, Row(w.instant_in_words(due, as_of), _("期限届满的时刻")))


def _between(since: date, until: date, as_of: datetime) -> str:
    first = w.day_in_words(since, as_of)
    return first if since == until else f"{first} – {w.day_in_words(until, as_of)}"
