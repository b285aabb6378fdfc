"""`POST /claims/{reference}/coverage`, `…/denial`, `…/decision/approval`."""

from typing import Any

from apiflask import APIBlueprint
from sqlmodel import Session

from claims.casefile import CaseFile
from claims.decision.actions import answer_denial, confirm_coverage, propose_denial
from claims.decision.model import Decision
from claims.decision.queries import decision_of, findings_in
from claims.decision.schema import ApprovalIn, CoverageIn, DecisionOut, DenialIn
from claims.intake import Claim
from claims.web import Problem, check_version, current_person, database, file_or_404, may_enter
from config.time import now

api = APIBlueprint("decision_api", __name__, url_prefix="/api/v1/claims/<reference>", tag="Decision")


@api.post("/coverage")
@may_enter("adjuster", "lead")
@api.input(CoverageIn)
@api.output(DecisionOut, status_code=201)
def create_coverage(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """These findings are covered. The coverage notice follows."""
    file, claim = _held(reference)
    return shown(database(), confirm_coverage(database(), file, claim, **json_data, by=current_person(), at=now()))


@api.post("/denial")
@may_enter("adjuster", "lead")
@api.input(DenialIn)
@api.output(DecisionOut, status_code=201)
def create_denial(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Propose to deny these findings. Nothing goes out until a second person approves."""
    file, claim = _held(reference)
    json_data["shows"] = {shown["file"]: shown["words"] for shown in json_data["shows"]}
    return shown(database(), propose_denial(database(), file, claim, **json_data, by=current_person(), at=now()))


@api.post("/decision/approval")
@may_enter("adjuster", "lead")
@api.input(ApprovalIn)
@api.output(DecisionOut, status_code=201)
def create_approval(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """The second person's word on a proposed denial. Approving starts the 3 days of the denial notice."""
    file, claim = _held(reference)
    decision = decision_of(database(), claim, json_data.pop("decision"))
    if decision is None:
        raise Problem(404, "No such decision on this claim")
    return shown(
        database(), answer_denial(database(), file, claim, decision, **json_data, by=current_person(), at=now())
    )


def _held(reference: str) -> tuple[CaseFile, Claim]:
    file = file_or_404(database(), current_person(), reference, hold=True)
    check_version(file)
    claim = database().get(Claim, file.id)
    assert claim is not None
    return file, claim


def shown(session: Session, decision: Decision) -> dict[str, Any]:
    """A decision as the contract names its fields."""
    fields = {"id", "outcome", "state", "ground", "clause", "reasons", "comment", "decided_at"}
    return decision.model_dump(include=fields) | {"findings": [f.id for f in findings_in(session, decision)]}
