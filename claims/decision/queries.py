"""What has been decided, and what may still be."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from claims.attachments import Attachment
from claims.casefile import AlreadyDone, Refused
from claims.decision.model import Decision, DecisionEvidence, DecisionFinding
from claims.intake import Claim
from claims.survey import Finding, findings_of


class AlreadyDecided(AlreadyDone):
    """Somebody has decided this before."""


def undecided(session: Session, claim: Claim, numbers: Sequence[int]) -> list[Finding]:
    """The findings numbered, if each belongs to the claim and none is decided or proposed.

    Raises Refused for an unknown one, AlreadyDecided (409) for a decided one.
    """
    if not numbers:
        raise Refused(findings="Name at least one finding.")
    found = findings_of(session, claim.id, numbers)
    if missing := sorted(set(numbers) - {f.id for f in found}):
        raise Refused(findings=f"{', '.join(map(str, missing))}: no finding of this claim")
    if taken := [f for f in found if f.outcome != "undecided"]:
        raise AlreadyDecided(", ".join(f"finding {f.id} is {f.outcome}" for f in taken))
    return found


def decisions_of(session: Session, claim_id: int) -> list[Decision]:
    return list(session.exec(select(Decision).where(Decision.claim_id == claim_id).order_by(col(Decision.id))))


def findings_in(session: Session, decision: Decision) -> list[Finding]:
    query = select(Finding).join(DecisionFinding).where(DecisionFinding.decision_id == decision.id)
    return list(session.exec(query.order_by(col(Finding.id)).execution_options(populate_existing=True)))


def findings_by_decision(session: Session, claim_id: int) -> dict[int, list[int]]:
    """Decision → the ids of its findings, for all decisions of a claim in one query."""
    query = select(DecisionFinding).join(Decision).where(Decision.claim_id == claim_id)
    numbers: dict[int, list[int]] = defaultdict(list)
    for link in session.exec(query.order_by(col(DecisionFinding.finding_id))):
        numbers[link.decision_id].append(link.finding_id)
    return numbers


def evidence_of(session: Session, decision: Decision) -> list[tuple[Attachment, str]]:
    """Each file, and what it proves in the adjuster's words ("" where none were said)."""
    query = select(Attachment, DecisionEvidence.shows).join(DecisionEvidence)
    query = query.where(DecisionEvidence.decision_id == decision.id)
    return list(session.exec(query.order_by(col(Attachment.id))))


def decision_of(session: Session, claim: Claim, number: int) -> Decision | None:
    """One decision of this claim, fresh from the database."""
    query = select(Decision).where(Decision.id == number, Decision.claim_id == claim.id)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()
