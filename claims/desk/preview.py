"""A letter before it goes out: as it stands drafted, or as an act would draft it, done and taken back."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from claims.access import Person
from claims.casefile import AlreadyDone, CaseFile
from claims.decision import answer_denial, decisions_of
from claims.desk.sheet import Sheet
from claims.intake import Claim
from claims.letters import Letter, read_letter

TO_BE_SIGNED = {"name": "（待复核签字）", "staff_number": "（待定）"}


def letters_before(session: Session, file: CaseFile) -> frozenset[int]:
    return frozenset(number or 0 for number in session.exec(select(Letter.id).where(Letter.claim_id == file.id)))


def drafted_since(
    session: Session, person: Person, file: CaseFile, sheet: Sheet, before: frozenset[int], at: datetime
) -> bytes | None:
    """The PDF of the letter that the act just drafted in this transaction; None where it drafted none.

    A denial is drafted with its second signature, so a proposed one is signed first as if by somebody else. The
    caller rolls everything back.
    """
    instead: dict[str, Any] = {}
    if sheet.act == "denial":
        _sign(session, person, file, at)
        instead = {"approved_by": TO_BE_SIGNED}
    query = select(Letter).where(Letter.claim_id == file.id, Letter.kind == sheet.preview)
    made = session.exec(query.order_by(col(Letter.id).desc())).first()
    if made is None or made.id in before:
        return None
    return read_letter(session, made, at, instead)


def _sign(session: Session, person: Person, file: CaseFile, at: datetime) -> None:
    claim = session.get_one(Claim, file.id)
    proposed = [each for each in decisions_of(session, claim.id) if each.state == "proposed"][-1]
    other = session.exec(select(Person).where(Person.id != person.id).limit(1)).first()
    if other is None:
        raise AlreadyDone("nobody else is there to sign")
    answer_denial(session, file, claim, proposed, approve=True, comment="", by=other, at=at)
