"""What a settlement, a consent and a payment must say."""

from apiflask import Schema
from marshmallow import fields, validate

from claims.intake.schema import Words
from claims.web.money import Money
from claims.web.shapes import Instant


class PartIn(Schema):
    mode = fields.String(required=True, validate=validate.OneOf(("repair", "cash")))
    finding = fields.Integer(required=True)
    amount = Money()


class SettlementIn(Schema):
    parts = fields.List(fields.Nested(PartIn), required=True, validate=validate.Length(min=1, max=200))
    starts_on = fields.Date()
    finishes_on = fields.Date()


class AcceptanceIn(Schema):
    by = fields.String(required=True, validate=validate.OneOf(("owner", "insured")))
    agreed_at = Instant(required=True)
    proof = Words(400, shortest=3, required=True)


class RefusalIn(Schema):
    by = fields.String(required=True, validate=validate.OneOf(("owner", "insured")))
    reason = Words(2000, shortest=1, required=True)


class PaymentIn(Schema):
    amount = Money(required=True)
    paid_at = Instant(required=True)
    bank_reference = Words(80, shortest=3, required=True)


class ConsentOut(Schema):
    who = fields.String(required=True)
    agreed_at = Instant(allow_none=True)


class PartOut(Schema):
    finding = fields.Integer(attribute="finding_id", required=True)
    mode = fields.String(required=True)
    amount = Money(attribute="amount_fen", allow_none=True)
    begun_at = Instant(allow_none=True)
    finished_at = Instant(allow_none=True)


class SettlementOut(Schema):
    id = fields.Integer(required=True)
    state = fields.String(required=True)
    cash = Money(attribute="cash_fen", required=True)
    left = Money(attribute="left_fen", required=True)
    starts_on = fields.Date(allow_none=True)
    finishes_on = fields.Date(allow_none=True)
    reached_at = Instant(allow_none=True)
    performed_at = Instant(allow_none=True)
    parts = fields.List(fields.Nested(PartOut), required=True)
    consents = fields.List(fields.Nested(ConsentOut), required=True)


class LedgerEntryOut(Schema):
    id = fields.Integer(required=True)
    kind = fields.String(required=True)
    amount = Money(attribute="amount_fen", required=True)
    paid_at = Instant(required=True)
    bank_reference = fields.String(required=True)
