"""Whether a home is dangerous, or was: for whoever is sent there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, or_, select

from claims.casefile import CaseFile
from claims.casefile.model import RunningClock
from claims.duties import DutyFile
from claims.intake import Claim
from claims.registry import Building, Home

OWED = "make_safe"
"""The clock of every danger: its owed end is the danger's (第七条(八))."""
_PROJECT, _BUILDING = aliased(CaseFile), aliased(Building)


@dataclass(frozen=True)
class Danger:
    """What whoever goes to a home must know.

    at_home: a danger was reported or found there; `made_safe_at` is when the last one ended, None until all are proved
    to be over. in_project: an emergency of the whole project, which nobody of ours has attended yet.
    """

    at_home: bool
    made_safe_at: datetime | None
    in_project: bool

    @property
    def home_is_open(self) -> bool:
        return self.at_home and self.made_safe_at is None

    @property
    def is_open(self) -> bool:
        return self.home_is_open or self.in_project


def danger_at_home(session: Session, claim: Claim) -> Danger | None:
    """Of this claim, of every other one at the same home, and of its project; None where there is none. One query."""
    return dangers_at_homes(session, [claim.id]).get(claim.id)


def dangers_at_homes(session: Session, claims: Collection[int]) -> dict[int, Danger]:
    """The same of many claims, by number. One query."""
    near = aliased(Claim)
    here = or_(near.id == Claim.id, near.home_id == Claim.home_id)
    of_it = and_(col(RunningClock.file_id) == near.id, RunningClock.clock == OWED)
    told = or_(col(near.danger), col(RunningClock.id).is_not(None))
    query = (
        select(Claim.id, told, RunningClock.met_at, in_emergency())
        .join(near, here)
        .join(Home, col(Home.id) == Claim.home_id, isouter=True)
        .join(RunningClock, of_it, isouter=True)
        .where(col(Claim.id).in_(claims), or_(told, in_emergency()))
    )
    ends, emergencies = dict[int, list[datetime | None]](), dict[int, bool]()
    for number, is_told, end, emergency in session.exec(query):
        ends.setdefault(number, []).extend([end] if is_told else [])
        emergencies[number] = bool(emergency)
    return {number: Danger(bool(each), _last(each), emergencies[number]) for number, each in ends.items()}


def in_emergency() -> ColumnElement[bool]:
    """Of a row of Home: whether its project has an emergency that nobody of ours has attended yet."""
    return exists(_emergencies().where(_BUILDING.id == Home.building_id).correlate(Home))


def emergency_near(session: Session, home_id: int | None) -> str:
    """The reference of the project's file where such an emergency is open; "" where none is. One query at most."""
    if home_id is None:
        return ""
    query = _emergencies().join(Home, col(Home.building_id) == _BUILDING.id).where(Home.id == home_id)
    return session.exec(query).first() or ""


def _emergencies() -> Any:
    """References of projects, with their buildings. A project's file stands first for nothing else."""
    return (
        select(_PROJECT.reference)
        .join(DutyFile, col(DutyFile.id) == _PROJECT.id)
        .join(_BUILDING, col(_BUILDING.project_id) == DutyFile.project_id)
        .where(_PROJECT.kind == "project", _PROJECT.stands_first)
    )


def _last(ends: Collection[datetime | None]) -> datetime | None:
    known = [end for end in ends if end is not None]
    return max(known, default=None) if len(known) == len(ends) else None
