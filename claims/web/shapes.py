"""Shapes that several slices answer with."""

from typing import Any

from apiflask import Schema
from marshmallow import ValidationError, fields, validate

from claims.casefile.period import FIRST_YEAR, LAST_YEAR
from claims.registry import e164
from config.time import SHANGHAI


class Instant(fields.AwareDateTime):
    """An instant as Shanghai writes it: 2026-03-06T00:00:00+08:00. Read in any offset, if its year can be meant."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        at = super()._deserialize(value, attr, data, **kwargs)
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return at

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return value.astimezone(SHANGHAI).isoformat() if value is not None else None


class StepOut(Schema):
    rule = fields.String(required=True)
    day = fields.Date(required=True)
    to = fields.Date(allow_none=True)
    effect = fields.String(required=True)
    citation = fields.String(required=True)


class ReckoningOut(Schema):
    safe_due = Instant(allow_none=True)
    legal_due = Instant(allow_none=True)
    provisional = fields.Boolean(required=True)
    steps = fields.List(fields.Nested(StepOut), required=True)


class ClockOut(Schema):
    """`safe_due` and `legal_due`: exclusive ends, 24:00 written as the next day's 00:00; null while paused."""

    id = fields.Integer(required=True)
    clock = fields.String(required=True)
    subject = fields.String(allow_none=True)
    basis = fields.String(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True)
    length = fields.String(required=True)
    anchor = Instant(required=True)
    safe_due = Instant(allow_none=True)
    legal_due = Instant(allow_none=True)
    met_at = Instant(allow_none=True)
    provisional = fields.Boolean(required=True)
    steps = fields.List(fields.Nested(StepOut), required=True)
    if_resumed_now = fields.Nested(ReckoningOut)


class ClaimOpenedOut(Schema):
    reference = fields.String(required=True)
    stage = fields.String(required=True)
    received_at = Instant(required=True)
    track_code = fields.String(required=True)
    clocks = fields.List(fields.Nested(ClockOut), required=True)


class ClaimHeadOut(Schema):
    reference = fields.String(required=True)
    stage = fields.String(required=True)
    version = fields.Integer(required=True)


_BAD_PHONE = "Not a telephone number; write it like 13800000000 or 021-12345678"


class Phone(fields.String):
    """A Chinese or international number in any usual spelling; E.164 inside."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        number = e164(super()._deserialize(value, attr, data, **kwargs))
        if number is None:
            raise ValidationError(_BAD_PHONE)
        return number


class Words(fields.String):
    """Text without surrounding space, NUL or broken characters; `many=False`, at most `longest` characters."""

    def __init__(self, longest: int, shortest: int = 0, **rest: Any) -> None:
        checks = [validate.Length(max=longest)] + ([validate.Length(min=shortest)] if shortest else [])
        super().__init__(validate=checks, **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        words = super()._deserialize(value, attr, data, **kwargs).replace("\0", "").strip()
        return words.encode(errors="replace").decode()  # half a surrogate pair is no character
