"""What the pages of projects, uploads and recoveries show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import ValidationError
from sqlmodel import Session, col, select

from claims.access import Person, in_sight, roles_of
from claims.attachments import attachments_of
from claims.casefile import CaseFile, Subject, is_reference
from claims.casefile.belongings import rule_book
from claims.casefile.queries import owed_clocks, started_clocks
from claims.desk.form import Form
from claims.desk.page import OWED
from claims.desk.sheet import Sheet
from claims.desk.sheets.duties import DUTY_SHEETS
from claims.desk.story import timeline_of
from claims.desk.telling import by_day
from claims.duties import DutyRecord, duty_files, duty_row, fitting_acts, owed_on, records_of
from claims.duties.acts import BY_NAME
from claims.duties.api import ACTORS, READERS
from claims.duties.queries import KINDS, projects_without_file
from claims.duties.schema import ListIn
from claims.web.clock import ClockFace, ClockLine, clock_line, faces_of

ROWS = 50
PROJECTS = 1000
"""The most that one may choose from when a file is opened."""


@dataclass(frozen=True)
class DutyOffer:
    """An act that fits now. `record`: its number; `words`: what the record is of."""

    sheet: Sheet
    name: str
    record: int | None
    words: str


def list_page(session: Session, person: Person, asked: Mapping[str, str], as_of: datetime) -> dict[str, Any]:
    """Files of one kind with what is due, and the projects that have none yet. Four queries."""
    told = _filters(asked)
    rows = duty_files(session, person, **told | {"limit": ROWS + 1})
    shown = rows[:ROWS]
    may_act = bool(roles_of(person) & set(ACTORS))
    return {
        "rows": shown,
        "lines": _lines(session, [row.file.id or 0 for row in shown], as_of),
        "next": shown[-1].file.id if len(rows) > ROWS else None,
        "kind": told["kind"],
        "kinds": KINDS,
        "closed": told["closed"],
        "without": projects_without_file(session, person, PROJECTS) if may_act else [],
        "may_act": may_act,
    }


def duty_page(session: Session, person: Person, file: CaseFile, as_of: datetime, form: Form | None) -> dict[str, Any]:
    """One file: what is owed, drawn; what may be done now; what happened."""
    number = file.id or 0
    records = {f"{record.kind}:{record.id}": record for record in records_of(session, number)}
    owed = owed_on(session, number)
    faces = faces_of(session, started_clocks(session, number), as_of)
    subjects = {f"clock-{clock.id}": clock.subject for clock in owed}
    acts = fitting_acts(file, owed) if roles_of(person) & set(ACTORS) else []
    return {
        "row": duty_row(session, file),
        "file": file,
        "owed": [(face, _of(face, subjects, records)) for face in faces if face.look in OWED],
        "over": [face for face in faces if face.look not in OWED],
        "offers": [_offer(act.name, record, records, act.of) for act, record in acts],
        "days": by_day(session, file, timeline_of(session, person, file, as_of)),
        "files": attachments_of(session, number),
        "form": form,
    }


def is_duty(session: Session, person: Person, reference: str) -> bool:
    """Whether this is the number of such a file, for who may see it. No query for what is no number of ours."""
    if not is_reference(reference) or not roles_of(person) & set(READERS):
        return False
    query = select(CaseFile.id).where(CaseFile.reference == reference, col(CaseFile.kind).in_(KINDS), in_sight(person))
    return session.exec(query).first() is not None


def sheet_for(kind: str, name: str, record: int | None) -> Sheet | None:
    """The sheet of an act of this kind of file; None where there is none, or where a record is named in vain."""
    sheet = DUTY_SHEETS.get(name)
    fits = sheet is not None and bool(sheet.argument) is (record is not None)
    return sheet if fits and BY_NAME[name].kind == kind else None


def _filters(asked: Mapping[str, str]) -> dict[str, Any]:
    """What of a link can be meant."""
    schema = ListIn()
    given = {name: value for name, value in asked.items() if name in schema.fields and value}
    try:
        told: dict[str, Any] = schema.load(given)
    except ValidationError:
        told = schema.load({})
    return told


def _lines(session: Session, files: list[int], as_of: datetime) -> dict[int, ClockLine]:
    """The next duty of each file, those that are only reported among them. One query."""
    lines: dict[int, ClockLine] = {}
    for clock in owed_clocks(session, files):
        rule = rule_book(session).named(clock.rule_set).clocks[clock.clock]
        lines.setdefault(clock.file_id, clock_line(clock, rule, as_of))
    return lines


def _of(face: ClockFace, subjects: Mapping[str, str], records: Mapping[str, DutyRecord]) -> str:
    record = records.get(subjects.get(face.key, ""))
    return record.what if record else ""


def _offer(name: str, record: int | None, records: Mapping[str, DutyRecord], of: str) -> DutyOffer:
    about = records.get(str(Subject(of, record))) if record is not None else None
    return DutyOffer(DUTY_SHEETS[name], name, record, about.what if about else "")
