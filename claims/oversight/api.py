"""`GET /breaches` and `GET /board`: what is on record, never a guess; and why a breach happened, told by a manager."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apiflask import APIBlueprint

from claims.oversight.actions import explain_breach
from claims.oversight.queries import Breach, Span, board, breach_in_sight, breaches, delays_of
from claims.oversight.schema import BoardOut, BreachesIn, BreachesOut, BreachOut, CauseIn
from claims.settlement import Exposure
from claims.web import Problem, actor, current_person, database, may_enter
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
    more, delays = len(rows) > limit, delays_of(database(), rows[:limit], at)
    return {
        "breaches": [shown(row, at, delays) for row in rows[:limit]],
        "next": rows[limit - 1].clock.id if more else None,
    }


@api.get("/board")
@may_enter("lead", "manager", "auditor")
@api.output(BoardOut)
def show_board() -> dict[str, Any]:
    """The desk in numbers, for the districts that you see."""
    return board(database(), current_person(), now())


@api.post("/breaches/<int:breach>/cause")
@may_enter("lead", "manager")
@api.input(CauseIn)
@api.output(BreachOut, status_code=201)
def create_cause(breach: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """Say why the duty was late and what follows from it. Said again, the last word counts."""
    found = breach_in_sight(database(), current_person(), breach, hold=True)
    if found is None:
        raise Problem(404, "No such breach")
    by, at = actor(current_person()), now()
    cause = explain_breach(database(), found.file, found.clock, **json_data, by=by, at=at)
    found = found._replace(cause=cause)
    return shown(found, at, delays_of(database(), [found], at))


def shown(breach: Breach, at: datetime, delays: Mapping[int, Exposure]) -> dict[str, Any]:
    clock, cause = breach.clock, breach.cause
    assert clock.breached_at is not None
    late = (clock.met_at or at) - clock.breached_at
    return clock.model_dump(include={"id", "clock", "breached_at", "met_at"}) | {
        "reference": breach.file.reference,
        "stage": breach.file.stage,
        "district": breach.file.district,
        "assignee": breach.assignee.email if breach.assignee else None,
        "subject": clock.subject or None,
        "late_seconds": 0 if breach.withdrawn else int(late.total_seconds()),
        "withdrawn": breach.withdrawn,
        "delay": delays.get(clock.id or 0),
        "cause": cause.cause if cause else None,
        "corrective_act": cause.corrective_act if cause else None,
        "explained_at": cause.at if cause else None,
    }
