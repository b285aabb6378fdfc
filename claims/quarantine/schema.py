"""Shapes of the three acts on a quarantined arrival."""

from apiflask import Schema
from marshmallow import fields

from claims.intake.schema import Phone, Words


class ClaimIn(Schema):
    """A report that was stuck; what isn't known is left open, as in any report."""

    description = Words(4000, shortest=1, required=True)
    phone = Phone(load_default="")
    address = Words(300, load_default="")
    danger = fields.Boolean(load_default=False)


class LinkIn(Schema):
    """The claim that it belongs to, by its reference."""

    reference = Words(16, shortest=1, required=True)


class DismissalIn(Schema):
    """Why it is nothing of ours."""

    reason = Words(400, shortest=1, required=True)
