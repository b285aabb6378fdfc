"""What is left to repair on a claim, and when nothing is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from claims.casefile import AlreadyDone, Refused
from claims.intake import Claim
from claims.repair.model import RepairItem, RepairOrder
from claims.settlement import Settlement, left_fen, parts_of, reached_settlements
from claims.survey import findings_of


@dataclass(frozen=True)
class Item:
    """One repair item: a finding of the claim, or (under warranty) a part and item of the repair before."""

    part: str
    item: str
    finding: int | None = None


def items_to_repair(session: Session, claim: Claim, asked: Sequence[Item]) -> list[Item]:
    """What an order is for: the items asked, or everything agreed and not in work.

    Raises Refused for what wasn't agreed to be repaired, AlreadyDone for what is in work.
    """
    agreed = _agreed(session, claim)
    busy = _in_work(session, claim.id)
    wanted = list(asked) or items_to_order(session, claim)
    if not wanted:
        raise AlreadyDone("everything agreed is in work or accepted")
    if strange := [item.item for item in wanted if item not in agreed]:
        raise Refused(items=f"{', '.join(strange)}: not agreed to be repaired")
    if taken := [item.item for item in wanted if item in busy]:
        raise AlreadyDone(f"{', '.join(taken)}: in work or accepted")
    return wanted


def items_to_order(session: Session, claim: Claim) -> list[Item]:
    """What is agreed, or was not fixed, and waits for an order."""
    busy = _in_work(session, claim.id)
    return [item for item in _agreed(session, claim) if item not in busy]


def agreement_for(session: Session, claim: Claim, items: Sequence[Item]) -> Settlement | None:
    """The settlement in which a repair of these items was agreed; None under warranty."""
    wanted = {item.finding for item in items}
    reached = reached_settlements(session, claim.id)
    return next((s for s in reached if any(part.finding_id in wanted for part in parts_of(session, s))), None)


def everything_accepted(session: Session, claim_id: int, orders: Sequence[RepairOrder]) -> bool:
    """Every agreed repair has the owner's yes, and every yuan is paid."""
    accepted = set(
        session.exec(
            select(RepairItem.finding_id)
            .join(RepairOrder)
            .where(RepairOrder.claim_id == claim_id, RepairItem.word == "fixed")
        )
    )
    reached = reached_settlements(session, claim_id)
    if not reached:
        return all(order.state in ("accepted", "not_fixed") for order in orders) and orders[-1].state == "accepted"
    return _to_repair(session, reached) <= accepted and all(left_fen(session, s) <= 0 for s in reached)


def _agreed(session: Session, claim: Claim) -> list[Item]:
    reached = reached_settlements(session, claim.id)
    if not reached:  # under warranty: the same part and item as before
        return [Item(claim.part or "", claim.item or "")] if claim.part and claim.item else []
    to_repair = _to_repair(session, reached)
    return [Item(f.part, f.item, f.id) for f in findings_of(session, claim.id) if f.id in to_repair]


def _to_repair(session: Session, reached: Sequence[Settlement]) -> set[int]:
    return {part.finding_id for s in reached for part in parts_of(session, s) if part.mode == "repair"}


def _in_work(session: Session, claim_id: int) -> list[Item]:
    rows = session.exec(
        select(RepairItem, RepairOrder)
        .join(RepairOrder)
        .where(RepairOrder.claim_id == claim_id, col(RepairItem.word).not_in(("partly", "not_fixed")))
    )
    return [Item(item.part, item.item, item.finding_id) for item, _ in rows]
