"""协议与履行: the agreement to be signed, and the notice of money paid."""

from sqlmodel import select

from claims.casefile import Subject
from claims.casefile.facts import AdvancePaid, PaymentMade
from claims.letters import contracts as c
from claims.letters.amounts import spelled_amount
from claims.letters.drafting.matter import Draft, Matter, part_name
from claims.settlement import LedgerEntry, Settlement, SettlementPart, consents_of, paid_fen, parts_of
from claims.survey import Finding, findings_of
from config.spelling import spelled_day, spelled_instant
from config.time import shanghai_day

ADVANCE_BASIS = "《保险法》第二十五条：赔偿数额还不能确定，根据已有证明和资料可以确定的数额先予支付"
ADVANCE_LEFT = "最终确定赔偿数额以后应付的差额"


def settlement_agreement(m: Matter) -> Draft:
    """赔偿协议, for those to sign whose consent is needed. Raises Blank where anything that it must say is missing."""
    settlement = m.session.get_one(Settlement, m.subject)
    parts = parts_of(m.session, settlement)
    findings = {f.id: f for f in findings_of(m.session, m.claim.id)}
    content = c.SettlementAgreement(
        **m.about_home(),
        owner_name=m.owner.name,
        proposed_on=spelled_day(shanghai_day(settlement.proposed_at)),
        offers=tuple(_offer(part, findings[part.finding_id]) for part in parts),
        works=_works(settlement),
        cash=spelled_amount(settlement.cash_fen) if settlement.cash_fen else None,
        parties=(*(_party(m, each.who) for each in consents_of(m.session, settlement)), insurer(m)),
        handled_by=m.signer(settlement.proposed_by),
    )
    return Draft(content, m.owner.phone)


def payment_notice(m: Matter) -> Draft:
    """赔款支付通知书 or 先予支付通知书, one for each payment."""
    fact = m.happening.fact
    assert isinstance(fact, AdvancePaid | PaymentMade)
    entry = m.session.exec(select(LedgerEntry).where(LedgerEntry.bank_reference == fact.bank_reference)).one()
    paid = isinstance(fact, PaymentMade)
    content = c.PaymentNotice(
        **m.about_home(),
        owner_name=m.owner.name,
        title="赔款支付通知书" if paid else "先予支付通知书",
        amount=spelled_amount(fact.amount_fen),
        paid_at=spelled_instant(fact.at),
        bank_reference=fact.bank_reference,
        basis=_agreed(m, entry) if paid else ADVANCE_BASIS,
        paid_so_far=spelled_amount(paid_fen(m.session, m.claim.id)),
        left=spelled_amount(fact.left_fen) if isinstance(fact, PaymentMade) else ADVANCE_LEFT,
    )
    return Draft(content, m.owner.phone, Subject("ledger_entry", entry.id or 0))


def insurer(m: Matter) -> c.Party:
    return c.Party(role="保险公司", name=m.settings.insurer_name)


def owner(m: Matter) -> c.Party:
    return c.Party(role="房屋所有权人", name=m.owner.name)


def _offer(part: SettlementPart, finding: Finding) -> c.Offer:
    remedy = "由我公司维修" if part.amount_fen is None else f"支付赔款{spelled_amount(part.amount_fen)}"
    return c.Offer(part=part_name(finding.part), item=finding.item, cause=finding.cause, remedy=remedy)


def _works(settlement: Settlement) -> c.Works | None:
    if settlement.starts_on is None or settlement.finishes_on is None:
        return None
    return c.Works(starts_on=spelled_day(settlement.starts_on), finishes_on=spelled_day(settlement.finishes_on))


def _party(m: Matter, who: str) -> c.Party:
    return owner(m) if who == "owner" else c.Party(role="被保险人", name=m.project.developer)


def _agreed(m: Matter, entry: LedgerEntry) -> str:
    settlement = m.session.get_one(Settlement, entry.settlement_id)
    assert settlement.reached_at is not None
    day = spelled_day(shanghai_day(settlement.reached_at))
    return f"{day}达成的赔偿协议；《实施细则》第十三条、《保险法》第二十三条"
