"""`/projects`: the files that hang on no claim's journey, and each act on them; the recoveries of a claim."""

from collections.abc import Callable
from typing import Any

from apiflask import APIBlueprint

from claims.access import WHOLE_DESK, a_look, may_reveal
from claims.casefile import CaseFile, Refused
from claims.casefile.model import NEVER
from claims.casefile.queries import clocks_of
from claims.duties.actions import act_on, open_project, open_recovery
from claims.duties.acts import ACTS, Act
from claims.duties.queries import (
    KINDS,
    WORDS,
    Row,
    debtor_of,
    duty_files,
    duty_row,
    fitting_acts,
    owed_on,
    project_in_sight,
    records_of,
    shows_words,
    what_of,
)
from claims.duties.schema import DutyListOut, DutyOut, ListIn, ProjectIn, RecoveryIn
from claims.intake.held import held_claim, leads_word
from claims.web import actor, check_version, current_person, database, file_or_404, may_enter, note
from config.time import now

api = APIBlueprint("duties_api", __name__, url_prefix="/api/v1", tag="Duties")
READERS = tuple(sorted(WHOLE_DESK))
ACTORS = ("adjuster", "lead", "manager")
RECOVERERS = ("adjuster", "lead", "finance")


@api.get("/projects")
@may_enter(*READERS)
@api.input(ListIn, location="query")
@api.output(DutyListOut)
def list_projects(query_data: dict[str, Any]) -> dict[str, Any]:
    """Files of one kind, most urgent first. Follow `next` for more."""
    limit = query_data.pop("limit")
    rows = duty_files(database(), current_person(), limit=limit + 1, **query_data)
    return {
        "files": [_row(row) for row in rows[:limit]],
        "next": rows[limit - 1].file.id if len(rows) > limit else None,
    }


@api.post("/projects")
@may_enter(*ACTORS)
@api.input(ProjectIn)
@api.output(DutyOut, status_code=201)
def create_project(json_data: dict[str, Any]) -> dict[str, Any]:
    """Open the file of a project of the registry: the duties before liability starts, counted back from that day."""
    project = project_in_sight(database(), current_person(), json_data["project"])
    if project is None:
        raise Refused(project="No project has this code.")
    return _shown(open_project(database(), project, by=actor(current_person()), at=now()))


@api.get("/projects/<reference>")
@may_enter(*READERS)
@api.output(DutyOut)
def show_project(reference: str) -> dict[str, Any]:
    """One file with its clocks, its records, and the acts that fit now."""
    return _shown(file_or_404(database(), current_person(), reference, kinds=KINDS))


@api.post("/claims/<reference>/recoveries")
@may_enter(*RECOVERERS)
@api.input(RecoveryIn)
@api.output(DutyOut, status_code=201)
def create_recovery(reference: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """Open the recovery against somebody who is liable (第十六条): its limitation runs from the payment."""
    file, claim = held_claim(reference)
    return _shown(open_recovery(database(), file, claim, **json_data, by=actor(current_person()), at=now()))


def _acting(act: Act) -> Callable[..., Any]:
    def create_act(reference: str, json_data: dict[str, Any], record: int | None = None) -> dict[str, Any]:
        file = file_or_404(database(), current_person(), reference, hold=True, kinds=(act.kind,))
        check_version(file)
        word: dict[str, Any] = {"by": actor(current_person()), "recorded_at": now(), "confirmed_by": leads_word()}
        act_on(database(), file, act, record_id=record, **json_data, **word)
        return _shown(file)

    create_act.__name__ = f"create_{act.name.replace('-', '_')}"
    create_act.__doc__ = f"Record `{act.fact.__name__}` on a file of kind `{act.kind}`."
    view = may_enter(*ACTORS)(api.input(act.schema)(api.output(DutyOut, status_code=201)(create_act)))
    return api.post(f"/projects/<reference>/{act.path}")(view)  # type: ignore[no-any-return]


VIEWS = {act.name: _acting(act) for act in ACTS}
"""Act → its view."""


def _row(row: Row, *, clear: bool = False) -> dict[str, Any]:
    file, project = row.file, row.project
    return row.duty.model_dump() | {
        "debtor": debtor_of(database(), row.duty, clear=clear),
        "reference": file.reference,
        "kind": file.kind,
        "stage": file.stage,
        "version": file.version,
        "project": project.code if project else None,
        "name": project.name if project else None,
        "claim": row.claim,
        "urgent_at": None if file.urgent_at == NEVER else file.urgent_at,
    }


def _shown(file: CaseFile) -> dict[str, Any]:
    number, clear = file.id or 0, may_reveal(current_person(), file.kind)
    fitting, records = fitting_acts(file, owed_on(database(), number)), records_of(database(), number)
    row = duty_row(database(), file)
    if clear and shows_words(row.duty, records):
        note(a_look(current_person(), file_id=number, fields=WORDS, at=now()))
    return _row(row, clear=clear) | {
        "records": [record.model_dump() | {"what": what_of(database(), record, clear=clear)} for record in records],
        "clocks": clocks_of(database(), number, now()),
        "allowed": [act.path.replace("<int:record>", str(record)) for act, record in fitting],
    }
