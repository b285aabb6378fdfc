"""What a form sends, as the sheet's schema reads it from a program."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields

from claims.desk.form import rows_of
from claims.web.shapes import Instant


def as_json(schema: Schema, typed: Mapping[str, Sequence[str]], before: str = "") -> dict[str, Any]:
    """Blank fields are absent, blank records too; a time without an offset is Shanghai's."""
    told = {name: _value(field, typed, f"{before}{name}") for name, field in schema.fields.items()}
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _value(field: fields.Field, typed: Mapping[str, Sequence[str]], name: str) -> Any:
    values = [value for value in typed.get(name, ()) if value]
    if isinstance(field, fields.List):
        if isinstance(field.inner, fields.Nested):
            numbers = range(rows_of(typed, name))
            rows = (as_json(field.inner.schema, typed, f"{name}.{number}.") for number in numbers)
            return [row for row in rows if row]
        return [line.strip() for value in values for line in value.splitlines() if line.strip()]
    value = values[0] if values else ""
    return _instant(value, next(iter(typed.get("opened", ())), "")) if isinstance(field, Instant) else value


def _instant(value: str, opened: str) -> str:
    """A time left as it stood when the form was `opened` is that very moment: forms themselves tell whole seconds."""
    told, then = in_shanghai(value), in_shanghai(opened)
    return then if then and told.removesuffix("+08:00") == then.partition(".")[0] else told


def in_shanghai(typed: str) -> str:
    """`2026-03-02T09:30`, as a browser sends a local time, with Shanghai's offset."""
    date, _, time = typed.replace(" ", "T").partition("T")
    bare = bool(time) and not any(mark in time for mark in "+-Zz")
    return f"{date}T{time}{':00' if time.count(':') == 1 else ''}+08:00" if bare else typed
