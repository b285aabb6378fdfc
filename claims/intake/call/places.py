"""What a call needs to know of the world: the caller's homes, the claim that it opened or asks about."""

from datetime import datetime

from sqlmodel import Session, select

from claims.casefile import CaseFile
from claims.intake.call.steps import MOST_HOMES
from claims.intake.model import Claim
from claims.registry import Placed, homes_by_phone
from config.time import shanghai_day


def key_of(call: str) -> str:
    """What makes the report of a call single."""
    return f"twilio:{call}"


def homes_of(session: Session, caller: str, at: datetime) -> list[Placed]:
    """The caller's homes, to choose from by a key; none where there are too many to be read out."""
    homes = homes_by_phone(session, caller, shanghai_day(at)) if caller else []
    return homes if len(homes) <= MOST_HOMES else []


def spoken_home(home: Placed) -> str:
    """Building and room. Not the road: a caller's number can be forged, and whole addresses aren't told to anybody."""
    return f"{home.building.name}{home.home.room.removesuffix('室')}室"


def claim_opened_by(session: Session, call: str) -> tuple[CaseFile, Claim] | None:
    query = select(CaseFile, Claim).join(Claim).where(Claim.key == key_of(call))
    found: tuple[CaseFile, Claim] | None = session.exec(query).one_or_none()
    return found


def claim_named(session: Session, reference: str) -> tuple[CaseFile, Claim] | None:
    query = select(CaseFile, Claim).join(Claim).where(CaseFile.reference == reference)
    found: tuple[CaseFile, Claim] | None = session.exec(query).one_or_none()
    return found


def reported_from(session: Session, claim: Claim, caller: str) -> bool:
    """Whether this is the number that the claim was reported from: nobody else is told of it."""
    return bool(caller) and claim.phone_index == session.info["sealer"].index(caller, "phone")
