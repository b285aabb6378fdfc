"""`GET /claims`, one claim, its timeline, and the what-if calculator."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from claims.access import ROLES, is_outside
from claims.attachments.downloads import handed_over
from claims.casefile import Reckoning, Refused, reckon
from claims.casefile.belongings import calendar, rule_book
from claims.casefile.period import Pause
from claims.desk.queries import Filters, QueueRow, queue, urgent_at
from claims.desk.schema import ClaimOut, EntryOut, QueueIn, QueueOut, WhatIfIn
from claims.desk.sight import file_in_sight
from claims.desk.story import timeline_of
from claims.desk.whole import whole_claim
from claims.web import Problem, current_person, database, file_or_404, may_enter
from claims.web.shapes import ReckoningOut
from config.time import now, shanghai_day

api = APIBlueprint("desk_api", __name__, url_prefix="/api/v1", tag="Desk")
READERS = tuple(role for role in ROLES if role != "operator")
BYTES: Any = {
    200: {
        "description": "The original bytes.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@api.get("/claims")
@may_enter(*READERS)
@api.input(QueueIn, location="query")
@api.output(QueueOut)
def list_claims(query_data: dict[str, Any]) -> dict[str, Any]:
    """The queue: open dangers first, then the most urgent. Follow `next` for more."""
    cursor, limit = query_data.pop("cursor", None), query_data.pop("limit")
    page = queue(database(), current_person(), Filters(**query_data), cursor=cursor, limit=limit, as_of=now())
    shown = _row_outside if is_outside(current_person()) else _row
    return {"claims": list(map(shown, page.rows)), "next": page.next}


@api.get("/claims/<reference>")
@may_enter(*READERS)
@api.output(ClaimOut)
def show_claim(reference: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Everything about the claim that you may see, with its clocks and the acts possible now."""
    file = file_or_404(database(), current_person(), reference)
    return whole_claim(database(), current_person(), file, now()), 200, {"ETag": f'"{file.version}"'}


@api.get("/claims/<reference>/timeline")
@may_enter(*(role for role in READERS if role not in ("firm", "appraiser")))
@api.output(EntryOut(many=True))
def show_timeline(reference: str) -> list[dict[str, Any]]:
    """The chained timeline, oldest first; without what the reader isn't shown."""
    file = file_or_404(database(), current_person(), reference)
    return timeline_of(database(), current_person(), file, now())


@api.get("/files/<token>")
@may_enter(*ROLES)
@api.doc(responses=BYTES)
def show_file(token: str) -> Response:
    """The original, always as a download: nothing that a stranger sent is shown inside our pages."""
    kept = file_in_sight(database(), current_person(), token)
    if kept is None:
        raise Problem(404, "No such file")
    return handed_over(database(), kept, "attachment")


@api.post("/reckonings")
@may_enter(*ROLES)
@api.input(WhatIfIn)
@api.output(ReckoningOut)
def create_reckoning(json_data: dict[str, Any]) -> Reckoning:
    """What if: the dues of a clock of the house, or of any length, with the steps that explain them."""
    options: dict[str, Any] = {name: json_data[name] for name in ("direction", "roll") if name in json_data}
    length = json_data.get("length")
    if "clock" in json_data:
        rule = rule_book(database()).on(shanghai_day(json_data["anchor"])).clocks.get(json_data["clock"])
        if rule is None:
            raise Refused(clock="No clock has this name.")
        length, options = length or rule.length, {"direction": rule.direction, "roll": rule.roll} | options
    if not length:
        raise Refused(length="Give a clock or a length, such as 3 days.")
    pauses = [Pause(pause["from_at"], pause["to_at"]) for pause in json_data["pauses"]]
    return reckon(length, json_data["anchor"], pauses=pauses, calendar=calendar(database()), **options)


def _row(row: QueueRow) -> dict[str, Any]:
    return row._asdict() | {"urgent_at": urgent_at(row)}


def _row_outside(row: QueueRow) -> dict[str, Any]:
    """Without what presses us."""
    return row._asdict() | dict.fromkeys(("urgent_at", "stands_first"))
