"""The manager's questions, asked of what is on record: breaches as events, and the desk in numbers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from claims.access import Person, in_sight
from claims.casefile import ENDED, CaseFile
from claims.casefile.model import RunningClock
from config.time import day_end, day_start, shanghai_day

AT_RISK = timedelta(days=3)
"""How near its safe day an unbreached claim counts as at risk."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """Shanghai days, both inclusive; `clock` by name, `team` by district."""

    first: date | None = None
    last: date | None = None
    clock: str | None = None
    team: str | None = None


def breaches(
    session: Session, person: Person, span: Span, *, before: int | None, limit: int
) -> list[tuple[RunningClock, CaseFile, Person | None]]:
    """Breached clocks in the asker's sight, newest record first; pages by the clock's number. One query."""
    query = (
        select(RunningClock, CaseFile, Person)
        .join(CaseFile, col(RunningClock.file_id) == CaseFile.id)
        .join(Person, col(CaseFile.assignee_id) == Person.id, isouter=True)
        .where(col(RunningClock.breached_at).is_not(None), in_sight(person), *_within(span))
    )
    if before is not None:
        query = query.where(col(RunningClock.id) < before)
    return list(session.exec(query.order_by(col(RunningClock.id).desc()).limit(limit)).all())


def board(session: Session, person: Person, as_of: datetime) -> dict[str, Any]:
    """Open claims by stage, and how many are due today, at risk, or breached and still owed. Two queries."""
    mine = (in_sight(person), CaseFile.kind == "claim", col(CaseFile.stage).not_in(ENDED))
    stages = session.exec(select(CaseFile.stage, func.count()).where(*mine).group_by(CaseFile.stage)).all()
    today = shanghai_day(as_of)
    due = col(CaseFile.urgent_at)
    owed = select(
        func.count().filter(due > day_start(today), due <= day_end(today)),
        func.count().filter(due > as_of, due <= as_of + AT_RISK),
        func.count().filter(col(CaseFile.id).in_(_breached_and_owed())),
        func.min(CaseFile.opened_at),
    ).where(*mine)
    due_today, at_risk, breached, oldest = session.execute(owed).one()
    return {
        "open": dict(stages),
        "due_today": due_today,
        "at_risk": at_risk,
        "breached": breached,
        "oldest_opened_at": oldest,
    }


def _breached_and_owed() -> Any:
    return select(RunningClock.file_id).where(RunningClock.state == "breached", col(RunningClock.met_at).is_(None))


def _within(span: Span) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if span.first is not None:
        conditions.append(col(RunningClock.breached_at) >= day_start(span.first))
    if span.last is not None:
        conditions.append(col(RunningClock.breached_at) < day_end(span.last))
    if span.clock is not None:
        conditions.append(col(RunningClock.clock) == span.clock)
    if span.team is not None:
        conditions.append(col(CaseFile.district) == span.team)
    return conditions
