"""What stands under the four numbers: breaches by clock and month, time per step, firms, people, what came in."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from claims.access import Person, in_sight
from claims.casefile import MOVES, CaseFile
from claims.casefile.belongings import rule_book
from claims.casefile.model import RunningClock
from claims.desk.queries import falls_due
from claims.intake import Claim
from claims.oversight.figures import clock_in_sight, month_earlier, month_start, open_claims, standing
from claims.oversight.queries import days_between
from claims.registry import Firm
from claims.repair import IN_WORK, RepairOrder
from config.time import shanghai_day
from notifications.model import Arrival

MONTHS = 12
LATELY = timedelta(days=30)
REPAIRED_LATELY = timedelta(days=90)


@dataclass(frozen=True)
class ByClock:
    """The breaches of one clock, month by month, the present month last."""

    clock: str
    months: Sequence[int]


@dataclass(frozen=True)
class Step:
    """How long a duty took of late, and in the same span before; `allowed` is what the clocks gave. Days."""

    clock: str
    met: int
    late: int
    days: float
    allowed: float
    days_before: float | None


@dataclass(frozen=True)
class FirmsWork:
    """firm: None is our own crew."""

    firm: str | None
    in_work: int
    late: int
    not_fixed: int


@dataclass(frozen=True)
class PersonsWork:
    """person: None is nobody yet."""

    person: str | None
    email: str | None
    open: int
    soon: int
    late: int


class Workload(NamedTuple):
    """The open claims of one stage that one person looks after."""

    stage: str
    person: str | None
    email: str | None
    open: int
    soon: int
    late: int


@dataclass(frozen=True)
class Arrived:
    """Of the month: reports by channel; of what came in by the hotline, how much waits or couldn't be understood."""

    reports: dict[str, int]
    arrivals: int
    waiting: int
    quarantined: int


def month_starts(as_of: datetime) -> list[datetime]:
    """Where each of the months begins, oldest first, the present month last."""
    starts = [month_start(as_of)]
    while len(starts) < MONTHS:
        starts.append(month_earlier(starts[-1]))
    return starts[::-1]


def breaches_by_clock(session: Session, person: Person, as_of: datetime) -> list[ByClock]:
    """Those that stand, of a year, in the order of the clocks. One query."""
    at, starts = col(RunningClock.breached_at), month_starts(as_of)
    spans = zip(starts, [*starts[1:], as_of + timedelta(microseconds=1)], strict=True)
    counts: list[Any] = [func.count().filter(at >= first, at < end) for first, end in spans]
    query = (
        select(col(RunningClock.clock), *counts)
        .where(clock_in_sight(person), standing(), at >= starts[0], at <= as_of)
        .group_by(col(RunningClock.clock))
    )
    found = {clock: ByClock(clock, tuple(months)) for clock, *months in session.execute(query)}
    return [found[clock] for clock in in_order(session) if clock in found]


def steps(session: Session, person: Person, as_of: datetime) -> list[Step]:
    """The duties of the insurer that were met within the last 30 days. One query, which reads no file."""
    met, anchor, given = (col(getattr(RunningClock, name)) for name in ("met_at", "anchor", "legal_due"))
    lately, before = (met > as_of - LATELY, met <= as_of), (met > as_of - 2 * LATELY, met <= as_of - LATELY)
    took = days_between(session, anchor, met)
    query = (
        select(
            col(RunningClock.clock),
            func.count().filter(*lately),
            func.count().filter(standing(), *lately),
            func.avg(took).filter(*lately),
            func.avg(days_between(session, anchor, given)).filter(*lately),
            func.avg(took).filter(*before),
        )
        .where(clock_in_sight(person), col(RunningClock.clock).in_(_our_steps(session)))
        .where(col(RunningClock.state) != "cancelled", met > as_of - 2 * LATELY, met <= as_of)
        .group_by(col(RunningClock.clock))
    )
    found = {row[0]: _step(*row) for row in session.execute(query) if row[1]}
    return [found[clock] for clock in in_order(session) if clock in found]


def firms_work(session: Session, person: Person, as_of: datetime) -> list[FirmsWork]:
    """Who has orders in work, or left something unrepaired lately; the latest first. One query."""
    today, state = shanghai_day(as_of), col(RepairOrder.state)
    in_work = state.in_(IN_WORK)
    late = func.count().filter(in_work, col(RepairOrder.finishes_on) < today)
    answered = col(RepairOrder.answered_at)
    not_fixed = func.count().filter(state == "not_fixed", answered > as_of - REPAIRED_LATELY, answered <= as_of)
    query = (
        select(col(Firm.name), func.count().filter(in_work), late, not_fixed)
        .select_from(RepairOrder)
        .join(CaseFile, col(CaseFile.id) == RepairOrder.claim_id)
        .join(Firm, col(Firm.id) == RepairOrder.firm_id, isouter=True)
        .where(in_sight(person))
        .group_by(col(Firm.id), col(Firm.name))
    )
    found = [FirmsWork(*row) for row in session.execute(query)]
    busy = [work for work in found if work.in_work or work.not_fixed]
    return sorted(busy, key=lambda work: (-work.late, -work.not_fixed, -work.in_work, work.firm or ""))


def workload(session: Session, person: Person, as_of: datetime) -> list[Workload]:
    """Open claims per stage and per person who looks after them. One query, which reads no file but an index."""
    counted = (
        select(
            col(CaseFile.stage),
            col(CaseFile.assignee_id),
            func.count().label("open"),
            func.count().filter(falls_due("soon", as_of)).label("soon"),
            func.count().filter(falls_due("late", as_of)).label("late"),
        )
        .where(*open_claims(person))
        .group_by(col(CaseFile.stage), col(CaseFile.assignee_id))
        .subquery()
    )
    query = select(
        counted.c.stage, col(Person.name), col(Person.email), *(counted.c[n] for n in ("open", "soon", "late"))
    )
    named = query.join(Person, col(Person.id) == counted.c.assignee_id, isouter=True)
    return [Workload(*row) for row in session.execute(named)]


def by_stage(loads: Sequence[Workload]) -> dict[str, int]:
    counts = Counter[str]()
    for load in loads:
        counts[load.stage] += load.open
    return dict(counts)


def by_person(loads: Sequence[Workload]) -> list[PersonsWork]:
    """And those of nobody, first; then whoever is latest."""
    sums: dict[tuple[str | None, str | None], list[int]] = defaultdict(lambda: [0, 0, 0])
    for load in loads:
        sums[load.person, load.email] = [*map(sum, zip(sums[load.person, load.email], load[3:], strict=True))]
    found = [PersonsWork(*who, *counts) for who, counts in sums.items()]
    return sorted(found, key=lambda work: (work.person is not None, -work.late, -work.soon, -work.open))


def arrived(session: Session, person: Person, as_of: datetime) -> Arrived:
    """Since the first of the month, but for what waits: that is all of it. Two queries."""
    since = month_start(as_of)
    reports = (
        select(col(Claim.channel), func.count())
        .join(CaseFile, col(CaseFile.id) == Claim.id)
        .where(in_sight(person), col(CaseFile.opened_at) >= since, col(CaseFile.opened_at) <= as_of)
        .group_by(col(Claim.channel))
    )
    at, state = col(Arrival.received_at), col(Arrival.state)
    stored = select(
        func.count().filter(at >= since),
        func.count().filter(state == "stored"),
        func.count().filter(state == "quarantined", at >= since),
    ).where((at >= since) | (state == "stored"))
    return Arrived({row[0]: row[1] for row in session.execute(reports)}, *session.execute(stored).one())


def in_order(session: Session) -> list[str]:
    """Every clock by name, as the rule book has them."""
    return list(dict.fromkeys(clock for rules in rule_book(session).sets for clock in rules.clocks))


def _our_steps(session: Session) -> list[str]:
    """The clocks of claims that the insurer can breach. A clock starts on files of one kind alone."""
    of_claims = {fact.__name__ for fact in MOVES["claim"]}
    rules = (rule for each in rule_book(session).sets for rule in each.clocks.values())
    ours = {
        rule.name for rule in rules if rule.breaches and rule.parties[0] == "insurer" and of_claims & {*rule.starts}
    }
    return sorted(ours)


def _step(clock: str, met: int, late: int, days: Any, allowed: Any, before: Any) -> Step:
    return Step(clock, met, late, float(days), float(allowed), float(before) if before is not None else None)
