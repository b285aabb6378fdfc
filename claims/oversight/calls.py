"""The hotline's calls in numbers, each number with its rows: how they ended, and how long a call back took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session, col

from claims.access import Person, in_sight
from claims.casefile import CaseFile
from claims.casefile.model import TimelineEntry
from claims.intake.call.model import ABANDONED, ANSWERED, SERVED, VOICEMAIL, PhoneCall
from claims.oversight.figures import month_start
from claims.oversight.queries import days_of

OUTCOMES = (ANSWERED, SERVED, VOICEMAIL, ABANDONED)
ROWS = 50
OWED, RUNG_BACK = "owed", "rung-back"
"""Beside the outcomes: calls whose call back is owed, and those that were rung back."""


@dataclass(frozen=True)
class Calls:
    """Since the first of the month. `took`: on average, until a caller who was owed a call back was reached."""

    total: int
    by_outcome: Mapping[str, int]
    rung_back: int
    owed: int
    took: timedelta | None


@dataclass(frozen=True)
class CallRow:
    call: PhoneCall
    reference: str | None
    rung_back_at: datetime | None


def calls_of_the_month(session: Session, person: Person, as_of: datetime) -> Calls:
    """One query."""
    back, asked = _rung_back_at(), col(PhoneCall.call_back_asked_at)
    days = days_of(session, back) - days_of(session, asked)
    query = _seen(
        person,
        func.count(),
        *(func.count().filter(col(PhoneCall.outcome) == outcome) for outcome in OUTCOMES),
        func.count().filter(asked.is_not(None), back.is_not(None)),
        func.count().filter(asked.is_not(None), back.is_(None)),
        func.avg(days).filter(asked.is_not(None), back.is_not(None)),
    ).where(*_this_month(as_of))
    total, *counts, took = session.execute(query).one()
    rung_back, owed = counts[len(OUTCOMES) :]
    by_outcome = dict(zip(OUTCOMES, counts, strict=False))
    return Calls(total, by_outcome, rung_back, owed, timedelta(days=float(took)) if took is not None else None)


def calls(
    session: Session, person: Person, which: str, as_of: datetime, *, before: int | None = None, limit: int = ROWS
) -> Sequence[CallRow]:
    """This month's calls of one kind (empty: all), the newest first; pages by the call's number. One query."""
    back, asked = _rung_back_at(), col(PhoneCall.call_back_asked_at)
    kinds: dict[str, tuple[ColumnElement[bool], ...]] = {
        OWED: (asked.is_not(None), back.is_(None)),
        RUNG_BACK: (asked.is_not(None), back.is_not(None)),
    }
    own = (col(PhoneCall.outcome) == which,) if which in OUTCOMES else ()
    query = _seen(person, PhoneCall, col(CaseFile.reference), back)
    query = query.where(*_this_month(as_of), *kinds.get(which, own))
    if before is not None:
        query = query.where(col(PhoneCall.id) < before)
    rows: Any = session.execute(query.order_by(col(PhoneCall.id).desc()).limit(limit))
    return [CallRow(*row) for row in rows]


def _seen(person: Person, *columns: Any) -> Any:
    """A call that belongs to no claim is everybody's here."""
    joined = select(*columns).select_from(PhoneCall).join(CaseFile, col(CaseFile.id) == PhoneCall.file_id, isouter=True)
    return joined.where(or_(col(PhoneCall.file_id).is_(None), in_sight(person)))


def _this_month(as_of: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(PhoneCall.began_at) >= month_start(as_of), col(PhoneCall.began_at) <= as_of


def _rung_back_at() -> Any:
    """When somebody was first reached after the call back was asked for."""
    reached = and_(
        col(TimelineEntry.file_id) == PhoneCall.file_id,
        col(TimelineEntry.fact) == "ContactMade",
        col(TimelineEntry.at) >= PhoneCall.call_back_asked_at,
    )
    return select(func.min(TimelineEntry.at)).where(reached).correlate(PhoneCall).scalar_subquery()
