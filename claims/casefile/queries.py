"""Questions about a file's clocks, each asked `as_of` an instant."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.casefile.belongings import calendar, rule_book
from claims.casefile.clocks import ACTIVE
from claims.casefile.correcting import standing_pauses
from claims.casefile.dues import count
from claims.casefile.model import NEVER, ClockPause, RunningClock
from claims.casefile.period import Pause


def clocks_of(session: Session, file_id: int, as_of: datetime) -> list[dict[str, object]]:
    """Every clock ever started on the file as the contract shows one, in the order they started; two queries."""
    return [describe(session, clock, pauses, as_of) for clock, pauses in started_clocks(session, file_id)]


def started_clocks(session: Session, file_id: int) -> list[tuple[RunningClock, list[ClockPause]]]:
    """Every clock ever started on the file with its pauses, in the order they started; two queries."""
    clocks = session.exec(
        select(RunningClock).where(RunningClock.file_id == file_id).order_by(col(RunningClock.id))
    ).all()
    pauses: dict[int, list[ClockPause]] = defaultdict(list)
    mine = [clock.id for clock in clocks]
    for pause in session.exec(standing_pauses(mine).order_by(col(ClockPause.id))):
        pauses[pause.clock_id].append(pause)
    return [(clock, pauses[clock.id or 0]) for clock in clocks]


def describe(session: Session, clock: RunningClock, pauses: Iterable[ClockPause], as_of: datetime) -> dict[str, object]:
    """One clock as the contract shows it; a paused one also says its dues if it were resumed at `as_of`."""
    rule = rule_book(session).named(clock.rule_set).clocks[clock.clock]
    rows = list(pauses)
    counted = count(rule, clock.length, clock.anchor, rows, calendar(session))
    shown: dict[str, object] = {
        "id": clock.id,
        "clock": clock.clock,
        "subject": clock.subject or None,
        "basis": rule.basis,
        "kind": clock.kind,
        "state": clock.state,
        "anchor": clock.anchor,
        "safe_due": clock.safe_due,
        "legal_due": clock.legal_due,
        "met_at": clock.met_at,
        "provisional": clock.provisional,
        "steps": counted.steps,
        "length": clock.length,
    }
    if clock.state == "paused":
        resumed = [Pause(p.from_at, p.to_at or max(as_of, p.from_at)) for p in rows]
        shown["if_resumed_now"] = count(rule, clock.length, clock.anchor, resumed, calendar(session))
    return shown


class Duty(NamedTuple):
    """Of a running clock what it takes to say in one line how it stands: the columns of that name."""

    id: int
    file_id: int
    clock: str
    rule_set: str
    length: str
    anchor: datetime
    state: str
    safe_due: datetime | None
    legal_due: datetime | None
    met_at: datetime | None
    provisional: bool


_OWED = (  # a page of the queue passes over most of them: no entities
    select(*(col(getattr(RunningClock, name)) for name in Duty._fields))
    .where(RunningClock.kind == "deadline", col(RunningClock.state).in_(ACTIVE), col(RunningClock.met_at).is_(None))
    .order_by(func.coalesce(RunningClock.safe_due, NEVER), col(RunningClock.id))
)


def nearest_duties(session: Session, files: Iterable[int]) -> dict[int, Duty]:
    """The most urgent deadline of each of these files that owes one, a paused one where no other is; one query."""
    rules, nearest = rule_book(session), dict[int, Duty]()
    for duty in map(Duty._make, session.execute(_OWED.where(col(RunningClock.file_id).in_(list(files))))):
        if duty.file_id not in nearest and rules.named(duty.rule_set).clocks[duty.clock].breaches:
            nearest[duty.file_id] = duty
    return nearest


def owed_clocks(session: Session, files: Iterable[int]) -> list[RunningClock]:
    """The deadlines of these files that are still to be met, most urgent first; one query, paused ones last."""
    query = select(RunningClock).where(
        col(RunningClock.file_id).in_(list(files)),
        RunningClock.kind == "deadline",
        col(RunningClock.state).in_(ACTIVE),
        col(RunningClock.met_at).is_(None),
    )
    return sorted(session.exec(query), key=lambda clock: (clock.safe_due or NEVER, clock.id or 0))


def running_clock(session: Session, file_id: int, clock: str, subject: str = "") -> RunningClock | None:
    """The newest clock of this name and subject on the file."""
    query = select(RunningClock).where(
        RunningClock.file_id == file_id, RunningClock.clock == clock, RunningClock.subject == subject
    )
    return session.exec(query.order_by(col(RunningClock.id).desc()).limit(1)).one_or_none()
