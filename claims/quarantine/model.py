"""What a person made of a quarantined arrival, and who was shown its words."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from config.database import BigId

CLAIM, LINK, DISMISSAL = "claim", "link", "dismissal"


class ArrivalVerdict(SQLModel, table=True):
    """The last word on one arrival. The primary key, not a check, makes it single."""

    __tablename__ = "arrival_verdict"

    arrival_id: int = Field(sa_type=BigId, foreign_key="arrival.id", primary_key=True)
    verdict: str = Field(max_length=12)
    """claim: one was opened from it; link: it belongs to one that was there; dismissal: it is nothing of ours."""
    reason_sealed: str = Field(default="", sa_type=Text)
    """Why it was dismissed. Free words may name people."""
    file_id: int | None = Field(default=None, sa_type=BigId, foreign_key="casefile.id", index=True)
    by: str = Field(max_length=60)
    at: datetime


class ArrivalLook(SQLModel, table=True):
    """Somebody was shown the words and the number of an arrival that belonged to no claim.

    No foreign key to the arrival: what nobody takes up is forgotten after a month, that somebody read it isn't.
    """

    __tablename__ = "arrival_look"

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    person_id: int = Field(sa_type=BigId, foreign_key="person.id")
    arrival_id: int = Field(sa_type=BigId, index=True)
    at: datetime
