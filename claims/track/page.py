"""One claim as its homeowner sees it: how far it is, what comes next, what is needed, and what there is to read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlmodel import Session

from claims.appraisal import appraisals_of
from claims.casefile import ENDED, CaseFile, Stage
from claims.danger import emergency_near
from claims.desk import words as desk_words
from claims.intake import Claim
from claims.intake.queries import receipt_of
from claims.registry import Home
from claims.repair import RepairOrder, orders_of
from claims.settlement import parts_of
from claims.survey import Finding, Visit, findings_of, visits_of
from claims.track import queries as q
from claims.track.entry import Opening
from claims.warranty import warranties_of
from claims.web.money import yuan
from config.time import last_day, shanghai_day

STEPS = (_("已报案"), _("查勘"), _("核定"), _("维修或赔付"), _("保修"))
DONE = {
    Stage.REPORTED: 1, Stage.SURVEYED: 2, Stage.COVERED: 3, Stage.DENIED: 3, Stage.SETTLED: 3, Stage.REPAIRING: 3,
    Stage.PAYING: 3, Stage.WARRANTY: 4, Stage.REFERRED: 1, Stage.WITHDRAWN: 1,
}  # fmt: skip
"""Stage → how many steps lie behind; a closed claim is counted by what became of it."""
STOPPED = frozenset({Stage.DENIED, Stage.REFERRED, Stage.WITHDRAWN, Stage.CLOSED})
SO_FAR = {
    Stage.REPORTED: _("已经收到您的报案，等我们上门查看。"),
    Stage.SURVEYED: _("已经上门查看，正在核定是不是保险责任。"),
    Stage.COVERED: _("核定属于保险责任，正在商定怎么维修或者赔付。"),
    Stage.DENIED: _("核定的结果是不予赔偿，理由和依据写在《不予赔偿通知书》里。"),
    Stage.SETTLED: _("赔偿协议已经达成，正在安排维修或者付款。"),
    Stage.REPAIRING: _("正在安排维修，或者已经在修。"),
    Stage.PAYING: _("赔偿协议已经达成，正在付款。"),
    Stage.WARRANTY: _("维修已经完成，现在是保修期。"),
    Stage.CLOSED: _("这件报案已经办结。"),
    Stage.REFERRED: _("还在施工单位的保修期里，由施工单位负责维修。"),
    Stage.WITHDRAWN: _("这件报案已经撤回。"),
}
TO_BE_ACCEPTED = _("维修已完工，等您确认。")
APPRAISAL = {
    "raised": _("已经收到鉴定的申请，正在提鉴定机构的名单。"),
    "proposed": _("鉴定机构的名单已经提出，等双方选定同一家。"),
    "appointed": _("鉴定机构已经选定，等鉴定意见。"),
    "opined": _("鉴定意见已经收到。不予赔偿的部分据此重新核定。"),
}
OUTCOMES = {"covered": _("属于保险责任"), "denied": _("不予赔偿"), "": _("正在核定")}


@dataclass(frozen=True)
class Step:
    """`state`: done, now, later; skipped where a repair under warranty needs none; never where the claim has ended."""

    name: Any
    state: str


@dataclass(frozen=True)
class Warranted:
    part: str
    item: str
    last_day: date | None
    runs: bool
    accepted: bool
    """Its repair, by the owner; until then the owner's word on the works says what is wrong with it."""


def page_of(session: Session, file: CaseFile, claim: Claim, opening: Opening, as_of: datetime) -> dict[str, Any]:
    """Everything that templates/claims/track/claim.html shows, in a fixed number of queries for each kind of record."""
    stage, home = Stage(file.stage), session.get(Home, claim.home_id) if claim.home_id else None
    findings, visits = findings_of(session, claim.id), visits_of(session, claim.id)
    appraisals, owners = appraisals_of(session, claim.id), q.is_owners(session, claim, as_of)
    emergency = bool(emergency_near(session, claim.home_id))
    next_clocks = q.next_clocks(session, claim.id, as_of, in_danger=file.stands_first or emergency)
    needed, orders = _needed(session, claim, owners), orders_of(session, claim.id)
    warranties = _warranties(session, claim, as_of, {order.id for order, _items in needed["works"]})
    return {
        "reference": file.reference,
        "claim": claim,
        "home": home,
        "address": home.address if home else claim.address,
        "is_open": stage not in ENDED,
        "steps": _steps(stage, under_warranty=not visits and bool(orders), done=bool(warranties)),
        "so_far": TO_BE_ACCEPTED if stage is Stage.REPAIRING and _all_finished(orders) else SO_FAR[stage],
        "referral": _referral(session, file, stage),
        "appraisal": APPRAISAL.get(appraisals[-1].state) if appraisals else None,
        "next": next_clocks,
        "danger": {face.clock: face for face in reversed(next_clocks)} if file.stands_first else None,
        "emergency": emergency,
        "visit": _coming(visits, as_of),
        "visits": visits,
        "findings": _findings(session, claim.id, findings),
        "needed": needed,
        "may_bind": q.may_bind(session, claim, opening, as_of),
        "may_prove": q.has_owners_phone(session, claim, as_of),
        "letters": [(letter, desk_words.letter(letter.kind)) for letter in q.readable_letters(session, claim)],
        "files": q.sent_files(session, claim),
        "warranties": warranties,
    }


def _steps(stage: Stage, *, under_warranty: bool, done: bool) -> list[Step]:
    behind = DONE.get(stage, len(STEPS) if done else 3)
    states = ["done" if n < behind else "later" for n in range(len(STEPS))]
    if stage in STOPPED:
        states = ["never" if state == "later" else state for state in states]
    elif behind < len(STEPS):
        states[behind] = "now"
    if under_warranty:
        states[1:3] = ["skipped", "skipped"]
    return [Step(name, state) for name, state in zip(STEPS, states, strict=True)]


def _all_finished(orders: list[RepairOrder]) -> bool:
    """Every repair, and one at least waits for the owner's word."""
    states = {order.state for order in orders}
    return "completed" in states and not states & {"ordered", "started"}


def _needed(session: Session, claim: Claim, owners: bool) -> dict[str, Any]:
    """What waits for the homeowner. Money is the owner's alone to see."""
    offer = q.offer_of(session, claim.id) if owners else None
    offered = {part.finding_id: part for part in parts_of(session, offer)} if offer else {}
    return {
        "missing": q.missing_of(session, claim.id),
        "offer": offer,
        "parts": [
            (finding, yuan(offered[finding.id or 0].amount_fen or 0) if offered[finding.id or 0].mode == "cash" else "")
            for finding in findings_of(session, claim.id, offered)
        ],
        "works": q.finished_works(session, claim.id),
        "choices": q.choices_of(session, claim.id) if owners else [],
    }


def _findings(session: Session, claim_id: int, findings: list[Finding]) -> list[tuple[Finding, Any]]:
    told = q.told_outcomes(session, claim_id)
    return [(finding, OUTCOMES[told.get(finding.id or 0, "")]) for finding in findings]


def _coming(visits: list[Visit], as_of: datetime) -> Visit | None:
    return next((visit for visit in reversed(visits) if visit.visit_at >= as_of), None)


def _referral(session: Session, file: CaseFile, stage: Stage) -> Any:
    receipt = receipt_of(session, file.reference) if stage is Stage.REFERRED else None
    return receipt.referral if receipt else None


def _warranties(session: Session, claim: Claim, as_of: datetime, waiting: Collection[int | None]) -> list[Warranted]:
    """Running ones, and those that ran out; one that a newer repair has replaced is told by that repair's claim.

    `waiting`: the orders whose works the owner has still to accept.
    """
    found = []
    for warranty, clock in warranties_of(session, claim.id):
        if warranty.state != "replaced":
            last = last_day(clock.legal_due) if clock is not None and clock.legal_due is not None else None
            runs = last is not None and shanghai_day(as_of) <= last
            found.append(Warranted(warranty.part, warranty.item, last, runs, warranty.order_id not in waiting))
    return found
