"""The sentences of "why this date", as codes: whoever shows them finds the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rule(StrEnum):
    """What a step applied. Each needs its sentence in both languages."""

    ANCHOR_NOT_COUNTED = "anchor_not_counted"
    COUNTED = "counted"
    MONTH_END = "month_end"
    REST_DAYS_SKIPPED = "rest_days_skipped"
    MAKE_UP_DAY_WORKS = "make_up_day_works"
    PAUSED = "paused"
    REST_DAY_ROLLED = "rest_day_rolled"
    ROLLED_EARLIER = "rolled_earlier"
    BACKWARD_ROLLED_EARLIER = "backward_rolled_earlier"
    HOUR_EXACT = "hour_exact"
    AT_ONCE = "at_once"
    PROVISIONAL_YEAR = "provisional_year"
    AGREED_DAY = "agreed_day"
    BY_CONTRACT = "by_contract"


ARTICLES = {
    Rule.ANCHOR_NOT_COUNTED: "民法典 201",
    Rule.COUNTED: "民法典 200",
    Rule.MONTH_END: "民法典 202",
    Rule.PAUSED: "解释（二） 15",
    Rule.REST_DAY_ROLLED: "民法典 203",
    Rule.HOUR_EXACT: "民法典 201 ¶2",
}
"""Rolling earlier is a rule of the house and cites no article."""


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence.

    day: what the rule looked at, or the first of several days. to: the last of several, or where it led.
    effect: a length (`3 days`); for a roll the DayKind of the rest day; for an unpublished year its number;
    for a length that the policy prints, that length;
    for a pause of an hour clock `5400 seconds`; for a pause that still runs `open`.
    citation: the article, then the notice that made the day what it is; may be empty.
    """

    rule: Rule
    day: date
    effect: str
    citation: str
    to: date | None = None

    @classmethod
    def of(cls, rule: Rule, day: date, effect: str, to: date | None = None, *, notice: str = "") -> Step:
        """A step with its article, and the notice behind the day where there is one."""
        article = ARTICLES.get(rule, "")
        return cls(rule, day, effect, f"{article}; {notice}" if article and notice else article or notice, to)
