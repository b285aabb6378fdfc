"""What a year would change, and whether one is missing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from claims.casefile.belongings import calendar
from claims.casefile.calendar import Calendar
from claims.casefile.model import RunningClock
from claims.casefile.published import missing_year
from claims.casefile.recounting import Counted, count_again, outdated_by
from claims.casefile.rulebook import ClockRule
from claims.web import database
from config.time import last_day

EXAMPLES = 12
BATCH = 5000


@dataclass(frozen=True)
class Example:
    """So many clocks of one kind whose last day in law moves from one day to the same other; None: standing still."""

    rule: ClockRule
    before: date | None
    after: date | None
    clocks: int


@dataclass(frozen=True)
class Change:
    """`looked`: open clocks; `moved`: those with other dues; `withdrawn`: breaches on record that were none."""

    looked: int
    moved: int
    withdrawn: int
    examples: Sequence[Example]


def what_would_change(session: Session, days: Calendar) -> Change:
    """Every open clock counted by `days`. Changes nothing; seconds for a hundred thousand."""
    looked = withdrawn = moved = 0
    alike: Counter[tuple[str, str, date | None, date | None]] = Counter()
    rules = {}
    for each in _counted(session, days):
        looked += 1
        if not each.moved:
            continue
        moved, withdrawn = moved + 1, withdrawn + each.proves_no_breach
        clock = each.clock
        rules[clock.rule_set, clock.clock] = each.rule
        alike[clock.rule_set, clock.clock, _day(clock.legal_due), _day(each.now.legal_due)] += 1
    examples = [Example(rules[a, b], before, after, n) for (a, b, before, after), n in alike.most_common(EXAMPLES)]
    return Change(looked, moved, withdrawn, examples)


def calendar_warning(as_of: datetime) -> str | None:
    """What the manager must know where a year is missing that should be published by now (from 1 December)."""
    missing = missing_year(calendar(database()), as_of)
    if missing is None:
        return None
    return _(
        "%(year)s年的放假安排还没有导入，碰到那一年休息日的期限都是暂定的。国务院办公厅公布后，请系统管理员在“放假安排”导入。",
        year=missing,
    )


def _counted(session: Session, days: Calendar) -> Iterator[Counted]:
    last = 0
    query = select(RunningClock).where(outdated_by(days.version)).order_by(col(RunningClock.id)).limit(BATCH)
    while clocks := session.exec(query.where(col(RunningClock.id) > last)).all():
        yield from count_again(session, clocks, days)
        last = clocks[-1].id or 0
        for clock in clocks:
            session.expunge(clock)


def _day(due: datetime | None) -> date | None:
    return last_day(due) if due is not None else None
