"""What the pages of the desk show: the queue's rows with their clocks, and one claim with its acts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from claims.access import Person, roles_of
from claims.casefile import CLAIM_STAGES, NEVER, CaseFile, Stage
from claims.casefile.model import RunningClock
from claims.casefile.queries import started_clocks
from claims.danger import emergency_near
from claims.desk import words
from claims.desk.acting import blank
from claims.desk.acts import STEPS, fits
from claims.desk.form import Form
from claims.desk.queries import Filters, queue
from claims.desk.records import Beside, assignee_name, beside
from claims.desk.schema import QueueIn
from claims.desk.sheet import Record, Sheet
from claims.desk.sheets import SHEETS
from claims.desk.sight import Sight
from claims.desk.story import timeline_of
from claims.desk.talk import talk_of
from claims.desk.telling import by_day
from claims.desk.whole import claim_but_clocks
from claims.intake import Claim
from claims.registry import parts
from claims.settlement import Exposure, exposures
from claims.settlement.exposure import PERFORMANCE
from claims.web.clock import ClockFace, Look, faces_of, urgent_lines

ROWS = 50
_WORKS = ("repair-orders", "repair-orders/<int:order>/start", "repair-orders/<int:order>/completion")
WAITED_FOR = {
    "contact": ("contacts",),
    "make_safe": ("safety",),
    "survey": ("surveys/<int:survey>/findings", "surveys"),
    "supplement_request": ("supplement-notice",),
    "decision": ("decision/approval", "coverage"),
    "coverage_notice": ("letters/<number>/dispatch",),
    "denial_notice": ("letters/<number>/dispatch",),
    "settlement_offer": ("settlement", "settlement/acceptance"),
    "performance": ("payments", *_WORKS[:2]),
    "performance_strict": ("payments", *_WORKS),
    "repair_finish": _WORKS,
    "order_finish": _WORKS[1:],
    "owner_word": ("repair-orders/<int:order>/acceptance",),
    "warranty_repair": _WORKS,
    "appraisal_reply": ("appraisals/<int:appraisal>/candidates", "appraisals/<int:appraisal>/choice"),
    "complaint": ("complaints/<int:complaint>/decision",),
}
"""Clock → the acts that meet it, the likeliest first: the claim's page opens with that one's form."""

OWED = frozenset({look for look in Look if look.runs} | {Look.BREACHED, Look.PAUSED})
"""A duty that is late is still owed."""


@dataclass(frozen=True)
class Offer:
    """An act that may be done now, on the claim or on one record of it."""

    sheet: Sheet
    address: str
    record: Record = None


def queue_page(session: Session, person: Person, asked: Mapping[str, str], as_of: datetime) -> dict[str, Any]:
    """Rows with clocks, the filters as they stand, and the way on. At most three queries."""
    given = {name: value for name, value in asked.items() if name in QueueIn().fields and value}
    wrong = QueueIn().validate(given)  # a link that somebody has mangled still shows the queue
    told = QueueIn().load({name: value for name, value in given.items() if name not in wrong})
    cursor = told.pop("cursor", None)
    told.pop("limit")
    page = queue(session, person, Filters(**told), cursor=cursor, limit=ROWS, as_of=as_of)
    return {
        "rows": page.rows,
        "lines": urgent_lines(session, {row.id: row.stands_first or row.in_emergency for row in page.rows}, as_of),
        "next": _asking(given, cursor=page.next) if page.next else "",
        "q": given.get("q", ""),
        "filters": _ways(given),
        "stage_names": {stage.value: words.stage(stage) for stage in CLAIM_STAGES},
        "part_names": {code: _(part.name) for code, part in parts().items()},
        "as_of": as_of,
    }


def _ways(given: Mapping[str, str]) -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
    """Each filter by its heading: its choices, what a link to each asks for, and whether it is chosen."""
    for name, heading, choices in words.FILTERS:
        now = given.get(name, "")
        yield heading, [(said, _asking(given, cursor="", **{name: value}), value == now) for value, said in choices]


def _asking(given: Mapping[str, str], **otherwise: str) -> str:
    asked = urlencode({name: value for name, value in {**given, **otherwise}.items() if value})
    return f"?{asked}" if asked else ""


def claim_page(session: Session, person: Person, file: CaseFile, as_of: datetime, form: Form | None) -> dict[str, Any]:
    """Everything about one claim, the acts possible now, and the form at its centre."""
    claim, sight = claim_but_clocks(session, person, file, as_of), Sight(session, person, file.id or 0)
    emergency = emergency_near(session, session.get_one(Claim, file.id).home_id)
    owed, over = _clocks(session, sight, as_of, in_danger=file.stands_first or bool(emergency))
    story = timeline_of(session, person, file, as_of)
    seen_beside = beside(session, claim, file.id or 0, whole=sight.all_of("notes"))
    offers = offers_of(person, claim)
    if not signable(person, claim, seen_beside):
        offers = [offer for offer in offers if offer.sheet.act != "decision/approval"]
    awaited = None if form else _awaited(offers, owed)
    if awaited:
        form = blank(session, file, awaited.sheet, awaited.record, as_of)
    return {
        "claim": claim,
        "emergency": emergency,
        "owed": owed,
        "over": over,
        "delays": _delays(session, [*owed, *over], as_of) if sight.all_of("payments") else {},
        "days": by_day(session, file, story),
        "talk": talk_of(session, person, file, claim, story, as_of),
        "beside": seen_beside,
        "assignee": assignee_name(session, claim["assignee"]),
        "me": person.id,
        "offers": (to_the_claim := [offer for offer in offers if not offer.sheet.record]),
        "bar": _bar(to_the_claim, form, awaited.address if awaited else request.path),
        "waits_for": _waits_for(claim, offers, owed),
        "of_records": {(o.sheet.record, o.record): [p for p in offers if _same(o, p)] for o in offers if o.record},
        "form": form,
        "form_address": awaited.address if awaited else request.path,
        "as_of": as_of,
    }


def _clocks(
    session: Session, sight: Sight, as_of: datetime, *, in_danger: bool
) -> tuple[list[ClockFace], list[ClockFace]]:
    """Those that the reader is shown: what is owed, the nearest due first, and what is over."""
    started = started_clocks(session, sight.file_id)
    shown = {each["id"] for each in sight.of("clocks", ({"id": c.id, "clock": c.clock} for c, _ in started))}
    started.sort(key=lambda pair: (pair[0].safe_due or NEVER, pair[0].id))
    seen = [(clock, pauses) for clock, pauses in started if clock.id in shown]
    faces = faces_of(session, seen, as_of, in_danger=in_danger)
    return [face for face in faces if face.look in OWED], [face for face in faces if face.look not in OWED]


def offers_of(person: Person, claim: Mapping[str, Any]) -> list[Offer]:
    """What `person` may do now: acts on the claim, then acts on its records."""
    reference, roles = claim["reference"], roles_of(person)
    offers = [_offer(SHEETS[act], reference) for act in claim["allowed"] if act in SHEETS]
    for sheet in SHEETS.values():
        if sheet.record and roles & set(sheet.roles) and fits(STEPS[sheet.act], Stage(claim["stage"])):
            fitting = (row for row in map(_plain, claim[sheet.record]) if sheet.offered(row))
            offers += [_offer(sheet, reference, row[sheet.key or "id"]) for row in fitting]
    return offers


def signable(person: Person, claim: Mapping[str, Any], seen: Beside) -> bool:
    """Whether a proposed denial waits that somebody else proposed."""
    proposed = (decision["id"] for decision in claim["decisions"] if decision["state"] == "proposed")
    return any(seen.proposers.get(number, (person.id, ""))[0] != person.id for number in proposed)


def _delays(session: Session, faces: Sequence[ClockFace], as_of: datetime) -> dict[str, Exposure]:
    """What late performances may cost, by the key of the clock's face; asks nothing where none is late."""
    late = [face.key for face in faces if face.clock == PERFORMANCE and face.look in (Look.BREACHED, Look.MET_LATE)]
    if not late:
        return {}
    numbers = [int(key.partition("-")[2]) for key in late]
    clocks = session.exec(select(RunningClock).where(col(RunningClock.id).in_(numbers))).all()
    return {f"clock-{number}": delay for number, delay in exposures(session, clocks, as_of).items()}


def _awaited(offers: Sequence[Offer], owed: Sequence[ClockFace]) -> Offer | None:
    """The act that the most urgent duty waits for, on the newest record that it fits."""
    possible = {offer.sheet.act: offer for offer in offers}
    waited_for = (act for face in owed for act in WAITED_FOR.get(face.clock, ()))
    return next((possible[act] for act in waited_for if act in possible), None)


def _bar(offers: Sequence[Offer], form: Form | None, address: str) -> list[Offer]:
    """The act whose form is open first, also where it is one on a record."""
    if form is None:
        return list(offers)
    return [Offer(form.sheet, address), *(offer for offer in offers if offer.sheet is not form.sheet)]


def _waits_for(claim: Mapping[str, Any], offers: Sequence[Offer], owed: Sequence[ClockFace]) -> str:
    """等财务：付款¥6,567.00: what the reader must leave to whoever may pay; empty where nothing is owed in money."""
    awaited = any("payments" in WAITED_FOR.get(face.clock, ()) for face in owed)
    left = sum(max(each["left_fen"], 0) for each in claim["settlements"] if each["state"] == "reached")
    if not awaited or not left or any(offer.sheet.act == "payments" for offer in offers):
        return ""
    return _("等财务：付款%(amount)s", amount=words.money(left))


def _offer(sheet: Sheet, reference: str, record: Record = None) -> Offer:
    path: dict[str, Any] = {"reference": reference} | ({sheet.argument: record} if sheet.argument else {})
    return Offer(sheet, url_for(f"desk.new_{sheet.name.removeprefix('create_')}", **path), record)


def _plain(row: Any) -> dict[str, Any]:
    return row if isinstance(row, dict) else row.model_dump()


def _same(one: Offer, other: Offer) -> bool:
    return (one.sheet.record, one.record) == (other.sheet.record, other.record)
