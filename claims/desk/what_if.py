"""The what-if calculator: any clock of the house, or any length, from any day, with pauses. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlmodel import Session

from claims.casefile.belongings import calendar, rule_book
from claims.casefile.canary import CANARY
from claims.casefile.length import Unit
from claims.casefile.period import Pause, Unreckonable
from claims.casefile.rulebook import UNTIL, ClockRule
from claims.web.clock import ClockFace, reckoned_face
from config.time import SHANGHAI, shanghai_day

PAUSES = 2
"""Rows of the form."""
UNITS = (Unit.DAY, Unit.WORKING_DAY, Unit.HOUR, Unit.MINUTE, Unit.MONTH, Unit.YEAR)
FREE = ClockRule(
    name="what_if",
    title="自定期限",
    title_en="A length of your own",
    duty="办理",
    duty_en="Act",
    kind="deadline",
    force="house",
    basis="",
    basis_en="",
    owed="insurer → homeowner",
    starts=(),
    met_by=(),
    length="3 days",
    ladder=(),
)


def what_if_page(session: Session, asked: Mapping[str, str], as_of: datetime) -> dict[str, Any]:
    """What the page shows: the clocks to choose from, what was asked, and its face or what is wrong with it."""
    rules = {
        name: rule
        for name, rule in rule_book(session).on(shanghai_day(as_of)).clocks.items()
        if not rule.length.startswith(UNTIL) and name != CANARY
    }
    told: dict[str, Any] = {"clocks": rules, "units": UNITS, "asked": asked, "pauses": PAUSES, "face": None}
    if not asked.get("anchor"):
        return told | {"wrong": ""}
    try:
        return told | {"face": _face(session, rules, asked, as_of), "wrong": ""}
    except Unreckonable:
        return told | {"wrong": _("这样算不出来：请检查日期、长度和暂停的起止。")}


def _face(session: Session, rules: Mapping[str, ClockRule], asked: Mapping[str, str], as_of: datetime) -> ClockFace:
    rule = rules.get(asked.get("clock", ""))
    if rule is None:
        length = f"{asked.get('number', '').strip()} {asked.get('unit', Unit.DAY)}"
        rule = replace(FREE, length=length, direction=asked.get("direction") or "forward")
    pauses = [
        Pause(_instant(asked[f"from{n}"]), _instant(asked[f"to{n}"]) if asked.get(f"to{n}") else None)
        for n in range(1, PAUSES + 1)
        if asked.get(f"from{n}")
    ]
    return reckoned_face(rule, rule.length, _instant(asked["anchor"]), pauses, calendar(session), as_of)


def _instant(text: str) -> datetime:
    """A day and a time as a browser sends them, in Shanghai. Raises Unreckonable."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise Unreckonable(f"{text!r} is no day and time") from error
