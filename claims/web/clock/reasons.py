"""为什么是这一天: each step of a reckoning as a sentence, with the article that it follows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.casefile.calendar import DayKind
from claims.casefile.length import Length, Unit
from claims.casefile.steps import ARTICLES, Rule, Step
from claims.web.clock.speech import N_, _, ngettext
from claims.web.clock.wording import day_in_words, duration, length_in_words

CITED = {
    Rule.ANCHOR_NOT_COUNTED: N_("《民法典》第二百零一条第一款"),
    Rule.COUNTED: N_("《民法典》第二百条"),
    Rule.MONTH_END: N_("《民法典》第二百零二条"),
    Rule.PAUSED: N_("《保险法解释（二）》第十五条"),
    Rule.REST_DAY_ROLLED: N_("《民法典》第二百零三条"),
    Rule.HOUR_EXACT: N_("《民法典》第二百零一条第二款"),
}
KINDS = {
    DayKind.WEEKDAY: N_("工作日"),
    DayKind.WEEKEND: N_("周末"),
    DayKind.HOLIDAY_BREAK: N_("放假日"),
    DayKind.MAKE_UP_DAY: N_("调休上班日"),
    DayKind.STATUTORY_HOLIDAY: N_("法定节假日"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence. `notice` is the Chinese title of a notice, in every language."""

    rule: str
    sentence: str
    article: str
    notice: str


def reasons(steps: Iterable[Step], as_of: datetime) -> tuple[Reason, ...]:
    return tuple(
        Reason(step.rule, SENTENCES[step.rule](step, as_of), cited(step.rule), notice_of(step)) for step in steps
    )


def cited(rule: Rule) -> str:
    """The article as people write it; empty for a rule of the house."""
    return _(CITED[rule]) if rule in CITED else ""


def notice_of(step: Step) -> str:
    """The notice behind the day, without the article before it."""
    return step.citation.removeprefix(ARTICLES.get(step.rule, "")).removeprefix("; ")


def _anchor(step: Step, as_of: datetime) -> str:
    return _("%(day)s是起算的当天，不计入。", day=day_in_words(step.day, as_of))


def _counted(step: Step, as_of: datetime) -> str:
    told = {
        "day": day_in_words(step.day, as_of),
        "length": length_in_words(Length.parse(step.effect)),
        "to": day_in_words(step.to or step.day, as_of),
    }
    if step.to is not None and step.to < step.day:
        return _("从前一天%(day)s起往前数%(length)s，数到%(to)s。", **told)
    if Length.parse(step.effect).unit is Unit.WORKING_DAY:
        return _("从第一个工作日%(day)s起数%(length)s，数到%(to)s。", **told)
    return _("从第二天%(day)s起数%(length)s，数到%(to)s。", **told)


def _month_end(step: Step, as_of: datetime) -> str:
    return _("那个月没有对应的日子，以月末最后一天%(day)s为准。", day=day_in_words(step.day, as_of))


def _rest_skipped(step: Step, as_of: datetime) -> str:
    number = Length.parse(step.effect).number
    return ngettext("其间有%(num)s个休息日，不计入。", "其间有%(num)s个休息日，不计入。", number)


def _make_up(step: Step, as_of: datetime) -> str:
    if step.to is None:
        day = day_in_words(step.day, as_of)
        return _("%(day)s虽是周末，但是调休上班日，照常计算，不顺延。", day=day)
    number = Length.parse(step.effect).number
    return ngettext(
        "其间有%(num)s个周末的日子是调休上班日，算工作日。",
        "其间有%(num)s个周末的日子是调休上班日，算工作日。",
        number,
    )


def _paused(step: Step, as_of: datetime) -> str:
    day = day_in_words(step.day, as_of)
    if step.effect == "open":
        return _("从%(day)s起暂停计算，恢复以后才能算出最后一天。", day=day)
    if step.effect.endswith(" seconds"):
        span = timedelta(seconds=float(step.effect.removesuffix(" seconds")))
        return _("%(day)s起暂停了%(time)s，不计入，期限相应延后。", day=day, time=duration(span))
    told = {"length": length_in_words(Length.parse(step.effect)), "to": day_in_words(step.to or step.day, as_of)}
    return _("%(day)s到%(to)s暂停%(length)s，不计入，最后一天相应延后。", day=day, **told)


def _rolled(step: Step, as_of: datetime) -> str:
    return _("%(day)s是%(kind)s，顺延到休息日结束后的第一天%(to)s。", **_roll(step, as_of))


def _rolled_earlier(step: Step, as_of: datetime) -> str:
    return _("%(day)s是%(kind)s，稳妥起见提前到之前的工作日%(to)s。", **_roll(step, as_of))


def _roll(step: Step, as_of: datetime) -> dict[str, str]:
    return {
        "day": day_in_words(step.day, as_of),
        "kind": _(KINDS[DayKind(step.effect)]),
        "to": day_in_words(step.to or step.day, as_of),
    }


def _exact(step: Step, as_of: datetime) -> str:
    return _("按小时计算：从起算的那一刻算起，休息日也不顺延。")


def _at_once(step: Step, as_of: datetime) -> str:
    return _("应当立即办理，没有可以等的时间。")


def _provisional(step: Step, as_of: datetime) -> str:
    return _("%(year)s年的放假安排还没有公布，这个日期是暂定的，公布以后可能会变。", year=step.effect)


def _agreed(step: Step, as_of: datetime) -> str:
    return _("双方约定的最后一天是%(day)s；约定的日子不顺延。", day=day_in_words(step.day, as_of))


def _by_contract(step: Step, as_of: datetime) -> str:
    return _("按保险合同约定，期限是%(length)s。", length=length_in_words(Length.parse(step.effect)))


SENTENCES: dict[Rule, Callable[[Step, datetime], str]] = {
    Rule.ANCHOR_NOT_COUNTED: _anchor,
    Rule.COUNTED: _counted,
    Rule.MONTH_END: _month_end,
    Rule.REST_DAYS_SKIPPED: _rest_skipped,
    Rule.MAKE_UP_DAY_WORKS: _make_up,
    Rule.PAUSED: _paused,
    Rule.REST_DAY_ROLLED: _rolled,
    Rule.ROLLED_EARLIER: _rolled_earlier,
    Rule.BACKWARD_ROLLED_EARLIER: _rolled_earlier,
    Rule.HOUR_EXACT: _exact,
    Rule.AT_ONCE: _at_once,
    Rule.PROVISIONAL_YEAR: _provisional,
    Rule.AGREED_DAY: _agreed,
    Rule.BY_CONTRACT: _by_contract,
}
