"""Shapes of the manager's registers."""

from apiflask import Schema
from marshmallow import fields, validate

from claims.intake.schema import Words
from claims.web.shapes import Instant


class BreachesIn(Schema):
    first = fields.Date(data_key="from")
    last = fields.Date(data_key="to")
    clock = Words(40)
    team = Words(20, metadata={"description": "A district."})
    cursor = fields.Integer()
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class BreachOut(Schema):
    """`breached_at`: the first late instant. `withdrawn`: later proof showed that the duty had been met in time."""

    id = fields.Integer(required=True)
    reference = fields.String(required=True)
    stage = fields.String(required=True)
    district = fields.String(allow_none=True)
    assignee = fields.String(allow_none=True)
    clock = fields.String(required=True)
    subject = fields.String(allow_none=True)
    breached_at = Instant(required=True)
    met_at = Instant(allow_none=True)
    late_seconds = fields.Integer(required=True)
    withdrawn = fields.Boolean(required=True)


class BreachesOut(Schema):
    breaches = fields.List(fields.Nested(BreachOut), required=True)
    next = fields.Integer(allow_none=True)


class BoardOut(Schema):
    open = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    due_today = fields.Integer(required=True)
    at_risk = fields.Integer(required=True)
    breached = fields.Integer(required=True)
    oldest_opened_at = Instant(allow_none=True)
