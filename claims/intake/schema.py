"""What a report must say, for form, JSON and hotline alike."""

from typing import Any

from apiflask import Schema
from marshmallow import ValidationError, fields, pre_load, validate, validates_schema

from claims.web.shapes import Instant, Phone, Words

PARTS = ("foundation", "structure", "insulation", "waterproofing", "finishes", "wiring", "plumbing", "heating_cooling")
RELATIONS = ("owner", "family", "tenant", "property_company", "other")

LANGUAGES = ("zh", "en")


class Reporter(Schema):
    name = Words(80, shortest=1, required=True)
    phone = Phone(required=True)
    relation = fields.String(required=True, validate=validate.OneOf(RELATIONS))


class ReportIn(Schema):
    """`POST /claims` and the form at /report."""

    home = Words(60, metadata={"description": "Registry code of the home."})
    address = Words(300, metadata={"description": "Where the home is, when its code isn't known."})
    reporter = fields.Nested(Reporter, required=True)
    part = fields.String(validate=validate.OneOf(PARTS))
    item = Words(80)
    description = Words(4000, shortest=1, required=True)
    found_on = fields.Date()
    danger = fields.Boolean()
    language = fields.String(
        validate=validate.OneOf(LANGUAGES), metadata={"description": "Of our texts to the reporter; zh if not said."}
    )
    received_at = Instant(metadata={"description": "When the channel took the report, if not now."})
    photos = fields.List(
        fields.String(validate=validate.Length(max=80)), validate=validate.Length(max=30, error="At most {max} photos.")
    )

    @pre_load
    def _without_blanks(self, data: Any, **_: Any) -> Any:
        """A form sends every field, filled in or not."""
        return (
            {name: value for name, value in data.items() if value not in ("", None)} if isinstance(data, dict) else data
        )

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _says_where(self, _data: dict[str, Any], original: Any, **_: Any) -> None:
        """Told together with whatever else is wrong, so that nobody mends a form twice."""
        told = (
            [original.get(name) for name in ("home", "address")] if isinstance(original, dict) else ["no report at all"]
        )
        if not any(str(where or "").replace("\0", "").strip() for where in told):
            raise ValidationError("Give the home's code or its address.", "address")


class HomeIn(Schema):
    home = Words(60, shortest=1, required=True)


class ContactIn(Schema):
    reached = fields.Boolean(required=True)
    note = Words(1000, load_default="")
    spoke_at = Instant()


class AssignmentIn(Schema):
    assignee = fields.Email(required=True, metadata={"description": "An adjuster's e-mail address."})
