"""How a file stands in the queue, by what is owed on it."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict

from claims.casefile.model import NEVER, RunningClock
from claims.casefile.rulebook import RuleBook


class Urgency(TypedDict):
    """The queue's columns of CaseFile."""

    urgent_at: datetime
    stands_first: bool


def urgency_of(rules: RuleBook, clocks: Iterable[RunningClock]) -> Urgency:
    """From all active clocks of one file: the nearest safe due that runs, and whether one of them goes before all."""
    owed = [
        (clock.safe_due, rule.stands_first)
        for clock in clocks
        if clock.state in ("running", "breached")
        and clock.safe_due is not None
        and clock.met_at is None
        and (rule := rules.named(clock.rule_set).clocks[clock.clock]).breaches
    ]
    return {
        "urgent_at": min((due for due, _ in owed), default=NEVER),
        "stands_first": any(first for _, first in owed),
    }
