"""Adding people, giving and taking back tokens, logging what was revealed."""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select, update

from claims.access.model import ROLES, AccessToken, FirmParticipation, IdempotentAnswer, Participation, Person, Reveal
from claims.access.signing_in import end_sign_ins, forget_password
from config.bulk import insert_once
from config.database import table

ANSWERS_KEPT_FOR = timedelta(days=30)
"""How long the same `Idempotency-Key` gives the same answer (ADR 0020)."""


class UnknownRole(ValueError):
    """A role that isn't in the contract."""


def add_person(
    session: Session, *, email: str, name: str, roles: Iterable[str], districts: Collection[str] = (), at: datetime
) -> Person:
    """Add a person, or give an existing one more roles; one who left is back with these and these districts alone.

    Districts that are named replace those of before. Raises UnknownRole.
    """
    wanted = list(dict.fromkeys(roles))
    if unknown := [role for role in wanted if role not in ROLES]:
        raise UnknownRole(f"{', '.join(unknown)}: no such role; the roles are {', '.join(ROLES)}")
    person = session.exec(select(Person).where(Person.email == email)).one_or_none()
    if person is None:
        person = Person(email=email, name=name, roles="", districts=";".join(districts), created_at=at)
    had = [role for role in person.roles.split(";") if role and person.active]
    if districts or not person.active:
        person.districts = ";".join(districts)
    if not person.active:
        forget_password(session, person)  # of one who left before passwords went along
    person.active = True
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
    """Whoever is of this firm sees this one file from now on, for the firm's part in it."""
    row = FirmParticipation(file_id=file_id, firm_id=firm_id, role=role, since_at=at)
    insert_once(session, FirmParticipation, [row.model_dump()])


def leave(session: Session, person: Person, at: datetime) -> None:
    """They enter no more, by password or by token, and no old password waits for them. What they did stays theirs;
    should they come back, nothing that they took part in is in their sight by that.
    """
    person.active, person.firm_id = False, None
    session.execute(delete(Participation).where(col(Participation.person_id) == person.id))
    session.execute(
        update(AccessToken)
        .where(col(AccessToken.person_id) == person.id, col(AccessToken.revoked_at).is_(None))
        .values(revoked_at=at)
    )
    end_sign_ins(session, person, at)
    forget_password(session, person)
    session.flush()


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
