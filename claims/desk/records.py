"""What a claim's page shows beside the records of the API: photos, evidence, people and firms by name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from claims.access import Person
from claims.attachments import Attachment
from claims.decision import Decision, DecisionEvidence
from claims.desk.telling import names_of
from claims.registry import Firm
from claims.repair import RepairOrder, RepairPhoto
from claims.survey import Finding
from claims.survey.model import FindingPhoto

File = Mapping[str, Any]


@dataclass(frozen=True)
class Beside:
    """Each by the id of its record. A file that the reader isn't shown is not there."""

    photos: Mapping[int, list[File]]
    evidence: Mapping[int, list[File]]
    works: Mapping[tuple[int, str], list[File]]
    proposers: Mapping[int, tuple[int, str]]
    approvers: Mapping[int, str]
    firms: Mapping[str, str]


def beside(session: Session, claim: Mapping[str, Any], claim_id: int, *, whole: bool) -> Beside:
    """`whole`: the reader is of the house, and may know who proposed what."""
    files = {file["id"]: file for file in claim["files"]}
    decided = session.exec(select(Decision).where(Decision.claim_id == claim_id)).all() if whole else []
    names = names_of(session, (number for each in decided for number in (each.proposed_by, each.answered_by)))
    return Beside(
        photos=_by(files, session.exec(_photos(claim_id))),
        evidence=_by(files, session.exec(_evidence(claim_id))),
        works=_by(files, (((order, when), token) for order, when, token in session.exec(_works(claim_id)))),
        proposers={each.id or 0: (each.proposed_by, names.get(each.proposed_by, "")) for each in decided},
        approvers={each.id or 0: names[each.answered_by] for each in decided if each.answered_by in names},
        firms=_firms(session, {order["firm"] for order in claim["repair_orders"] if order["firm"]}),
    )


def assignee_name(session: Session, email: str | None) -> str:
    if email is None:
        return ""
    return session.exec(select(Person.name).where(Person.email == email)).first() or ""


def _photos(claim_id: int) -> Any:
    query = select(FindingPhoto.finding_id, Attachment.token).join(Attachment).join(Finding)
    return query.where(Finding.claim_id == claim_id).order_by(col(Attachment.id))


def _evidence(claim_id: int) -> Any:
    query = select(DecisionEvidence.decision_id, Attachment.token).join(Attachment).join(Decision)
    return query.where(Decision.claim_id == claim_id).order_by(col(Attachment.id))


def _works(claim_id: int) -> Any:
    query = select(RepairPhoto.order_id, RepairPhoto.when, Attachment.token).join(Attachment).join(RepairOrder)
    return query.where(RepairOrder.claim_id == claim_id).order_by(col(Attachment.id))


def _by(files: Mapping[str, File], rows: Iterable[tuple[Any, str]]) -> dict[Any, list[File]]:
    found: dict[Any, list[File]] = defaultdict(list)
    for key, token in rows:
        if token in files:
            found[key].append(files[token])
    return dict(found)


def _firms(session: Session, codes: set[str]) -> dict[str, str]:
    if not codes:
        return {}
    return dict(session.exec(select(Firm.code, Firm.name).where(col(Firm.code).in_(codes))).all())
