"""`POST /claims`, and the acts around a fresh claim."""

from typing import Any

from apiflask import APIBlueprint

from claims.access import person_by_email, roles_of
from claims.casefile import Refused
from claims.casefile.queries import describe
from claims.intake.actions import Report, assign, identify_home, receive_report
from claims.intake.contacts import make_contact
from claims.intake.model import Claim
from claims.intake.schema import AssignmentIn, ContactIn, HomeIn, ReportIn
from claims.web import actor, check_version, current_person, database, file_or_404, may_enter
from claims.web.shapes import ClaimHeadOut, ClaimOpenedOut
from config.time import now

api = APIBlueprint("intake_api", __name__, url_prefix="/api/v1", tag="Intake")


@api.post("/claims")
@may_enter("channel", "adjuster", "lead")
@api.input(ReportIn)
@api.output(ClaimOpenedOut, status_code=201)
def create_claim(json_data: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Report a defect. Send an `Idempotency-Key`, and send it again if the answer was lost."""
    session, person, at = database(), current_person(), now()
    received_at = json_data.pop("received_at", at)
    reporter, photos = json_data.pop("reporter"), tuple(json_data.pop("photos", ()))
    report = Report(channel="api", **reporter, **json_data, photos=photos)
    taken = receive_report(session, report, by=actor(person), at=received_at, recorded_at=at, filed_by=person)
    opened = {
        "reference": taken.file.reference,
        "stage": taken.file.stage,
        "received_at": taken.claim.received_at,
        "track_code": taken.track_code,
        "clocks": [describe(session, clock, (), at) for clock in taken.clocks],
    }
    return opened, 201, {"ETag": f'"{taken.file.version}"', "Location": f"/api/v1/claims/{taken.file.reference}"}


@api.post("/claims/<reference>/home")
@may_enter("adjuster", "lead")
@api.input(HomeIn)
@api.output(ClaimHeadOut, status_code=201)
def create_home(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Say which home the claim is about; the policy's own lengths apply from then on."""
    session, person = database(), current_person()
    file = file_or_404(session, person, reference, hold=True)
    check_version(file)
    claim = session.get_one(Claim, file.id)
    identify_home(session, file, claim, home=json_data["home"], by=actor(person), at=now())
    return _head(file.reference, file.stage, file.version)


@api.post("/claims/<reference>/contacts")
@may_enter("adjuster", "lead", "surveyor")
@api.input(ContactIn)
@api.output(ClaimHeadOut, status_code=201)
def create_contact(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Note that the reporter was spoken to."""
    session, person, at = database(), current_person(), now()
    file = file_or_404(session, person, reference, hold=True)
    confirmed_by = actor(person) if "lead" in roles_of(person) else ""
    make_contact(
        session,
        file,
        reached=json_data["reached"],
        note=json_data["note"],
        by=actor(person),
        at=json_data.get("spoke_at", at),
        recorded_at=at,
        confirmed_by=confirmed_by,
    )
    return _head(file.reference, file.stage, file.version)


@api.post("/claims/<reference>/assignment")
@may_enter("adjuster", "lead", "manager")
@api.input(AssignmentIn)
@api.output(ClaimHeadOut, status_code=201)
def create_assignment(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Name the adjuster who looks after the claim."""
    session, person = database(), current_person()
    file = file_or_404(session, person, reference, hold=True)
    to = person_by_email(session, json_data["assignee"])
    if to is None or "adjuster" not in roles_of(to):
        raise Refused(assignee="No adjuster has this e-mail address.")
    assign(session, file, to=to, by=actor(person), at=now())
    return _head(file.reference, file.stage, file.version)


def _head(reference: str, stage: str, version: int) -> dict[str, Any]:
    return {"reference": reference, "stage": stage, "version": version}
