"""Shapes of the manager's registers."""

import re
from typing import Any

from apiflask import Schema
from marshmallow import ValidationError, fields, validate, validates

from claims.intake.schema import Words
from claims.oversight.causes import current_causes
from claims.oversight.queries import STATES
from claims.web.money import Money
from claims.web.shapes import Instant

_NUMBER = re.compile(r"(?<!\d)(1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}|\d{17}[\dXx])(?!\d)")
"""A mobile number, one with an area code, or an identity number."""


class BreachesIn(Schema):
    first = fields.Date(data_key="from")
    last = fields.Date(data_key="to")
    clock = Words(40)
    team = Words(20, metadata={"description": "A district."})
    state = fields.String(validate=validate.OneOf(STATES), metadata={"description": "`open`: not explained yet."})
    cursor = fields.Integer()
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class CauseIn(Schema):
    """Why the duty was late, and what follows from it; no names and no telephone numbers."""

    cause = fields.String(required=True, validate=validate.OneOf(current_causes()))
    corrective_act = Words(1000, shortest=1, required=True)

    @validates("corrective_act")
    def names_nobody(self, words: str, **_: Any) -> None:
        """The register goes to the regulator as it is."""
        if _NUMBER.search(words):
            raise ValidationError("Write no telephone or identity numbers: the register goes to the regulator.")


class DelayOut(Schema):
    """Of a late performance (保险法 23 ¶2). `estimate`: by the configured rate and no debt; null without one."""

    days = fields.Integer(required=True)
    unpaid = Money(required=True, attribute="unpaid_fen")
    estimate = Money(required=True, allow_none=True, attribute="estimate_fen")


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
    delay = fields.Nested(DelayOut, required=True, allow_none=True)
    cause = fields.String(allow_none=True)
    corrective_act = fields.String(allow_none=True)
    explained_at = Instant(allow_none=True)


class BreachesOut(Schema):
    breaches = fields.List(fields.Nested(BreachOut), required=True)
    next = fields.Integer(allow_none=True)


class BoardOut(Schema):
    open = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    due_today = fields.Integer(required=True)
    at_risk = fields.Integer(required=True)
    breached = fields.Integer(required=True)
    oldest_opened_at = Instant(allow_none=True)
