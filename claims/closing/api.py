"""`POST /claims/{reference}/withdrawal` and `…/closing`."""

from typing import Any

from apiflask import APIBlueprint, Schema

from claims.closing.actions import close_claim, withdraw
from claims.intake.held import held_claim
from claims.intake.schema import Words
from claims.web import actor, current_person, database, may_enter
from claims.web.shapes import ClaimHeadOut
from config.time import now

api = APIBlueprint("closing_api", __name__, url_prefix="/api/v1/claims/<reference>", tag="Closing")


class ReasonIn(Schema):
    reason = Words(2000, shortest=1, required=True)


@api.post("/withdrawal")
@may_enter("adjuster", "lead")
@api.input(ReasonIn)
@api.output(ClaimHeadOut, status_code=201)
def create_withdrawal(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """At the owner's wish. A later report of the same defect is a new claim."""
    file, _ = held_claim(reference)
    withdraw(database(), file, reason=json_data["reason"], by=actor(current_person()), at=now())
    return {"reference": file.reference, "stage": file.stage, "version": file.version}


@api.post("/closing")
@may_enter("adjuster", "lead")
@api.input(ReasonIn)
@api.output(ClaimHeadOut, status_code=201)
def create_closing(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Nothing is left to do. 409 while something is still owed."""
    file, _ = held_claim(reference)
    close_claim(database(), file, reason=json_data["reason"], by=actor(current_person()), at=now())
    return {"reference": file.reference, "stage": file.stage, "version": file.version}
