"""What was booked and found on a claim."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from claims.survey.model import Finding, Visit


def visits_of(session: Session, claim_id: int) -> list[Visit]:
    return list(session.exec(select(Visit).where(Visit.claim_id == claim_id).order_by(col(Visit.id))))


def visit_of(session: Session, claim_id: int, visit_id: int) -> Visit | None:
    return session.exec(select(Visit).where(Visit.claim_id == claim_id, Visit.id == visit_id)).one_or_none()


def findings_of(session: Session, claim_id: int, numbers: Iterable[int] | None = None) -> list[Finding]:
    """The findings of a claim, all or those numbered, in the order they were recorded."""
    query = select(Finding).where(Finding.claim_id == claim_id)
    if numbers is not None:
        query = query.where(col(Finding.id).in_(list(numbers)))
    return list(session.exec(query.order_by(col(Finding.id)).execution_options(populate_existing=True)))
