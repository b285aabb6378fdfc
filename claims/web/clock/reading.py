"""Faces of the clocks that a page shows, read in a fixed number of queries."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from claims.casefile.belongings import calendar, rule_book
from claims.casefile.queries import owed_clocks, started_clocks
from claims.web.clock.face import ClockFace, clock_face
from claims.web.clock.line import ClockLine, clock_line


def faces_of(session: Session, file_id: int, as_of: datetime) -> list[ClockFace]:
    """Every clock ever started on the file, in the order they started; two queries."""
    rules, days = rule_book(session), calendar(session)
    return [
        clock_face(clock, pauses, rules.named(clock.rule_set).clocks[clock.clock], days, as_of)
        for clock, pauses in started_clocks(session, file_id)
    ]


def urgent_lines(session: Session, files: Collection[int], as_of: datetime) -> dict[int, ClockLine]:
    """The most urgent duty of each file that owes one, by file: a page of the queue in one query."""
    rules = rule_book(session)
    lines: dict[int, ClockLine] = {}
    for clock in owed_clocks(session, files):
        rule = rules.named(clock.rule_set).clocks[clock.clock]
        if clock.file_id not in lines and not rule.measure:
            lines[clock.file_id] = clock_line(clock, rule, as_of)
    return lines
