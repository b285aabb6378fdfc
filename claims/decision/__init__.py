"""核定: cover or denial, per finding."""

from claims.decision.actions import answer_denial, confirm_coverage, propose_denial
from claims.decision.model import Decision, DecisionEvidence, DecisionFinding
from claims.decision.queries import (
    AlreadyDecided,
    decision_of,
    decisions_of,
    evidence_of,
    findings_by_decision,
    findings_in,
)

__all__ = [
    "AlreadyDecided",
    "Decision",
    "DecisionEvidence",
    "DecisionFinding",
    "answer_denial",
    "confirm_coverage",
    "decision_of",
    "decisions_of",
    "evidence_of",
    "findings_by_decision",
    "findings_in",
    "propose_denial",
]
