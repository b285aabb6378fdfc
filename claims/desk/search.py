"""Finding a claim by what people say of it: its number, a phone, a home, a piece of an address or of a name."""

from typing import Any

from sqlalchemy import ColumnElement, Text, and_, func, literal_column, or_, true, union
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session, col, select

from claims.casefile import CaseFile, is_reference
from claims.intake import Claim
from claims.intake.people import fragments
from claims.registry import Home, e164
from config.database import on_postgresql


def found_by(session: Session, q: str) -> ColumnElement[bool]:
    """Files that the words mean. Each way is asked on its own, so that each finds its index (migration 0024)."""
    sealer = session.info["sealer"]
    if is_reference(q):
        return col(CaseFile.reference) == q
    if q.isdecimal() and len(q) == 4:
        return _claims(col(Claim.last4_index) == sealer.index(q, "last4"), _in_homes(col(Home.room) == q))
    if (phone := e164(q)) is not None:
        return _claims(col(Claim.phone_index) == sealer.index(phone, "phone"))
    told = and_(col(Claim.address) != literal_column("''"), _contains(session, Claim.address, q))
    homes = _in_homes(or_(col(Home.code) == q, _contains(session, Home.address, q)))
    return _claims(told, homes, _named(session, sorted(fragments(sealer, q))))


def _claims(*ways: ColumnElement[bool]) -> ColumnElement[bool]:
    return col(CaseFile.id).in_(union(*(select(Claim.id).where(way) for way in ways)))


def _in_homes(of: ColumnElement[bool]) -> ColumnElement[bool]:
    return col(Claim.home_id).in_(select(Home.id).where(of))


def _contains(session: Session, address: Any, q: str) -> ColumnElement[bool]:
    pairs = sorted({q[n : n + 2] for n in range(len(q) - 1)})
    by_pairs = func.pairs_of(col(address), type_=ARRAY(Text)).contains(pairs)
    return and_(by_pairs if pairs and on_postgresql(session) else true(), col(address).contains(q, autoescape=True))


def _named(session: Session, pieces: list[str]) -> ColumnElement[bool]:
    """Whose name holds all the pieces, each a keyed hash."""
    if on_postgresql(session):
        held = func.string_to_array(col(Claim.name_index), literal_column("' '"), type_=ARRAY(Text))
        return held.contains(pieces)
    return and_(*(col(Claim.name_index).contains(piece) for piece in pieces))
