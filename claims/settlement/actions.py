"""Proposing, agreeing, paying, and telling when what was agreed has been performed (第十三条, 保险法 23, 25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from claims.casefile import AlreadyDone, CaseFile, Fact, Refused, Stage, Subject, record_many
from claims.casefile.facts import (
    PaymentOrdered,
    SettlementConsented,
    SettlementProposed,
    SettlementReached,
    SettlementRefused,
)
from claims.intake import Claim
from claims.registry import Policy
from claims.settlement.model import Consent, Settlement, SettlementPart
from claims.settlement.performing import after_progress
from claims.settlement.queries import consents_of, live_settlement, parts_of, to_settle
from config.time import shanghai_day

STANDS = {
    "proposed": "an offer waits for an answer already",
    "reached": "this offer has been agreed to already",
    "refused": "this offer has been refused: propose another",
    "replaced": "another offer has taken the place of this one",
}
"""State → why something else can't be done now."""


@dataclass(frozen=True)
class Part:
    """What is offered for one finding. `amount_fen` for cash only."""

    finding: int
    mode: str
    amount_fen: int | None = None


def propose_settlement(
    session: Session,
    file: CaseFile,
    claim: Claim,
    *,
    parts: Sequence[Part],
    starts_on: date | None,
    finishes_on: date | None,
    by: str,
    at: datetime,
) -> Settlement:
    """Offer something for every covered finding, repair and cash together. Raises Refused by field.

    Takes the place of a standing offer to which a finding covered since is missing.
    """
    _check_parts(session, claim, parts)
    _check_days(parts, starts_on, finishes_on, shanghai_day(at))
    standing = live_settlement(session, claim.id)
    if standing is not None and standing.state == "proposed":
        if {f.id for f in to_settle(session, claim.id)} == {part.finding_id for part in parts_of(session, standing)}:
            raise AlreadyDone(STANDS["proposed"])
        standing.state = "replaced"
    settlement = Settlement(
        claim_id=claim.id,
        cash_fen=sum(part.amount_fen or 0 for part in parts),
        starts_on=starts_on,
        finishes_on=finishes_on,
        proposed_by=by,
        proposed_at=at,
    )
    session.add(settlement)
    session.flush()
    number = settlement.id or 0
    for part in parts:
        session.add(
            SettlementPart(settlement_id=number, finding_id=part.finding, mode=part.mode, amount_fen=part.amount_fen)
        )
    needed = consents_needed(session, claim)
    for who in needed:
        session.add(Consent(settlement_id=number, who=who))
    proposed = SettlementProposed(
        at=at,
        by=by,
        subject=Subject("settlement", number),
        findings=tuple(part.finding for part in parts),
        cash_fen=settlement.cash_fen,
        consents=needed,
    )
    record_many(session, [(file, proposed)])
    return settlement


def consent(
    session: Session,
    file: CaseFile,
    settlement: Settlement,
    *,
    who: str,
    agreed_at: datetime,
    proof: str,
    by: str,
    recorded_at: datetime,
    confirmed_by: str = "",
) -> Settlement:
    """One needed word. With the last of them the agreement is reached, dated to the latest, and the 10 days begin."""
    _check_open(settlement)
    words = consents_of(session, settlement)
    mine = next((word for word in words if word.who == who), None)
    if mine is None:
        raise Refused(by=f"Must be one of: {', '.join(word.who for word in words)}.")
    if mine.agreed_at is not None:
        raise AlreadyDone(f"the {who} has agreed already")
    if not settlement.proposed_at <= agreed_at <= recorded_at:
        raise Refused(agreed_at="Must lie between the proposal and now.")
    mine.agreed_at, mine.proof, mine.recorded_by = agreed_at, proof, by
    frame: dict[str, Any] = {"by": by, "recorded_at": recorded_at, "proof": proof, "confirmed_by": confirmed_by}
    subject = Subject("settlement", settlement.id or 0)
    facts: list[Fact] = [SettlementConsented(at=agreed_at, subject=subject, who=who, **frame)]
    agreed = [word.agreed_at for word in words if word.agreed_at is not None]
    if len(agreed) == len(words):
        facts += _reached(session, file, settlement, max(agreed), frame)
    session.flush()
    record_many(session, [(file, fact) for fact in facts])
    if settlement.reached_at is not None:  # the advance may have paid it all
        done = after_progress(session, file, settlement, frame | {"at": settlement.reached_at})
        record_many(session, [(file, fact) for fact in done])
    return settlement


def refuse_settlement(
    session: Session, file: CaseFile, settlement: Settlement, *, who: str, reason: str, by: str, at: datetime
) -> None:
    """Somebody whose word is needed said no: another proposal may follow."""
    _check_open(settlement)
    if who not in (asked := [word.who for word in consents_of(session, settlement)]):
        raise Refused(by=f"Must be one of: {', '.join(asked)}.")
    settlement.state = "refused"
    session.flush()
    subject = Subject("settlement", settlement.id or 0)
    record_many(session, [(file, SettlementRefused(at=at, by=by, subject=subject, who=who, reason=reason))])


def consents_needed(session: Session, claim: Claim) -> tuple[str, ...]:
    """The homeowner always, and the insured where the policy names the developer."""
    policy = session.get(Policy, claim.policy_id) if claim.policy_id else None
    return ("owner", "insured") if policy is not None and policy.insured_kind == "developer" else ("owner",)


def _reached(
    session: Session, file: CaseFile, settlement: Settlement, at: datetime, frame: dict[str, Any]
) -> list[Fact]:
    settlement.state, settlement.reached_at = "reached", at
    subject = Subject("settlement", settlement.id or 0)
    repair = any(part.mode == "repair" for part in parts_of(session, settlement))
    reached = SettlementReached(
        at=at,
        subject=subject,
        cash_fen=settlement.cash_fen,
        repair=repair,
        finishes_on=settlement.finishes_on.isoformat() if settlement.finishes_on else None,
        lengths=_printed_lengths(session, file),
        **frame,
    )
    if repair or file.stage != Stage.COVERED:  # beside an earlier agreement the stage tells of that one
        return [reached]
    return [reached, PaymentOrdered(at=at, subject=subject, amount_fen=settlement.cash_fen, **frame)]


def _printed_lengths(session: Session, file: CaseFile) -> dict[str, str]:
    """What the policy itself says of the performance (保险法 23)."""
    claim = session.get_one(Claim, file.id)
    policy = session.get(Policy, claim.policy_id) if claim.policy_id else None
    return {"performance": f"{policy.performance_days} days"} if policy and policy.performance_days else {}


def _check_open(settlement: Settlement) -> None:
    if settlement.state != "proposed":
        raise AlreadyDone(STANDS[settlement.state])


def _check_parts(session: Session, claim: Claim, parts: Sequence[Part]) -> None:
    waiting = {f.id for f in to_settle(session, claim.id)}
    offered = [part.finding for part in parts]
    if not offered or len(set(offered)) != len(offered):
        raise Refused(parts="One part for each finding.")
    if strange := [number for number in offered if number not in waiting]:
        raise Refused(parts=f"{', '.join(map(str, strange))}: no covered finding that waits for a settlement")
    if missing := sorted(number for number in waiting - set(offered) if number):
        raise Refused(parts=f"{', '.join(map(str, missing))}: covered, but nothing is offered for it")
    if any((part.mode == "cash") != (part.amount_fen is not None) for part in parts):
        raise Refused(parts="Cash needs an amount, a repair has none.")
    if any(part.amount_fen is not None and part.amount_fen <= 0 for part in parts):
        raise Refused(parts="An amount must be more than nothing.")


def _check_days(parts: Sequence[Part], starts_on: date | None, finishes_on: date | None, today: date) -> None:
    repairs = any(part.mode == "repair" for part in parts)
    if repairs and (starts_on is None or finishes_on is None):
        raise Refused(finishes_on="A repair needs the agreed first and last day.")
    if starts_on is not None and finishes_on is not None and not today <= starts_on <= finishes_on:
        raise Refused(finishes_on="The days must lie in the future, first day first.")
