"""The acts of the API, each with the facts that must be allowed for it: what a page may offer now."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from claims.access import Person, roles_of
from claims.casefile import MOVES, CaseFile, Fact, Stage
from claims.casefile import facts as f
from claims.decision import Decision
from claims.duties import fitting_acts, owed_on
from claims.duties.api import ACTORS
from claims.survey import Finding

_DESK = frozenset({"adjuster", "lead"})

ACTS: dict[str, tuple[type[Fact], frozenset[str]]] = {
    "home": (f.HomeIdentified, _DESK),
    "contacts": (f.ContactMade, frozenset({"adjuster", "lead", "surveyor"})),
    "danger": (f.DangerFound, frozenset({"adjuster", "lead", "surveyor"})),
    "safety": (f.MadeSafe, frozenset({"adjuster", "lead", "surveyor"})),
    "assignment": (f.ClaimAssigned, frozenset({"adjuster", "lead", "manager"})),
    "surveys": (f.SurveyBooked, frozenset({"adjuster", "lead", "surveyor"})),
    "findings": (f.SurveyBooked, frozenset({"adjuster", "lead", "surveyor"})),
    "coverage": (f.CoverageConfirmed, _DESK),
    "denial": (f.DenialProposed, _DESK),
    "decision/approval": (f.CoverageDenied, _DESK),
    "supplement-notice": (f.SupplementRequested, _DESK),
    "settlement": (f.SettlementProposed, _DESK),
    "settlement/acceptance": (f.SettlementConsented, _DESK),
    "settlement/refusal": (f.SettlementRefused, _DESK),
    "payments": (f.PaymentMade, frozenset({"finance", "lead"})),
    "repair-orders": (f.RepairOrdered, _DESK),
    "appraisals": (f.AppraisalRaised, _DESK),
    "complaints": (f.ComplaintReceived, frozenset({"adjuster", "lead", "manager"})),
    "recoveries": (f.RecoveryBegun, frozenset({"adjuster", "lead", "finance"})),
    "withdrawal": (f.ClaimWithdrawn, _DESK),
    "closing": (f.ClaimClosed, _DESK),
}

STEPS: dict[str, type[Fact]] = {
    "surveys/<int:survey>/findings": f.SurveyBooked,
    "supplement-notice/arrival": f.SupplementNoticeArrived,
    "supplement-notice/arrival/correction": f.SupplementArrivalCorrected,
    "supplement": f.SupplementReceived,
    "repair-orders/<int:order>/quote": f.QuoteGiven,
    "repair-orders/<int:order>/approval": f.QuoteAnswered,
    "repair-orders/<int:order>/start": f.WorksStarted,
    "repair-orders/<int:order>/completion": f.WorksCompleted,
    "repair-orders/<int:order>/acceptance": f.RepairAccepted,
    "appraisals/<int:appraisal>/candidates": f.AppraiserProposed,
    "appraisals/<int:appraisal>/choice": f.AppraiserChosen,
    "appraisals/<int:appraisal>/opinion": f.AppraisalOpinionReceived,
    "complaints/<int:complaint>/extension": f.ComplaintExtended,
    "complaints/<int:complaint>/decision": f.ComplaintDecided,
    "letters/<number>/dispatch": f.DenialNoticeDispatched,
}
"""The acts on one record of a claim: who may do each stands at its view, whether the record is ready on its sheet."""


def fits(fact: type[Fact], stage: Stage) -> bool:
    return stage in MOVES["claim"][fact].allowed


def allowed_acts(roles: frozenset[str], stage: Stage, lacking: Collection[str]) -> list[str]:
    """Names of the acts that somebody with `roles` may do now, as they stand in the API's paths.

    `lacking`: acts for which the claim holds nothing to act on, such as an approval without a proposal.
    """
    return [act for act, (fact, who) in ACTS.items() if fits(fact, stage) and roles & who and act not in lacking]


def acts_now(session: Session, file: CaseFile, person: Person) -> list[str]:
    """What somebody may do at the stage at which a file of any kind stands. One query for what is no claim."""
    if file.kind == "claim":
        return allowed_acts(roles_of(person), Stage(file.stage), ())
    fitting = fitting_acts(file, owed_on(session, file.id or 0)) if roles_of(person) & set(ACTORS) else []
    return [act.path.replace("<int:record>", str(record)) for act, record in fitting]


def lacking_acts(
    findings: Sequence[Finding],
    decisions: Sequence[Decision],
    offer: str,
    *,
    waiting: bool,
    in_danger: bool,
) -> set[str]:
    """Acts for which there is nothing to act on.

    offer: the state of the newest settlement that stands, `proposed` or `reached`; "" where none does.
    waiting: a covered finding waits for a settlement.
    """
    undecided = any(finding.outcome == "undecided" for finding in findings)
    there = {
        "danger": not in_danger,
        "safety": in_danger,
        "coverage": undecided,
        "denial": undecided,
        "decision/approval": any(decision.state == "proposed" for decision in decisions),
        "settlement": waiting and offer != "proposed",
        "settlement/acceptance": offer == "proposed",
        "settlement/refusal": offer == "proposed",
        "appraisals": any(finding.outcome in ("covered", "denied") for finding in findings),
    }
    return {act for act, exists in there.items() if not exists}


def idle_acts(steps: Mapping[str, Any]) -> set[str]:
    """Of paying and ordering, what would find nothing left: everything agreed is paid, or in work."""
    reached = [each for each in steps["settlements"] if each["state"] == "reached"]
    items = [item for order in steps["repair_orders"] for item in order["items"]]
    busy = {item.finding_id for item in items if item.word not in ("partly", "not_fixed")}
    to_repair = {part.finding_id for each in reached for part in each["parts"] if part.mode == "repair"}
    idle = {"payments"} if reached and all(each["left_fen"] <= 0 for each in reached) else set()
    waits = to_repair - busy if reached else not busy
    return idle if waits else idle | {"repair-orders"}
