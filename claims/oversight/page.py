"""What the pages of oversight show: the board, and the two registers with their filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlmodel import Session, col

from claims.access import Person
from claims.casefile import CaseFile
from claims.casefile.model import RunningClock
from claims.casefile.pulse import pulse
from claims.oversight import words
from claims.oversight.calls import calls_of_the_month
from claims.oversight.figures import figures, month_earlier, month_start, open_claims
from claims.oversight.hotline import hotline_line
from claims.oversight.queries import (
    Breach,
    Span,
    breaches,
    clocks_nearly_missed,
    count_breaches,
    delays_of,
    near_misses,
)
from claims.oversight.schema import BreachesIn
from claims.oversight.tallies import (
    arrived,
    breaches_by_clock,
    by_person,
    by_stage,
    firms_work,
    month_starts,
    steps,
    workload,
)
from claims.oversight.watch import watch
from claims.web.clock.wording import MONTHS, english
from config.time import last_day, shanghai_day

ROWS = 50
FILTERS = ("from", "to", "clock", "team", "state")


@dataclass(frozen=True)
class Mark:
    """One bar or point of a chart. `words`: the value as it stands beside it; `where`: where it leads."""

    label: str
    value: float
    words: str
    where: str = ""


def board_page(session: Session, person: Person, as_of: datetime) -> dict[str, Any]:
    """Everything on the board; a fixed number of queries."""
    starts, by_clock = month_starts(as_of), breaches_by_clock(session, person, as_of)
    numbers, loads = figures(session, person, as_of), workload(session, person, as_of)
    return {
        "figures": numbers,
        "this_month": this_month(as_of),
        "unexplained": count_breaches(session, person, Span(state="open")),
        "by_clock": [(words.title(session, one.clock), one) for one in by_clock],
        "clock_marks": [_of_month(session, one.clock, one.months[-1]) for one in by_clock if one.months[-1]],
        "month_marks": _by_month(starts, [one.months for one in by_clock]),
        "steps": [(words.title(session, step.clock), step) for step in steps(session, person, as_of)],
        "open_by_stage": by_stage(loads),
        "firms": firms_work(session, person, as_of),
        "people": by_person(loads),
        "arrived": arrived(session, person, as_of),
        "watch": watch(session, as_of),
        "calls": calls_of_the_month(session, person, as_of),
        "hotline": hotline_line(session, as_of, limit=6),
        "pulse": pulse(session, as_of),
        "as_of": as_of,
    }


def register_page(
    session: Session, person: Person, asked: Mapping[str, str], as_of: datetime, *, near: bool = False
) -> dict[str, Any]:
    """A page of breaches, or of near misses, with the filters as they stand. Six queries at most."""
    span, cursor = span_asked(asked)
    find = near_misses if near else breaches
    rows: Sequence[Breach] = find(session, person, span, before=cursor, limit=ROWS + 1)
    return {
        "rows": rows[:ROWS],
        "delays": delays_of(session, rows[:ROWS], as_of),
        "next": rows[ROWS - 1].clock.id if len(rows) > ROWS else None,
        "total": None if near else count_breaches(session, person, span),
        "clocks": [(clock, words.title(session, clock)) for clock in _clocks_seen(session, person, near=near)],
        "districts": _districts(session, person),
        "spans": spans(as_of),
        "asked": {name: value for name, value in asked.items() if name in FILTERS},
        "as_of": as_of,
    }  # fmt: skip


def span_asked(asked: Mapping[str, str]) -> tuple[Span, int | None]:
    """The filters of a link, without what can't be one, and from which number on."""
    schema = BreachesIn()
    names = {field.data_key or name for name, field in schema.fields.items()}
    given = {name: value for name, value in asked.items() if name in names and value}
    wrong = schema.validate(given)
    told = schema.load({name: value for name, value in given.items() if name not in wrong})
    told.pop("limit")
    cursor = told.pop("cursor", None)
    return Span(**told), cursor


def this_month(as_of: datetime) -> dict[str, str]:
    return _span(shanghai_day(as_of).replace(day=1), shanghai_day(as_of))


def spans(as_of: datetime) -> list[tuple[str, dict[str, str]]]:
    """The stretches of time that one asks for most."""
    today, first = shanghai_day(as_of), month_start(as_of)
    before = month_earlier(first)
    return [
        (_("本月"), this_month(as_of)),
        (_("上月"), _span(shanghai_day(before), last_day(first))),
        (_("今年"), _span(today.replace(month=1, day=1), today)),
        (_("全部"), {"from": "", "to": ""}),
    ]


def month_label(first: datetime) -> str:
    month = shanghai_day(first + timedelta(days=1)).month
    return MONTHS[month - 1] if english() else f"{month}月"


def _span(first: date, last: date) -> dict[str, str]:
    return {"from": first.isoformat(), "to": last.isoformat()}


def _of_month(session: Session, clock: str, count: int) -> Mark:
    return Mark(words.title(session, clock), count, str(count))


def _by_month(starts: Sequence[datetime], counts: Sequence[Sequence[int]]) -> list[Mark]:
    sums = [sum(months) for months in zip(*counts, strict=True)] or [0] * len(starts)
    return [Mark(month_label(first), total, str(total)) for first, total in zip(starts, sums, strict=True)]


def _clocks_seen(session: Session, person: Person, *, near: bool) -> list[str]:
    """Those that were ever breached, or nearly, for the filters."""
    if near:
        return clocks_nearly_missed(session, person)
    query = (
        select(col(RunningClock.clock))
        .join(CaseFile, col(CaseFile.id) == RunningClock.file_id)
        .where(col(RunningClock.breached_at).is_not(None), open_claims(person)[0])
    )
    return sorted(session.execute(query.distinct()).scalars())


def _districts(session: Session, person: Person) -> list[str]:
    query = select(col(CaseFile.district)).where(col(CaseFile.district).is_not(None), open_claims(person)[0])
    return sorted(filter(None, session.execute(query.distinct()).scalars()))
