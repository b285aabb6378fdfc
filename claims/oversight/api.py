"""`GET /breaches` and `GET /board`: what is on record, never a guess from the present state."""

from datetime import datetime
from typing import Any

from apiflask import APIBlueprint

from claims.access import Person
from claims.casefile import CaseFile
from claims.casefile.model import RunningClock
from claims.oversight.queries import Span, board, breaches
from claims.oversight.schema import BoardOut, BreachesIn, BreachesOut
from claims.web import current_person, database, may_enter
from config.time import now

api = APIBlueprint("oversight_api", __name__, url_prefix="/api/v1", tag="Oversight")


@api.get("/breaches")
@may_enter("lead", "manager", "auditor")
@api.input(BreachesIn, location="query")
@api.output(BreachesOut)
def list_breaches(query_data: dict[str, Any]) -> dict[str, Any]:
    """Every breach on record, with how late the duty was, or is by now."""
    cursor, limit, at = query_data.pop("cursor", None), query_data.pop("limit"), now()
    rows = breaches(database(), current_person(), Span(**query_data), before=cursor, limit=limit + 1)
    more = len(rows) > limit
    return {"breaches": [_shown(*row, at) for row in rows[:limit]], "next": rows[limit - 1][0].id if more else None}


@api.get("/board")
@may_enter("lead", "manager", "auditor")
@api.output(BoardOut)
def show_board() -> dict[str, Any]:
    """The desk in numbers, for the districts that you see."""
    return board(database(), current_person(), now())


def _shown(clock: RunningClock, file: CaseFile, assignee: Person | None, at: datetime) -> dict[str, Any]:
    assert clock.breached_at is not None
    withdrawn = clock.state in ("met", "running", "paused")
    late = (clock.met_at or at) - clock.breached_at
    return clock.model_dump(include={"id", "clock", "breached_at", "met_at"}) | {
        "reference": file.reference,
        "stage": file.stage,
        "district": file.district,
        "assignee": assignee.email if assignee else None,
        "subject": clock.subject or None,
        "late_seconds": 0 if withdrawn else int(late.total_seconds()),
        "withdrawn": withdrawn,
    }
