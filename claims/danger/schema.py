"""What the word of a danger, and of its end, must say."""

from apiflask import Schema
from marshmallow import fields, validate

from claims.intake.schema import Words
from claims.web.shapes import Instant


class DangerIn(Schema):
    """`found_at`: now, where absent. `proof`: needed for what is entered after something that happened later."""

    note = Words(1000, shortest=1, required=True)
    found_at = Instant()
    proof = Words(400, load_default="")


class SafetyIn(Schema):
    made_safe_at = Instant(required=True)
    note = Words(1000, shortest=1, required=True)
    evidence = fields.List(fields.String(), required=True, validate=validate.Length(min=1, max=100))
