"""Adding people, giving and taking back tokens, logging what was revealed."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, select

from claims.access.model import ROLES, AccessToken, IdempotentAnswer, Participation, Person, Reveal
from claims.access.queries import people_of_firm
from config.bulk import insert_once
from config.database import table

ANSWERS_KEPT_FOR = timedelta(days=30)
"""How long the same `Idempotency-Key` gives the same answer (ADR 0020)."""


class UnknownRole(ValueError):
    """A role that isn't in the contract."""


def add_person(
    session: Session, *, email: str, name: str, roles: Iterable[str], districts: Iterable[str] = (), at: datetime
) -> Person:
    """Add a person, or give an existing one these roles too. Raises UnknownRole."""
    wanted = list(dict.fromkeys(roles))
    if unknown := [role for role in wanted if role not in ROLES]:
        raise UnknownRole(f"{', '.join(unknown)}: no such role; the roles are {', '.join(ROLES)}")
    person = session.exec(select(Person).where(Person.email == email)).one_or_none()
    if person is None:
        person = Person(email=email, name=name, roles="", districts=";".join(districts), created_at=at)
    had = [role for role in person.roles.split(";") if role]
    person.roles = ";".join(dict.fromkeys(had + wanted))
    session.add(person)
    session.flush()
    return person


def give_token(session: Session, person: Person, at: datetime, token: str | None = None) -> str:
    """A new bearer token, shown this once; only its HMAC is kept. `token` is set by the demo alone."""
    token = token or f"idi_{secrets.token_urlsafe(32)}"
    assert person.id is not None
    index = session.info["sealer"].index(token, "token")
    session.add(AccessToken(person_id=person.id, token_index=index, created_at=at))
    session.flush()
    return token


def take_part(session: Session, *, file_id: int, person_id: int, role: str, at: datetime) -> None:
    """Let somebody see this one file for their part in it; a second time changes nothing."""
    insert_once(session, Participation, [part_in(file_id=file_id, person_id=person_id, role=role, at=at).model_dump()])


def let_firm_in(session: Session, *, file_id: int, firm_id: int, role: str, at: datetime) -> None:
    """The people of a firm see this one file from now on, for their firm's part in it."""
    for person in people_of_firm(session, firm_id):
        take_part(session, file_id=file_id, person_id=person.id or 0, role=role, at=at)


def forget_answers(session: Session, as_of: datetime) -> int:
    """Away with answers older than ANSWERS_KEPT_FOR: their keys are free again. The caller commits."""
    answers = table(IdempotentAnswer)
    gone = session.execute(delete(answers).where(answers.c.at < as_of - ANSWERS_KEPT_FOR))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def part_in(*, file_id: int, person_id: int, role: str, at: datetime) -> Participation:
    """The same as a row, for a file that is only being opened."""
    return Participation(file_id=file_id, person_id=person_id, role=role, since_at=at)


def a_look(person: Person, *, file_id: int, fields: str, at: datetime) -> Reveal:
    """The line of the log that says who was shown what in clear; `note` of claims/web writes it."""
    return Reveal(person_id=person.id or 0, file_id=file_id, fields=fields, at=at)
