"""Keeping the roster: a shift is added, or withdrawn. Each is a row that says who and when."""

from datetime import date, datetime

from sqlmodel import Session, select

from claims.casefile import AlreadyDone
from claims.roster.model import DutyShift


def add_shift(
    session: Session,
    *,
    kind: str,
    name: str,
    phone: str,
    rank: int,
    first_on: date,
    last_on: date | None,
    days: str,
    run_days: int,
    cycle_days: int,
    from_time: str,
    to_time: str,
    by: str,
    at: datetime,
) -> DutyShift:
    """`phone` is E.164; it is sealed."""
    shift = DutyShift(
        kind=kind,
        name=name,
        phone_sealed=session.info["sealer"].seal(phone),
        rank=rank,
        first_on=first_on,
        last_on=last_on,
        days=days,
        run_days=run_days,
        cycle_days=cycle_days,
        from_time=from_time,
        to_time=to_time,
        by=by,
        at=at,
    )
    session.add(shift)
    session.flush()
    return shift


def withdraw_shift(session: Session, number: int, *, by: str, at: datetime) -> DutyShift | None:
    """From now on it rings nobody; the row stays. None where there is none. Raises AlreadyDone."""
    query = select(DutyShift).where(DutyShift.id == number).with_for_update()
    shift = session.exec(query.execution_options(populate_existing=True)).one_or_none()
    if shift is not None and shift.withdrawn_at is not None:
        raise AlreadyDone("somebody has withdrawn this shift meanwhile")
    if shift is not None:
        shift.withdrawn_by, shift.withdrawn_at = by, at
        session.flush()
    return shift
