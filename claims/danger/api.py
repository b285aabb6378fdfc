"""`POST /claims/{reference}/danger`, and `/safety` once it is over."""

from typing import Any

from apiflask import APIBlueprint

from claims.danger.actions import find_danger, make_safe
from claims.danger.schema import DangerIn, SafetyIn
from claims.intake.held import leads_word
from claims.web import actor, check_version, current_person, database, file_or_404, may_enter
from claims.web.shapes import ClaimHeadOut
from config.time import now

api = APIBlueprint("danger_api", __name__, url_prefix="/api/v1/claims/<reference>", tag="Danger")


@api.post("/danger")
@may_enter("adjuster", "lead", "surveyor")
@api.input(DangerIn)
@api.output(ClaimHeadOut, status_code=201)
def create_danger(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Say that the home is dangerous. The claim stands before all others until it is made safe."""
    session, person = database(), current_person()
    file = file_or_404(session, person, reference, hold=True)
    check_version(file)
    at = now()
    told = {"at": json_data.pop("found_at", at), "recorded_at": at, "confirmed_by": leads_word()}
    find_danger(session, file, **json_data, **told, by=actor(person))
    return {"reference": file.reference, "stage": file.stage, "version": file.version}


@api.post("/safety")
@may_enter("adjuster", "lead", "surveyor")
@api.input(SafetyIn)
@api.output(ClaimHeadOut, status_code=201)
def create_safety(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Say, with proof, that nobody is in danger any more."""
    session, person = database(), current_person()
    file = file_or_404(session, person, reference, hold=True)
    check_version(file)
    make_safe(session, file, **json_data, by=actor(person), recorded_at=now(), confirmed_by=leads_word())
    return {"reference": file.reference, "stage": file.stage, "version": file.version}
