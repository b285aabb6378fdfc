"""The letters of a claim."""

from sqlmodel import Session, col, select

from claims.letters.model import Letter


def letters_of(session: Session, claim_id: int) -> list[Letter]:
    return list(session.exec(select(Letter).where(Letter.claim_id == claim_id).order_by(col(Letter.id))))


def letter_of(session: Session, claim_id: int, number: str) -> Letter | None:
    return session.exec(select(Letter).where(Letter.claim_id == claim_id, Letter.number == number)).one_or_none()
