"""Verbs that bring a claim through settlement and repair by the real actions, and a look at its letters."""

import json
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from claims.letters import Letter
from claims.registry import Firm
from claims.repair import RepairOrder, accept_works, complete_works, items_of, order_repair, start_works
from claims.settlement import Part, Settlement, consent, pay, propose_settlement
from tests.makers import Made, at

REPORTED = at("Mon 2026-03-02 10:00")
PROPOSED = at("Thu 2026-03-05 10:00")
ORDERED = at("Fri 2026-03-06 10:00")
STARTED = at("Mon 2026-03-09 09:00")
COMPLETED = at("Fri 2026-03-13 17:00")
ANSWERED = at("Mon 2026-03-16 09:30")


def drafted(session: Session, kind: str) -> list[dict[str, Any]]:
    """The contents of the letters of this kind, with the phone that each is for."""
    letters = session.exec(select(Letter).where(Letter.kind == kind).order_by(col(Letter.id)))
    opened = session.info["sealer"].open
    return [json.loads(opened(one.content_sealed)) | {"phone": opened(one.recipient_sealed)} for one in letters]


def the_letter(session: Session, kind: str) -> dict[str, Any]:
    [letter] = drafted(session, kind)
    return letter


def a_firm(session: Session, code: str = "RF01", kind: str = "repair", **changes: Any) -> Firm:
    told = {
        "code": code, "name": f"示例{code}", "kind": kind, "uscc": f"91310000MA0000{code}", "trades": "waterproofing",
        "qualification": "一级", "valid_until": date(2028, 12, 31), "phone": "+8613900000009",
    }  # fmt: skip
    firm = Firm(**told | changes)
    session.add(firm)
    session.flush()
    return firm


def agreed(session: Session, made: Made, *modes: str) -> Settlement:
    """A repair, or 1,200.50 yuan, for each finding; agreed by all at once."""
    parts = [
        Part(finding.id or 0, mode, 120050 if mode == "cash" else None)
        for finding, mode in zip(made.findings, modes, strict=True)
    ]
    days = (date(2026, 3, 9), date(2026, 3, 20)) if "repair" in modes else (None, None)
    offer = propose_settlement(
        session, made.file, made.claim, parts=parts, starts_on=days[0], finishes_on=days[1], by="staff:1", at=PROPOSED
    )
    for who in ("owner", "insured"):
        word = {"who": who, "agreed_at": PROPOSED, "proof": "签字", "by": "staff:1", "recorded_at": PROPOSED}
        consent(session, made.file, offer, **word)
    return offer


def ordered(session: Session, made: Made, firm: str | None = "RF01") -> RepairOrder:
    return order_repair(
        session, made.file, made.claim, firm=firm, scope="重做外墙防水", items=[],
        starts_on=date(2026, 3, 9), finishes_on=date(2026, 3, 20), by="staff:1", at=ORDERED,
    )  # fmt: skip


def repaired(session: Session, made: Made, *words: str) -> RepairOrder:
    """Ordered, begun, finished, and answered by the owner item by item."""
    order = ordered(session, made)
    start_works(session, made.file, order, started_at=STARTED, photos=[], by="staff:1", recorded_at=STARTED)
    complete_works(session, made.file, order, completed_at=COMPLETED, photos=[], by="staff:1", recorded_at=COMPLETED)
    told = {
        item.id: (word, "窗台还有水痕" if word != "fixed" else "")
        for item, word in zip(items_of(session, order.id), words, strict=True)
    }
    accept_works(session, made.file, order, words=told, accepted_at=ANSWERED, by="staff:1", recorded_at=ANSWERED)
    return order


def paid(session: Session, made: Made, fen: int, reference: str, when: datetime = ORDERED) -> None:
    pay(
        session, made.file, made.claim, amount_fen=fen, paid_at=when, bank_reference=reference,
        by="staff:1", recorded_at=when,
    )  # fmt: skip
