"""What a place in the roster must say."""

from typing import Any

from apiflask import Schema
from marshmallow import ValidationError, fields, validate, validates_schema

from claims.roster.model import DAYS, ROTA, SUBSTITUTE
from claims.web.shapes import Phone, Words

_TIME = validate.Regexp(r"([01]\d|2[0-3]):[0-5]\d\Z", error="Not a time of day; write it like 09:00.")
_MOST_DAYS = 366


class ShiftIn(Schema):
    """`run_days` out of every `cycle_days`, counted from `first_on`: 7 of 21 is one week in three."""

    kind = fields.String(load_default=ROTA, validate=validate.OneOf((ROTA, SUBSTITUTE)))
    name = Words(80, shortest=1, required=True)
    phone = Phone(required=True)
    rank = fields.Integer(load_default=1, validate=validate.Range(min=1, max=5))
    first_on = fields.Date(required=True)
    last_on = fields.Date(load_default=None)
    days = fields.String(load_default="all", validate=validate.OneOf(DAYS))
    run_days = fields.Integer(load_default=1, validate=validate.Range(min=1, max=_MOST_DAYS))
    cycle_days = fields.Integer(load_default=1, validate=validate.Range(min=1, max=_MOST_DAYS))
    from_time = fields.String(load_default="09:00", validate=_TIME)
    to_time = fields.String(load_default="09:00", validate=_TIME)

    @validates_schema
    def fits(self, told: dict[str, Any], **_: Any) -> None:
        if told["run_days"] > told["cycle_days"]:
            raise ValidationError("At most as many days as the round has.", "run_days")
        if told["last_on"] is not None and told["last_on"] < told["first_on"]:
            raise ValidationError("Must not lie before the first day.", "last_on")
        if told["kind"] == SUBSTITUTE and told["last_on"] is None:
            raise ValidationError("A substitute needs a last day.", "last_on")
