"""`POST /claims/{reference}/complaints`, extension, decision."""

from typing import Any

from apiflask import APIBlueprint, Schema
from marshmallow import fields

from claims.access import roles_of
from claims.casefile import CaseFile
from claims.complaint import actions
from claims.complaint.model import Complaint
from claims.intake.held import held_claim
from claims.intake.schema import Words
from claims.web import Problem, actor, current_person, database, may_enter
from claims.web.shapes import Instant
from config.time import now

api = APIBlueprint("complaint_api", __name__, url_prefix="/api/v1/claims/<reference>/complaints", tag="Complaint")


class ComplaintIn(Schema):
    complainant = Words(80, shortest=1, required=True)
    text = Words(4000, shortest=1, required=True)
    received_at = Instant()


class ExtensionIn(Schema):
    reason = Words(2000, shortest=1, required=True)


class ComplaintDecisionIn(Schema):
    upheld = fields.Boolean(required=True)
    decision = Words(4000, shortest=1, required=True)
    reasons = Words(4000, shortest=1, required=True)


class ComplaintOut(Schema):
    id = fields.Integer(required=True)
    state = fields.String(required=True)
    text = fields.String(required=True)
    received_at = Instant(required=True)
    decided_at = Instant(allow_none=True)
    upheld = fields.Boolean(allow_none=True)
    decision = fields.String(required=True)
    reasons = fields.String(required=True)


@api.post("")
@may_enter("adjuster", "lead", "manager")
@api.input(ComplaintIn)
@api.output(ComplaintOut, status_code=201)
def create_complaint(reference: str, json_data: dict[str, Any]) -> Complaint:
    """A complaint about this claim: 15 natural days from its receipt."""
    file, _ = held_claim(reference)
    at = now()
    told = {"received_at": at} | json_data
    return actions.receive_complaint(database(), file, **told, by=_me(), recorded_at=at)


@api.post("/<int:complaint>/extension")
@may_enter("lead", "manager")
@api.input(ExtensionIn)
@api.output(ComplaintOut, status_code=201)
def create_extension(reference: str, complaint: int, json_data: dict[str, Any]) -> Complaint:
    """Complex: 30 days in all; then, by a manager, 30 more where it is especially complex."""
    file, found = _held(reference, complaint)
    senior = "manager" in roles_of(current_person())
    actions.extend_complaint(database(), file, found, reason=json_data["reason"], by=_me(), at=now(), senior=senior)
    return found


@api.post("/<int:complaint>/decision")
@may_enter("adjuster", "lead", "manager")
@api.input(ComplaintDecisionIn)
@api.output(ComplaintOut, status_code=201)
def create_complaint_decision(reference: str, complaint: int, json_data: dict[str, Any]) -> Complaint:
    """The decision, by somebody who has had no part in the claim."""
    file, found = _held(reference, complaint)
    actions.decide_complaint(database(), file, found, **json_data, by=_me(), at=now())
    return found


def _held(reference: str, number: int) -> tuple[CaseFile, Complaint]:
    file, claim = held_claim(reference)
    found = actions.complaint_of(database(), claim.id, number)
    if found is None:
        raise Problem(404, "No such complaint on this claim")
    return file, found


def _me() -> str:
    return actor(current_person())
