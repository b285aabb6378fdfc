"""How spine tests speak: a file is opened, facts happen to it, its clocks and its timeline are read."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import datetime
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sqlmodel import Session, col, select

from claims.casefile import CaseFile, Fact, Reckoning, RuleBook, open_file, reckon, record
from claims.casefile import facts as f
from claims.casefile.model import RunningClock, TimelineEntry
from claims.casefile.sweeps import ring_due_rungs
from tests.claims.casefile.spoken import CALENDAR, ROOT, at

RULES = RuleBook.from_file(ROOT / "config/clocks.toml")
SOMETHING: dict[Any, Any] = {str: "x", bool: False, int: 1}


def a_fact(kind: type[Fact], when: str | datetime, **told: Any) -> Fact:
    """One of `kind`, with something in each field that isn't told."""
    hints = get_type_hints(kind)
    needed = {one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING}
    made = {name: _something(hints[name]) for name in needed - {"at", "by", *told}}
    learned = told.pop("learned", None)
    recorded_at = at(learned) if isinstance(learned, str) else learned
    happened = at(when) if isinstance(when, str) else when
    return kind(at=happened, recorded_at=recorded_at, **({"by": "staff:1"} | made | told))


def happens(session: Session, file: CaseFile, kind: type[Fact], when: str | datetime, **told: Any) -> None:
    """`learned`: when it was entered, if not as it happened."""
    record(session, file, a_fact(kind, when, **told))


def reported(session: Session, when: str | datetime, **told: Any) -> CaseFile:
    """A file whose first fact is a report."""
    fact = a_fact(f.ReportReceived, when, **({"by": "homeowner"} | told))
    file = open_file(session, kind="claim", opened_at=fact.at, district=None)
    record(session, file, fact)
    return file


def surveyed(session: Session, when: str, **told: Any) -> CaseFile:
    """A file reported and surveyed at the same instant."""
    file = reported(session, when, **told)
    happens(session, file, f.SiteSurveyed, when)
    return file


def denied(session: Session, when: str, **told: Any) -> CaseFile:
    """A file whose only decision, a denial, was made at `when`: the 3 days of 第十三条 run from there."""
    file = surveyed(session, when)
    happens(session, file, f.CoverageDenied, when, **told)
    happens(session, file, f.EveryFindingDenied, when)
    return file


def clock(session: Session, file: CaseFile, name: str, subject: str = "") -> RunningClock:
    """The newest clock of this name, as the database has it."""
    query = select(RunningClock).where(
        RunningClock.file_id == file.id, RunningClock.clock == name, RunningClock.subject == subject
    )
    newest = query.order_by(col(RunningClock.id).desc()).limit(1)
    return session.exec(newest.execution_options(populate_existing=True)).one()


def entries(session: Session, file: CaseFile) -> list[TimelineEntry]:
    query = select(TimelineEntry).where(TimelineEntry.file_id == file.id).order_by(col(TimelineEntry.seq))
    return list(session.exec(query))


def story(session: Session, file: CaseFile) -> list[str]:
    """The names of what happened, oldest first."""
    return [entry.fact for entry in entries(session, file)]


def swept(session: Session, when: str | datetime) -> int:
    """Everything due at `when` rings; answers how many clocks were looked at."""
    looked, as_of = 0, at(when) if isinstance(when, str) else when
    while did := ring_due_rungs(session, as_of):
        looked += did
    return looked


def reckoned(length: str, when: str, **asked: Any) -> Reckoning:
    return reckon(length, at(when), calendar=CALENDAR, **asked)


def _something(hint: Any) -> Any:
    if isinstance(hint, UnionType):
        return _something(next(one for one in get_args(hint) if one is not type(None)))
    if get_origin(hint) is tuple:
        return (_something(get_args(hint)[0]),)
    return SOMETHING[hint]
