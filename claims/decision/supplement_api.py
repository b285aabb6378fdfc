"""`POST /claims/{reference}/supplement-notice`, its arrival, and what came back."""

from typing import Any

from apiflask import APIBlueprint, Schema
from marshmallow import fields, validate

from claims.decision.model import Supplement
from claims.decision.supplement import (
    Missing,
    asked_for,
    correct_arrival,
    notice_arrived,
    request_supplement,
    supplement_received,
)
from claims.intake.held import held_claim, leads_word
from claims.intake.schema import Words
from claims.web import actor, current_person, database, may_enter
from claims.web.shapes import Instant
from config.time import now

api = APIBlueprint("supplement_api", __name__, url_prefix="/api/v1/claims/<reference>", tag="Supplement")


class MissingIn(Schema):
    what = Words(400, shortest=1, required=True)
    why = Words(400, load_default="", metadata={"description": "Without it the notice gives the law's own reason."})
    how = Words(400, load_default="", metadata={"description": "Without it the notice names the usual ways."})


class OneOrTheOther(fields.Nested):
    """A bare name, or `{what, why, how}`."""

    def _deserialize(self, value: Any, *rest: Any, **kwargs: Any) -> Any:
        return super()._deserialize({"what": value} if isinstance(value, str) else value, *rest, **kwargs)


class SupplementRequestIn(Schema):
    items = fields.List(
        OneOrTheOther(MissingIn),
        required=True,
        validate=validate.Length(min=1, max=50),
        metadata={"description": "Each a name, or what, why and how; the names together at most 1000 characters."},
    )


class ArrivalIn(Schema):
    arrived_at = Instant(required=True)
    proof = Words(400, shortest=3, required=True)


class SupplementIn(Schema):
    received_at = Instant(required=True)
    files = fields.List(Words(80), load_default=list, validate=validate.Length(max=100))


class MissingOut(Schema):
    what = fields.String(required=True)
    why = fields.String(required=True)
    how = fields.String(required=True)


class SupplementOut(Schema):
    """`items` are the names; `asked` has why and how beside them."""

    id = fields.Integer(required=True)
    items = fields.List(fields.String(), required=True)
    asked = fields.List(fields.Nested(MissingOut), required=True)
    pauses = fields.Boolean(required=True)
    requested_at = Instant(required=True)
    arrived_at = Instant(allow_none=True)
    received_at = Instant(allow_none=True)


@api.post("/supplement-notice")
@may_enter("adjuster", "lead")
@api.input(SupplementRequestIn)
@api.output(SupplementOut, status_code=201)
def create_supplement_notice(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Ask for everything that is missing, once (保险法 22). A second request pauses nothing."""
    file, _ = held_claim(reference)
    by = actor(current_person())
    items = [Missing(**item) for item in json_data["items"]]
    return shown(request_supplement(database(), file, items=items, by=by, at=now()))


@api.post("/supplement-notice/arrival")
@may_enter("adjuster", "lead")
@api.input(ArrivalIn)
@api.output(SupplementOut, status_code=201)
def create_arrival(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """The notice reached the claimant, with proof: the 30 days stand still from here."""
    file, _ = held_claim(reference)
    by = actor(current_person())
    return shown(notice_arrived(database(), file, **json_data, by=by, recorded_at=now(), confirmed_by=leads_word()))


@api.post("/supplement-notice/arrival/correction")
@may_enter("lead")
@api.input(ArrivalIn)
@api.output(SupplementOut, status_code=201)
def create_correction(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """The arrival was entered wrongly: the 30 days are counted anew; both entries stay, with who corrected it."""
    file, _ = held_claim(reference)
    by = actor(current_person())
    return shown(correct_arrival(database(), file, **json_data, by=by, at=now(), confirmed_by=leads_word()))


@api.post("/supplement")
@may_enter("adjuster", "lead")
@api.input(SupplementIn)
@api.output(SupplementOut, status_code=201)
def create_supplement(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """What was asked for reached us: the 30 days go on."""
    file, _ = held_claim(reference)
    by = actor(current_person())
    return shown(supplement_received(database(), file, **json_data, by=by, recorded_at=now()))


def shown(request: Supplement) -> dict[str, Any]:
    asked = asked_for(request)
    return request.model_dump() | {"items": [item.what for item in asked], "asked": asked}
