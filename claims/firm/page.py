"""What the firm's pages show: its lists, and one order with everything that the works need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from claims.access import Person
from claims.attachments import Attachment
from claims.casefile import CaseFile
from claims.danger import danger_at_home, dangers_at_homes
from claims.desk.form import Form
from claims.desk.sheet import Sheet
from claims.desk.whole import whole_claim
from claims.firm.queries import list_of, orders_done, orders_in_work, photos_of_findings, photos_of_order
from claims.firm.sheets import SHEETS
from claims.intake import Claim
from claims.repair import IN_WORK, RepairOrder
from claims.web.money import yuan
from config.time import shanghai_day

ROWS = 30


@dataclass(frozen=True)
class Act:
    """name: as in the address."""

    name: str
    sheet: Sheet


def lists_page(session: Session, person: Person, as_of: datetime) -> dict[str, Any]:
    """The orders in work, and the dangers at their homes by the number of the claim. Three queries."""
    lists = orders_in_work(session, person, shanghai_day(as_of))
    claims = {row.order.claim_id for rows in lists.values() for row in rows}
    return {"lists": lists, "dangers": dangers_at_homes(session, claims), "today": shanghai_day(as_of)}


def done_page(session: Session, person: Person, before: int | None) -> dict[str, Any]:
    rows = orders_done(session, person, before=before, limit=ROWS + 1)
    return {"rows": rows[:ROWS], "next": rows[ROWS - 1].order.id if len(rows) > ROWS else None}


def order_page(
    session: Session, person: Person, order: RepairOrder, file: CaseFile, as_of: datetime, form: Form | None
) -> dict[str, Any]:
    """One order. What its firm may know of the claim is the desk's to say; the phone's showing is logged there."""
    claim = whole_claim(session, person, file, as_of)
    mine: dict[str, Any] = next(each for each in claim["repair_orders"] if each["id"] == order.id)
    repaired = {item.finding_id for item in mine["items"]}
    findings = [finding for finding in claim["findings"] if finding["id"] in repaired]
    photos = photos_of_findings(session, [finding["id"] for finding in findings])
    own = photos_of_order(session, order.id or 0)
    letter = next((each for each in claim["letters"] if each.subject == f"order:{order.id}"), None)
    return {
        "claim": claim,
        "danger": danger_at_home(session, session.get_one(Claim, file.id)),
        "order": mine,
        "list": list_of(order, shanghai_day(as_of)),
        "findings": [(finding, photos.get(finding["id"], [])) for finding in findings],
        "reported": _reported(claim, order, [*photos.values(), *own.values()]),
        "own_photos": own,
        "letter": letter,
        "quote": yuan(order.quote_fen) if order.quote_fen is not None else "",
        "acts": [Act(name, sheet) for name, sheet in SHEETS.items() if _fits(name, sheet, mine)],
        "form": form,
        "may_ring": order.state in (*IN_WORK, "completed"),
    }


def _fits(name: str, sheet: Sheet, order: dict[str, Any]) -> bool:
    """A quote that was approved stays as it is."""
    return sheet.offered(order) and not (name == "quote" and order["quote_state"] in ("given", "approved"))


def _reported(
    claim: dict[str, Any], order: RepairOrder, shown_elsewhere: Iterable[Sequence[Attachment]]
) -> Sequence[dict[str, Any]]:
    """Under warranty nothing is surveyed: then what the owner sent shows what to repair."""
    if order.settlement_id is not None:
        return ()
    known = {photo.token for group in shown_elsewhere for photo in group}
    return [file for file in claim["files"] if file["id"] not in known and file["content_type"] != "application/pdf"]
