"""An act as a page: what it asks, in words. The act itself is the API's: same schema, same view, same refusals.

A sheet adds no rule of its own, so nobody can do on a page what a program may not, nor the other way round.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from marshmallow import Schema, fields, validate
from sqlmodel import Session

from claims.casefile import CaseFile
from claims.web.money import Money
from claims.web.shapes import Instant
from claims.web.wording import on_a_page

Words = Any
"""A sentence of the catalogue: `lazy_gettext`."""


@dataclass(frozen=True)
class Choice:
    """One of several that may be chosen; `under` explains it."""

    value: str
    words: Words
    under: Words = ""


Choices = Callable[[Session, CaseFile, int | None], Iterable[Choice]]
"""What may be chosen on this claim; the number is the record's that the act is about, if any."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`act` is the path under the claim, in the API as here: `denial`, or `repair-orders/<int:order>/start`.

    says: what it will do, to whom, before it is done. basis: by which article. files: fields that take uploads.
    starts: what stands in the fields at first, as the form would send it. rows: blank rows of a list of records.
    record: the part of the claim (`repair_orders`) that the act is about one of; offered: whether it fits that one now.
    """

    act: str
    view: Callable[..., Any]
    schema: type[Schema]
    title: Words
    says: Words
    button: Words
    done: Words
    basis: str = ""
    labels: Mapping[str, Words] = field(default_factory=dict)
    hints: Mapping[str, Words] = field(default_factory=dict)
    choices: Mapping[str, Choices] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    starts: Callable[[Session, CaseFile, int | None], Mapping[str, Any]] | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    record: str = ""
    offered: Callable[[Any], bool] = field(default=lambda _record: True)

    @property
    def name(self) -> str:
        """As in the API: `create_denial`."""
        return self.view.__name__

    @property
    def roles(self) -> tuple[str, ...]:
        """Those of the API's view."""
        roles: tuple[str, ...] = self.view.may_enter  # type: ignore[attr-defined]
        return roles

    @property
    def argument(self) -> str:
        """Name of the record's number in the path, such as `order`; empty where the act is about the claim."""
        return self.act.partition("<int:")[2].partition(">")[0]

    def do(self, reference: str, told: dict[str, Any], **path: int) -> None:
        """The API's view without its wrappers: it finds the claim, holds it, and acts."""
        inner = self.view
        while hasattr(inner, "__wrapped__"):
            inner = inner.__wrapped__
        inner(reference=reference, json_data=told, **path)


@dataclass
class Form:
    """A sheet as it stands on a page. `key` makes one rendered form one act, however often it is sent."""

    sheet: Sheet
    version: int
    typed_in: Mapping[str, Sequence[str]]
    choices: Mapping[str, Sequence[Choice]]
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    errors: dict[str, list[str]] = field(default_factory=dict)
    notice: Words = ""

    @property
    def labels(self) -> Mapping[str, Words]:
        return self.sheet.labels

    def typed(self, name: str) -> str:
        return next(iter(self.typed_in.get(name, ())), "")

    def chosen(self, name: str) -> Sequence[str]:
        return self.typed_in.get(name, ())

    def refuse(self, errors: Mapping[str, Iterable[str]]) -> None:
        """Add what is wrong, by field, in plain words."""
        for name, messages in errors.items():
            self.errors.setdefault(name, []).extend(on_a_page(message) for message in messages)

    def fields(self) -> Iterable["Question"]:
        return questions(self, self.sheet.schema())


@dataclass(frozen=True)
class Question:
    """One field as a page asks it. kind: yes_no, day, instant, money, number, one_of, several, files, lines, words."""

    name: str
    kind: str
    label: Words
    hint: Words
    required: bool
    choices: Sequence[Choice] = ()
    rows: Sequence[Sequence["Question"]] = ()
    longest: int = 0


def questions(form: Form, schema: Schema, before: str = "", pattern: str = "") -> list[Question]:
    """`before` is the way to a field of a list of records (`parts.0.`), `pattern` the same for its words (`parts.`)."""
    return [_question(form, before, pattern, name, field) for name, field in schema.fields.items()]


def _question(form: Form, before: str, pattern: str, name: str, asked: fields.Field) -> Question:
    sheet, words = form.sheet, f"{pattern}{name}"
    rows: list[list[Question]] = []
    if isinstance(asked, fields.List) and isinstance(asked.inner, fields.Nested):
        inner = asked.inner.schema
        count = rows_of(form.typed_in, name) or sheet.rows.get(name, 1)
        rows = [questions(form, inner, f"{name}.{number}.", f"{name}.") for number in range(count)]
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
    )


def _kind(sheet: Sheet, name: str, asked: fields.Field, choices: Sequence[Choice]) -> str:
    kinds: tuple[tuple[type[fields.Field], str], ...] = (
        (fields.Boolean, "yes_no"), (fields.Date, "day"), (Instant, "instant"), (Money, "money"),
    )  # fmt: skip
    if name in sheet.files:
        return "files"
    if isinstance(asked, fields.List):
        return "records" if isinstance(asked.inner, fields.Nested) else "several" if choices else "lines"
    if choices:
        return "one_of"
    by_type = next((kind for cls, kind in kinds if isinstance(asked, cls)), "")
    return by_type or ("words" if _longest(asked) > 200 else "line")


def _one_of(sheet: Sheet, name: str, asked: fields.Field) -> list[Choice]:
    allowed = [check.choices for check in asked.validators if isinstance(check, validate.OneOf)]
    return [Choice(str(value), sheet.labels.get(f"{name}={value}", value)) for value in (allowed[0] if allowed else ())]


def _longest(asked: fields.Field) -> int:
    return max((check.max or 0 for check in asked.validators if isinstance(check, validate.Length)), default=0)


def rows_of(typed_in: Mapping[str, Any], name: str) -> int:
    """How many records of a list stand on the form."""
    numbers = (key.split(".")[1] for key in typed_in if key.startswith(f"{name}.") and key.count(".") == 2)
    return max((int(number) + 1 for number in numbers if number.isdecimal()), default=0)


def sent() -> dict[str, list[str]]:
    """This request's form, NUL and surrounding space removed."""
    return {name: [v.replace("\0", "").strip() for v in values] for name, values in request.form.lists()}
