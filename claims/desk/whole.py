"""Everything about one claim that its reader may see, as the API answers it."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from claims.access import Person, a_look, is_outside, masked_name, may_reveal, roles_of
from claims.appraisal import appraisals_of
from claims.appraisal.api import shown as shown_appraisal
from claims.attachments import Attachment, attachments_of
from claims.casefile import CaseFile, Stage
from claims.casefile.model import RunningClock
from claims.casefile.queries import clocks_of
from claims.complaint import complaints_of
from claims.decision import Decision, decisions_of, findings_by_decision
from claims.decision.supplement import supplements_of
from claims.decision.supplement_api import shown as shown_supplement
from claims.desk.acts import allowed_acts, idle_acts, lacking_acts
from claims.desk.queries import urgent_at
from claims.desk.sight import Sight
from claims.intake import Claim
from claims.letters import letters_of
from claims.registry import Home, masked
from claims.repair import orders_of
from claims.repair.api import shown as shown_order
from claims.settlement import ledger_of, settlements_of
from claims.settlement.api import shown as shown_settlement
from claims.survey import Finding, findings_of, visits_of
from claims.warranty import Warranty, linked_references, warranties_of
from claims.web import note
from config.time import last_day, shanghai_day

DECISION = {"id", "outcome", "state", "ground", "clause", "reasons", "comment", "decided_at"}


def whole_claim(session: Session, person: Person, file: CaseFile, as_of: datetime) -> dict[str, Any]:
    """The claim with clocks, every step of its journey, and the acts possible now, each as far as `person` sees it.

    For the house a fixed number of queries.
    """
    clocks = Sight(session, person, file.id or 0).of("clocks", clocks_of(session, file.id or 0, as_of))
    return claim_but_clocks(session, person, file, as_of) | {"clocks": clocks}


def claim_but_clocks(session: Session, person: Person, file: CaseFile, as_of: datetime) -> dict[str, Any]:
    """The same for a page, which draws the clocks itself."""
    claim, sight = session.get_one(Claim, file.id), Sight(session, person, file.id or 0)
    shown = _head(session, sight, file, claim) | {"reporter": _reporter(session, sight, claim, as_of)}
    findings, decisions = findings_of(session, claim.id), decisions_of(session, claim.id)
    steps = _steps(session, sight, claim, findings, decisions)
    return shown | steps | {"allowed": _allowed(sight, file, findings, decisions, steps)}


def _head(session: Session, sight: Sight, file: CaseFile, claim: Claim) -> dict[str, Any]:
    home = session.get(Home, claim.home_id) if claim.home_id else None
    told = {"received_at", "channel", "gate", "danger", "part", "item", "description", "found_on"}
    return (
        claim.model_dump(include=told)
        | _among_ourselves(session, sight, file, claim)
        | {
            "reference": file.reference,
            "stage": file.stage,
            "version": file.version,
            "home": home.code if home else None,
            "address": home.address if home else claim.address,
            "district": file.district,
        }
    )


def _among_ourselves(session: Session, sight: Sight, file: CaseFile, claim: Claim) -> dict[str, Any]:
    """Whom we think of, and what presses us."""
    if not sight.all_of("notes"):
        return dict.fromkeys(("urgent_at", "stands_first", "candidate_home", "assignee"))
    candidate = session.get(Home, claim.candidate_home_id) if claim.candidate_home_id else None
    assignee = session.get(Person, file.assignee_id) if file.assignee_id else None
    return {
        "urgent_at": urgent_at(file),
        "stands_first": file.stands_first,
        "candidate_home": candidate.code if candidate else None,
        "assignee": assignee.email if assignee else None,
    }


def _steps(
    session: Session, sight: Sight, claim: Claim, findings: list[Finding], decisions: list[Decision]
) -> dict[str, Any]:
    number = claim.id
    numbers = findings_by_decision(session, number)
    return {
        "surveys": sight.of("surveys", visits_of(session, number)),
        "findings": [_finding(sight, f) for f in sight.of("findings", findings)],
        "supplements": [shown_supplement(s) for s in sight.of("supplements", supplements_of(session, number))],
        "decisions": [_decision(sight, d, numbers.get(d.id or 0, [])) for d in sight.of("decisions", decisions)],
        "settlements": [shown_settlement(session, s) for s in sight.of("settlements", settlements_of(session, number))],
        "payments": sight.of("payments", ledger_of(session, number)),
        "repair_orders": [shown_order(session, o) for o in sight.of("repair_orders", orders_of(session, number))],
        "warranties": [_warranty(*pair) for pair in sight.of("warranties", warranties_of(session, number))],
        "appraisals": [shown_appraisal(session, a) for a in sight.of("appraisals", appraisals_of(session, number))],
        "complaints": sight.of("complaints", complaints_of(session, number)),
        "links": sight.of("links", linked_references(session, number)),
        "letters": sight.of("letters", letters_of(session, number)),
        "files": [_file(claim, attachment) for attachment in sight.of("files", attachments_of(session, number))],
    }


def _allowed(
    sight: Sight, file: CaseFile, findings: list[Finding], decisions: list[Decision], steps: dict[str, Any]
) -> list[str]:
    if is_outside(sight.person):
        return []
    offers = [each for each in steps["settlements"] if each["state"] in ("proposed", "reached")]
    agreed = {part.finding_id for each in offers if each["state"] == "reached" for part in each["parts"]}
    waiting = any(finding.outcome == "covered" and finding.id not in agreed for finding in findings)
    offer = offers[-1]["state"] if offers else ""
    lacking = lacking_acts(findings, decisions, offer, waiting=waiting, in_danger=file.stands_first)
    return allowed_acts(roles_of(sight.person), Stage(file.stage), lacking | idle_acts(steps))


def _finding(sight: Sight, finding: Finding) -> dict[str, Any]:
    """Outside the house it is what its last notice says, whatever has been proposed since."""
    if sight.all_of("notes"):
        return finding.model_dump()
    return finding.model_dump() | {"opinion": "", "outcome": sight.told_outcome(finding.id or 0)}


def _decision(sight: Sight, decision: Decision, findings: list[int]) -> dict[str, Any]:
    comment = decision.comment if sight.all_of("notes") else ""
    return decision.model_dump(include=DECISION) | {"comment": comment, "findings": findings}


def _file(claim: Claim, attachment: Attachment) -> dict[str, Any]:
    """`number`, `uploaded_at` and `filed` (by nobody of ours, or by whoever filed the report) are for pages."""
    told = {"name", "sha256", "size", "content_type", "uploaded_at"}
    filed = attachment.uploaded_by in (None, claim.filed_by)
    return {"id": attachment.token, "number": attachment.id, "filed": filed, **attachment.model_dump(include=told)}


def _warranty(warranty: Warranty, clock: RunningClock | None) -> dict[str, Any]:
    """With its first and last day as the owner reads them."""
    last = last_day(clock.legal_due) if clock is not None and clock.legal_due is not None else None
    first = shanghai_day(warranty.starts_at) + timedelta(days=1)
    return warranty.model_dump(include={"id", "part", "item", "state"}) | {"first_day": first, "last_day": last}


def _reporter(session: Session, sight: Sight, claim: Claim, as_of: datetime) -> dict[str, str]:
    """In clear for who needs it, with a line in the log; masked for the others."""
    sealer, person = session.info["sealer"], sight.person
    name, phone = sealer.open(claim.name_sealed), sealer.open(claim.phone_sealed)
    if not may_reveal(person) and not sight.may_ring():
        return {
            "name": masked_name(name),
            "phone": masked(phone) if phone else "",
            "relation": claim.relation,
        }
    note(a_look(person, file_id=claim.id, fields="reporter name, phone", at=as_of))
    return {"name": name, "phone": phone, "relation": claim.relation}
