"""A claim: who reported what about which home. Its stage, clocks and story live in its file."""

from datetime import date, datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from config.database import BigId


class Claim(SQLModel, table=True):
    """Shares its id with its CaseFile (no ORM inheritance: SQLModel loses the columns)."""

    __table_args__ = (
        Index("ix_claim_home_part", "home_id", "part"),
        Index("ix_claim_phone", "phone_index"),
        Index("ix_claim_last4", "last4_index"),
        Index("ix_claim_name", text("string_to_array(name_index, ' ')"), postgresql_using="gin").ddl_if("postgresql"),
        Index(
            "ix_claim_address",
            text("pairs_of(address)"),
            postgresql_using="gin",
            postgresql_where=text("address <> ''"),
        ).ddl_if("postgresql"),
    )

    id: int = Field(sa_type=BigId, foreign_key="casefile.id", primary_key=True)
    key: str | None = Field(default=None, max_length=120, unique=True)
    """What made this report, once: an arrival, a form's own key."""
    home_id: int | None = Field(default=None, sa_type=BigId, foreign_key="home.id")
    candidate_home_id: int | None = Field(default=None, sa_type=BigId, foreign_key="home.id")
    """The one home known under the caller's number: a guess until a person confirms it."""
    policy_id: int | None = Field(default=None, sa_type=BigId, foreign_key="policy.id")
    gate: str = Field(max_length=20)
    """What liability looked like on the day of the report: see gate.py."""
    address: str = Field(default="", max_length=300)
    """As told; the home's own address is registry data."""
    part: str | None = Field(default=None, max_length=20)
    item: str | None = Field(default=None, max_length=80)
    description: str = Field(sa_type=Text)
    found_on: date | None = None
    danger: bool = False
    channel: str = Field(max_length=12)
    relation: str = Field(max_length=20)
    language: str = Field(default="zh", max_length=2)
    """zh or en: the one that it was reported in, which our texts to the reporter speak."""
    name_sealed: str = Field(default="", max_length=400)
    phone_sealed: str = Field(default="", max_length=200)
    phone_index: str = Field(default="", max_length=32)
    last4_index: str = Field(default="", max_length=32)
    name_index: str = Field(default="", sa_type=Text)
    """One keyed hash per character and pair of the name, so that fragments can be found but not read."""
    track_code_sealed: str = Field(max_length=100)
    received_at: datetime
    filed_by: int | None = Field(default=None, sa_type=BigId, foreign_key="person.id")
