"""`POST /claims/{reference}/surveys` and the findings of a survey."""

from typing import Any

from apiflask import APIBlueprint

from claims.access import person_by_email, roles_of
from claims.casefile import Refused
from claims.survey.actions import book_survey, record_finding
from claims.survey.model import Finding
from claims.survey.queries import visit_of
from claims.survey.schema import FindingIn, FindingOut, SurveyIn, SurveyOut
from claims.web import Problem, actor, check_version, current_person, database, file_or_404, may_enter
from config.time import now

api = APIBlueprint("survey_api", __name__, url_prefix="/api/v1/claims/<reference>", tag="Survey")


@api.post("/surveys")
@may_enter("adjuster", "lead", "surveyor")
@api.input(SurveyIn)
@api.output(SurveyOut, status_code=201)
def create_survey(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Book a site survey."""
    session, person = database(), current_person()
    file = file_or_404(session, person, reference, hold=True)
    check_version(file)
    email = json_data.get("surveyor")
    surveyor = person_by_email(session, email) if email else None
    if email and (surveyor is None or "surveyor" not in roles_of(surveyor)):
        raise Refused(surveyor="No surveyor has this e-mail address.")
    visit = book_survey(session, file, visit_at=json_data["visit_at"], surveyor=surveyor, by=actor(person), at=now())
    return {"id": visit.id, "visit_at": visit.visit_at, "surveyor": email}


@api.post("/surveys/<int:survey>/findings")
@may_enter("adjuster", "lead", "surveyor")
@api.input(FindingIn)
@api.output(FindingOut, status_code=201)
def create_finding(reference: str, survey: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """Record one defect found on site, with its cause and the surveyor's opinion."""
    session, person = database(), current_person()
    file = file_or_404(session, person, reference, hold=True)
    check_version(file)
    visit = visit_of(session, file.id or 0, survey)
    if visit is None:
        raise Problem(404, "No such survey on this claim")
    confirmed_by = actor(person) if "lead" in roles_of(person) else ""
    made = record_finding(
        session, file, visit, **json_data, by=actor(person), recorded_at=now(), confirmed_by=confirmed_by
    )
    return shown(made)


def shown(finding: Finding) -> dict[str, Any]:
    """A finding as the contract names its fields."""
    return finding.model_dump(include={"id", "visited_at", "part", "item", "cause", "opinion", "outcome"}) | {
        "survey": finding.visit_id
    }
