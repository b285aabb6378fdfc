"""What a recorded dispatch must say, and how a letter is shown."""

from apiflask import Schema
from marshmallow import fields, validate

from claims.intake.schema import Words
from claims.web.shapes import Instant

BY_HAND = ("post", "email", "courier")
"""Ways that somebody walks and then records; a text's hand-over records itself."""


class DispatchIn(Schema):
    channel = fields.String(required=True, validate=validate.OneOf(BY_HAND))
    handed_over_at = Instant(required=True)
    evidence = Words(
        400, shortest=3, required=True, metadata={"description": "The receipt, such as the tracking number."}
    )


class LetterOut(Schema):
    number = fields.String(required=True)
    kind = fields.String(required=True)
    subject = fields.String(required=True)
    state = fields.String(required=True)
    drafted_at = Instant(required=True)
    issued_at = Instant(allow_none=True)
    sha256 = fields.String()
    dispatched_at = Instant(allow_none=True)
    dispatched_by = fields.String()
    evidence = fields.String()
    error = fields.String(metadata={"description": "Why it can't be issued, or didn't reach; empty once it went out."})


class LettersOut(Schema):
    letters = fields.List(fields.Nested(LetterOut), required=True)
