"""Which warranties a home has, and which one a report falls under."""

import unicodedata
from datetime import datetime

from sqlalchemy import String, and_, cast, literal, or_
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


def covering(session: Session, claim: Claim) -> Warranty | None:
    """The running warranty of the claim's home, part and item that its report falls in, if any (第十四条)."""
    if claim.home_id is None or claim.part is None or not claim.item:
        return None
    same = _with_clock().where(
        Warranty.home_id == claim.home_id,
        Warranty.part == claim.part,
        Warranty.item_key == item_key(claim.item),
        Warranty.state != "replaced",
        Warranty.claim_id != claim.id,
    )
    for warranty, clock in session.exec(same.order_by(col(Warranty.id).desc())):
        if clock is not None and clock.legal_due is not None and claim.received_at < clock.legal_due:
            return warranty
    return None


def near(session: Session, claim: Claim, as_of: datetime) -> list[Warranty]:
    """Warranties of the same home and part but another item: linked, and left to a person (domain.md g7 f)."""
    if claim.home_id is None or claim.part is None:
        return []
    query = _with_clock().where(
        Warranty.home_id == claim.home_id,
        Warranty.part == claim.part,
        Warranty.claim_id != claim.id,
        Warranty.state == "running",
    )
    return [
        w
        for w, clock in session.exec(query)
        if clock is not None and clock.legal_due is not None and as_of < clock.legal_due
    ]


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
