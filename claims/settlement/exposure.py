"""What a late performance may cost: 保险法 23 ¶2 makes the insurer answer for the loss, and names no rate.

The estimate takes the rate that the insurer has configured; without one there are only days. It is no debt and no
record: it is asked anew each time, from the ledger.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlmodel import Session, col, select

from claims.casefile.model import RunningClock
from claims.settlement.model import LedgerEntry, Settlement
from config.time import last_day, shanghai_day

PERFORMANCE = "performance"
"""The clock of 保险法 23 ¶1, the only one whose lateness ¶2 is about. Its subject is the settlement."""
_OF_A_YEAR = 100 * 365
"""Per cent a year → of one day."""


@dataclass(frozen=True)
class Exposure:
    """`days`: Shanghai days after the last one in time, a begun day counts. `unpaid_fen`: what is unpaid by then, or
    was when it was paid too late. `estimate_fen`: None without a rate, or where no amount was agreed.
    """

    days: int
    unpaid_fen: int
    estimate_fen: int | None


def exposures(session: Session, clocks: Iterable[RunningClock], as_of: datetime) -> dict[int, Exposure]:
    """By the number of the clock, for those of `clocks` that are late performances; two queries, or none."""
    late = [clock for clock in clocks if _is_late(clock, as_of)]
    if not late:
        return {}
    claims = {clock.file_id for clock in late}
    owed, paid = _reached(session, claims), _paid(session, claims)
    rate: Decimal | None = session.info["settings"].delay_rate
    return {
        clock.id or 0: exposure(clock, settlement, _counted(settlement, owed, paid), rate, as_of)
        for clock in late
        if (settlement := owed.get(clock.subject)) is not None
    }


def exposure(
    clock: RunningClock, settlement: Settlement, paid: Iterable[LedgerEntry], rate: Decimal | None, as_of: datetime
) -> Exposure:
    """Each yuan for the days that it was late; rounded once, half up, to the 分. `paid`: towards this settlement."""
    assert clock.legal_due is not None
    end, last = clock.met_at or as_of, last_day(clock.legal_due)
    days = (shanghai_day(end) - last).days
    sent = [entry for entry in paid if entry.paid_at <= end]
    too_late = [entry for entry in sent if entry.paid_at >= clock.legal_due]
    open_fen = settlement.cash_fen - sum(entry.amount_fen for entry in sent)
    fen_days = open_fen * days + sum(e.amount_fen * (shanghai_day(e.paid_at) - last).days for e in too_late)
    unpaid_fen = open_fen + sum(entry.amount_fen for entry in too_late)
    if rate is None or not settlement.cash_fen:
        return Exposure(days, unpaid_fen, None)
    return Exposure(days, unpaid_fen, int((fen_days * rate / _OF_A_YEAR).quantize(Decimal(1), ROUND_HALF_UP)))


def _is_late(clock: RunningClock, as_of: datetime) -> bool:
    if clock.clock != PERFORMANCE or clock.legal_due is None or clock.state not in ("running", "breached", "met"):
        return False
    return (clock.met_at or as_of) >= clock.legal_due


def _reached(session: Session, claims: set[int]) -> dict[str, Settlement]:
    """By what a clock calls its subject, the first of each claim first."""
    query = select(Settlement).where(col(Settlement.claim_id).in_(claims), Settlement.state == "reached")
    return {f"settlement:{each.id}": each for each in session.exec(query.order_by(col(Settlement.id)))}


def _paid(session: Session, claims: set[int]) -> dict[int, list[LedgerEntry]]:
    paid: dict[int, list[LedgerEntry]] = defaultdict(list)
    for entry in session.exec(select(LedgerEntry).where(col(LedgerEntry.claim_id).in_(claims))):
        paid[entry.claim_id].append(entry)
    return paid


def _counted(
    settlement: Settlement, reached: dict[str, Settlement], paid: dict[int, list[LedgerEntry]]
) -> list[LedgerEntry]:
    """What was paid towards it; the advance counts to the claim's first."""
    first = next(each for each in reached.values() if each.claim_id == settlement.claim_id)
    counts = {settlement.id, None} if first.id == settlement.id else {settlement.id}
    return [entry for entry in paid[settlement.claim_id] if entry.settlement_id in counts]
