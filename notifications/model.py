"""What arrives from a provider, and what goes out to a person. These rows know no claim."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from config.database import BigId


class Arrival(SQLModel, table=True):
    """One request from a provider, kept raw. The unique key, not a check, makes a repeat harmless."""

    __table_args__ = (
        UniqueConstraint("provider", "provider_id", "kind", "attempt"),
        Index(
            "ix_arrival_waiting",
            "next_try_at",
            postgresql_where=text("state = 'stored'"),
            sqlite_where=text("state = 'stored'"),
        ),
        Index("ix_arrival_state", "state", "received_at"),
        Index("ix_arrival_received", "received_at"),
        Index("ix_arrival_fetched", "id", postgresql_where=text("fetched"), sqlite_where=text("fetched = 1")),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    provider: str = Field(max_length=20)
    provider_id: str = Field(max_length=80)
    kind: str = Field(max_length=40)
    attempt: int = 0
    raw_sealed: str = Field(sa_type=Text)
    """The body as it came, sealed: it names people."""
    headers: str = Field(sa_type=Text)
    signed: bool
    """Whether the provider's signature was right for our public address."""
    received_at: datetime
    state: str = Field(default="stored", max_length=12)
    """stored → read | quarantined → settled (by a person) → emptied (its words forgotten)."""
    attempts: int = 0
    next_try_at: datetime
    read_at: datetime | None = None
    error: str = Field(default="", max_length=400)
    about: str = Field(default="", max_length=60)
    """What it ended in, such as `claim:12`. Once that is written, reading it again adds nothing."""
    fetched: bool = False
    """Found in the provider's own log afterwards, instead of brought by the provider."""


class Message(SQLModel, table=True):
    """One message to one recipient by one way. Recipient and content are sealed: they name people."""

    __table_args__ = (
        Index(
            "ix_message_waiting",
            "next_try_at",
            postgresql_where=text("state IN ('queued', 'sending')"),
            sqlite_where=text("state IN ('queued', 'sending')"),
        ),
        Index("ix_message_about", "about"),
        Index("ix_message_provider_id", "provider_id"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    key: str = Field(max_length=120, unique=True)
    """Says what this message is, once: the same words can't be queued twice."""
    about: str = Field(max_length=60)
    """What the sender wants to be reminded of when the state changes, such as `letter:12`."""
    message: str = Field(max_length=40)
    """The folder under templates/messages."""
    way: str = Field(max_length=12)
    """sms | email | team."""
    recipient_sealed: str = Field(sa_type=Text)
    content_sealed: str = Field(sa_type=Text)
    attachment: str = Field(default="", max_length=80)
    state: str = Field(default="queued", max_length=12)
    """queued → sending → handed over → delivered | failed | returned; dropped where it has nothing to say any more."""
    channel: str = Field(default="", max_length=12)
    """The adapter that took it: sms, email, console, …"""
    provider_id: str = Field(default="", max_length=80)
    queued_at: datetime
    next_try_at: datetime
    attempts: int = 0
    handed_over_at: datetime | None = None
    settled_at: datetime | None = None
    error: str = Field(default="", max_length=400)


class Reconciliation(SQLModel, table=True):
    """One comparison of our inbox with the provider's own log. The slot makes it single among many workers."""

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    slot: datetime = Field(unique=True)
    since_at: datetime
    """From when on the log was read."""
    begun_at: datetime
    ended_at: datetime | None = None
    found: int = 0
    """What the log had."""
    fetched: int = 0
    """What of it we had not."""
    error: str = Field(default="", max_length=400)


class Probe(SQLModel, table=True):
    """A call or a text of ours to our own hotline, to see that it arrives and is read."""

    __table_args__ = (UniqueConstraint("kind", "slot"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    kind: str = Field(max_length=8)
    """call | text."""
    slot: datetime
    mark: str = Field(max_length=20)
    """The words of a text, by which it is known again."""
    provider_id: str = Field(default="", max_length=80)
    sent_at: datetime
    came_at: datetime | None = None
    read_at: datetime | None = None
    alarmed_at: datetime | None = None
    error: str = Field(default="", max_length=400)


class OptOut(SQLModel, table=True):
    """A number that has asked for no more texts. Notices that the law wants go out all the same."""

    __tablename__ = "opt_out"

    phone_index: str = Field(max_length=32, primary_key=True)
    at: datetime
