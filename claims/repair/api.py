"""`POST /claims/{reference}/repair-orders` and the steps of an order."""

from typing import Any

from apiflask import APIBlueprint
from sqlmodel import Session

from claims.access import roles_of
from claims.casefile import CaseFile
from claims.intake.held import held_claim, leads_word
from claims.registry import Firm
from claims.repair import actions
from claims.repair.model import RepairOrder
from claims.repair.queries import items_of, order_of
from claims.repair.schema import (
    AcceptanceOfWorksIn,
    CompletionIn,
    OrderIn,
    OrderOut,
    QuoteAnswerIn,
    QuoteIn,
    StartIn,
)
from claims.repair.scope import Item
from claims.web import Problem, actor, current_person, database, may_enter
from config.time import now

api = APIBlueprint("repair_api", __name__, url_prefix="/api/v1/claims/<reference>/repair-orders", tag="Repair")


@api.post("")
@may_enter("adjuster", "lead")
@api.input(OrderIn)
@api.output(OrderOut, status_code=201)
def create_order(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Send own crew or a qualified firm. Without items: everything agreed and not yet in work."""
    file, claim = held_claim(reference)
    items = [Item(item["part"], item["item"], item.get("finding")) for item in json_data.pop("items")]
    told = {"firm": json_data.pop("firm", None), **json_data, "items": items}
    return shown(database(), actions.order_repair(database(), file, claim, **told, by=_me(), at=now()))


@api.post("/<int:order>/quote")
@may_enter("firm", "adjuster", "lead")
@api.input(QuoteIn)
@api.output(OrderOut, status_code=201)
def create_quote(reference: str, order: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """What the firm asks for the work."""
    file, found = _held(reference, order)
    actions.give_quote(database(), file, found, amount_fen=json_data["amount"], by=_me(), at=now())
    return shown(database(), found)


@api.post("/<int:order>/approval")
@may_enter("adjuster", "lead")
@api.input(QuoteAnswerIn)
@api.output(OrderOut, status_code=201)
def create_quote_approval(reference: str, order: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """The insurer's answer to a quote."""
    file, found = _held(reference, order)
    actions.answer_quote(database(), file, found, **json_data, by=_me(), at=now())
    return shown(database(), found)


@api.post("/<int:order>/start")
@may_enter("firm", "adjuster", "lead")
@api.input(StartIn)
@api.output(OrderOut, status_code=201)
def create_start(reference: str, order: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """Works began on site."""
    file, found = _held(reference, order)
    actions.start_works(database(), file, found, **json_data, by=_me(), recorded_at=now(), confirmed_by=leads_word())
    return shown(database(), found)


@api.post("/<int:order>/completion")
@may_enter("firm", "adjuster", "lead")
@api.input(CompletionIn)
@api.output(OrderOut, status_code=201)
def create_completion(reference: str, order: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """Works are done; the 180 days begin."""
    file, found = _held(reference, order)
    actions.complete_works(database(), file, found, **json_data, by=_me(), recorded_at=now(), confirmed_by=leads_word())
    return shown(database(), found)


@api.post("/<int:order>/acceptance")
@may_enter("adjuster", "lead", "surveyor")
@api.input(AcceptanceOfWorksIn)
@api.output(OrderOut, status_code=201)
def create_word(reference: str, order: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """The owner's word on each item. Anything but `fixed` opens the repair again."""
    file, found = _held(reference, order)
    words = {item["id"]: (item["word"], item["note"]) for item in json_data["items"]}
    told = {"words": words, "accepted_at": json_data["accepted_at"], "confirmed_by": leads_word()}
    actions.accept_works(database(), file, found, **told, by=_me(), recorded_at=now())
    return shown(database(), found)


def shown(session: Session, order: RepairOrder) -> dict[str, Any]:
    firm = session.get(Firm, order.firm_id) if order.firm_id else None
    return order.model_dump() | {"firm": firm.code if firm else None, "items": items_of(session, order.id or 0)}


def _held(reference: str, number: int) -> tuple[CaseFile, RepairOrder]:
    """The order, if the asker may know of it: a firm knows its own."""
    file, claim = held_claim(reference)
    order, person = order_of(database(), claim.id, number), current_person()
    only_firm = roles_of(person) <= {"firm"}
    if order is None or (only_firm and (person.firm_id is None or order.firm_id != person.firm_id)):
        raise Problem(404, "No such order on this claim")
    return file, order


def _me() -> str:
    return actor(current_person())
