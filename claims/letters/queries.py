"""The letters of a claim."""

from sqlmodel import Session, col, select

from claims.access import Person, Share, share_of
from claims.casefile import Subject
from claims.letters.model import Letter
from claims.repair import orders_of


def letters_of(session: Session, claim_id: int) -> list[Letter]:
    return list(session.exec(select(Letter).where(Letter.claim_id == claim_id).order_by(col(Letter.id))))


def letters_in_sight(session: Session, person: Person, claim_id: int) -> list[Letter]:
    """Those that `person` may read: all, or a firm's own work orders (claims/access/shares.py)."""
    shares, letters = share_of(person, "letters"), letters_of(session, claim_id)
    if Share.ALL in shares:
        return letters
    if Share.OWN not in shares or person.firm_id is None:
        return []
    mine = {f"order:{order.id}" for order in orders_of(session, claim_id) if order.firm_id == person.firm_id}
    return [letter for letter in letters if letter.kind == "work_order" and letter.subject in mine]


def issued_decisions(session: Session, claim_id: int) -> set[int]:
    """The decisions whose notice has been issued, covered or denied."""
    notices = (Letter.claim_id == claim_id, col(Letter.kind).in_(("coverage_notice", "denial_notice")))
    query = select(Letter.subject).where(*notices, col(Letter.issued_at).is_not(None))
    return {Subject.parse(subject).id for subject in session.exec(query)}
