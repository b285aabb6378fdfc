"""What a booking and a finding must say."""

from apiflask import Schema
from marshmallow import fields, validate

from claims.intake.schema import PARTS, Words
from claims.web.shapes import Instant


class SurveyIn(Schema):
    visit_at = Instant(required=True)
    surveyor = fields.Email(metadata={"description": "The surveyor's e-mail address."})


class SurveyOut(Schema):
    id = fields.Integer(required=True)
    visit_at = Instant(required=True)
    surveyor = fields.String(allow_none=True)


class FindingIn(Schema):
    visited_at = Instant(required=True)
    part = fields.String(required=True, validate=validate.OneOf(PARTS))
    item = Words(80, shortest=1, required=True)
    cause = Words(2000, shortest=1, required=True)
    opinion = Words(2000, shortest=1, required=True)
    photos = fields.List(fields.String(), validate=validate.Length(max=100), load_default=list)


class FindingOut(Schema):
    id = fields.Integer(required=True)
    survey = fields.Integer(required=True)
    visited_at = Instant(required=True)
    part = fields.String(required=True)
    item = fields.String(required=True)
    cause = fields.String(required=True)
    opinion = fields.String(required=True)
    outcome = fields.String(required=True)
