"""Whether a home is dangerous, or was: for whoever is sent there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, or_, select

from claims.casefile.model import RunningClock
from claims.intake import Claim

OWED = "make_safe"
"""The clock of every danger: its owed end is the danger's (第七条(八))."""


@dataclass(frozen=True)
class Danger:
    """A danger that was reported or found at a home. `made_safe_at`: when the last one ended; None until all are proved
    to be over."""

    made_safe_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.made_safe_at is None


def danger_at_home(session: Session, claim: Claim) -> Danger | None:
    """Of this claim, and of every other one at the same home; None where there never was any. One query."""
    return dangers_at_homes(session, [claim.id]).get(claim.id)


def dangers_at_homes(session: Session, claims: Collection[int]) -> dict[int, Danger]:
    """The same of many claims, by number. One query."""
    near = aliased(Claim)
    here = or_(near.id == Claim.id, near.home_id == Claim.home_id)
    of_it = and_(col(RunningClock.file_id) == near.id, RunningClock.clock == OWED)
    query = select(Claim.id, RunningClock.met_at).join(near, here).join(RunningClock, of_it, isouter=True)
    told = or_(col(near.danger), col(RunningClock.id).is_not(None))
    ends: dict[int, list[datetime | None]] = {}
    for number, end in session.exec(query.where(col(Claim.id).in_(claims), told)):
        ends.setdefault(number, []).append(end)
    return {number: Danger(_last(each)) for number, each in ends.items()}


def _last(ends: Collection[datetime | None]) -> datetime | None:
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None
