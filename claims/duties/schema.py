"""What an act on such a file says, and how the file is shown."""

from apiflask import Schema
from marshmallow import fields, validate

from claims.intake.schema import Words
from claims.web.money import Money
from claims.web.shapes import ClockOut, Instant

UPLOADS = ("contract", "risk_plan", "final_report", "owners_guide")
"""第六条; 第七条(二), (四), (五)."""
ACCEPTANCES = ("household_acceptance", "preview")
"""分户验收, 质量预看房."""


class ProjectIn(Schema):
    project = Words(40, shortest=1, required=True, metadata={"description": "Registry code of the project."})


class RecoveryIn(Schema):
    debtor = Words(120, shortest=1, required=True)
    amount = Money(required=True, metadata={"description": "What was paid, and is now asked back."})
    paid_at = Instant(required=True, metadata={"description": "The payment: there the right is obtained."})
    proof = Words(400, shortest=1, required=True)


class HappenedIn(Schema):
    """`at`: now, where absent. `proof`: needed for what is entered after something that happened later."""

    at = Instant()
    proof = Words(400, load_default="")


class DoneIn(HappenedIn):
    proof = Words(400, shortest=1, required=True)
    files = fields.List(Words(80), load_default=list, validate=validate.Length(max=100))


class BegunIn(HappenedIn):
    what = Words(200, shortest=1, required=True)


class OwedIn(HappenedIn):
    what = fields.String(required=True, validate=validate.OneOf(UPLOADS))


class InspectionIn(HappenedIn):
    what = fields.String(required=True, validate=validate.OneOf(ACCEPTANCES))


class PlannedIn(HappenedIn):
    what = fields.String(required=True, validate=validate.OneOf(ACCEPTANCES))
    planned_on = fields.Date(required=True)


class MovedIn(Schema):
    liability_starts_on = fields.Date(required=True)
    proof = Words(400, shortest=1, required=True)


class AmountIn(DoneIn):
    amount = Money(required=True)


class EndIn(Schema):
    reason = Words(400, shortest=1, required=True)


class ListIn(Schema):
    kind = fields.String(load_default="project", validate=validate.OneOf(("project", "upload", "recovery")))
    closed = fields.Boolean(load_default=False)
    after = fields.Integer(validate=validate.Range(min=1, max=2**62))
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class RecordOut(Schema):
    id = fields.Integer(required=True)
    kind = fields.String(required=True)
    what = fields.String(required=True)
    planned_on = fields.Date(allow_none=True)
    begun_at = Instant(required=True)


class DutyRowOut(Schema):
    reference = fields.String(required=True)
    kind = fields.String(required=True)
    stage = fields.String(required=True)
    version = fields.Integer(required=True)
    project = fields.String(allow_none=True)
    name = fields.String(allow_none=True)
    claim = fields.String(allow_none=True)
    liability_starts_on = fields.Date(allow_none=True)
    debtor = fields.String(required=True)
    urgent_at = Instant(allow_none=True)


class DutyListOut(Schema):
    files = fields.List(fields.Nested(DutyRowOut), required=True)
    next = fields.Integer(allow_none=True)


class DutyOut(DutyRowOut):
    records = fields.List(fields.Nested(RecordOut), required=True)
    clocks = fields.List(fields.Nested(ClockOut), required=True)
    allowed = fields.List(fields.String(), required=True, metadata={"description": "Acts that fit now."})
