"""Why a breach happened, and what was done so that it doesn't happen again."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from config.database import BigId


class BreachCause(SQLModel, table=True):
    """The last word on one breach; what was said before stands in the timeline.

    A clock can be breached afresh after an earlier breach was withdrawn, so the first late instant belongs to the key.
    """

    __tablename__ = "breach_cause"

    clock_id: int = Field(sa_type=BigId, foreign_key="running_clock.id", primary_key=True)
    breached_at: datetime = Field(primary_key=True)
    cause: str = Field(max_length=30)
    """A code of config/causes.toml."""
    corrective_act: str = Field(sa_type=Text)
    by: str = Field(max_length=60)
    at: datetime
