"""Faces of the clocks that a page shows, read in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from claims.casefile.belongings import calendar, rule_book
from claims.casefile.model import ClockPause, RunningClock
from claims.casefile.queries import nearest_duties
from claims.web.clock.face import ClockFace, clock_face
from claims.web.clock.line import ClockLine, clock_line


def faces_of(
    session: Session,
    started: Iterable[tuple[RunningClock, Sequence[ClockPause]]],
    as_of: datetime,
    *,
    in_danger: bool = False,
) -> list[ClockFace]:
    """Of clocks as `started_clocks` answers them, in their order."""
    rules, days = rule_book(session), calendar(session)
    return [
        clock_face(clock, pauses, rules.named(clock.rule_set).clocks[clock.clock], days, as_of, in_danger=in_danger)
        for clock, pauses in started
    ]


def urgent_lines(session: Session, files: Mapping[int, bool], as_of: datetime) -> dict[int, ClockLine]:
    """The most urgent duty of each file that owes one, by file: a page of the queue in one query.

    files: number of a file → whether a danger is open.
    """
    rules = rule_book(session)
    return {
        file: clock_line(duty, rules.named(duty.rule_set).clocks[duty.clock], as_of, in_danger=files[file])
        for file, duty in nearest_duties(session, files).items()
    }
