"""The orders of a claim, their items, and whether a firm may take one."""

from datetime import date

from sqlmodel import Session, col, select

from claims.casefile import Refused
from claims.registry import Firm
from claims.repair.model import RepairItem, RepairOrder

IN_WORK = ("ordered", "started")
"""States of an order that its firm still has to do something for."""


def orders_of(session: Session, claim_id: int) -> list[RepairOrder]:
    query = select(RepairOrder).where(RepairOrder.claim_id == claim_id).order_by(col(RepairOrder.id))
    return list(session.exec(query.execution_options(populate_existing=True)))


def order_of(session: Session, claim_id: int, number: int) -> RepairOrder | None:
    query = select(RepairOrder).where(RepairOrder.claim_id == claim_id, RepairOrder.id == number)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def items_of(session: Session, order_id: int) -> list[RepairItem]:
    query = select(RepairItem).where(RepairItem.order_id == order_id).order_by(col(RepairItem.id))
    return list(session.exec(query.execution_options(populate_existing=True)))


def qualified_firm(
    session: Session, code: str, *, kind: str, trades: set[str], district: str | None, until: date
) -> Firm:
    """The firm of this code, if it may do this work there until then (第十一条). Raises Refused: what it lacks."""
    firm = session.exec(select(Firm).where(Firm.code == code)).one_or_none()
    if firm is None or firm.kind != kind:
        raise Refused(firm=f"No {kind} firm has this code.")
    if firm.valid_until is None or firm.valid_until < until:
        raise Refused(firm=f"Its qualification ends on {firm.valid_until}, before {until}.")
    if missing := sorted(trades - set(firm.trades.split(";"))):
        raise Refused(firm=f"Its trades don't include: {', '.join(missing)}.")
    if firm.districts and district is not None and district not in firm.districts.split(";"):
        raise Refused(firm=f"It doesn't work in {district}.")
    return firm
