"""The acts of the API, each with the facts that must be allowed for it: what a page may offer now."""

from collections.abc import Collection, Sequence

from claims.casefile import MOVES, Fact, Stage
from claims.casefile import facts as f
from claims.decision import Decision
from claims.settlement import Settlement
from claims.survey import Finding

_DESK = frozenset({"adjuster", "lead"})

ACTS: dict[str, tuple[type[Fact], frozenset[str]]] = {
    "home": (f.HomeIdentified, frozenset({"adjuster", "lead"})),
    "contacts": (f.ContactMade, frozenset({"adjuster", "lead", "surveyor"})),
    "assignment": (f.ClaimAssigned, frozenset({"adjuster", "lead", "manager"})),
    "surveys": (f.SurveyBooked, frozenset({"adjuster", "lead", "surveyor"})),
    "findings": (f.SurveyBooked, frozenset({"adjuster", "lead", "surveyor"})),
    "coverage": (f.CoverageConfirmed, frozenset({"adjuster", "lead"})),
    "denial": (f.DenialProposed, frozenset({"adjuster", "lead"})),
    "decision/approval": (f.CoverageDenied, _DESK),
    "supplement-notice": (f.SupplementRequested, _DESK),
    "settlement": (f.SettlementProposed, _DESK),
    "settlement/acceptance": (f.SettlementConsented, _DESK),
    "settlement/refusal": (f.SettlementRefused, _DESK),
    "payments": (f.PaymentMade, frozenset({"finance", "lead"})),
    "repair-orders": (f.RepairOrdered, _DESK),
    "appraisals": (f.AppraisalRaised, _DESK),
    "complaints": (f.ComplaintReceived, frozenset({"adjuster", "lead", "manager"})),
    "withdrawal": (f.ClaimWithdrawn, _DESK),
    "closing": (f.ClaimClosed, _DESK),
}


def allowed_acts(roles: frozenset[str], stage: Stage, lacking: Collection[str]) -> list[str]:
    """Names of the acts that somebody with `roles` may do now, as they stand in the API's paths.

    `lacking`: acts for which the claim holds nothing to act on, such as an approval without a proposal.
    """
    return [
        act
        for act, (fact, who) in ACTS.items()
        if stage in MOVES["claim"][fact].allowed and roles & who and act not in lacking
    ]


def lacking_acts(
    findings: Sequence[Finding], decisions: Sequence[Decision], settlement: Settlement | None, *, waiting: bool
) -> set[str]:
    """Acts for which there is nothing to act on. `waiting`: a covered finding waits for a settlement."""
    undecided = any(finding.outcome == "undecided" for finding in findings)
    there = {
        "coverage": undecided,
        "denial": undecided,
        "decision/approval": any(decision.state == "proposed" for decision in decisions),
        "settlement": waiting and (settlement is None or settlement.state == "reached"),
        "settlement/acceptance": settlement is not None and settlement.state == "proposed",
        "settlement/refusal": settlement is not None and settlement.state == "proposed",
        "appraisals": any(finding.outcome in ("covered", "denied") for finding in findings),
    }
    return {act for act, exists in there.items() if not exists}
