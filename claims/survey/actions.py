"""Booking a survey and recording what was found (第十三条 现场查勘)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from claims.access import Person, take_part
from claims.attachments import attach
from claims.casefile import CaseFile, Fact, Refused, Stage, Subject, record_many
from claims.casefile.facts import DecisionReopened, FindingRecorded, FurtherFindingRecorded, SiteSurveyed, SurveyBooked
from claims.survey.model import Finding, FindingPhoto, Visit


def book_survey(
    session: Session, file: CaseFile, *, visit_at: datetime, surveyor: Person | None, by: str, at: datetime
) -> Visit:
    """Promise a visit. The surveyor sees the claim from then on."""
    assert file.id is not None
    visit = Visit(
        claim_id=file.id, visit_at=visit_at, surveyor_id=surveyor.id if surveyor else None, booked_by=by, booked_at=at
    )
    session.add(visit)
    session.flush()
    assert visit.id is not None
    if surveyor is not None and surveyor.id is not None:
        take_part(session, file_id=file.id, person_id=surveyor.id, role="surveyor", at=at)
    booked = SurveyBooked(
        at=at,
        by=by,
        subject=Subject("visit", visit.id),
        visit_at=visit_at.isoformat(),
        surveyor=f"staff:{surveyor.id}" if surveyor else None,
    )
    record_many(session, [(file, booked)])
    return visit


def record_finding(
    session: Session,
    file: CaseFile,
    visit: Visit,
    *,
    visited_at: datetime,
    part: str,
    item: str,
    cause: str,
    opinion: str,
    photos: Sequence[str],
    by: str,
    recorded_at: datetime,
    confirmed_by: str = "",
) -> Finding:
    """One defect found on site. The first meets the survey clock, dated to the visit.

    A finding on a decided claim waits for a decision of its own. Raises Refused where the visit lies before the
    report or in the future.
    """
    if not file.opened_at <= visited_at <= recorded_at:
        raise Refused(visited_at="The visit must lie between the report and now.")
    assert file.id is not None and visit.id is not None
    finding = Finding(
        claim_id=file.id,
        visit_id=visit.id,
        part=part,
        item=item,
        cause=cause,
        opinion=opinion,
        visited_at=visited_at,
        recorded_by=by,
        recorded_at=recorded_at,
    )
    session.add(finding)
    session.flush()
    assert finding.id is not None
    for photo in attach(session, photos, file_id=file.id):
        session.add(FindingPhoto(finding_id=finding.id, attachment_id=photo.id or 0))
    frame: dict[str, Any] = {
        "at": visited_at,
        "recorded_at": recorded_at,
        "by": by,
        "proof": f"visit {visit.id}",
        "confirmed_by": confirmed_by,
    }
    subject = Subject("finding", finding.id)
    facts: list[Fact] = _move(file, frame)
    facts.append(FindingRecorded(**frame, subject=subject, visited_at=visited_at.isoformat(), part=part, item=item))
    record_many(session, [(file, fact) for fact in facts])
    return finding


def _move(file: CaseFile, frame: dict[str, Any]) -> list[Fact]:
    """What a finding means for the file as a whole, by the stage it is in."""
    if file.stage == Stage.REPORTED:
        return [SiteSurveyed(**frame)]
    if file.stage == Stage.DENIED:
        return [DecisionReopened(**frame, reason="a further finding")]
    if file.stage == Stage.COVERED:
        return [FurtherFindingRecorded(**frame)]
    return []
