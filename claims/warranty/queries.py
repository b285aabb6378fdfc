"""Which warranties a home has, and which one a report falls under."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, bindparam, cast, literal, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from claims.casefile.model import CaseFile, RunningClock
from claims.intake import Claim
from claims.warranty.model import ClaimLink, Warranty


def item_key(item: str) -> str:
    """`卧室 天花板，渗水` and `卧室天花板渗水` are one repair item."""
    plain = unicodedata.normalize("NFKC", item).casefold()
    return "".join(character for character in plain if character.isalnum())[:80]


def warranties_of(session: Session, claim_id: int) -> list[tuple[Warranty, RunningClock | None]]:
    """The warranties of a claim's repairs, each with its clock."""
    query = select(Warranty, RunningClock).join(RunningClock, _its_clock(), isouter=True)
    return list(session.exec(query.where(Warranty.claim_id == claim_id).order_by(col(Warranty.id))).all())


@dataclass(frozen=True)
class Around:
    """What earlier repairs of a report's home and part still warrant: the very item, or others to be judged."""

    covering: Warranty | None
    near: Sequence[Warranty]


def around(session: Session, claim: Claim, as_of: datetime) -> Around:
    """The running warranty that the report falls in (第十四条), and those of the same part but another item."""
    if claim.home_id is None or claim.part is None:
        return Around(None, ())
    place = {"home": claim.home_id, "part": claim.part, "claim": claim.id}
    ending = session.exec(_SAME_PART, params=place).all()
    item = item_key(claim.item) if claim.item else None
    same = (w for w, due in ending if w.item_key == item and claim.received_at < due)
    return Around(next(same, None), [w for w, due in ending if w.state == "running" and as_of < due])


def linked_references(session: Session, claim_id: int) -> list[dict[str, str]]:
    """The claims that belong with this one, earlier and later, and why."""
    either = or_(
        and_(col(ClaimLink.claim_id) == claim_id, col(CaseFile.id) == ClaimLink.earlier_id),
        and_(col(ClaimLink.earlier_id) == claim_id, col(CaseFile.id) == ClaimLink.claim_id),
    )
    query = select(CaseFile.reference, ClaimLink.why).join(ClaimLink, either).order_by(CaseFile.reference)
    return [{"reference": reference, "why": why} for reference, why in session.exec(query)]


def _its_clock() -> ColumnElement[bool]:
    subject = literal("warranty:") + cast(col(Warranty.id), String)
    return and_(col(RunningClock.file_id) == Warranty.claim_id, col(RunningClock.subject) == subject)


_SAME_PART: SelectOfScalar[tuple[Warranty, datetime]] = (  # built once: every report asks this
    select(Warranty, RunningClock.legal_due)  # type: ignore[assignment]
    .join(RunningClock, _its_clock())
    .where(Warranty.home_id == bindparam("home"), Warranty.part == bindparam("part"))
    .where(Warranty.claim_id != bindparam("claim"), Warranty.state != "replaced")
    .where(col(RunningClock.legal_due).is_not(None))
    .order_by(col(Warranty.id).desc())
)
