"""The manager's questions, asked of what is on record: breaches as events, near misses, and the desk in numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, text, tuple_
from sqlmodel import Session, col, select

from claims.access import Person, in_sight
from claims.casefile import CaseFile
from claims.casefile.ladder import LAST_PART
from claims.casefile.model import NEARLY_MISSED, RunningClock
from claims.desk.queries import falls_due
from claims.oversight.figures import WITHDRAWN, clock_in_sight, measures, open_claims, standing
from claims.oversight.model import BreachCause
from claims.settlement import Exposure, exposures
from config.database import on_postgresql
from config.time import day_end, day_start

STATES = ("standing", "open", "withdrawn")
"""Of breaches: not proved wrong; those of them that nobody has explained yet; proved wrong later."""
_SECONDS_A_DAY = 86400


@dataclass(frozen=True, kw_only=True)
class Span:
    """Shanghai days, both inclusive; `clock` by name, `team` by district, `state` one of STATES."""

    first: date | None = None
    last: date | None = None
    clock: str | None = None
    team: str | None = None
    state: str | None = None


class Breach(NamedTuple):
    clock: RunningClock
    file: CaseFile
    assignee: Person | None
    cause: BreachCause | None

    @property
    def withdrawn(self) -> bool:
        return self.clock.state in WITHDRAWN


def breaches(
    session: Session, person: Person, span: Span, *, before: int | None = None, limit: int | None = None
) -> list[Breach]:
    """Breached clocks in the asker's sight, the latest breach first; pages by the clock's number. One query."""
    query = _breaches_in_sight(person).where(*_breached_within(span))
    rows: Iterable[Any] = session.exec(_newest_first(query, col(RunningClock.breached_at), before).limit(limit))
    return [Breach(*row) for row in rows]


def breach_in_sight(session: Session, person: Person, number: int, *, hold: bool = False) -> Breach | None:
    """The breach of this clock, with its file locked where `hold`."""
    query = _breaches_in_sight(person).where(RunningClock.id == number, col(RunningClock.breached_at).is_not(None))
    if hold:
        query = query.with_for_update(of=CaseFile).execution_options(populate_existing=True)
    row = session.exec(query).one_or_none()
    return Breach(*row) if row else None


def count_breaches(session: Session, person: Person, span: Span) -> int:
    """How many the register shows in all. One query."""
    query = select(func.count()).select_from(RunningClock).join(BreachCause, _of_this_breach(), isouter=True)
    if span.team is not None:
        query = query.join(CaseFile, col(RunningClock.file_id) == CaseFile.id)
    return session.exec(query.where(clock_in_sight(person), *_breached_within(span))).one()


def near_misses(
    session: Session, person: Person, span: Span, *, before: int | None = None, limit: int | None = None
) -> list[Breach]:
    """Duties that were met in time, but only within the last tenth of it; the days are those of meeting. One query."""
    query = (
        select(RunningClock, CaseFile, Person)
        .join(CaseFile, col(RunningClock.file_id) == CaseFile.id)
        .join(Person, col(CaseFile.assignee_id) == Person.id, isouter=True)
        .where(*_nearly_missed(session, person), *_within(span, col(RunningClock.met_at)))
    )
    rows: Iterable[Any] = session.exec(_newest_first(query, col(RunningClock.met_at), before).limit(limit))
    return [Breach(clock, file, assignee, None) for clock, file, assignee in rows]


def clocks_nearly_missed(session: Session, person: Person) -> list[str]:
    """Names of the clocks that have near misses. One query."""
    query = select(RunningClock.clock).join(CaseFile, col(RunningClock.file_id) == CaseFile.id)
    return sorted(session.exec(query.where(*_nearly_missed(session, person)).distinct()))


def _nearly_missed(session: Session, person: Person) -> tuple[Any, ...]:
    owed = (in_sight(person), RunningClock.kind == "deadline", col(RunningClock.clock).not_in(measures(session)))
    if on_postgresql(session):
        return *owed, text(NEARLY_MISSED)
    met, safe, anchor = (
        days_of(session, col(getattr(RunningClock, name))) for name in ("met_at", "safe_due", "anchor")
    )
    return (
        *owed,
        RunningClock.state == "met",
        col(RunningClock.breached_at).is_(None),
        met >= safe - LAST_PART * (safe - anchor),
        col(RunningClock.met_at) < col(RunningClock.legal_due),
        anchor < safe,  # what is counted backward has no way to go, and so no last tenth of it
    )


def delays_of(session: Session, breaches: Iterable[Breach], as_of: datetime) -> dict[int, Exposure]:
    """By the number of the clock, what those among them may cost that are late performances. Two queries at most."""
    return exposures(session, [breach.clock for breach in breaches if not breach.withdrawn], as_of)


def board(session: Session, person: Person, as_of: datetime) -> dict[str, Any]:
    """Open claims by stage, and how many are due today, at risk, or breached and still owed. Two queries."""
    mine = open_claims(person)
    stages = session.exec(select(CaseFile.stage, func.count()).where(*mine).group_by(CaseFile.stage)).all()
    late = col(CaseFile.id).in_(_breached_and_owed())
    counts = (
        select(func.count()).select_from(CaseFile).where(*mine, of)
        for of in (falls_due("today", as_of), falls_due("soon", as_of), late)
    )
    asked: list[Any] = [*counts, select(func.min(CaseFile.opened_at)).where(*mine)]
    owed = select(*(each.scalar_subquery() for each in asked))
    due_today, at_risk, breached, oldest = session.execute(owed).one()
    return {
        "open": dict(stages),
        "due_today": due_today,
        "at_risk": at_risk,
        "breached": breached,
        "oldest_opened_at": oldest,
    }


def days_of(session: Session, column: Any) -> Any:
    """An instant as a number of days, so that the database can reckon with what lies between two."""
    return func.extract("epoch", column) / _SECONDS_A_DAY if on_postgresql(session) else func.julianday(column)


def days_between(session: Session, earlier: Any, later: Any) -> Any:
    """For averages over many rows: on PostgreSQL a float, which costs a tenth of a numeric."""
    if on_postgresql(session):
        return func.date_part("epoch", later - earlier) / float(_SECONDS_A_DAY)
    return days_of(session, later) - days_of(session, earlier)


def _breaches_in_sight(person: Person) -> Any:
    return (
        select(RunningClock, CaseFile, Person, BreachCause)
        .join(CaseFile, col(RunningClock.file_id) == CaseFile.id)
        .join(Person, col(CaseFile.assignee_id) == Person.id, isouter=True)
        .join(BreachCause, _of_this_breach(), isouter=True)
        .where(in_sight(person))
    )


def _newest_first(query: Any, at: Any, before: int | None) -> Any:
    """By keyset: after the row of the clock whose number is `before`."""
    if before is not None:
        its = select(at).where(RunningClock.id == before).correlate(None).scalar_subquery()
        query = query.where(tuple_(at, col(RunningClock.id)) < tuple_(its, before))
    return query.order_by(at.desc(), col(RunningClock.id).desc())


def _breached_and_owed() -> Any:
    on_record = col(RunningClock.breached_at).is_not(None)  # the index holds these alone
    return select(RunningClock.file_id).where(
        on_record, RunningClock.state == "breached", col(RunningClock.met_at).is_(None)
    )


def _of_this_breach() -> ColumnElement[bool]:
    return and_(
        col(BreachCause.clock_id) == RunningClock.id, col(BreachCause.breached_at) == col(RunningClock.breached_at)
    )


def _breached_within(span: Span) -> list[ColumnElement[bool]]:
    by_state: dict[str, list[ColumnElement[bool]]] = {
        "standing": [standing()],
        "open": [standing(), col(BreachCause.clock_id).is_(None)],
        "withdrawn": [col(RunningClock.state).in_(WITHDRAWN)],
    }
    breached = col(RunningClock.breached_at)
    return [breached.is_not(None), *by_state.get(span.state or "", []), *_within(span, breached)]


def _within(span: Span, at: Any) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if span.first is not None:
        conditions.append(at >= day_start(span.first))
    if span.last is not None:
        conditions.append(at < day_end(span.last))
    if span.clock is not None:
        conditions.append(col(RunningClock.clock) == span.clock)
    if span.team is not None:
        conditions.append(col(CaseFile.district) == span.team)
    return conditions
