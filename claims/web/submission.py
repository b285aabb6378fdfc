"""A form as its schema sees it, and what the schema finds wrong, by the form's own field names."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import request
from marshmallow import Schema, fields


def submitted(schema: Schema, **beside: Any) -> dict[str, Any]:
    """This request's form, checked; `beside` is what didn't come as a field. Raises marshmallow's ValidationError.

    Dotted names are nested fields (`reporter.name`). A form sends every field, filled in or not: empty ones count as
    absent. What the schema doesn't know (the form's own key and tokens) stays outside.
    """
    return loaded(schema, request.form, **beside)


def loaded(schema: Schema, typed: Mapping[str, str], **beside: Any) -> dict[str, Any]:
    """The same for fields that were carried from page to page."""
    return schema.load(_nested(schema, typed) | beside)


def by_field(messages: Mapping[Any, Any], before: str = "") -> dict[str, list[str]]:
    """marshmallow's nest of messages as `reporter.phone` → messages, still in the schema's own words."""
    found: dict[str, list[str]] = {}
    for name, inner in messages.items():
        if isinstance(inner, Mapping):
            found |= by_field(inner, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = [str(message) for message in inner]
    return found


def field_names(schema: Schema, before: str = "") -> Iterator[str]:
    """Every name that a form for this schema may use."""
    for name, field in schema.fields.items():
        if isinstance(field, fields.Nested):
            yield from field_names(field.schema, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def _nested(schema: Schema, typed: Mapping[str, str], before: str = "") -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, field in schema.fields.items():
        if isinstance(field, fields.Nested):
            told[name] = _nested(field.schema, typed, f"{before}{name}.")
        elif typed.get(f"{before}{name}", "").strip():
            told[name] = typed[f"{before}{name}"]
    return told
