"""`POST /claims/{reference}/settlement`, its acceptance and refusal, and the payments."""

from typing import Any

from apiflask import APIBlueprint
from sqlmodel import Session

from claims.casefile import AlreadyDone
from claims.intake.held import held_claim, leads_word
from claims.settlement.actions import Part, consent, propose_settlement, refuse_settlement
from claims.settlement.model import LedgerEntry, Settlement
from claims.settlement.performing import pay
from claims.settlement.queries import consents_of, left_fen, live_settlement, parts_of
from claims.settlement.schema import AcceptanceIn, LedgerEntryOut, PaymentIn, RefusalIn, SettlementIn, SettlementOut
from claims.web import actor, current_person, database, may_enter
from config.time import now

api = APIBlueprint("settlement_api", __name__, url_prefix="/api/v1/claims/<reference>", tag="Settlement")


@api.post("/settlement")
@may_enter("adjuster", "lead")
@api.input(SettlementIn)
@api.output(SettlementOut, status_code=201)
def create_settlement(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Offer a repair or cash for every covered finding. It binds with the last needed consent."""
    file, claim = held_claim(reference)
    parts = [Part(part["finding"], part["mode"], part.get("amount")) for part in json_data["parts"]]
    days = {name: json_data.get(name) for name in ("starts_on", "finishes_on")}
    by = actor(current_person())
    return shown(database(), propose_settlement(database(), file, claim, parts=parts, **days, by=by, at=now()))


@api.post("/settlement/acceptance")
@may_enter("adjuster", "lead")
@api.input(AcceptanceIn)
@api.output(SettlementOut, status_code=201)
def create_acceptance(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """The owner's, or the insured's, consent with its proof. The 10 days run from the last."""
    file, _ = held_claim(reference)
    told = {"agreed_at": json_data["agreed_at"], "proof": json_data["proof"], "confirmed_by": leads_word()}
    by = actor(current_person())
    offer = _offer(file.id or 0)
    return shown(database(), consent(database(), file, offer, who=json_data["by"], **told, by=by, recorded_at=now()))


@api.post("/settlement/refusal")
@may_enter("adjuster", "lead")
@api.input(RefusalIn)
@api.output(SettlementOut, status_code=201)
def create_refusal(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Somebody whose consent is needed said no; another offer may follow."""
    file, _ = held_claim(reference)
    offer = _offer(file.id or 0)
    by = actor(current_person())
    refuse_settlement(database(), file, offer, who=json_data["by"], reason=json_data["reason"], by=by, at=now())
    return shown(database(), offer)


@api.post("/payments")
@may_enter("finance", "lead")
@api.input(PaymentIn)
@api.output(LedgerEntryOut, status_code=201)
def create_payment(reference: str, json_data: dict[str, Any]) -> LedgerEntry:
    """Record money that was sent. Before a settlement it is the advance of 保险法 25."""
    file, claim = held_claim(reference)
    told = {"amount_fen": json_data.pop("amount"), **json_data, "confirmed_by": leads_word()}
    return pay(database(), file, claim, **told, by=actor(current_person()), recorded_at=now())


def shown(session: Session, settlement: Settlement) -> dict[str, Any]:
    """A settlement with its parts, consents, and what is left to pay."""
    return settlement.model_dump() | {
        "left_fen": left_fen(session, settlement),
        "parts": parts_of(session, settlement),
        "consents": consents_of(session, settlement),
    }


def _offer(claim_id: int) -> Settlement:
    offer = live_settlement(database(), claim_id)
    if offer is None:
        raise AlreadyDone("no settlement has been proposed")
    return offer
