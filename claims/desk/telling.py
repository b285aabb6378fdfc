"""The timeline as people read it: each fact with what of its details matters, by day."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from claims.access import HIDDEN, Person
from claims.casefile import CaseFile
from claims.casefile.belongings import rule_book
from claims.desk import words
from claims.registry import parts
from claims.web.clock.wording import english, title_of
from claims.web.language import day_in_words, instant_in_words
from config.time import day_start, instant, last_day, shanghai_day

STAFF = "staff:"


@dataclass(frozen=True)
class Detail:
    """`typed`: as somebody wrote it, or the registry has it, so in Chinese whatever the reader speaks."""

    words: str
    typed: bool


@dataclass(frozen=True)
class Entry:
    """One fact. `details` are for people to read; what the reader may not see is not among them."""

    fact: str
    at: datetime
    recorded_at: datetime
    by: str
    late: bool
    details: tuple[Detail, ...]


def by_day(session: Session, file: CaseFile, seen: Sequence[Mapping[str, Any]]) -> list[tuple[date, list[Entry]]]:
    """The timeline as story.py answers it, newest day first, and the newest fact first within it."""
    names = names_of(session, map(_staff, (name for entry in seen for name in _people(entry))))
    titles = {name: title_of(rule) for name, rule in rule_book(session).named(file.rule_set).clocks.items()}
    days: dict[date, list[Entry]] = {}
    for entry in sorted(seen, key=lambda each: (each["at"], each["seq"]), reverse=True):
        told = {name: _named(value, names) for name, value in (entry["details"] or {}).items()}
        shown = told | {"clock": titles.get(told.get("clock", ""), "")}
        said = (*_details(shown), *_proof(file, shown))
        by = words.actor(_named(entry["by"], names))
        days.setdefault(shanghai_day(entry["at"]), []).append(
            Entry(entry["fact"], entry["at"], entry["recorded_at"], by, entry["late"], said)
        )
    return list(days.items())


def names_of(session: Session, people: Iterable[int | None]) -> dict[int, str]:
    wanted = {person for person in people if person is not None}
    if not wanted:
        return {}
    return dict(session.exec(select(Person.id, Person.name).where(col(Person.id).in_(wanted))).all())  # type: ignore[arg-type]


def _details(told: Mapping[str, Any]) -> Iterator[Detail]:
    """What the fact carries, in the order of the table; nothing of what it doesn't name."""
    for name, say in SAID.items():
        if told.get(name) not in (None, "", [], HIDDEN) and (words_of := say(told[name])):
            yield Detail(words_of, typed=name in TYPED or (name in TYPED_OR_CODED and told[name] not in CODES))


def _proof(file: CaseFile, told: Mapping[str, Any]) -> Iterator[Detail]:
    if file.kind != "claim" and told.get("proof") not in (None, "", HIDDEN):
        yield Detail(told["proof"], typed=True)


def _people(entry: Mapping[str, Any]) -> Iterator[str]:
    yield entry["by"]
    yield from (value for value in (entry["details"] or {}).values() if isinstance(value, str))


def _staff(actor: str) -> int | None:
    number = actor.removeprefix(STAFF)
    return int(number) if actor.startswith(STAFF) and number.isdecimal() else None


def _named(value: Any, names: Mapping[int, str]) -> Any:
    number = _staff(value) if isinstance(value, str) else None
    return value if number is None else names.get(number, "")


def _day(iso: str) -> str:
    return day_in_words(date.fromisoformat(iso[:10]))


def _due(iso: str) -> str:
    """As its clock says it: midnight is the 24:00 of the day that it closes."""
    due = instant(iso)
    whole_day = due == day_start(shanghai_day(due))
    if not whole_day:
        return instant_in_words(due)
    return f"{day_in_words(last_day(due))}{', ' if english() else ''}24:00"


def _several(words_of: Iterable[str]) -> str:
    return _("；").join(words_of)


SAID: dict[str, Callable[[Any], str]] = {
    "home": lambda home: home,
    "builder": lambda builder: builder,
    "builder_until": lambda day: _("保修到%(day)s", day=day_in_words(date.fromisoformat(day) - timedelta(days=1))),
    "assignee": lambda name: name,
    "visit_at": lambda at: _("约定%(at)s", at=instant_in_words(instant(at))),
    "surveyor": lambda name: _("查勘员%(name)s", name=name),
    "part": lambda part: _(parts()[part].name) if part in parts() else part,
    "item": lambda item: item,
    "items": _several,
    "ground": words.ground,
    "who": words.side,
    "side": words.side,
    "amount_fen": lambda fen: words.money(fen),
    "cash_fen": lambda fen: _("付款%(amount)s", amount=words.money(fen)) if fen else "",
    "left_fen": lambda fen: _("尚余%(amount)s", amount=words.money(fen)) if fen else "",
    "bank_reference": lambda number: _("流水号%(number)s", number=number),
    "firm": lambda firm: firm,
    "firms": _several,
    "finishes_on": lambda day: _("%(day)s前完工", day=_day(day)),
    "approved": lambda approved: _("同意") if approved else _("不同意"),
    "upheld": lambda upheld: _("成立") if upheld else _("不成立"),
    "outcome": words.outcome,
    "original": lambda reference: _("原报案%(reference)s", reference=reference),
    "letter": words.letter,
    "number": lambda number: number,
    "channel": words.way,
    "evidence": lambda evidence: evidence,
    "arrived_at": lambda at: _("送达时间更正为%(at)s", at=instant_in_words(instant(at))),
    "instead_of": lambda at: _("原记为%(at)s", at=instant_in_words(instant(at))),
    "project": lambda code: code,
    "liability_starts_on": lambda day: _("理赔责任%(day)s开始", day=_day(day)),
    "what": words.duty,
    "planned_on": lambda day: _("定在%(day)s", day=_day(day)),
    "claim": lambda reference: _("报案%(reference)s", reference=reference),
    "recovery": lambda reference: reference,
    "debtor": lambda debtor: debtor,
    "clock": lambda title: title,
    "legal_due": lambda due: _("应于%(at)s前", at=_due(due)),
    "legal_due_before": lambda due: _("原定%(at)s前", at=_due(due)),
    "notice": lambda notice: notice,
    "why": words.reason,
    "reason": words.reason,
    "note": lambda note: note,
}
"""Detail of a fact → how it is told, in this order; what isn't here (ids, hashes) is not told."""
TYPED = frozenset(
    {"builder", "assignee", "surveyor", "item", "items", "firm", "firms", "evidence", "debtor", "notice", "note"}
)
"""Details that people have written, or that are names."""
TYPED_OR_CODED = frozenset({"what", "why", "reason"})
CODES = frozenset(words.REASONS) | frozenset(words.DUTIES) | frozenset(words.FACTS)
"""A word of the program's own, where the detail is one of these; else as somebody wrote it."""
