"""A firm's own orders: today's, the next, the late ones, and those that are done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, and_, col, select

from claims.access import Person, in_sight
from claims.attachments import Attachment
from claims.casefile import CaseFile
from claims.intake import Claim
from claims.registry import Home
from claims.repair import IN_WORK, RepairItem, RepairOrder, RepairPhoto
from claims.survey.model import FindingPhoto

LISTS = ("today", "late", "next", "done")


@dataclass(frozen=True)
class Row:
    """One order on a list, with what is to be done and where."""

    order: RepairOrder
    reference: str
    address: str
    items: tuple[RepairItem, ...]


def list_of(order: RepairOrder, today: date) -> str:
    """On which of LISTS an order stands. Past its agreed last day it is late, until it is done."""
    if order.state not in IN_WORK:
        return "done"
    if order.finishes_on < today:
        return "late"
    return "today" if order.state == "started" or order.starts_on <= today else "next"


def orders_in_work(session: Session, person: Person, today: date) -> dict[str, list[Row]]:
    """Every order of the person's firm that isn't done, by list, the nearest last day first. Two queries."""
    query = _own(person).where(col(RepairOrder.state).in_(IN_WORK))
    found: dict[str, list[Row]] = {name: [] for name in LISTS if name != "done"}
    for row in _rows(session, query.order_by(col(RepairOrder.finishes_on), col(RepairOrder.id))):
        found[list_of(row.order, today)].append(row)
    return found


def orders_done(session: Session, person: Person, *, before: int | None, limit: int) -> list[Row]:
    """The newest first; pages by the order's number. Two queries."""
    query = _own(person).where(col(RepairOrder.state).not_in(IN_WORK))
    if before is not None:
        query = query.where(col(RepairOrder.id) < before)
    return _rows(session, query.order_by(col(RepairOrder.id).desc()).limit(limit))


def own_order(session: Session, person: Person, number: int) -> tuple[RepairOrder, CaseFile] | None:
    """The order and its file, if it is the person's firm's; None for every other, whether or not it exists."""
    query = select(RepairOrder, CaseFile).join(CaseFile, col(CaseFile.id) == RepairOrder.claim_id)
    query = query.where(RepairOrder.id == number, *_mine(person))
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def photos_of_findings(session: Session, findings: Iterable[int]) -> dict[int, list[Attachment]]:
    """What shows each finding. One query."""
    query = select(FindingPhoto.finding_id, Attachment).join(
        Attachment, col(Attachment.id) == FindingPhoto.attachment_id
    )
    return _grouped(
        session.exec(query.where(col(FindingPhoto.finding_id).in_(list(findings))).order_by(col(Attachment.id)))
    )


def photos_of_order(session: Session, order: int) -> dict[str, list[Attachment]]:
    """What the firm sent at the start and at the completion. One query."""
    query = select(RepairPhoto.when, Attachment).join(Attachment, col(Attachment.id) == RepairPhoto.attachment_id)
    return _grouped(session.exec(query.where(RepairPhoto.order_id == order).order_by(col(Attachment.id))))


def _mine(person: Person) -> tuple[Any, ...]:
    """Without a firm nobody's: a comparison with NULL would find nothing either, but not say so."""
    own = and_(col(RepairOrder.firm_id) == person.firm_id, col(RepairOrder.firm_id).is_not(None))
    return own, in_sight(person)


def _own(person: Person) -> Any:
    return (
        select(RepairOrder, CaseFile.reference, Claim.address, Home.address)
        .join(CaseFile, col(CaseFile.id) == RepairOrder.claim_id)
        .join(Claim, col(Claim.id) == RepairOrder.claim_id)
        .join(Home, col(Home.id) == Claim.home_id, isouter=True)
        .where(*_mine(person))
    )


def _rows(session: Session, query: Any) -> list[Row]:
    found = session.exec(query).all()
    numbers = [order.id for order, *_ in found]
    items = select(RepairItem).where(col(RepairItem.order_id).in_(numbers)).order_by(col(RepairItem.id))
    of_order: Mapping[int, list[RepairItem]] = _grouped((item.order_id, item) for item in session.exec(items))
    return [
        Row(order, reference, home or told, tuple(of_order.get(order.id or 0, ())))
        for order, reference, told, home in found
    ]


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
