"""What a decision must say."""

from apiflask import Schema
from marshmallow import fields, validate

from claims.intake.schema import Words
from claims.registry import grounds
from claims.web.money import Money
from claims.web.shapes import Instant

_FINDINGS = fields.List(fields.Integer(), required=True, validate=validate.Length(min=1, max=200))


class CoverageIn(Schema):
    findings = _FINDINGS


class ShownIn(Schema):
    file = fields.String(load_default="", metadata={"description": "One of `evidence`."})
    words = Words(200, load_default="", metadata={"description": "What it proves."})


class DenialIn(Schema):
    findings = _FINDINGS
    ground = fields.String(required=True, validate=validate.OneOf(tuple(grounds())))
    evidence = fields.List(fields.String(), required=True, validate=validate.Length(min=1, max=100))
    shows = fields.List(
        fields.Nested(ShownIn),
        load_default=list,
        validate=validate.Length(max=100),
        metadata={
            "description": "What a file of the evidence proves, for the notice (证明内容). Of a file that isn't "
            "named here the notice says only whether it is a photo, a document or a recording."
        },
    )
    clause = Words(300, shortest=1, required=True)
    loss = Money(attribute="loss_fen", metadata={"description": "With already_compensated: what was lost, in yuan."})
    compensated = Money(
        attribute="compensated_fen",
        metadata={
            "description": "With already_compensated: what the liable party paid. Less than the loss is refused."
        },
    )
    reasons = Words(1000, shortest=1, required=True)  # all of it goes into the text: Twilio takes 1,600 characters


class ApprovalIn(Schema):
    decision = fields.Integer(required=True)
    approve = fields.Boolean(required=True)
    comment = Words(2000, load_default="")


class DecisionOut(Schema):
    id = fields.Integer(required=True)
    outcome = fields.String(required=True)
    state = fields.String(required=True)
    findings = fields.List(fields.Integer(), required=True)
    ground = fields.String(allow_none=True)
    clause = fields.String()
    reasons = fields.String()
    comment = fields.String()
    decided_at = Instant(allow_none=True)
