"""The roster as rows: added and withdrawn, never changed, so that who was on duty can be told of any hour."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from config.database import BigId

ROTA, SUBSTITUTE = "rota", "substitute"
DAYS = ("all", "working", "rest")
"""Which days of the calendar: all, those on which people work (make-up days too), those on which they rest."""


class DutyShift(SQLModel, table=True):
    """One person's place in the roster, from `first_on` on, `run_days` out of every `cycle_days`."""

    __tablename__ = "duty_shift"

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    kind: str = Field(max_length=12)
    """rota, or substitute: whoever has the same rank is not rung meanwhile."""
    name: str = Field(max_length=80)
    phone_sealed: str = Field(max_length=200)
    rank: int
    """1 is rung first, 2 if the first doesn't answer, and so on."""
    first_on: date
    last_on: date | None = None
    """The last day on which a shift begins; None: until it is withdrawn."""
    days: str = Field(max_length=8)
    run_days: int
    cycle_days: int
    from_time: str = Field(max_length=5)
    to_time: str = Field(max_length=5)
    """Hand-over, Shanghai time. Not later than `from_time`: on the next day."""
    by: str = Field(max_length=60)
    at: datetime
    withdrawn_by: str = Field(default="", max_length=60)
    withdrawn_at: datetime | None = None
