"""`POST /claims/{reference}/appraisals`, candidates, choice, opinion."""

from typing import Any

from apiflask import APIBlueprint
from sqlmodel import Session

from claims.appraisal import actions
from claims.appraisal.model import Appraisal
from claims.appraisal.queries import appraisal_of, candidates_of
from claims.appraisal.schema import AppraisalIn, AppraisalOut, CandidatesIn, ChoiceIn, OpinionIn
from claims.casefile import CaseFile
from claims.intake import Claim
from claims.intake.held import held_claim
from claims.web import Problem, actor, current_person, database, may_enter
from config.time import now

api = APIBlueprint("appraisal_api", __name__, url_prefix="/api/v1/claims/<reference>/appraisals", tag="Appraisal")


@api.post("")
@may_enter("adjuster", "lead")
@api.input(AppraisalIn)
@api.output(AppraisalOut, status_code=201)
def create_appraisal(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """A written dispute of whether findings are covered. The claim's clocks run on."""
    file, claim = held_claim(reference)
    side = json_data.pop("by")
    return shown(
        database(), actions.raise_appraisal(database(), file, claim, side=side, **json_data, by=_me(), at=now())
    )


@api.post("/<int:appraisal>/candidates")
@may_enter("adjuster", "lead")
@api.input(CandidatesIn)
@api.output(AppraisalOut, status_code=201)
def create_candidates(reference: str, appraisal: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """Name qualified appraisers without interest; the other side has 15 natural days."""
    file, claim, found = _held(reference, appraisal)
    side, firms = json_data["by"], json_data["firms"]
    actions.propose_appraisers(database(), file, claim, found, side=side, firms=firms, by=_me(), at=now())
    return shown(database(), found)


@api.post("/<int:appraisal>/choice")
@may_enter("adjuster", "lead")
@api.input(ChoiceIn)
@api.output(AppraisalOut, status_code=201)
def create_choice(reference: str, appraisal: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """One side's choice; the same choice of both appoints the appraiser."""
    file, _, found = _held(reference, appraisal)
    side, firm = json_data["by"], json_data["firm"]
    actions.choose_appraiser(database(), file, found, side=side, firm=firm, by=_me(), at=now())
    return shown(database(), found)


@api.post("/<int:appraisal>/opinion")
@may_enter("adjuster", "lead")
@api.input(OpinionIn)
@api.output(AppraisalOut, status_code=201)
def create_opinion(reference: str, appraisal: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """The opinion opens a fresh decision, with fresh clocks from its receipt."""
    file, claim, found = _held(reference, appraisal)
    actions.receive_opinion(database(), file, claim, found, **json_data, by=_me(), recorded_at=now())
    return shown(database(), found)


def shown(session: Session, appraisal: Appraisal) -> dict[str, Any]:
    candidates = [
        candidate.model_dump() | {"firm": firm.code, "name": firm.name}
        for candidate, firm in candidates_of(session, appraisal.id or 0)
    ]
    return appraisal.model_dump() | {"candidates": candidates}


def _held(reference: str, number: int) -> tuple[CaseFile, Claim, Appraisal]:
    file, claim = held_claim(reference)
    found = appraisal_of(database(), claim.id, number)
    if found is None:
        raise Problem(404, "No such appraisal on this claim")
    return file, claim, found


def _me() -> str:
    return actor(current_person())
