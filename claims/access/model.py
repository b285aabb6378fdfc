"""Who may enter: people, their tokens, and the log of what personal data they were shown."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from config.database import BigId

ROLES = ("adjuster", "surveyor", "lead", "manager", "finance", "operator", "auditor", "firm", "appraiser", "channel")


class Person(SQLModel, table=True):
    """A member of staff, or a partner's channel. `roles` and `districts` are lists joined by `;`."""

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    email: str = Field(max_length=200, unique=True)
    name: str = Field(max_length=80)
    roles: str = Field(max_length=200)
    districts: str = Field(default="", max_length=400)
    """Empty: every district."""
    phone_sealed: str = Field(default="", max_length=200)
    firm_id: int | None = Field(default=None, sa_type=BigId, foreign_key="firm.id", index=True)
    """Whose orders, or appraisals, they see."""
    active: bool = True
    created_at: datetime


class AccessToken(SQLModel, table=True):
    """A bearer token, kept as its HMAC; the token itself is shown once."""

    __tablename__ = "access_token"

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(sa_type=BigId, foreign_key="person.id", index=True)
    token_index: str = Field(max_length=32, unique=True)
    created_at: datetime
    revoked_at: datetime | None = None


class Password(SQLModel, table=True):
    """Who signs in on the pages. `once`: drawn for them, to be changed at the next sign-in."""

    person_id: int = Field(sa_type=BigId, foreign_key="person.id", primary_key=True)
    hash: str = Field(max_length=200)
    set_at: datetime
    once: bool = False


class SignIn(SQLModel, table=True):
    """One browser of one person, until `ends_at`; the cookie carries a token, this row its HMAC."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(sa_type=BigId, foreign_key="person.id", index=True)
    token_index: str = Field(max_length=32, unique=True)
    since_at: datetime
    ends_at: datetime


class FailedSignIn(SQLModel, table=True):
    """Wrong tries against one name, or from one address, since `since_at`; both only as HMAC."""

    __tablename__ = "failed_sign_in"

    key: str = Field(max_length=32, primary_key=True)
    failures: int
    since_at: datetime
    locked_until: datetime | None = None


class Reveal(SQLModel, table=True):
    """Somebody was shown a name or a phone number in clear."""

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(sa_type=BigId, foreign_key="person.id", index=True)
    file_id: int = Field(sa_type=BigId, foreign_key="casefile.id", index=True)
    fields: str = Field(max_length=100)
    at: datetime


class Participation(SQLModel, table=True):
    """Somebody who takes part in one file: its surveyor, or the channel that filed it."""

    file_id: int = Field(sa_type=BigId, foreign_key="casefile.id", primary_key=True)
    person_id: int = Field(sa_type=BigId, foreign_key="person.id", primary_key=True, index=True)
    role: str = Field(max_length=20, primary_key=True)
    since_at: datetime


class FirmParticipation(SQLModel, table=True):
    """A firm that takes part in one file, as its repairer or appraiser: whoever is of the firm today sees it."""

    __tablename__ = "firm_participation"

    file_id: int = Field(sa_type=BigId, foreign_key="casefile.id", primary_key=True)
    firm_id: int = Field(sa_type=BigId, foreign_key="firm.id", primary_key=True, index=True)
    role: str = Field(max_length=20, primary_key=True)
    since_at: datetime


class IdempotentAnswer(SQLModel, table=True):
    """The answer given to an `Idempotency-Key`; the unique key, not a check, keeps an act single."""

    __tablename__ = "idempotent_answer"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(sa_type=BigId, foreign_key="person.id")
    key: str = Field(max_length=200)
    request_hash: str = Field(max_length=64)
    status: int | None = None
    answer_sealed: str | None = None
    etag: str = Field(default="", max_length=40)
    at: datetime


class RequestWindow(SQLModel, table=True):
    """How often somebody asked within one minute; `key` is the HMAC of their token or address."""

    __tablename__ = "request_window"

    key: str = Field(max_length=32, primary_key=True)
    starts_at: datetime = Field(primary_key=True, index=True)
    requests: int
