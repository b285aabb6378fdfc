"""Deciding on findings: cover by one person; denial by two, with ground, evidence, clause, reasons (第十一、十三条)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from claims.access import Person
from claims.attachments import attach
from claims.casefile import CaseFile, Fact, Refused, Subject, record_many
from claims.casefile.facts import (
    CoverageConfirmed,
    CoverageDenied,
    DenialProposed,
    DenialReturned,
    EveryFindingDecided,
    EveryFindingDenied,
)
from claims.decision.model import Decision, DecisionEvidence, DecisionFinding
from claims.decision.queries import AlreadyDecided, findings_in, undecided
from claims.intake import Claim, Gate, liability
from claims.registry import cover_of, grounds
from claims.survey import Finding, findings_of
from config.time import shanghai_day

COMPENSATED = "already_compensated"


def confirm_coverage(
    session: Session, file: CaseFile, claim: Claim, *, findings: Sequence[int], by: Person, at: datetime
) -> Decision:
    """These findings are covered. Needs the home, its policy and a term that holds the day of the report."""
    chosen = undecided(session, claim, findings)
    gates = _gates(session, claim, chosen)
    if outside := [f for f in chosen if gates[f.part] is not Gate.IN_FORCE]:
        raise Refused(findings=f"{_numbers(outside)}: the policy doesn't cover this part on the day of the report")
    decision = _decision(session, claim, chosen, outcome="covered", state="made", by=by, at=at)
    decision.decided_at = at
    _mark(chosen, "covered")
    made = CoverageConfirmed(
        at=at, by=_actor(by), subject=_subject(decision), findings=tuple(f.id or 0 for f in chosen)
    )
    session.flush()
    record_many(session, [(file, fact) for fact in [made, *_last_word(session, claim, _actor(by), at)]])
    return decision


def propose_denial(
    session: Session,
    file: CaseFile,
    claim: Claim,
    *,
    findings: Sequence[int],
    ground: str,
    evidence: Sequence[str],
    shows: Mapping[str, str] | None = None,
    clause: str,
    reasons: str,
    loss_fen: int | None = None,
    compensated_fen: int | None = None,
    by: Person,
    at: datetime,
) -> Decision:
    """Four of the five parts of a denial; the fifth is a second person's word. Raises Refused by field.

    shows: what a file of the evidence proves, by its token. loss_fen, compensated_fen: 分, for `already_compensated`.
    """
    chosen = undecided(session, claim, findings)
    gates = _gates(session, claim, chosen)
    if ground not in grounds():
        raise Refused(ground="Must be one of: " + ", ".join(grounds()) + ".")
    if ground == "out_of_term" and (covered := [f for f in chosen if gates[f.part] is Gate.IN_FORCE]):
        raise Refused(ground=f"{_numbers(covered)}: the policy covers this part on the day of the report")
    if ground == COMPENSATED:
        _check_compensated(loss_fen, compensated_fen)
    if not evidence:
        raise Refused(evidence="Without evidence the loss is covered (第十一条): attach at least one file.")
    if strangers := sorted(set(shows or {}) - set(evidence)):
        raise Refused(shows=f"“{', '.join(strangers)}”: not among the evidence")
    told = {"clause": clause, "reasons": reasons}
    if silent := [name for name, text in told.items() if not any(character.isalnum() for character in text)]:
        raise Refused(**dict.fromkeys(silent, "A denial needs this, in words."))
    decision = _decision(session, claim, chosen, outcome="denied", state="proposed", by=by, at=at)
    decision.ground, decision.clause, decision.reasons = ground, clause.strip(), reasons.strip()
    assert file.id is not None
    for proof in attach(session, evidence, file_id=file.id):
        words = (shows or {}).get(proof.token, "").strip()
        session.add(DecisionEvidence(decision_id=decision.id or 0, attachment_id=proof.id or 0, shows=words))
    _mark(chosen, "proposed")
    proposed = DenialProposed(
        at=at,
        by=_actor(by),
        subject=_subject(decision),
        findings=tuple(f.id or 0 for f in chosen),
        ground=ground,
        loss_fen=loss_fen if ground == COMPENSATED else None,
        compensated_fen=compensated_fen if ground == COMPENSATED else None,
    )
    record_many(session, [(file, proposed)])
    return decision


def answer_denial(
    session: Session,
    file: CaseFile,
    claim: Claim,
    decision: Decision,
    *,
    approve: bool,
    comment: str,
    by: Person,
    at: datetime,
) -> Decision:
    """The second person's word. Approved: the 核定 is made now and the 3 days of 第十三条 begin."""
    if decision.outcome != "denied" or decision.state != "proposed":
        raise AlreadyDecided(f"decision {decision.id} is {decision.state}")
    if decision.proposed_by == by.id:
        raise Refused(approve="The person who proposed a denial can't approve it.")
    if not approve and not comment.strip():
        raise Refused(comment="Say what is missing.")
    chosen = findings_in(session, decision)
    decision.answered_by, decision.answered_at, decision.comment = by.id, at, comment.strip()
    decision.state = "made" if approve else "returned"
    decision.decided_at = at if approve else None
    _mark(chosen, "denied" if approve else "undecided")
    session.flush()
    facts = _answer(session, claim, decision, chosen, _actor(by), at)
    record_many(session, [(file, fact) for fact in facts])
    return decision


def _check_compensated(loss_fen: int | None, compensated_fen: int | None) -> None:
    """保险法 60: what the liable party paid is deducted, and no more than that. Only all of the loss leaves nothing."""
    told = {"loss": loss_fen, "compensated": compensated_fen}
    if missing := [name for name, amount in told.items() if amount is None or amount <= 0]:
        raise Refused(**dict.fromkeys(missing, "With this ground say the loss and what was received, in yuan."))
    if (compensated_fen or 0) < (loss_fen or 0):
        raise Refused(
            compensated="Less than the loss: cover these findings, and deduct what was received from the cash agreed."
        )


def _answer(
    session: Session, claim: Claim, decision: Decision, chosen: list[Finding], by: str, at: datetime
) -> list[Fact]:
    numbers, subject = tuple(f.id or 0 for f in chosen), _subject(decision)
    if decision.state == "returned":
        return [DenialReturned(at=at, by=by, subject=subject, findings=numbers)]
    denied = CoverageDenied(at=at, by=by, subject=subject, findings=numbers, ground=decision.ground or "")
    return [denied, *_last_word(session, claim, by, at)]


def _last_word(session: Session, claim: Claim, by: str, at: datetime) -> list[Fact]:
    """Whether nothing is left to decide; then the 30 days of 保险法 23 are met."""
    outcomes = [f.outcome for f in findings_of(session, claim.id)]
    covered, denied = outcomes.count("covered"), outcomes.count("denied")
    if covered + denied < len(outcomes):
        return []
    if covered:
        return [EveryFindingDecided(at=at, by=by, covered=covered, denied=denied)]
    return [EveryFindingDenied(at=at, by=by, denied=denied)]


def _decision(
    session: Session, claim: Claim, chosen: list[Finding], *, outcome: str, state: str, by: Person, at: datetime
) -> Decision:
    decision = Decision(claim_id=claim.id, outcome=outcome, state=state, proposed_by=by.id or 0, proposed_at=at)
    session.add(decision)
    session.flush()
    for finding in chosen:
        session.add(DecisionFinding(decision_id=decision.id or 0, finding_id=finding.id or 0))
    return decision


def _gates(session: Session, claim: Claim, findings: list[Finding]) -> dict[str, Gate]:
    """What the policy says of each finding's part on the day of the report. Raises Refused without home or policy."""
    if claim.home_id is None:
        raise Refused(home="Identify the home first: without it there is no policy, clause or owner.")
    if claim.policy_id is None:
        raise Refused(home="This home has no policy in the registry.")
    reported_on = shanghai_day(claim.received_at)
    cover = cover_of(session, claim.policy_id, reported_on)
    return {f.part: liability(cover, f.part, reported_on) for f in findings}


def _mark(findings: list[Finding], outcome: str) -> None:
    for finding in findings:
        finding.outcome = outcome


def _subject(decision: Decision) -> Subject:
    assert decision.id is not None
    return Subject("decision", decision.id)


def _numbers(findings: list[Finding]) -> str:
    return ", ".join(str(f.id) for f in findings)


def _actor(person: Person) -> str:
    return f"staff:{person.id}"
