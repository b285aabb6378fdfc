"""Everything about one claim that its reader may see, as the API answers it."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlmodel import Session, select

from claims.access import Person, log_reveal, may_reveal, roles_of
from claims.appraisal import appraisals_of
from claims.appraisal.api import shown as shown_appraisal
from claims.attachments import attachments_of
from claims.casefile import CaseFile, Stage
from claims.casefile.model import RunningClock
from claims.casefile.queries import clocks_of
from claims.complaint import complaints_of
from claims.decision import Decision, decisions_of
from claims.decision.model import DecisionFinding
from claims.decision.supplement import supplements_of
from claims.decision.supplement_api import shown as shown_supplement
from claims.desk.acts import allowed_acts, lacking_acts
from claims.desk.queries import urgent_at
from claims.intake import Claim
from claims.letters import letters_of
from claims.registry import Home, masked
from claims.repair import orders_of
from claims.repair.api import shown as shown_order
from claims.settlement import ledger_of, live_settlement, settlements_of, to_settle
from claims.settlement.api import shown as shown_settlement
from claims.survey import findings_of, visits_of
from claims.warranty import Warranty, linked_references, warranties_of
from config.database import Database
from config.time import last_day, shanghai_day

STEPS = (
    "surveys", "findings", "supplements", "decisions", "settlements", "payments", "repair_orders", "warranties",
    "appraisals", "complaints", "links", "letters", "files",
)  # fmt: skip


def whole_claim(session: Session, person: Person, file: CaseFile, as_of: datetime) -> dict[str, Any]:
    """The claim with clocks, every step of its journey, and the acts possible now. A fixed number of queries.

    A repair firm sees where, whom to ring, and its own orders: nothing of cover, money or letters.
    """
    claim = session.get_one(Claim, file.id)
    shown = _head(session, file, claim) | {"reporter": _reporter(session, person, claim, as_of)}
    if roles_of(person) <= {"firm"}:
        orders = [order for order in orders_of(session, claim.id) if order.firm_id == person.firm_id]
        nothing: dict[str, Any] = {step: [] for step in STEPS} | {"clocks": [], "allowed": []}
        return shown | nothing | {"repair_orders": [shown_order(session, order) for order in orders]}
    return shown | _steps(session, claim) | _now(session, person, file, claim, as_of)


def _head(session: Session, file: CaseFile, claim: Claim) -> dict[str, Any]:
    home = session.get(Home, claim.home_id) if claim.home_id else None
    candidate = session.get(Home, claim.candidate_home_id) if claim.candidate_home_id else None
    assignee = session.get(Person, file.assignee_id) if file.assignee_id else None
    told = {"received_at", "channel", "gate", "danger", "part", "item", "description", "found_on"}
    return claim.model_dump(include=told) | {
        "reference": file.reference,
        "stage": file.stage,
        "version": file.version,
        "urgent_at": urgent_at(file),
        "home": home.code if home else None,
        "address": home.address if home else claim.address,
        "candidate_home": candidate.code if candidate else None,
        "district": file.district,
        "assignee": assignee.email if assignee else None,
    }


def _steps(session: Session, claim: Claim) -> dict[str, Any]:
    return {
        "surveys": visits_of(session, claim.id),
        "findings": findings_of(session, claim.id),
        "supplements": [shown_supplement(request) for request in supplements_of(session, claim.id)],
        "decisions": _decisions(session, decisions_of(session, claim.id)),
        "settlements": [shown_settlement(session, settlement) for settlement in settlements_of(session, claim.id)],
        "payments": ledger_of(session, claim.id),
        "repair_orders": [shown_order(session, order) for order in orders_of(session, claim.id)],
        "warranties": [_warranty(*pair) for pair in warranties_of(session, claim.id)],
        "appraisals": [shown_appraisal(session, appraisal) for appraisal in appraisals_of(session, claim.id)],
        "complaints": complaints_of(session, claim.id),
        "links": linked_references(session, claim.id),
        "letters": letters_of(session, claim.id),
        "files": [
            {"id": a.token, **a.model_dump(include={"name", "sha256", "size", "content_type"})}
            for a in attachments_of(session, claim.id)
        ],
    }


def _now(session: Session, person: Person, file: CaseFile, claim: Claim, as_of: datetime) -> dict[str, Any]:
    findings, decisions = findings_of(session, claim.id), decisions_of(session, claim.id)
    offer = live_settlement(session, claim.id)
    lacking = lacking_acts(findings, decisions, offer, waiting=bool(to_settle(session, claim.id)))
    return {
        "clocks": clocks_of(session, claim.id, as_of),
        "allowed": allowed_acts(roles_of(person), Stage(file.stage), lacking),
    }


def _warranty(warranty: Warranty, clock: RunningClock | None) -> dict[str, Any]:
    """With its first and last day as the owner reads them."""
    last = last_day(clock.legal_due) if clock is not None and clock.legal_due is not None else None
    first = shanghai_day(warranty.starts_at) + timedelta(days=1)
    return warranty.model_dump(include={"id", "part", "item", "state"}) | {"first_day": first, "last_day": last}


def _reporter(session: Session, person: Person, claim: Claim, as_of: datetime) -> dict[str, str]:
    """In clear for who needs it, with a line in the log; masked for the others."""
    sealer = session.info["sealer"]
    name, phone = sealer.open(claim.name_sealed), sealer.open(claim.phone_sealed)
    if not may_reveal(person):
        return {
            "name": name[:1] + "*" * (len(name) - 1),
            "phone": masked(phone) if phone else "",
            "relation": claim.relation,
        }
    database: Database = current_app.extensions["database"]
    with database.session() as log:  # its own transaction: a GET reads on SQLite without waiting for writers
        log_reveal(log, person_id=person.id or 0, file_id=claim.id, fields="reporter name, phone", at=as_of)
        log.commit()
    return {"name": name, "phone": phone, "relation": claim.relation}


def _decisions(session: Session, decisions: list[Decision]) -> list[dict[str, Any]]:
    links = (
        session.exec(select(DecisionFinding).join(Decision).where(Decision.claim_id == decisions[0].claim_id)).all()
        if decisions
        else []
    )
    fields = {"id", "outcome", "state", "ground", "clause", "reasons", "comment", "decided_at"}
    return [
        d.model_dump(include=fields) | {"findings": [link.finding_id for link in links if link.decision_id == d.id]}
        for d in decisions
    ]
