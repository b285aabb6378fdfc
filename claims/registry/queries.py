"""Questions to the registry: which home, insured how, owned by whom. `on` is always a Shanghai day."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_
from sqlmodel import Session, col, select

from claims.registry.addresses import keys_within, may_lie_in, renamings, road_key, whole_keys
from claims.registry.model import Building, Cover, Home, Ownership, Policy, Project

_LAST = "\U0010ffff"
_MOST_OF_ONE_PHONE = 20
_HOMES = (
    select(Home, Building, Project)
    .select_from(Home)
    .join(Building, col(Building.id) == Home.building_id)
    .join(Project, col(Project.id) == Building.project_id)
)
_HOMES_BY_CODE = _HOMES.where(col(Home.code).in_(bindparam("codes", expanding=True)))
_ISSUED = and_(col(Policy.project_id) == Project.id, col(Policy.issued_on) <= bindparam("day"))
_INSURED: Any = (  # every report asks this; to build it costs as much as to run it
    _HOMES_BY_CODE.add_columns(Policy, Cover)
    .join(Policy, _ISSUED, isouter=True)
    .join(Cover, col(Cover.policy_id) == Policy.id, isouter=True)
    .order_by(col(Policy.issued_on).desc(), col(Policy.id).desc())
)


@dataclass(frozen=True)
class Placed:
    """A home and where it stands. `exact`: the words named this home whole, and no other district."""

    home: Home
    building: Building
    project: Project
    address: str
    exact: bool = True


@dataclass(frozen=True)
class Insured:
    """A home with its policy on a day, and the cover of each part; no policy, no cover."""

    home: Home
    building: Building
    project: Project
    policy: Policy | None
    cover: Mapping[str, Cover]


def home_by_code(session: Session, code: str) -> Placed | None:
    """The home of this code, whatever the width or case in which it is typed. One query."""
    rows = _meant(code, session.exec(_HOMES_BY_CODE, params={"codes": _spellings(code)}).all())
    return _placed(rows[0]) if rows else None


def insured_home(session: Session, code: str, on: date) -> Insured | None:
    """Home, policy and cover on the day, in one query: every report passes here."""
    rows = _meant(code, session.exec(_INSURED, params={"codes": _spellings(code), "day": on}).all())
    if not rows:
        return None
    home, building, project, policy, _ = rows[0]
    cover = [cover for *_, owner, cover in rows if owner is policy and cover is not None]
    return Insured(home, building, project, policy, _by_part(cover, on))


def policy_of(session: Session, project_id: int, on: date) -> Policy | None:
    """The policy of the project: the one issued last, as of the day."""
    query = select(Policy).where(Policy.project_id == project_id, Policy.issued_on <= on)
    return session.exec(query.order_by(col(Policy.issued_on).desc(), col(Policy.id).desc()).limit(1)).first()


def cover_of(session: Session, policy_id: int, on: date) -> dict[str, Cover]:
    """By part, the cover that the day lies in; where it lies in none, the next to begin; else the last to end."""
    return _by_part(session.exec(select(Cover).where(Cover.policy_id == policy_id)).all(), on)


def owner_of(session: Session, home_id: int, on: date) -> Ownership | None:
    """Who owned the home on the day; name and phone are sealed."""
    return session.exec(_OWNERS, params={"home": home_id, "day": on}).first()


def homes_by_phone(session: Session, phone: str, on: date) -> list[Placed]:
    """Candidates: the homes that the holder of the number (E.164) owned on the day. At most 20, by code."""
    index = session.info["sealer"].index(phone, "phone")
    query = _HOMES.join(Ownership, col(Ownership.home_id) == Home.id)
    query = query.where(Ownership.phone_index == index, _owned(on))
    return [_placed(row) for row in session.exec(query.order_by(col(Home.code)).limit(_MOST_OF_ONE_PHONE))]


def homes_by_address(session: Session, text: str, limit: int = 5) -> list[Placed]:
    """Homes that the words name, the best first: named whole, else contained in them, else begun by them.

    A project's name may stand for its road, or beside it. Where homes are named whole, only these are answered.
    """
    whole = whole_keys(text)
    if not whole:
        return []
    found = _equal(session, text, whole, keys_within(text), limit) or _begun(session, whole, limit)
    if found:
        return found
    whole, keys = _renamed(session, text)
    return _equal(session, text, whole, keys, limit) or _begun(session, keys, limit)


def _equal(session: Session, text: str, whole: Sequence[str], keys: Sequence[str], limit: int) -> list[Placed]:
    rows = _select(session, col(Home.search_address).in_(keys), limit=4 * limit) if keys else []
    named = [row for row in rows if row[0].search_address in whole and may_lie_in(text, row[2].district)]
    if named:
        return [_placed(row) for row in named[:limit]]
    best_first = sorted(rows, key=lambda row: (not may_lie_in(text, row[2].district), -len(row[0].search_address)))
    return [_placed(row, exact=False) for row in best_first[:limit]]


def _begun(session: Session, keys: Sequence[str], limit: int) -> list[Placed]:
    """Homes whose key goes on after a whole key: a lane or a building was named, but no room."""
    begun = [_between(session, f"{key}-") for key in keys if "-" in key]
    return [_placed(row, exact=False) for row in _select(session, or_(*begun), limit=limit)] if begun else []


def _between(session: Session, prefix: str) -> ColumnElement[bool]:
    """A prefix as a range by bytes, which both databases answer from the index, whatever the collation."""
    key = col(Home.search_address)
    if session.get_bind().dialect.name == "postgresql":
        return and_(key.op("~>=~")(prefix), key.op("~<~")(prefix + _LAST))
    return and_(key >= prefix, key < prefix + _LAST)


def _renamed(session: Session, text: str) -> tuple[list[str], list[str]]:
    """Keys in which a project's name has given way to its road: those that nothing contradicts, and all."""
    around = renamings(text)
    projects = session.exec(select(Project).where(col(Project.search_name).in_(list(around)))).all()
    whole, keys = [], []
    for project in sorted(projects, key=lambda project: -len(project.search_name)):
        (before, after), road = around[project.search_name], road_key(project.address)
        keys.append(f"{road}-{after}" if after else road)
        whole += keys[-1:] if before in ("", road) else []
    return whole, keys


def _select(
    session: Session, condition: ColumnElement[bool], *, limit: int
) -> Sequence[tuple[Home, Building, Project]]:
    return session.exec(_HOMES.where(condition).order_by(col(Home.search_address), col(Home.code)).limit(limit)).all()


def _spellings(code: str) -> list[str]:
    """The code as it is typed, whatever the width; then in capitals, then in small letters."""
    typed = "".join(unicodedata.normalize("NFKC", code).split())
    return list(dict.fromkeys((typed, typed.upper(), typed.lower())))


def _meant(code: str, rows: Sequence[Any]) -> Sequence[Any]:
    """Those of the home whose very code was typed; else of the only home that was found."""
    same = [row for row in rows if row[0].code == _spellings(code)[0]]
    return same or (rows if len({row[0].id for row in rows}) == 1 else [])


def _owned(on: date | BindParameter[date]) -> ColumnElement[bool]:
    return and_(col(Ownership.from_on) <= on, or_(col(Ownership.to_on).is_(None), col(Ownership.to_on) >= on))


_OWNERS = select(Ownership).where(Ownership.home_id == bindparam("home"), _owned(bindparam("day")))


def _by_part(cover: Sequence[Cover], on: date) -> dict[str, Cover]:
    def distance(term: Cover) -> tuple[int, int]:
        if term.starts_on <= on <= term.ends_on:
            return 0, 0
        return (1, (term.starts_on - on).days) if on < term.starts_on else (2, (on - term.ends_on).days)

    best: dict[str, Cover] = {}
    for term in sorted(cover, key=distance):
        best.setdefault(term.part, term)
    return best


def _placed(row: Any, *, exact: bool = True) -> Placed:
    home, building, project = row
    return Placed(home, building, project, home.address, exact)
