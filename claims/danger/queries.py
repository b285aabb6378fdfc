"""Whether a home is dangerous, or was: for whoever is sent there."""

from dataclasses import dataclass
from datetime import datetime

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


def danger_at_home(session: Session, claim: Claim) -> Danger | None:
    """Of this claim, and of every other one at the same home; None where there never was any. One query."""
    here = or_(Claim.id == claim.id, and_(col(Claim.home_id).is_not(None), Claim.home_id == claim.home_id))
    of_it = and_(col(RunningClock.file_id) == Claim.id, RunningClock.clock == OWED)
    query = select(RunningClock.met_at).select_from(Claim).join(RunningClock, of_it, isouter=True)
    ends = session.exec(query.where(here, or_(col(Claim.danger), col(RunningClock.id).is_not(None)))).all()
    if not ends:
        return None
    known = [end for end in ends if end is not None]
    return Danger(max(known) if len(known) == len(ends) else None)
