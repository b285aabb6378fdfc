"""What was agreed, what is paid, what is left."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims.settlement.model import Consent, LedgerEntry, Settlement, SettlementPart
from claims.survey import Finding, findings_of


def settlements_of(session: Session, claim_id: int) -> list[Settlement]:
    return list(session.exec(select(Settlement).where(Settlement.claim_id == claim_id).order_by(col(Settlement.id))))


def live_settlement(session: Session, claim_id: int) -> Settlement | None:
    """The newest settlement that is neither refused nor replaced, fresh from the database."""
    query = select(Settlement).where(
        Settlement.claim_id == claim_id, col(Settlement.state).in_(("proposed", "reached"))
    )
    query = query.order_by(col(Settlement.id).desc()).limit(1)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def reached_settlements(session: Session, claim_id: int) -> list[Settlement]:
    """What has been agreed, oldest first: more than one where a denied finding was covered after all."""
    query = select(Settlement).where(Settlement.claim_id == claim_id, Settlement.state == "reached")
    return list(session.exec(query.order_by(col(Settlement.id)).execution_options(populate_existing=True)))


def to_settle(session: Session, claim_id: int) -> list[Finding]:
    """Covered findings on which nothing has been agreed. One query."""
    agreed = (
        select(SettlementPart.finding_id)
        .join(Settlement)
        .where(Settlement.claim_id == claim_id, Settlement.state == "reached")
    )
    query = select(Finding).where(
        Finding.claim_id == claim_id, Finding.outcome == "covered", col(Finding.id).not_in(agreed)
    )
    return list(session.exec(query.order_by(col(Finding.id)).execution_options(populate_existing=True)))


def undecided_findings(session: Session, claim_id: int) -> list[Finding]:
    """Findings that wait for a decision, or for the second person's word on one."""
    return [f for f in findings_of(session, claim_id) if f.outcome in ("undecided", "proposed")]


def parts_of(session: Session, settlement: Settlement) -> list[SettlementPart]:
    query = select(SettlementPart).where(SettlementPart.settlement_id == settlement.id)
    return list(session.exec(query.order_by(col(SettlementPart.id)).execution_options(populate_existing=True)))


def has_to_agree_or_perform(session: Session, claim_id: int) -> bool:
    """Whether a finding waits for its decision or settlement, or a settlement for its performance."""
    performing = any(settlement.fulfilled_at is None for settlement in reached_settlements(session, claim_id))
    return performing or bool(undecided_findings(session, claim_id) or to_settle(session, claim_id))


def consents_of(session: Session, settlement: Settlement) -> list[Consent]:
    query = select(Consent).where(Consent.settlement_id == settlement.id)
    return list(session.exec(query.order_by(col(Consent.id)).execution_options(populate_existing=True)))


def ledger_of(session: Session, claim_id: int) -> list[LedgerEntry]:
    return list(session.exec(select(LedgerEntry).where(LedgerEntry.claim_id == claim_id).order_by(col(LedgerEntry.id))))


def paid_fen(session: Session, claim_id: int) -> int:
    """Everything paid on the claim so far, the advance included, in 分."""
    query = select(func.coalesce(func.sum(LedgerEntry.amount_fen), 0)).where(LedgerEntry.claim_id == claim_id)
    return int(session.exec(query).one())


def left_fen(session: Session, settlement: Settlement) -> int:
    """What a settlement still owes in cash: its sum less what was paid on it. The advance counts to the first."""
    reached = reached_settlements(session, settlement.claim_id)
    is_first = not reached or reached[0].id == settlement.id
    counted = {settlement.id, None} if is_first else {settlement.id}
    paid = sum(entry.amount_fen for entry in ledger_of(session, settlement.claim_id) if entry.settlement_id in counted)
    return settlement.cash_fen - paid
