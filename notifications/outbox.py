"""queued → sending → handed over → delivered | failed | returned; or dropped. One row per recipient and way.

Queuing is part of the fact's transaction; rendering and sending are the worker's, outside of any.
"""

import json
import logging
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlmodel import Session, col, select, update

from config.bulk import insert_once
from config.database import Database, table
from config.time import ticking_from
from notifications.model import Message
from notifications.opting import is_withheld
from notifications.rendering import render_message

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
FINAL = frozenset({"delivered", "failed", "returned", "dropped"})
TO_PEOPLE, TO_THE_TEAM = ("sms", "email"), ("team",)
WAYS = (*TO_PEOPLE, *TO_THE_TEAM)
_BATCH = 50
_QUEUED = {"state": "queued", "channel": "", "provider_id": "", "attempts": 0, "error": ""}
_written = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class Draft:
    """A message to be. `content` is plain data for the template; `recipient` a phone, an address, or a team."""

    key: str
    about: str
    message: str
    way: str
    recipient: str
    content: Mapping[str, Any]
    attachment: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True)
class Parcel:
    """What an adapter is given to send."""

    recipient: str
    text: str
    subject: str
    attachment: bytes | None
    queued_at: datetime
    retried: bool


class NotHandedOver(Exception):
    """The adapter's provider didn't take the message. `final`: it never will."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        self.final = final
        super().__init__(why)


class Channel(Protocol):
    """One way out. `send` answers the provider's id for the message; raises NotHandedOver."""

    name: str

    def send(self, parcel: Parcel) -> str: ...


Listener = Callable[[Session, Message], None]


def queue(session: Session, drafts: Iterable[Draft], at: datetime) -> None:
    """Add messages, each key once; the caller's transaction decides whether they exist."""
    drafts, sealer = list(drafts), session.info["sealer"]
    sealed = {recipient: sealer.seal(recipient) for recipient in {d.recipient for d in drafts}}
    rows = [
        {
            "key": d.key,
            "about": d.about,
            "message": d.message,
            "way": d.way,
            "recipient_sealed": sealed[d.recipient],
            "content_sealed": sealer.seal(_written(dict(d.content))),
            "attachment": d.attachment,
            "next_try_at": d.not_before or at,
        }
        for d in drafts
    ]
    if rows:
        insert_once(session, Message, rows, "key", alike=_QUEUED | {"queued_at": at})


def deliver(
    database: Database, as_of: datetime, channels: Mapping[str, Channel], *, ways: Collection[str] = WAYS
) -> int:
    """Send what waits on one of `ways`; answers how many were tried. Safe in parallel: each row is leased first.

    `as_of` is the present: a message is handed over when its provider has taken it, not when the look began.
    """
    clock = ticking_from(as_of)
    leased = _lease(database, as_of, ways)
    for message in leased:
        if not _renew(database, message, clock()):
            continue  # a slow provider has outlived the lease: somebody else has sent it
        unwanted = _unwanted(database, message)
        if unwanted is not None:
            _settle(database, message, "dropped", clock(), error=unwanted)
            continue
        try:
            _send(database, message, channels.get(message.way), clock)
        except Exception:  # mustn't stop the other messages; when its lease is over it is tried again
            log.exception("message %s can't be settled", message.id)
    return len(leased)


def try_again(session: Session, message: Message, at: datetime) -> bool:
    """A person wants one more try: now, for what waits or didn't get through. False for what is on its way."""
    if message.state not in ("queued", "failed", "returned"):
        return False
    message.state, message.next_try_at, message.settled_at = "queued", at, None
    message.provider_id, message.attempts = "", 0
    session.flush()
    return True


def provider_says(session: Session, provider_id: str, state: str, at: datetime, error: str = "") -> Message | None:
    """A status callback. A final state is never left; an unknown id answers None (the caller may try later)."""
    query = select(Message).where(Message.provider_id == provider_id).order_by(col(Message.id)).with_for_update()
    found = session.exec(query).all()  # after a crash, two messages of the same words may share one text
    for message in found:
        if message.state not in FINAL and state in FINAL:
            _change(session, message, state, at, error=error)
    return found[0] if found else None


def _lease(database: Database, as_of: datetime, ways: Collection[str]) -> list[Message]:
    with database.session() as session:
        waiting = select(Message).where(col(Message.state).in_(("queued", "sending")), col(Message.way).in_(ways))
        due = waiting.where(col(Message.next_try_at) <= as_of).order_by(col(Message.next_try_at), col(Message.id))
        leased = list(session.exec(due.limit(_BATCH).with_for_update(skip_locked=True)))
        for message in leased:
            message.state, message.next_try_at = "sending", as_of + LEASE
            message.attempts += 1
        session.commit()
        return leased


def _renew(database: Database, message: Message, at: datetime) -> bool:
    """Take the lease for longer; answers False where another worker has taken the message meanwhile."""
    rows = table(Message)
    ours = (rows.c.id == message.id, rows.c.state == "sending", rows.c.attempts == message.attempts)
    with database.session() as session:
        renewed = session.execute(update(rows).where(*ours).values(next_try_at=at + LEASE).returning(rows.c.id))
        still_ours = renewed.first() is not None
        session.commit()
    return still_ours


def _unwanted(database: Database, message: Message) -> str | None:
    """Why it isn't sent at all: nothing is lost by that. None: it is wanted."""
    if is_withheld(database, message):
        return "the recipient has asked for no more texts"
    ask = database.belongings["still_says_something"].get(message.message)
    if ask is None:
        return None
    with database.session(reading=True) as session:
        return None if ask(session, message) else ""


def _send(database: Database, message: Message, channel: Channel | None, clock: Callable[[], datetime]) -> None:
    try:
        if channel is None:
            raise NotHandedOver(f"no {message.way} channel is configured")
        provider_id = channel.send(_parcel(database, message))
    except NotHandedOver as refusal:
        _put_back(database, message, clock(), refusal)
    except Exception as error:  # noqa: BLE001  a broken template mustn't stop the other messages
        _put_back(database, message, clock(), NotHandedOver(f"{type(error).__name__}: {error}"))
    else:
        _settle(database, message, "handed over", clock(), channel=channel.name, provider_id=provider_id)


def _parcel(database: Database, message: Message) -> Parcel:
    sealer, files = database.belongings["sealer"], database.belongings["files"]
    content = json.loads(sealer.open(message.content_sealed))
    return Parcel(
        recipient=sealer.open(message.recipient_sealed),
        text=render_message(message.message, message.way, content),
        subject=str(content.get("subject", "")),
        attachment=files.read(message.attachment) if message.attachment else None,
        queued_at=message.queued_at,
        retried=message.attempts > 1,
    )


def _put_back(database: Database, message: Message, at: datetime, refusal: NotHandedOver) -> None:
    with database.session() as session:
        row = _held(session, message)
        if row.state != "sending" or row.attempts != message.attempts:
            return  # another worker has it
        if refusal.final:
            _change(session, row, "failed", at, error=str(refusal))
        else:
            row.state, row.error = "queued", _without_numbers(str(refusal))
            row.next_try_at = at + min(timedelta(seconds=15) * 2 ** min(row.attempts, 8), timedelta(hours=1))
        session.commit()


def _settle(database: Database, message: Message, state: str, at: datetime, **values: str) -> None:
    with database.session() as session:
        row = _held(session, message)
        if row.state == "sending":
            row.handed_over_at = at if state != "dropped" else None
            _change(session, row, state, at, **values)
        session.commit()


def _held(session: Session, message: Message) -> Message:
    return session.exec(select(Message).where(Message.id == message.id).with_for_update()).one()


def _change(session: Session, message: Message, state: str, at: datetime, **values: str) -> None:
    message.state, message.settled_at = state, at
    for name, value in values.items():
        setattr(message, name, _without_numbers(value) if name == "error" else value)
    session.flush()
    for listener in session.info["outbox_listeners"]:
        listener(session, message)


def _without_numbers(error: str) -> str:
    """A provider's words without the telephone numbers that they quote."""
    return re.sub(r"\d{7,}", "…", error)[:400]
