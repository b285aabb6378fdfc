"""What the warranty does when repairs are finished, accepted, or reported again: it hears facts, nobody calls it."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from claims.casefile import SYSTEM, CaseFile, Fact, Happening, Ringing, Stage, Subject, lock, record_many
from claims.casefile.facts import (
    ClaimClosed,
    WarrantyEnded,
    WarrantyReanchored,
    WarrantyRecognised,
    WarrantyReplaced,
    WarrantyStarted,
)
from claims.intake import Claim
from claims.repair import items_of
from claims.settlement import has_to_agree_or_perform
from claims.warranty.model import ClaimLink, Warranty
from claims.warranty.queries import around, item_key


def start_warranties(session: Session, happenings: Sequence[Happening]) -> None:
    """Hears WorksCompleted: 180 days for each item of the order, from completion; an earlier one of the key ends."""
    for happening in happenings:
        claim = session.get_one(Claim, happening.file.id)
        assert happening.fact.subject is not None
        order = happening.fact.subject.id
        items = {(item.part, item_key(item.item)): item for item in items_of(session, order)} if claim.home_id else {}
        facts = [_start(session, claim, order, item.part, item.item, happening) for item in items.values()]
        if facts:
            record_many(session, [(happening.file, fact) for fact in facts])


def reanchor_warranties(session: Session, happenings: Sequence[Happening]) -> None:
    """Hears the owner's word: of what is fixed, the days run from acceptance where that is later than completion.

    Also where the days since completion had run out before the owner was asked.
    """
    for happening in happenings:
        assert happening.fact.subject is not None
        order = happening.fact.subject.id
        fixed = {(item.part, item_key(item.item)) for item in items_of(session, order) if item.word == "fixed"}
        query = select(Warranty).where(Warranty.order_id == order, col(Warranty.state).in_(("running", "ended")))
        facts = [
            _from_acceptance(session, warranty, happening)
            for warranty in session.exec(query).all()
            if (warranty.part, warranty.item_key) in fixed and warranty.starts_at < happening.fact.at
        ]
        if facts:
            record_many(session, [(happening.file, fact) for fact in facts])


def close_if_ended(session: Session, happenings: Sequence[Happening]) -> None:
    """Hears what may come after the last warranty has run out: a late payment, a decision on what was disputed."""
    for happening in happenings:
        _close(session, happening.file, _frame(happening.fact))


def recognise_warranty(session: Session, happenings: Sequence[Happening]) -> None:
    """Hears ReportReceived and HomeIdentified: the same key inside its days goes straight to repair."""
    for happening in happenings:
        if happening.file.stage != Stage.REPORTED:
            continue
        claim = session.get_one(Claim, happening.file.id)
        warranties = around(session, claim, happening.fact.at)
        warranty = warranties.covering
        if warranty is None:
            for other in warranties.near:
                session.merge(ClaimLink(claim_id=claim.id, earlier_id=other.claim_id, why="same_part"))
            continue
        original = session.get_one(CaseFile, warranty.claim_id)
        session.merge(ClaimLink(claim_id=claim.id, earlier_id=warranty.claim_id, why="warranty"))
        recognised = WarrantyRecognised(
            subject=Subject("warranty", warranty.id or 0),
            original=original.reference,
            warranty=warranty.id or 0,
            **_frame(happening.fact),
        )
        record_many(session, [(happening.file, recognised)])


def close_when_ended(session: Session, ringings: Sequence[Ringing]) -> None:
    """Hears the end of `repair_warranty`: with the last one of a claim, the claim closes."""
    for ringing in (r for r in ringings if r.clock.clock == "repair_warranty" and r.rung.on == "end"):
        warranty = session.get_one(Warranty, Subject.parse(ringing.clock.subject).id)
        warranty.state = "ended"
        session.flush()
        frame: dict[str, Any] = {
            "at": ringing.at,
            "recorded_at": max(ringing.at, ringing.looked_at),
            "by": SYSTEM,
            "proof": "clock",
        }
        _close(session, lock(session, ringing.clock.file_id), frame)


def _close(session: Session, file: CaseFile, frame: dict[str, Any]) -> None:
    """Close a claim whose last warranty is over, unless something is still to be decided, settled or performed."""
    claim = file.id or 0
    running = select(Warranty.id).where(Warranty.claim_id == claim, Warranty.state == "running").limit(1)
    if file.stage != Stage.WARRANTY or session.exec(running).first() is not None:
        return
    if has_to_agree_or_perform(session, claim):
        return
    facts: list[Fact] = [WarrantyEnded(**frame), ClaimClosed(reason="warranty ended", **frame)]
    record_many(session, [(file, fact) for fact in facts])


def _start(session: Session, claim: Claim, order: int, part: str, item: str, happening: Happening) -> WarrantyStarted:
    assert claim.home_id is not None
    warranty = Warranty(
        claim_id=claim.id,
        order_id=order,
        home_id=claim.home_id,
        part=part,
        item=item,
        item_key=item_key(item),
        starts_at=happening.fact.at,
    )
    _replace(session, warranty, happening)
    session.add(warranty)
    session.flush()
    return WarrantyStarted(
        part=part, item=item, subject=Subject("warranty", warranty.id or 0), **_frame(happening.fact)
    )


def _from_acceptance(session: Session, warranty: Warranty, happening: Happening) -> Fact:
    if warranty.state == "ended":
        claim = session.get_one(Claim, warranty.claim_id)
        return _start(session, claim, warranty.order_id, warranty.part, warranty.item, happening)
    warranty.starts_at = happening.fact.at
    session.flush()
    return WarrantyReanchored(subject=Subject("warranty", warranty.id or 0), **_frame(happening.fact))


def _replace(session: Session, new: Warranty, happening: Happening) -> None:
    """Each re-repair of the same item starts 180 days afresh."""
    query = select(Warranty).where(
        Warranty.home_id == new.home_id,
        Warranty.part == new.part,
        Warranty.item_key == new.item_key,
        col(Warranty.state) == "running",
    )
    for old in session.exec(query).all():
        old.state = "replaced"
        session.flush()
        file = happening.file if old.claim_id == happening.file.id else lock(session, old.claim_id)
        replaced = WarrantyReplaced(subject=Subject("warranty", old.id or 0), **_frame(happening.fact))
        record_many(session, [(file, replaced)])
        _close(session, file, _frame(happening.fact))


def _frame(fact: Fact) -> dict[str, Any]:
    return {"at": fact.at, "recorded_at": fact.recorded_at, "by": SYSTEM, "proof": fact.proof or fact.name}
