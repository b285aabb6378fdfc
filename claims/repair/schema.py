"""What an order, a quote, works and the owner's word must say."""

from apiflask import Schema
from marshmallow import fields, validate

from claims.intake.schema import PARTS, Words
from claims.web.money import Money
from claims.web.shapes import Instant

_PHOTOS = fields.List(Words(80), load_default=list, validate=validate.Length(max=100))


class RepairItemIn(Schema):
    part = fields.String(required=True, validate=validate.OneOf(PARTS))
    item = Words(80, shortest=1, required=True)
    finding = fields.Integer()


class OrderIn(Schema):
    firm = Words(40, metadata={"description": "A firm's code; without it the insurer's own crew repairs."})
    scope = Words(4000, shortest=1, required=True)
    items = fields.List(fields.Nested(RepairItemIn), load_default=list, validate=validate.Length(max=200))
    starts_on = fields.Date(required=True)
    finishes_on = fields.Date(required=True)


class QuoteIn(Schema):
    amount = Money(required=True)


class QuoteAnswerIn(Schema):
    approve = fields.Boolean(required=True)
    comment = Words(2000, load_default="")


class StartIn(Schema):
    started_at = Instant(required=True)
    photos = _PHOTOS


class CompletionIn(Schema):
    completed_at = Instant(required=True)
    photos = _PHOTOS


class WordIn(Schema):
    id = fields.Integer(required=True)
    word = fields.String(required=True, validate=validate.OneOf(("fixed", "partly", "not_fixed")))
    note = Words(2000, load_default="")


class AcceptanceOfWorksIn(Schema):
    accepted_at = Instant(required=True)
    items = fields.List(fields.Nested(WordIn), required=True, validate=validate.Length(min=1, max=200))


class RepairItemOut(Schema):
    id = fields.Integer(required=True)
    finding = fields.Integer(attribute="finding_id", allow_none=True)
    part = fields.String(required=True)
    item = fields.String(required=True)
    word = fields.String(required=True)
    note = fields.String(required=True)


class OrderOut(Schema):
    id = fields.Integer(required=True)
    firm = fields.String(allow_none=True)
    scope = fields.String(required=True)
    state = fields.String(required=True)
    quote = Money(attribute="quote_fen", allow_none=True)
    quote_state = fields.String(required=True)
    starts_on = fields.Date(required=True)
    finishes_on = fields.Date(required=True)
    started_at = Instant(allow_none=True)
    completed_at = Instant(allow_none=True)
    answered_at = Instant(allow_none=True)
    items = fields.List(fields.Nested(RepairItemOut), required=True)
