"""A sheet as it stands on a page: its questions, what was typed, and what is wrong with it."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from marshmallow import Schema, fields, validate

from claims.desk.sheet import Choice, Sheet, Words
from claims.web.money import Money
from claims.web.shapes import Instant
from claims.web.wording import on_a_page

MANY = 12
"""More choices than these are a list to open, not a list of buttons."""
MOST_ROWS = 200


@dataclass
class Form:
    """`key` makes one rendered form one act, however often it is sent."""

    sheet: Sheet
    version: int
    typed_in: Mapping[str, Sequence[str]]
    choices: Mapping[str, Sequence[Choice]]
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    errors: dict[str, list[str]] = field(default_factory=dict)
    notice: Words = ""

    def typed(self, name: str) -> str:
        return next(iter(self.typed_in.get(name, ())), "")

    def chosen(self, name: str) -> Sequence[str]:
        return self.typed_in.get(name, ())

    def refuse(self, errors: Mapping[str, Iterable[str]]) -> None:
        """Add what is wrong, by field, in plain words."""
        for name, messages in errors.items():
            self.errors.setdefault(name, []).extend(on_a_page(message) for message in messages)

    def label(self, name: str) -> Words:
        """Of a field, or of one of a list (`parts.0.amount`); "" for what the sheet doesn't ask."""
        return self.sheet.labels.get(name) or self.sheet.labels.get(_without_number(name), "")

    def fields(self) -> Iterable["Question"]:
        return questions(self, self.sheet.schema())


@dataclass(frozen=True)
class Question:
    """One field as a page asks it.

    kind: told, yes_no, day, instant, money, line, words, lines, one_of, open (one of many), several, files, records.
    """

    name: str
    kind: str
    label: Words
    hint: Words
    required: bool
    choices: Sequence[Choice] = ()
    rows: Sequence[Sequence["Question"]] = ()
    longest: int = 0
    from_file: bool = False
    """Whether the choices are what people wrote on the claim, in Chinese whatever the page's language."""


def questions(form: Form, schema: Schema, before: str = "", pattern: str = "") -> list[Question]:
    """`before` is the way to a field of a list of records (`parts.0.`), `pattern` the same for its words (`parts.`)."""
    return [_question(form, before, pattern, name, field) for name, field in schema.fields.items()]


def _question(form: Form, before: str, pattern: str, name: str, asked: fields.Field) -> Question:
    sheet, words = form.sheet, f"{pattern}{name}"
    rows: list[list[Question]] = []
    if isinstance(asked, fields.List) and isinstance(asked.inner, fields.Nested):
        inner = asked.inner.schema
        numbers = range(rows_of(form.typed_in, name))
        rows = [questions(form, inner, f"{name}.{number}.", f"{name}.") for number in numbers]
        rows = [sorted(row, key=lambda question: question.kind != "told") for row in rows]
    choices = form.choices.get(words) or _one_of(sheet, words, asked)
    return Question(
        name=f"{before}{name}",
        kind=_kind(sheet, words, asked, choices),
        label=sheet.labels.get(words, words),
        hint=sheet.hints.get(words, ""),
        required=asked.required,
        choices=choices,
        rows=rows,
        longest=_longest(asked),
        from_file=words in sheet.choices,
    )


def _kind(sheet: Sheet, name: str, asked: fields.Field, choices: Sequence[Choice]) -> str:
    kinds: tuple[tuple[type[fields.Field], str], ...] = (
        (fields.Boolean, "yes_no"), (fields.Date, "day"), (Instant, "instant"), (Money, "money"),
    )  # fmt: skip
    if name in sheet.told:
        return "told"
    if name in sheet.files:
        return "files"
    if isinstance(asked, fields.List):
        if isinstance(asked.inner, fields.Nested):
            return "records"
        return "several" if name in sheet.choices else "lines"
    if name not in sheet.suggests and (choices or name in sheet.choices):
        return "open" if len(choices) > MANY or ("." in name and name in sheet.choices) else "one_of"
    by_type = next((kind for cls, kind in kinds if isinstance(asked, cls)), "")
    return by_type or ("words" if _longest(asked) > 200 else "line")


def _one_of(sheet: Sheet, name: str, asked: fields.Field) -> list[Choice]:
    allowed = [check.choices for check in asked.validators if isinstance(check, validate.OneOf)]
    return [Choice(str(value), sheet.labels.get(f"{name}={value}", value)) for value in (allowed[0] if allowed else ())]


def _longest(asked: fields.Field) -> int:
    return max((check.max or 0 for check in asked.validators if isinstance(check, validate.Length)), default=0)


def rows_of(typed_in: Mapping[str, Any], name: str) -> int:
    """How many records of a list stand on the form: 200 at most."""
    numbers = (key.split(".")[1] for key in typed_in if key.startswith(f"{name}.") and key.count(".") == 2)
    return max((min(int(number) + 1, MOST_ROWS) for number in numbers if _is_row(number)), default=0)


def with_row(typed_in: Mapping[str, Sequence[str]], name: str) -> dict[str, list[str]]:
    """What was typed with one more, blank row of a list."""
    return {key: list(values) for key, values in typed_in.items()} | {f"{name}.{rows_of(typed_in, name)}.": [""]}


def without_row(typed_in: Mapping[str, Sequence[str]], row: str) -> dict[str, list[str]]:
    """What was typed without one row of a list, `items.1`; those below it move up."""
    name, _, dropped = row.partition(".")
    kept: dict[str, list[str]] = {}
    for key, values in typed_in.items():
        way = key.split(".")
        if len(way) == 3 and way[0] == name and _is_row(way[1]) and _is_row(dropped):
            if way[1] == dropped:
                continue
            way[1] = str(int(way[1]) - (int(way[1]) > int(dropped)))
        kept[".".join(way)] = list(values)
    return kept


def sent() -> dict[str, list[str]]:
    """This request's form, NUL and surrounding space removed."""
    return {name: [v.replace("\0", "").strip() for v in values] for name, values in request.form.lists()}


def _is_row(number: str) -> bool:
    """Python refuses to read a number of thousands of digits."""
    return number.isdecimal() and len(number) < 10


def _without_number(name: str) -> str:
    return ".".join(part for part in name.split(".") if not part.isdecimal())
