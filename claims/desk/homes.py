"""Homes and their policies, to be looked up: what is insured until when, who owns it, and what was reported there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from claims.access import Person, a_look, districts_of, in_sight, masked_name, may_reveal
from claims.casefile import CaseFile
from claims.intake import Claim
from claims.registry import Building, Cover, Home, Ownership, Placed, Policy, home_by_code, homes_by_address, masked
from claims.registry import policy_of as policy_on
from claims.web import note
from config.time import shanghai_day

MOST = 20
MOST_CLAIMS = 50


@dataclass(frozen=True)
class Owner:
    """Masked, unless a claim on this home gives the reader a reason, which is logged."""

    name: str
    phone: str
    from_on: date
    to_on: date | None


def homes_page(session: Session, person: Person, asked: str) -> dict[str, Any]:
    """Homes by code or by words of their address, in the districts that `person` looks after."""
    exact = home_by_code(session, asked) if asked else None
    found = [exact] if exact is not None else homes_by_address(session, asked, MOST) if asked else []
    return {"homes": [each for each in found if _looks_after(person, each)], "asked": asked}


def home_page(session: Session, person: Person, code: str, reference: str, as_of: datetime) -> dict[str, Any] | None:
    """Project, policy with its terms, owners, claims here and above one another; None for a home out of sight.

    `reference`: the claim that is the reason for reading the owners in clear.
    """
    placed = home_by_code(session, code)
    if placed is None or not _looks_after(person, placed):
        return None
    today = shanghai_day(as_of)
    policy = policy_on(session, placed.project.id or 0, today)
    cover = _cover(session, policy)
    claims = _claims(session, person, placed)
    here = [each for each in claims if each[2].id == placed.home.id]
    reason = next((file for file, _, _ in here if file.reference == reference), None)
    return {
        "placed": placed,
        "policy": policy,
        "cover": cover,
        "today": today,
        "liability_starts_on": min((term.starts_on for term in cover), default=None),
        "owners": _owners(session, person, placed.home, reason, as_of),
        "here": here,
        "riser": [each for each in claims if each[2].id != placed.home.id],
        "may_reveal": may_reveal(person) and reason is None,
        "revealed": reason is not None and may_reveal(person),
    }


def _looks_after(person: Person, placed: Placed) -> bool:
    districts = districts_of(person)
    return not districts or placed.project.district in districts


def _cover(session: Session, policy: Policy | None) -> Sequence[Cover]:
    if policy is None:
        return []
    query = select(Cover).where(Cover.policy_id == policy.id)
    return session.exec(query.order_by(col(Cover.ends_on).desc(), col(Cover.part))).all()


def _claims(session: Session, person: Person, placed: Placed) -> Sequence[tuple[CaseFile, Claim, Home]]:
    """Of this home and of those on its riser, where water comes down; the newest first."""
    home = placed.home
    near = or_(col(Home.id) == home.id, (col(Home.riser) == home.riser) & (col(Home.riser) != ""))
    query = (
        select(CaseFile, Claim, Home)
        .join(Claim, col(Claim.id) == CaseFile.id)
        .join(Home, col(Claim.home_id) == Home.id)
        .join(Building, col(Home.building_id) == Building.id)
        .where(Building.id == placed.building.id, near, in_sight(person))
    )
    return session.exec(query.order_by(col(CaseFile.id).desc()).limit(MOST_CLAIMS)).all()


def _owners(session: Session, person: Person, home: Home, reason: CaseFile | None, as_of: datetime) -> list[Owner]:
    rows = session.exec(
        select(Ownership).where(Ownership.home_id == home.id).order_by(col(Ownership.from_on).desc())
    ).all()
    clear = reason is not None and may_reveal(person)
    if reason is not None and clear and rows:
        note(a_look(person, file_id=reason.id or 0, fields="owners' names, phones", at=as_of))
    sealer = session.info["sealer"]
    opened = [(sealer.open(row.name_sealed), sealer.open(row.phone_sealed) if row.phone_sealed else "") for row in rows]
    return [
        Owner(
            name if clear else masked_name(name),
            phone if clear else masked(phone) if phone else "",
            row.from_on,
            row.to_on,
        )
        for row, (name, phone) in zip(rows, opened, strict=True)
    ]
