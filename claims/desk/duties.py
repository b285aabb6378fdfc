"""What the pages of projects, uploads and recoveries show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import ValidationError
from sqlmodel import Session, col, select

from claims.access import Person, a_look, in_sight, may_reveal, roles_of
from claims.attachments import attachments_of
from claims.casefile import CaseFile, Subject, is_reference
from claims.casefile.belongings import rule_book
from claims.casefile.model import RunningClock
from claims.casefile.queries import owed_clocks, started_clocks
from claims.desk.acting import blank
from claims.desk.form import Form
from claims.desk.page import OWED
from claims.desk.sheet import Sheet
from claims.desk.sheets.duties import DUTY_SHEETS
from claims.desk.story import timeline_of
from claims.desk.telling import by_day
from claims.duties import duty_files, duty_row, fitting_acts, owed_on, records_of
from claims.duties.acts import BY_NAME, Act
from claims.duties.api import ACTORS, READERS
from claims.duties.queries import KINDS, WORDS, debtor_of, projects_without_file, shows_words, what_of
from claims.duties.schema import ListIn
from claims.web import note
from claims.web.clock import ClockFace, ClockLine, clock_line, faces_of

ROWS = 50
PROJECTS = 1000
"""The most that one may choose from when a file is opened."""


@dataclass(frozen=True)
class DutyOffer:
    """An act that fits now. `record`: its number; `words`: what the record is of; `line`: the clock that it meets."""

    sheet: Sheet
    name: str
    record: int | None
    words: str
    line: ClockLine | None

    def is_of(self, sheet: Sheet | None, record: int | None) -> bool:
        return self.sheet is sheet and self.record == record


def list_page(session: Session, person: Person, asked: Mapping[str, str], as_of: datetime) -> dict[str, Any]:
    """Files of one kind with what is due, and the projects that have none yet. Four queries."""
    told = _filters(asked)
    rows = duty_files(session, person, **told | {"limit": ROWS + 1})
    shown = rows[:ROWS]
    may_act = bool(roles_of(person) & set(ACTORS))
    return {
        "rows": shown,
        "debtors": {row.file.id: debtor_of(session, row.duty, clear=False) for row in shown},
        "lines": _lines(session, [row.file for row in shown], as_of),
        "next": shown[-1].file.id if len(rows) > ROWS else None,
        "kind": told["kind"],
        "kinds": KINDS,
        "closed": told["closed"],
        "without": projects_without_file(session, person, PROJECTS) if may_act else [],
        "may_act": may_act,
    }


def duty_page(session: Session, person: Person, file: CaseFile, as_of: datetime, form: Form | None) -> dict[str, Any]:
    """One file: what is owed, drawn; what may be done now, with the form of the most urgent open; what happened.

    form: another one, open because it was asked for.
    """
    number, clear, row = file.id or 0, may_reveal(person, file.kind), duty_row(session, file)
    records = records_of(session, number)
    if clear and shows_words(row.duty, records):
        note(a_look(person, file_id=number, fields=WORDS, at=as_of))
    called = {f"{record.kind}:{record.id}": what_of(session, record, clear=clear) for record in records}
    owed = owed_on(session, number)
    faces = _faces(session, file, as_of)
    subjects = {f"clock-{clock.id}": clock.subject for clock in owed}
    offers = _offers(session, file, owed, called, as_of) if roles_of(person) & set(ACTORS) else []
    due = [offer for offer in offers if offer.line]
    first = due[0] if due and form is None else None
    return {
        "row": row,
        "debtor": debtor_of(session, row.duty, clear=clear),
        "file": file,
        "owed": [(face, called.get(subjects.get(face.key, ""), "")) for face in faces if face.look in OWED],
        "over": [face for face in faces if face.look not in OWED],
        "due": due,
        "others": [offer for offer in offers if not offer.line],
        "first": first,
        "days": by_day(session, file, timeline_of(session, person, file, as_of)),
        "files": attachments_of(session, number),
        "form": blank(session, file, first.sheet, first.record, as_of) if first else form,
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


def _lines(session: Session, files: Sequence[CaseFile], as_of: datetime) -> dict[int, ClockLine]:
    """The next duty of each file, those that are only reported among them. One query."""
    lines: dict[int, ClockLine] = {}
    of_file = {file.id or 0: file for file in files}
    for clock in owed_clocks(session, list(of_file)):
        lines.setdefault(clock.file_id, _line(session, of_file[clock.file_id], clock, as_of))
    return lines


def _faces(session: Session, file: CaseFile, as_of: datetime) -> list[ClockFace]:
    """The nearest due first."""
    started = started_clocks(session, file.id or 0)
    started.sort(key=lambda pair: (pair[0].legal_due is None, pair[0].legal_due or pair[0].anchor, pair[0].id))
    return faces_of(session, started, as_of, in_danger=file.stands_first)


def _offers(
    session: Session, file: CaseFile, owed: list[RunningClock], called: Mapping[str, str], as_of: datetime
) -> list[DutyOffer]:
    """Acts that fit now: those that a clock waits for, the nearest due first, then those that nothing waits for."""
    nearest = sorted(owed, key=lambda clock: (clock.legal_due is None, clock.legal_due or clock.anchor))
    offers: list[tuple[int, DutyOffer]] = []
    for act, record in fitting_acts(file, owed):
        subject = str(Subject(act.of, record)) if record is not None else ""
        waits = (n for n, clock in enumerate(nearest) if _meets(session, act, clock) and subject in ("", clock.subject))
        place = next(waits, None)
        line = _line(session, file, nearest[place], as_of) if place is not None else None
        offer = DutyOffer(DUTY_SHEETS[act.name], act.name, record, called.get(subject, ""), line)
        offers.append((len(nearest) if place is None else place, offer))
    return [offer for _place, offer in sorted(offers, key=lambda pair: pair[0])]


def _meets(session: Session, act: Act, clock: RunningClock) -> bool:
    """Whether the act does what the clock waits for; calling it off is none of that."""
    return act.fact.__name__ in rule_book(session).named(clock.rule_set).clocks[clock.clock].met_by


def _line(session: Session, file: CaseFile, clock: RunningClock, as_of: datetime) -> ClockLine:
    rule = rule_book(session).named(clock.rule_set).clocks[clock.clock]
    return clock_line(clock, rule, as_of, in_danger=file.stands_first)
