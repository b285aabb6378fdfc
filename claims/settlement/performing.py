"""When what was agreed has been performed: money here, works as the repair slice tells them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from claims.casefile import AlreadyDone, CaseFile, Fact, Happening, Refused, Stage, Subject, record_many
from claims.casefile.facts import (
    AdvancePaid,
    ClaimClosed,
    ObligationFulfilled,
    ObligationPerformed,
    PaidInFull,
    PaymentMade,
)
from claims.intake import Claim
from claims.settlement.model import LedgerEntry, Settlement
from claims.settlement.queries import has_to_agree_or_perform, ledger_of, left_fen, parts_of, reached_settlements
from claims.web.money import yuan


def pay(
    session: Session,
    file: CaseFile,
    claim: Claim,
    *,
    amount_fen: int,
    paid_at: datetime,
    bank_reference: str,
    by: str,
    recorded_at: datetime,
    confirmed_by: str = "",
) -> LedgerEntry:
    """Record money that was sent: towards the settlement, or, before there is one, as the advance of 保险法 25.

    Raises Refused for more than is owed, AlreadyDone for a bank reference that stands in the ledger.
    """
    if not file.opened_at <= paid_at <= recorded_at:
        raise Refused(paid_at="Must lie between the report and now.")
    if amount_fen <= 0:
        raise Refused(amount="Must be more than nothing.")
    reached = _owing(session, claim.id)
    if reached is not None and amount_fen > left_fen(session, reached):
        raise Refused(amount=f"Must be at most what is left: {yuan(max(left_fen(session, reached), 0))}.")
    entry = LedgerEntry(
        claim_id=claim.id,
        settlement_id=reached.id if reached else None,
        kind="payment" if reached else "advance",
        amount_fen=amount_fen,
        paid_at=paid_at,
        bank_reference=bank_reference,
        recorded_by=by,
        recorded_at=recorded_at,
    )
    _add_once(session, entry)
    frame: dict[str, Any] = {
        "at": paid_at,
        "recorded_at": recorded_at,
        "by": by,
        "proof": bank_reference,
        "confirmed_by": confirmed_by,
    }
    facts: list[Fact] = [_paid(session, reached, entry, frame)]
    if reached is not None:
        facts += after_progress(session, file, reached, frame)
    record_many(session, [(file, fact) for fact in facts])
    return entry


def works_begun(session: Session, settlement: Settlement, findings: Iterable[int], at: datetime) -> None:
    """The repair slice tells: the works on these findings have begun."""
    for part in parts_of(session, settlement):
        if part.finding_id in set(findings) and part.begun_at is None:
            part.begun_at = at
    session.flush()


def works_finished(session: Session, settlement: Settlement, findings: Iterable[int], at: datetime | None) -> None:
    """The repair slice tells: the works are finished, or (None) after all not."""
    for part in parts_of(session, settlement):
        if part.finding_id in set(findings):
            part.finished_at = at
    session.flush()


def after_progress(session: Session, file: CaseFile, settlement: Settlement, frame: dict[str, Any]) -> list[Fact]:
    """What the newest payment or works have completed: performed in law, fulfilled in full, paid and closed.

    Each is dated to the last part that it took, in whatever order the parts were entered.
    """
    if left_fen(session, settlement) > 0:
        return []
    subject, facts = Subject("settlement", settlement.id or 0), list[Fact]()
    repairs = [part for part in parts_of(session, settlement) if part.mode == "repair"]
    sent = [entry.paid_at for entry in ledger_of(session, settlement.claim_id) if entry.settlement_id == settlement.id]
    begun = _latest([settlement.reached_at, *sent, *(part.begun_at for part in repairs)])
    finished = _latest([settlement.reached_at, *sent, *(part.finished_at for part in repairs)])
    if begun is not None and settlement.performed_at is None:
        settlement.performed_at = begun
        facts.append(ObligationPerformed(subject=subject, **frame | {"at": begun}))
    if finished is not None and settlement.fulfilled_at is None:
        settlement.fulfilled_at = finished
        facts.append(ObligationFulfilled(subject=subject, **frame | {"at": finished}))
        if not repairs and file.stage == Stage.PAYING:
            facts += _paid_in_full(session, settlement, frame | {"at": finished})
    session.flush()
    return facts


def close_if_performed(session: Session, happenings: Sequence[Happening]) -> None:
    """Hears EveryFindingDecided: all that was agreed had been performed, only a disputed finding was left to decide."""
    for happening in happenings:
        file, fact = happening.file, happening.fact
        done = file.stage in (Stage.COVERED, Stage.PAYING) and reached_settlements(session, file.id or 0)
        if done and not has_to_agree_or_perform(session, file.id or 0):
            closed = ClaimClosed(at=fact.at, recorded_at=fact.recorded_at, by=fact.by, reason="paid in full")
            record_many(session, [(file, closed)])


def _owing(session: Session, claim_id: int) -> Settlement | None:
    """The settlement that a payment goes to: the first that isn't paid, else the last; None before there is one."""
    reached = reached_settlements(session, claim_id)
    return next((s for s in reached if left_fen(session, s) > 0), reached[-1] if reached else None)


def _latest(instants: Sequence[datetime | None]) -> datetime | None:
    """None where one of them is still to come."""
    known = [at for at in instants if at is not None]
    return max(known) if len(known) == len(instants) else None


def _paid_in_full(session: Session, settlement: Settlement, frame: dict[str, Any]) -> list[Fact]:
    """The claim closes with the last yuan, unless something is still to be decided, settled or performed."""
    session.flush()
    facts: list[Fact] = [PaidInFull(subject=Subject("settlement", settlement.id or 0), **frame)]
    if has_to_agree_or_perform(session, settlement.claim_id):
        return facts
    return [*facts, ClaimClosed(reason="paid in full", **frame)]


def _paid(session: Session, reached: Settlement | None, entry: LedgerEntry, frame: dict[str, Any]) -> Fact:
    told: dict[str, Any] = {"amount_fen": entry.amount_fen, "bank_reference": entry.bank_reference} | frame
    if reached is None:
        return AdvancePaid(**told)
    return PaymentMade(subject=Subject("settlement", reached.id or 0), left_fen=left_fen(session, reached), **told)


def _add_once(session: Session, entry: LedgerEntry) -> None:
    try:
        with session.begin_nested():
            session.add(entry)
    except IntegrityError as error:
        raise AlreadyDone(f"the bank reference {entry.bank_reference} stands in the ledger already") from error
