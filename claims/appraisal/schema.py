"""What a dispute, its candidates, a choice and an opinion must say."""

from apiflask import Schema
from marshmallow import fields, validate

from claims.intake.schema import Words
from claims.web.shapes import Instant

_SIDE = fields.String(required=True, validate=validate.OneOf(("owner", "developer", "insurer")))


class AppraisalIn(Schema):
    by = _SIDE
    statement = Words(4000, shortest=1, required=True)
    findings = fields.List(fields.Integer(), load_default=list, validate=validate.Length(max=200))


class CandidatesIn(Schema):
    by = _SIDE
    firms = fields.List(Words(40, shortest=1), required=True, validate=validate.Length(min=1, max=20))


class ChoiceIn(Schema):
    by = _SIDE
    firm = Words(40, shortest=1, required=True)


class OpinionIn(Schema):
    outcome = fields.String(required=True, validate=validate.OneOf(("covered", "not_covered")))
    opinion = Words(8000, shortest=1, required=True)
    files = fields.List(Words(80), required=True, validate=validate.Length(min=1, max=20))
    received_at = Instant(required=True)


class CandidateOut(Schema):
    firm = fields.String(required=True)
    name = fields.String(required=True)
    proposed_by = fields.String(required=True)
    chosen_by_insurer_at = Instant(allow_none=True)
    chosen_by_other_at = Instant(allow_none=True)


class AppraisalOut(Schema):
    id = fields.Integer(required=True)
    raised_by = fields.String(required=True)
    statement = fields.String(required=True)
    state = fields.String(required=True)
    outcome = fields.String(required=True)
    raised_at = Instant(required=True)
    silent_at = Instant(allow_none=True)
    appointed_at = Instant(allow_none=True)
    candidates = fields.List(fields.Nested(CandidateOut), required=True)
