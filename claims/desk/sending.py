"""What leaves the house: messages and letters, as they stand, and one more try for what didn't get through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlmodel import Session, and_, col, func, or_, select

from claims.access import Person, in_sight
from claims.casefile import CaseFile, Subject
from claims.casefile.model import NEVER
from claims.letters import Letter
from claims.registry import masked
from claims.warning import TOLD
from notifications.model import Message

ROWS = 50
STATES: Mapping[str, tuple[str, ...]] = {
    "lost": ("failed", "returned"),
    "waiting": ("queued", "sending"),
    "out": ("handed over",),
    "delivered": ("delivered",),
    "dropped": ("dropped",),
}
"""Filter of the page → states of a message."""


@dataclass(frozen=True)
class Sent:
    """One message. `reference`: its claim, None where it is about none; `to`: masked; `team`: the district of one."""

    message: Message
    reference: str | None
    to: str
    team: str = ""


def outbox_page(session: Session, person: Person, asked: Mapping[str, str]) -> dict[str, Any]:
    """Messages, newest first, and the letters that wait for their PDF or their way out. At most six queries.

    What needs a person stands apart on the first page: what got lost, and letters that failed or weren't handed over.
    """
    state = asked.get("state", "") if asked.get("state", "") in STATES else ""
    before = asked.get("before", "")
    query = select(Message).order_by(col(Message.id).desc()).limit(ROWS)
    states = STATES[state] if state else [one for name, each in STATES.items() if name != "lost" for one in each]
    query = query.where(col(Message.state).in_(states))
    if before.isdecimal() and len(before) < 18:
        query = query.where(col(Message.id) < int(before))
    messages, whole = session.exec(query).all(), not state and not before
    lost = session.exec(_lost()).all() if whole else []
    sent = _sent(session, person, [*lost, *messages])
    letters = _letters(session, person) if whole else []
    return {
        "whole": whole,
        "lost": [each for each in sent if whole and each.message.state in STATES["lost"]],
        "sent": [each for each in sent if not whole or each.message.state not in STATES["lost"]],
        "next": messages[-1].id if len(messages) == ROWS else None,
        "stuck": [pair for pair in letters if pair[0].state == "issued" or pair[0].error],
        "letters": [pair for pair in letters if pair[0].state != "issued" and not pair[0].error],
        "aside": _aside(session, person) if whole else [],
        "state": state,
        "states": STATES,
    }


def message_in_sight(session: Session, person: Person, number: int) -> Message | None:
    message = session.get(Message, number, with_for_update=True)
    return message if message is not None and _sent(session, person, [message]) else None


def letter_in_sight(session: Session, person: Person, number: int) -> Letter | None:
    query = select(Letter).join(CaseFile, col(CaseFile.id) == Letter.claim_id)
    return session.exec(query.where(Letter.id == number, in_sight(person)).with_for_update(of=Letter)).one_or_none()


def _sent(session: Session, person: Person, messages: Sequence[Message]) -> list[Sent]:
    """Those of the messages whose claim the reader may know of; what is about no claim, to everybody here."""
    subjects = {message.id: Subject.parse(message.about) for message in messages if ":" in message.about}
    letters = {subject.id for subject in subjects.values() if subject.kind == "letter"}
    claim_of = dict(session.exec(select(Letter.id, Letter.claim_id).where(col(Letter.id).in_(letters))).all())
    claims = {
        number: subject.id if subject.kind == "claim" else claim_of.get(subject.id)
        for number, subject in subjects.items()
        if subject.kind in ("claim", "letter")
    }
    seen = select(CaseFile.id, CaseFile.reference).where(col(CaseFile.id).in_(set(claims.values())), in_sight(person))
    references = dict(session.exec(seen).all())
    sealer = session.info["sealer"]
    return [
        Sent(message, references.get(claims.get(message.id)), *_to(message.way, sealer.open(message.recipient_sealed)))
        for message in messages
        if claims.get(message.id) is None or claims[message.id] in references
    ]


def _lost() -> Any:
    lost = select(Message).where(col(Message.state).in_(STATES["lost"]))
    return lost.order_by(col(Message.id).desc()).limit(ROWS)


def _letters(session: Session, person: Person) -> Sequence[tuple[Letter, str]]:
    """Those that aren't out yet: made ones first, then what failed, then what the worker comes to by itself."""
    query = select(Letter, CaseFile.reference).join(CaseFile, col(CaseFile.id) == Letter.claim_id)
    is_owed = or_(Letter.state == "issued", and_(Letter.state == "drafted", col(Letter.next_try_at) < NEVER))
    order = (col(Letter.state).desc(), col(Letter.error) == "", col(Letter.id))
    return session.exec(query.where(is_owed, in_sight(person)).order_by(*order).limit(ROWS)).all()


def _aside(session: Session, person: Person) -> Sequence[tuple[Letter, str, int]]:
    """Those that nobody makes unless somebody asks, and how many there are in all."""
    query = select(Letter, CaseFile.reference, func.count().over()).join(CaseFile, col(CaseFile.id) == Letter.claim_id)
    aside = query.where(Letter.state == "drafted", col(Letter.next_try_at) >= NEVER, in_sight(person))
    return session.exec(aside.order_by(col(Letter.id)).limit(ROWS)).all()


def _to(way: str, recipient: str) -> tuple[str, str]:
    """A phone or an address masked; our own team by role and district, a colleague by their address."""
    name, at, place = recipient.partition("@")
    if way != "team":
        return (f"{name[:1]}***@{place}" if at else masked(recipient)), ""
    if name in TOLD and "." not in place:  # adjuster@insurer.example is a person
        return _(TOLD[name]), "" if place == "*" else place
    return recipient, ""


def try_letter_again(letter: Letter, at: datetime) -> bool:
    """Let the worker make it at its next look; False for one that is made."""
    if letter.state != "drafted":
        return False
    letter.next_try_at = at
    return True
