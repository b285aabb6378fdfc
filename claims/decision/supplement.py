"""补充资料: asked for once, and the 30 days stand still only from its proven arrival (保险法 22, 解释（二）15)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from claims.attachments import attach
from claims.casefile import AlreadyDone, CaseFile, Refused, Subject, record
from claims.casefile.facts import (
    FurtherQuestionAsked,
    SupplementArrivalCorrected,
    SupplementNoticeArrived,
    SupplementReceived,
    SupplementRequested,
)
from claims.decision.model import Supplement
from config.time import SHANGHAI

LONGEST_LIST = 1000
"""Characters that all things asked for may take together, with their numbers: a text must name every one of them."""


@dataclass(frozen=True)
class Missing:
    """One thing that is asked for. Without why and how the notice gives the law's reason and the usual ways."""

    what: str
    why: str = ""
    how: str = ""


def request_supplement(
    session: Session, file: CaseFile, *, items: Sequence[str | Missing], by: str, at: datetime
) -> Supplement:
    """Ask for what is missing, all at once. A second request is possible as a question and pauses nothing."""
    assert file.id is not None
    asked = [item if isinstance(item, Missing) else Missing(item) for item in items]
    if not any(item.what.strip() for item in asked):
        raise Refused(items="Name at least one thing that is missing.")
    if sum(len(line) + 1 for line in numbered(item.what for item in asked)) > LONGEST_LIST:
        raise Refused(items="Together too long for the text, which must name all of them: at most 1000 characters.")
    first = not supplements_of(session, file.id)
    request = Supplement(
        claim_id=file.id,
        items=json.dumps([asdict(item) for item in asked], ensure_ascii=False),
        pauses=first,
        requested_by=by,
        requested_at=at,
    )
    session.add(request)
    session.flush()
    kind = SupplementRequested if first else FurtherQuestionAsked
    record(session, file, kind(at=at, by=by, subject=_subject(request), items=tuple(item.what for item in asked)))
    return request


def notice_arrived(
    session: Session,
    file: CaseFile,
    *,
    arrived_at: datetime,
    proof: str,
    by: str,
    recorded_at: datetime,
    confirmed_by: str = "",
) -> Supplement:
    """The notice reached the claimant, with proof: from here the 30 days stand still."""
    request = _the_one(session, file)
    if request.arrived_at is not None:
        raise AlreadyDone("this arrival is on record already")
    if request.received_at is not None:
        raise AlreadyDone("what was asked for has come already")
    if not proof.strip():
        raise Refused(proof="Only a proven arrival stops the 30 days.")
    if not request.requested_at <= arrived_at <= recorded_at:
        raise Refused(arrived_at="Must lie between the request and now.")
    request.arrived_at, request.arrival_proof = arrived_at, proof
    session.flush()
    arrived = SupplementNoticeArrived(
        at=arrived_at, recorded_at=recorded_at, by=by, subject=_subject(request), proof=proof, confirmed_by=confirmed_by
    )
    record(session, file, arrived)
    return request


def correct_arrival(
    session: Session,
    file: CaseFile,
    *,
    arrived_at: datetime,
    proof: str,
    by: str,
    at: datetime,
    confirmed_by: str,
) -> Supplement:
    """The arrival was entered wrongly: by a lead's word the 30 days stand still from the right instant instead."""
    request = _the_one(session, file)
    if request.arrived_at is None:
        raise Refused(arrived_at="No arrival is on record that could be corrected.")
    if not proof.strip():
        raise Refused(proof="Only a proven arrival stops the 30 days.")
    if not request.requested_at <= arrived_at <= (request.received_at or at):
        raise Refused(arrived_at="Must lie between the request and what came back, or now.")
    before = request.arrived_at
    if arrived_at == before:
        raise AlreadyDone("this arrival is on record already")
    request.arrived_at, request.arrival_proof = arrived_at, proof
    session.flush()
    told: dict[str, Any] = {"arrived_at": arrived_at.astimezone(SHANGHAI).isoformat()}
    told["instead_of"] = before.astimezone(SHANGHAI).isoformat()
    frame: dict[str, Any] = {"at": at, "by": by, "proof": proof, "confirmed_by": confirmed_by}
    record(session, file, SupplementArrivalCorrected(**frame, subject=_subject(request), **told))
    return request


def supplement_received(
    session: Session, file: CaseFile, *, received_at: datetime, files: Sequence[str], by: str, recorded_at: datetime
) -> Supplement:
    """What was asked for reached us: the 30 days go on."""
    request = _the_one(session, file)
    if request.received_at is not None:
        raise AlreadyDone("what was asked for has come already")
    if not (request.arrived_at or request.requested_at) <= received_at <= recorded_at:
        raise Refused(received_at="Must lie between the notice's arrival and now.")
    attach(session, files, file_id=file.id or 0)
    request.received_at = received_at
    session.flush()
    proof = f"{len(files)} files" if files else "received"
    record(
        session,
        file,
        SupplementReceived(at=received_at, recorded_at=recorded_at, by=by, subject=_subject(request), proof=proof),
    )
    return request


def asked_for(request: Supplement) -> list[Missing]:
    """What the request names, in its order; older ones are bare names."""
    return [Missing(item) if isinstance(item, str) else Missing(**item) for item in json.loads(request.items)]


def numbered(whats: Iterable[str]) -> list[str]:
    """As the text lists them: `1.产权证明`."""
    return [f"{number}.{' '.join(what.split())}" for number, what in enumerate(whats, 1)]


def supplements_of(session: Session, claim_id: int) -> list[Supplement]:
    query = select(Supplement).where(Supplement.claim_id == claim_id).order_by(col(Supplement.id))
    return list(session.exec(query.execution_options(populate_existing=True)))


def _the_one(session: Session, file: CaseFile) -> Supplement:
    """The request that pauses: the first. Raises Refused where there is none."""
    first = next((s for s in supplements_of(session, file.id or 0) if s.pauses), None)
    if first is None:
        raise Refused(supplement="Nothing has been asked for yet.")
    return first


def _subject(request: Supplement) -> Subject:
    return Subject("supplement", request.id or 0)
