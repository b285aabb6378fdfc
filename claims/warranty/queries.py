"""Which warranties a home has, and which one a report falls under."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, bindparam, cast, literal, or_
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
    return list(session.exec(_with_clock().where(Warranty.claim_id == claim_id).order_by(col(Warranty.id))).all())


@dataclass(frozen=True)
class Around:
    """What earlier repairs of a report's home and part still warrant: the very item, or others to be judged."""

    covering: Warranty | None
    near: Sequence[Warranty]


def around(session: Session, claim: Claim, as_of: datetime) -> Around:
    """The running warranty that the report falls in (第十四条), and those of the same part but another item (g7 f)."""
    if claim.home_id is None or claim.part is None:
        return Around(None, ())
    place = {"home": claim.home_id, "part": claim.part, "claim": claim.id}
    ending = [(warranty, clock.legal_due) for warranty, clock in session.exec(_SAME_PART, params=place) if clock]
    item = item_key(claim.item) if claim.item else None
    same = (w for w, due in ending if w.item_key == item and due is not None and claim.received_at < due)
    near = [w for w, due in ending if w.state == "running" and due is not None and as_of < due]
    return Around(next(same, None), near)


def linked_references(session: Session, claim_id: int) -> list[dict[str, str]]:
    """The claims that belong with this one, earlier and later, and why."""
    either = or_(
        and_(col(ClaimLink.claim_id) == claim_id, col(CaseFile.id) == ClaimLink.earlier_id),
        and_(col(ClaimLink.earlier_id) == claim_id, col(CaseFile.id) == ClaimLink.claim_id),
    )
    query = select(CaseFile.reference, ClaimLink.why).join(ClaimLink, either).order_by(CaseFile.reference)
    return [{"reference": reference, "why": why} for reference, why in session.exec(query)]


def _with_clock() -> SelectOfScalar[tuple[Warranty, RunningClock | None]]:
    subject = literal("warranty:") + cast(col(Warranty.id), String)
    same = and_(col(RunningClock.file_id) == Warranty.claim_id, col(RunningClock.subject) == subject)
    return select(Warranty, RunningClock).join(RunningClock, same, isouter=True)  # type: ignore[return-value]


_SAME_PART = (  # every report asks this; to build it costs as much as to run it
    _with_clock()
    .where(Warranty.home_id == bindparam("home"), Warranty.part == bindparam("part"))
    .where(Warranty.claim_id != bindparam("claim"), Warranty.state != "replaced")
    .order_by(col(Warranty.id).desc())
)
