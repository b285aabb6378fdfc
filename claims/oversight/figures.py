"""The four numbers of the board, each as it stands and as it stood a month before. Counted from rows, never kept."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from claims.access import Person, in_sight, sees_every_file
from claims.casefile import ENDED, IS_OPEN, MOVES, CaseFile
from claims.casefile.belongings import rule_book
from claims.casefile.model import RunningClock, TimelineEntry
from claims.desk.queries import AT_RISK, falls_due
from config.time import day_end, day_start, shanghai_day

ENDINGS = tuple(fact.__name__ for fact, move in MOVES["claim"].items() if move.next in ENDED)
"""The facts that end a claim."""
WITHDRAWN = ("met", "running", "paused")
"""States of a clock whose recorded breach was proved wrong later: a breach that stands leaves it `breached`."""


@dataclass(frozen=True)
class Figure:
    """`before`: the same, asked one month earlier; None where nothing was open then."""

    now: int
    before: int | None

    @property
    def change(self) -> int:
        return self.now - (self.before or 0)


@dataclass(frozen=True)
class Figures:
    """due_today, at_risk: claims. breached: breaches since the first of the month. oldest: days that it is open."""

    due_today: Figure
    at_risk: Figure
    breached: Figure
    oldest: Figure
    oldest_reference: str


def figures(session: Session, person: Person, as_of: datetime) -> Figures:
    """Five queries."""
    then = month_earlier(as_of)
    today, soon = session.execute(_owing(person, as_of)).one()
    today_then, soon_then = (_owed_then(session, person, then, *span) for span in _spans(then))
    breached, breached_then = session.execute(_breached(person, as_of, then)).one()
    oldest, reference = _oldest(session, person)
    return Figures(
        due_today=Figure(today, today_then),
        at_risk=Figure(soon, soon_then),
        breached=Figure(breached, breached_then),
        oldest=Figure(_days(oldest, as_of) or 0, _days(_oldest_then(session, person, then), then)),
        oldest_reference=reference,
    )


def open_claims(person: Person) -> tuple[ColumnElement[bool], ...]:
    """The filter over `casefile` for the open claims in the asker's sight."""
    return in_sight(person), col(CaseFile.kind) == "claim", IS_OPEN


def clock_in_sight(person: Person) -> ColumnElement[bool]:
    """The filter over `running_clock` for what `person` may know of; who sees every file needs no look at any."""
    if sees_every_file(person):
        return true()
    return col(RunningClock.file_id).in_(select(CaseFile.id).where(in_sight(person)))


def standing() -> ColumnElement[bool]:
    """The filter over `running_clock` for breaches on record that nobody has proved wrong."""
    return and_(col(RunningClock.breached_at).is_not(None), col(RunningClock.state).not_in(WITHDRAWN))


def month_earlier(as_of: datetime) -> datetime:
    """The same time of day a month ago; on a month's last day where the month before is shorter."""
    today = shanghai_day(as_of)
    last = day_start(today).replace(day=1) - timedelta(days=1)
    day = date(last.year, last.month, min(today.day, monthrange(last.year, last.month)[1]))
    return day_start(day) + (as_of - day_start(today))


def month_start(as_of: datetime) -> datetime:
    return day_start(shanghai_day(as_of).replace(day=1))


def measures(session: Session) -> set[str]:
    """Clocks that are only reported: nobody can be late on them."""
    return {clock.name for rules in rule_book(session).sets for clock in rules.clocks.values() if clock.measure}


def _owing(person: Person, as_of: datetime) -> Any:
    counts = (
        select(func.count()).select_from(CaseFile).where(*open_claims(person), falls_due(when, as_of))
        for when in ("today", "soon")
    )
    return select(*(count.scalar_subquery() for count in counts))


def _spans(at: datetime) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]]:
    """After which and until when a claim is due today, and at risk: as `falls_due` says."""
    today = shanghai_day(at)
    return (day_start(today), day_end(today)), (at, at + AT_RISK)


def _owed_then(session: Session, person: Person, then: datetime, after: datetime, until: datetime) -> int:
    """Claims whose nearest safe day lay in the span at that time, as the clocks' rows tell it."""
    clock, earlier = aliased(RunningClock), aliased(RunningClock)
    no_measures = measures(session)

    def owed(row: Any) -> tuple[ColumnElement[bool], ...]:
        unmet = or_(row.met_at.is_(None), row.met_at > then)
        return (
            row.kind == "deadline",
            row.clock.not_in(no_measures),
            row.anchor <= then,
            row.state != "cancelled",
            unmet,
        )

    nearer = select(earlier.id).where(earlier.file_id == clock.file_id, *owed(earlier), col(earlier.safe_due) <= after)
    query = (
        select(func.count(clock.file_id.distinct()))  # type: ignore[attr-defined]
        .join(CaseFile, col(CaseFile.id) == clock.file_id)
        .where(in_sight(person), CaseFile.kind == "claim", *owed(clock))
        .where(col(clock.safe_due) > after, col(clock.safe_due) <= until, ~nearer.exists())
        .where(or_(IS_OPEN, col(clock.met_at) > then))
    )
    return session.exec(query).one()


def _breached(person: Person, as_of: datetime, then: datetime) -> Any:
    at = col(RunningClock.breached_at)
    return (
        select(
            func.count().filter(at >= month_start(as_of), at <= as_of),
            func.count().filter(at >= month_start(then), at <= then),
        )
        .select_from(RunningClock)
        .where(clock_in_sight(person), standing(), at >= month_start(then))
    )


def _oldest(session: Session, person: Person) -> tuple[datetime | None, str]:
    query = select(CaseFile.opened_at, CaseFile.reference).where(*open_claims(person))
    found = session.exec(query.order_by(col(CaseFile.opened_at), col(CaseFile.id)).limit(1)).first()
    return found or (None, "")


def _oldest_then(session: Session, person: Person, then: datetime) -> datetime | None:
    """Among those that are still open, and those that have ended since: each has its own index."""
    ended = select(TimelineEntry.file_id).where(col(TimelineEntry.fact).in_(ENDINGS), col(TimelineEntry.at) > then)
    opened = select(func.min(CaseFile.opened_at)).where(
        in_sight(person), CaseFile.kind == "claim", col(CaseFile.opened_at) <= then
    )
    both = (opened.where(was).scalar_subquery() for was in (IS_OPEN, col(CaseFile.id).in_(ended)))
    return min((at for at in session.execute(select(*both)).one() if at is not None), default=None)


def _days(since: datetime | None, at: datetime) -> int | None:
    return None if since is None else (shanghai_day(at) - shanghai_day(since)).days
