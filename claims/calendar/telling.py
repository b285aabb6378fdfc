"""A text for whoever was told a day that a calendar has moved."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import Session

from claims import messages
from claims.casefile import Happening
from claims.casefile.belongings import rule_book
from claims.casefile.facts import ClockRecounted
from config.spelling import spelled_day
from config.time import instant, last_day

TOLD_AT_THE_REPORT = frozenset({"survey", "decision", "advance", "warranty_repair"})
"""Clocks whose last day stands in the receipt, or in the letter that acknowledges the report."""
TOLD_LATER = frozenset({"settlement_offer", "performance", "repair_warranty"})
"""Clocks whose last day stands in the coverage notice, the agreement, or the record of completion."""

Tell = Callable[[Session, Sequence[Happening]], None]


def where_moved(clocks: frozenset[str], tell: Tell) -> Tell:
    """Tells of these clocks, where the day in law is another now and still to come."""

    def tell_some(session: Session, happenings: Sequence[Happening]) -> None:
        if moved := [happening for happening in happenings if _is_told(happening, clocks)]:
            tell(session, moved)

    return tell_some


def day_moved(session: Session, _claim: Any, happening: Happening, language: str) -> messages.DayMoved:
    """`language`: zh or en."""
    fact, settings, english = happening.fact, session.info["settings"], language == "en"
    assert isinstance(fact, ClockRecounted)
    rule = rule_book(session).named(happening.file.rule_set).clocks[fact.clock]
    return messages.DayMoved(
        insurer_short=settings.insurer_short,
        reference=happening.file.reference,
        language=language,
        clock=rule.title_en if english else rule.title,
        before=spelled_day(last_day(instant(fact.legal_due_before)), english=english),
        after=spelled_day(last_day(instant(fact.legal_due)), english=english),
        notice=fact.notice,
        hotline=settings.hotline_number,
    )


def _is_told(happening: Happening, clocks: frozenset[str]) -> bool:
    fact = happening.fact
    assert isinstance(fact, ClockRecounted)
    if fact.clock not in clocks or not fact.legal_due_before or not fact.legal_due:
        return False
    before, after = instant(fact.legal_due_before), instant(fact.legal_due)
    return last_day(before) != last_day(after) and after > fact.at
