"""The adjuster's questions: the queue by legal risk, and everything about one claim."""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, literal_column, tuple_
from sqlmodel import Session, col, select

from claims.access import Person, in_sight
from claims.casefile import IS_OPEN, NEVER, CaseFile, Refused
from claims.casefile.model import RunningClock, TimelineEntry
from claims.danger import in_emergency
from claims.decision import Decision
from claims.desk.search import found_by
from claims.intake import Claim
from claims.registry import Home
from config.time import day_end, day_start, instant, shanghai_day


@dataclass(frozen=True, kw_only=True)
class Filters:
    """`q`: a reference, a phone or its last four digits, a home's code, a part of the address or of the name."""

    stage: str | None = None
    assignee: str | None = None
    q: str | None = None
    due_before: datetime | None = None
    due: str | None = None
    """One of DUE."""
    waiting: str | None = None
    """`signature`: a proposed denial waits for its second person. `safety`: a danger waits to be made safe.
    `call-back`: somebody waits to be rung."""


NOBODY = "nobody"
"""In place of an assignee: those that nobody looks after."""
SIGNATURE = "signature"
CALL_BACK = "call-back"
SAFETY = "safety"
DUE = ("today", "soon", "late")
AT_RISK = timedelta(days=3)
"""How near its safe day a claim that isn't late counts as at risk."""


def falls_due(when: str, as_of: datetime) -> ColumnElement[bool]:
    """Whether a file's nearest safe day is over (`late`), within `today`, or at risk (`soon`).

    A due instant is the exclusive end of its day: what is due today ends at 24:00, and is late from then on.
    """
    due, today = col(CaseFile.urgent_at), shanghai_day(as_of)
    match when:
        case "today":
            return and_(due > day_start(today), due <= day_end(today))
        case "soon":
            return and_(due > as_of, due <= as_of + AT_RISK)
        case "late":
            return due <= as_of
    raise ValueError(f"{when!r} is none of {', '.join(DUE)}")


def owes_a_call_back() -> ColumnElement[bool]:
    """Files on which somebody asked to be rung, and nobody has been reached since: their contact clock is unmet.

    In the words of the index: a plan for any parameter couldn't use it.
    """
    asked = select(TimelineEntry.seq).where(
        TimelineEntry.file_id == RunningClock.file_id,
        TimelineEntry.fact == "CallBackAsked",
        col(TimelineEntry.at) >= RunningClock.anchor,
    )
    owing = select(RunningClock.file_id).where(
        col(RunningClock.clock) == literal_column("'contact'"),
        col(RunningClock.state).in_([literal_column("'running'"), literal_column("'breached'")]),
        col(RunningClock.met_at).is_(None),
        exists(asked),
    )
    return col(CaseFile.id).in_(owing)


class QueueRow(NamedTuple):
    """What a list shows of a claim. home: the code of the home; None while none is known. assignee: a name.

    in_emergency: its whole project has one that nobody has attended.
    """

    id: int
    reference: str
    stage: str
    version: int
    urgent_at: datetime
    stands_first: bool
    district: str | None
    received_at: datetime
    part: str | None
    item: str | None
    danger: bool
    home: str | None
    address: str
    assignee: str | None
    in_emergency: bool


_ORDER = (col(CaseFile.urgent_at), col(CaseFile.id))
_QUEUE = (  # no entities: to make 150 of them costs more than all else that a list does
    select(  # type: ignore[call-overload]
        *(col(getattr(CaseFile, name)) for name in QueueRow._fields[:7]),
        *(col(getattr(Claim, name)) for name in QueueRow._fields[7:11]),
        col(Home.code),
        func.coalesce(Home.address, Claim.address),
        col(Person.name),
        in_emergency(),
    )
    .select_from(CaseFile)
    .join(Claim, col(Claim.id) == CaseFile.id)
    .join(Home, col(Claim.home_id) == Home.id, isouter=True)
    .join(Person, col(Person.id) == CaseFile.assignee_id, isouter=True)
    .order_by(*_ORDER)
)
_CLAIMS = select(col(CaseFile.id)).where(col(CaseFile.kind) == literal_column("'claim'")).order_by(*_ORDER)


@dataclass(frozen=True)
class Page:
    rows: Sequence[QueueRow]
    next: str | None


def queue(
    session: Session,
    person: Person,
    filters: Filters,
    *,
    cursor: str | None,
    limit: int,
    as_of: datetime,
) -> Page:
    """What stands first, then by the nearest due, by keyset: page 201 costs what page 1 costs. At most two queries."""
    query = _CLAIMS.where(in_sight(person), *_conditions(session, person, filters, as_of))
    first, after = _read_cursor(cursor) if cursor else (True, None)
    rows: list[QueueRow] = []
    if first:
        rows += _rows(session, _after(query.where(col(CaseFile.stands_first)), after), limit + 1)
    if len(rows) <= limit and filters.waiting != SAFETY:
        rest = _after(query.where(~col(CaseFile.stands_first)), None if first else after)
        rows += _rows(session, rest, limit + 1 - len(rows))
    return Page(rows[:limit], cursor_of(rows[limit - 1]) if len(rows) > limit else None)


def _rows(session: Session, query: Any, limit: int) -> Iterator[QueueRow]:
    """The page's claims first, then what else is shown of these: of thousands that were found nobody reads more."""
    page = query.limit(limit).subquery("page")
    return map(QueueRow._make, session.execute(_QUEUE.join(page, page.c.id == CaseFile.id)))


def _conditions(session: Session, person: Person, filters: Filters, as_of: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.stage:
        conditions.append(col(CaseFile.stage) == filters.stage)
    elif not filters.q:
        conditions.append(IS_OPEN)
    if filters.assignee == NOBODY:
        conditions.append(col(CaseFile.assignee_id).is_(None))
    elif filters.assignee:
        theirs = select(Person.id).where(Person.email == filters.assignee).scalar_subquery()
        conditions.append(col(CaseFile.assignee_id) == (person.id if filters.assignee == "me" else theirs))
    if filters.due_before:
        conditions.append(col(CaseFile.urgent_at) < filters.due_before)
    if filters.due:
        conditions.append(falls_due(filters.due, as_of))
    if filters.waiting == CALL_BACK:
        conditions.append(owes_a_call_back())
    if filters.waiting == SIGNATURE:
        proposed = select(Decision.claim_id).where(col(Decision.state) == literal_column("'proposed'"))
        conditions.append(col(CaseFile.id).in_(proposed))
    if filters.waiting == SAFETY:
        conditions.append(and_(col(CaseFile.stands_first)))
    if filters.q:
        conditions.append(found_by(session, filters.q.strip()))
    return conditions


def cursor_of(file: CaseFile | QueueRow) -> str:
    """The place after this file in the queue."""
    place = [file.stands_first, file.urgent_at.isoformat(), file.id]
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def _after(query: Any, place: tuple[datetime, int] | None) -> Any:
    return query if place is None else query.where(tuple_(col(CaseFile.urgent_at), col(CaseFile.id)) > place)


def _read_cursor(cursor: str) -> tuple[bool, tuple[datetime, int]]:
    """Whether the place is among what stands first, and the place."""
    try:
        first, at, number = json.loads(base64.urlsafe_b64decode(cursor))
        return bool(first), (instant(at), int(number))
    except (ValueError, TypeError, OverflowError) as error:
        raise Refused(cursor="Not a cursor of this list; start again without it.") from error


def urgent_at(file: CaseFile | QueueRow) -> datetime | None:
    """None where nothing runs."""
    return None if file.urgent_at == NEVER else file.urgent_at
