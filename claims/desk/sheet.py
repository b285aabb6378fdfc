"""An act as a page: what it asks, in words. The act itself is the API's: same schema, same view, same refusals.

A sheet adds no rule of its own, so nobody can do on a page what a program may not, nor the other way round.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marshmallow import Schema
from sqlmodel import Session

from claims.casefile import CaseFile

Words = Any
"""A sentence of the catalogue: `lazy_gettext`."""

Record = int | str | None
"""What names the record that an act is about: its id, a letter's number; None where the act is about the claim."""


@dataclass(frozen=True)
class Choice:
    """One of several that may be chosen; `under` explains it."""

    value: str
    words: Words
    under: Words = ""


Choices = Callable[[Session, CaseFile, Record], Iterable[Choice]]
"""What may be chosen on this claim, or on this record of it."""
Starts = Callable[[Session, CaseFile, Record, datetime], Mapping[str, Any]]
"""What stands in the fields at first, as the form would send it."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`act` is the path under the claim, in the API as here: `denial`, or `repair-orders/<int:order>/start`.

    says: what it will do, to whom, before it is done. basis: by which article.
    files: fields that take uploads. suggests: fields whose choices only help to type. told: fields that are shown and
    sent back, not asked. since_now: instants that start at now. drops: lists whose rows may be left out; adds: lists
    to which rows may be added.
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
    suggests: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    drops: frozenset[str] = frozenset()
    adds: frozenset[str] = frozenset()
    since_now: frozenset[str] = frozenset()
    starts: Starts | None = None
    record: str = ""
    offered: Callable[[Any], bool] = field(default=lambda _record: True)
    not_now: Words = ""
    """What is told where the act is refused because something stands in its way."""
    preview: str = ""
    """The letter that the act drafts, which can be read before it is done."""

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
        """Name of what names the record in the path, such as `order`; empty where the act is about the claim."""
        return self.act.partition("<")[2].partition(">")[0].rpartition(":")[2]

    @property
    def key(self) -> str:
        """The record's field that stands in the path: its id, or what the path calls it, such as `number`."""
        return self.argument if self.argument and "<int:" not in self.act else "id"

    def do(self, reference: str, told: dict[str, Any], **path: int | str) -> None:
        """The API's view without its wrappers: it finds the claim, holds it, and acts."""
        inner = self.view
        while hasattr(inner, "__wrapped__"):
            inner = inner.__wrapped__
        inner(reference=reference, json_data=told, **path)
