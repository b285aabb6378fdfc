"""The one policy: who sees what. Every list, page, count, search, file and export goes through it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlmodel import col, select

from claims.access.model import FirmParticipation, Participation, Person
from claims.casefile import CaseFile

WHOLE_DESK = frozenset({"adjuster", "lead", "manager", "finance", "auditor"})
"""Roles that see every claim of their districts. The others see what they take part in; an operator none."""

_ON_DUTIES = frozenset({"adjuster", "lead", "manager"})
REVEALED_TO = {
    "claim": frozenset({"adjuster", "surveyor", "lead"}),
    "project": _ON_DUTIES,
    "upload": _ON_DUTIES,
    "recovery": _ON_DUTIES | {"finance"},
}
"""Kind of file → roles that act on it, and so need names, phones and words in clear; each look is logged."""


def roles_of(person: Person) -> frozenset[str]:
    return frozenset(person.roles.split(";")) - {""}


def districts_of(person: Person) -> frozenset[str]:
    """Empty: every district."""
    return frozenset(person.districts.split(";")) - {""}


def sees_every_file(person: Person) -> bool:
    return bool(roles_of(person) & WHOLE_DESK) and not districts_of(person)


def in_sight(person: Person) -> ColumnElement[bool]:
    """The SQL filter over `casefile` for what `person` may know of. A claim without a home is in every district."""
    if sees_every_file(person):
        return true()
    of_the_desk = bool(roles_of(person) & WHOLE_DESK)
    mine = or_(
        col(CaseFile.assignee_id) == person.id if of_the_desk else false(),
        exists(select(Participation.file_id).where(_takes_part(person))),
        exists(select(FirmParticipation.file_id).where(_firm_takes_part(person))) if person.firm_id else false(),
    )
    if of_the_desk:
        return or_(_in_districts(person), mine)
    return mine if roles_of(person) - {"operator"} else false()


def may_reveal(person: Person, kind: str = "claim") -> bool:
    return bool(roles_of(person) & REVEALED_TO[kind])


HIDDEN = "***"
"""What stands for words that the reader may not see."""


def masked_name(name: str) -> str:
    """`王小明` → `王**`, for whoever may not read it."""
    return name[:1] + "*" * (len(name) - 1)


def _in_districts(person: Person) -> ColumnElement[bool]:
    return or_(col(CaseFile.district).in_(districts_of(person)), col(CaseFile.district).is_(None))


def _takes_part(person: Person) -> Any:
    return and_(col(Participation.file_id) == CaseFile.id, col(Participation.person_id) == person.id)


def _firm_takes_part(person: Person) -> Any:
    theirs = col(FirmParticipation.role).in_(sorted(roles_of(person)))
    return and_(col(FirmParticipation.file_id) == CaseFile.id, col(FirmParticipation.firm_id) == person.firm_id, theirs)
