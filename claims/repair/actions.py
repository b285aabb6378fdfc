"""Ordering a repair, its quote, its works, and the owner's word (第十一条: 切实修复)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from claims.access import let_firm_in
from claims.attachments import attach
from claims.casefile import AlreadyDone, CaseFile, Fact, Happening, Refused, Stage, Subject, record_many
from claims.casefile.facts import (
    EveryRepairAccepted,
    EveryRepairOrdered,
    QuoteAnswered,
    QuoteGiven,
    RepairAccepted,
    RepairNotFixed,
    RepairOrdered,
    WorksCompleted,
    WorksStarted,
)
from claims.intake import Claim
from claims.repair.model import RepairItem, RepairOrder, RepairPhoto
from claims.repair.queries import items_of, orders_of, qualified_firm
from claims.repair.scope import Item, agreement_for, everything_accepted, items_to_order, items_to_repair
from claims.settlement import Settlement, after_progress, reached_settlements, works_begun, works_finished
from config.time import shanghai_day

WORDS = ("fixed", "partly", "not_fixed")
STANDS = {
    "ordered": "the works haven't begun yet",
    "started": "the works have begun, and aren't finished yet",
    "completed": "the works are finished, and wait for the owner's word",
    "accepted": "the owner has accepted the works already",
    "not_fixed": "the owner has said that it isn't fixed: it needs another order",
}
"""State of an order → why something else can't be done now."""


def order_repair(
    session: Session,
    file: CaseFile,
    claim: Claim,
    *,
    firm: str | None,
    scope: str,
    items: Sequence[Item],
    starts_on: date,
    finishes_on: date,
    by: str,
    at: datetime,
) -> RepairOrder:
    """Send own crew or a qualified firm. Raises Refused by field, AlreadyDone for an item that is in work."""
    if not shanghai_day(at) <= starts_on <= finishes_on:
        raise Refused(finishes_on="The days must lie in the future, first day first.")
    wanted = items_to_repair(session, claim, items)
    chosen = None
    if firm is not None:
        trades = {item.part for item in wanted}
        chosen = qualified_firm(session, firm, kind="repair", trades=trades, district=file.district, until=finishes_on)
        let_firm_in(session, file_id=file.id or 0, firm_id=chosen.id or 0, role="firm", at=at)
    settlement = agreement_for(session, claim, wanted)
    order = RepairOrder(
        claim_id=claim.id,
        settlement_id=settlement.id if settlement is not None else None,
        firm_id=chosen.id if chosen else None,
        scope=scope,
        starts_on=starts_on,
        finishes_on=finishes_on,
        ordered_by=by,
        ordered_at=at,
    )
    session.add(order)
    session.flush()
    for item in wanted:
        session.add(RepairItem(order_id=order.id or 0, finding_id=item.finding, part=item.part, item=item.item))
    session.flush()
    ordered = RepairOrdered(
        at=at,
        by=by,
        subject=_subject(order),
        firm=firm,
        findings=tuple(item.finding for item in wanted if item.finding),
        finishes_on=finishes_on.isoformat(),
    )
    facts: list[Fact] = [ordered]
    if not items_to_order(session, claim):
        facts.append(EveryRepairOrdered(at=at, by=by))
    record_many(session, [(file, fact) for fact in facts])
    return order


def give_quote(session: Session, file: CaseFile, order: RepairOrder, *, amount_fen: int, by: str, at: datetime) -> None:
    """What the firm asks. Approved by the insurer before the works begin."""
    _expect(order, "ordered")
    if amount_fen <= 0:
        raise Refused(amount="Must be more than nothing.")
    order.quote_fen, order.quote_state = amount_fen, "given"
    session.flush()
    record_many(session, [(file, QuoteGiven(at=at, by=by, subject=_subject(order), amount_fen=amount_fen))])


def answer_quote(
    session: Session, file: CaseFile, order: RepairOrder, *, approve: bool, comment: str, by: str, at: datetime
) -> None:
    if order.quote_state != "given":
        raise AlreadyDone("no quote waits for an answer")
    order.quote_state, order.quote_comment = "approved" if approve else "returned", comment
    session.flush()
    record_many(session, [(file, QuoteAnswered(at=at, by=by, subject=_subject(order), approved=approve))])


def start_works(
    session: Session,
    file: CaseFile,
    order: RepairOrder,
    *,
    started_at: datetime,
    photos: Sequence[str],
    by: str,
    recorded_at: datetime,
    confirmed_by: str = "",
) -> None:
    """Works began on site: with every other part begun or paid, the 10 days are met (ADR 0015)."""
    _expect(order, "ordered")
    if order.quote_state in ("given", "returned"):
        raise AlreadyDone("the quote must be approved first")
    _between(order.ordered_at, started_at, recorded_at, "started_at")
    order.state, order.started_at = "started", started_at
    _keep_photos(session, file, order, photos, "start")
    frame = _frame(started_at, recorded_at, by, confirmed_by, order)
    facts: list[Fact] = [WorksStarted(subject=_subject(order), **frame)]
    for settlement in _agreed(session, order):
        works_begun(session, settlement, _findings(session, order), started_at)
        facts += after_progress(session, file, settlement, frame)
    record_many(session, [(file, fact) for fact in facts])


def complete_works(
    session: Session,
    file: CaseFile,
    order: RepairOrder,
    *,
    completed_at: datetime,
    photos: Sequence[str],
    by: str,
    recorded_at: datetime,
    confirmed_by: str = "",
) -> None:
    """Works are done as the firm says; the warranty begins now, and again from acceptance if that is later."""
    _expect(order, "started")
    assert order.started_at is not None
    _between(order.started_at, completed_at, recorded_at, "completed_at")
    order.state, order.completed_at = "completed", completed_at
    _keep_photos(session, file, order, photos, "completion")
    frame = _frame(completed_at, recorded_at, by, confirmed_by, order)
    facts: list[Fact] = [WorksCompleted(subject=_subject(order), **frame)]
    for settlement in _agreed(session, order):
        works_finished(session, settlement, _findings(session, order), completed_at)
        facts += after_progress(session, file, settlement, frame)
    record_many(session, [(file, fact) for fact in facts])


def accept_works(
    session: Session,
    file: CaseFile,
    order: RepairOrder,
    *,
    words: Mapping[int, tuple[str, str]],
    accepted_at: datetime,
    by: str,
    recorded_at: datetime,
    confirmed_by: str = "",
) -> None:
    """The owner's word per item: (fixed | partly | not_fixed, note). Anything but fixed opens the repair again."""
    _expect(order, "completed")
    assert order.completed_at is not None
    _between(order.completed_at, accepted_at, recorded_at, "accepted_at")
    items = items_of(session, order.id or 0)
    if set(words) != {item.id for item in items} or any(word not in WORDS for word, _ in words.values()):
        raise Refused(items="Say of each item whether it is fixed, partly or not_fixed.")
    for item in items:
        item.word, item.note = words[item.id or 0]
    left = [item for item in items if item.word != "fixed"]
    order.state, order.answered_at = ("not_fixed" if left else "accepted"), accepted_at
    session.flush()
    frame = _frame(accepted_at, recorded_at, by, confirmed_by, order)
    record_many(session, [(file, fact) for fact in _answer(session, order, left, frame)])


def _answer(session: Session, order: RepairOrder, left: list[RepairItem], frame: dict[str, Any]) -> list[Fact]:
    if left:
        numbers = tuple(item.finding_id for item in left if item.finding_id)
        for settlement in _agreed(session, order):
            works_finished(session, settlement, numbers, None)
        return [RepairNotFixed(subject=_subject(order), findings=numbers, **frame)]
    facts: list[Fact] = [RepairAccepted(subject=_subject(order), **frame)]
    if everything_accepted(session, order.claim_id, orders_of(session, order.claim_id)):
        facts.append(EveryRepairAccepted(**frame))
    return facts


def accept_after_payment(session: Session, happenings: Sequence[Happening]) -> None:
    """Hears PaymentMade: with the last yuan paid after the last repair was accepted, the warranty stage begins."""
    for happening in happenings:
        orders = orders_of(session, happening.file.id or 0)
        if happening.file.stage != Stage.REPAIRING or not orders:
            continue
        if everything_accepted(session, happening.file.id or 0, orders):
            fact = happening.fact
            at = max([fact.at, *(order.answered_at for order in orders if order.answered_at)])
            accepted = EveryRepairAccepted(at=at, recorded_at=fact.recorded_at, by=fact.by, proof=fact.proof)
            record_many(session, [(happening.file, accepted)])


def _agreed(session: Session, order: RepairOrder) -> list[Settlement]:
    """The settlements that an order may perform; none under warranty."""
    return reached_settlements(session, order.claim_id) if order.settlement_id else []


def _findings(session: Session, order: RepairOrder) -> list[int]:
    return [item.finding_id for item in items_of(session, order.id or 0) if item.finding_id]


def _keep_photos(session: Session, file: CaseFile, order: RepairOrder, photos: Sequence[str], when: str) -> None:
    for photo in attach(session, photos, file_id=file.id or 0):
        session.add(RepairPhoto(order_id=order.id or 0, attachment_id=photo.id or 0, when=when))
    session.flush()


def _frame(at: datetime, recorded_at: datetime, by: str, confirmed_by: str, order: RepairOrder) -> dict[str, Any]:
    return {"at": at, "recorded_at": recorded_at, "by": by, "proof": f"order {order.id}", "confirmed_by": confirmed_by}


def _expect(order: RepairOrder, state: str) -> None:
    if order.state != state:
        raise AlreadyDone(STANDS[order.state])


def _between(earliest: datetime, at: datetime, latest: datetime, field: str) -> None:
    if not earliest <= at <= latest:
        raise Refused(**{field: "Must lie between the step before and now."})


def _subject(order: RepairOrder) -> Subject:
    return Subject("order", order.id or 0)
