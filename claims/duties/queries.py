"""Questions about such files: which fall due next, what one holds, and which acts fit now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from claims.access import HIDDEN, Person, districts_of, in_sight, masked_name
from claims.casefile import ENDED, CaseFile, Stage, allowed_facts
from claims.casefile.clocks import ACTIVE
from claims.casefile.counting import corresponding_day
from claims.casefile.length import Length
from claims.casefile.model import RunningClock
from claims.duties.acts import ACTS, Act
from claims.duties.model import NAMED_BY_LAW, DutyFile, DutyRecord
from claims.registry import Project, cover_of, policy_of

WORDS = "names and words of a duty"
"""What the log of looks calls them."""
KINDS = ("project", "upload", "recovery")
BUILDERS_TIME = Length.parse("2 years")


@dataclass(frozen=True)
class Row:
    file: CaseFile
    duty: DutyFile
    project: Project | None
    claim: str | None
    """Reference of the claim that it is about."""


def duty_files(
    session: Session, person: Person, kind: str, *, closed: bool = False, after: int | None = None, limit: int = 50
) -> list[Row]:
    """Of one kind, most urgent first; from the file after the one numbered `after`. One query, two with `after`."""
    query = _rows().where(in_sight(person), CaseFile.kind == kind)
    query = query.where(col(CaseFile.stage).in_(ENDED) if closed else col(CaseFile.stage).not_in(ENDED))
    place = (col(CaseFile.urgent_at), col(CaseFile.id))
    last = session.get(CaseFile, after) if after else None
    if last is not None:
        query = query.where(tuple_(*place) > (last.urgent_at, last.id))
    return [Row(*row) for row in session.execute(query.order_by(*place).limit(limit))]


def duty_row(session: Session, file: CaseFile) -> Row:
    return Row(*session.execute(_rows().where(CaseFile.id == file.id)).one())


def records_of(session: Session, file_id: int) -> list[DutyRecord]:
    return list(session.exec(select(DutyRecord).where(DutyRecord.file_id == file_id).order_by(col(DutyRecord.id))))


def debtor_of(session: Session, duty: DutyFile, *, clear: bool) -> str:
    """Whoever is liable; "" on files that ask nobody for money."""
    debtor: str = session.info["sealer"].open(duty.debtor_sealed)
    return debtor if clear else masked_name(debtor)


def what_of(session: Session, record: DutyRecord, *, clear: bool) -> str:
    """The law's own names in clear for everybody; what somebody wrote only where `clear`."""
    if not clear and record.kind not in NAMED_BY_LAW:
        return HIDDEN
    what: str = session.info["sealer"].open(record.what_sealed)
    return what


def shows_words(duty: DutyFile, records: Sequence[DutyRecord]) -> bool:
    """Whether a file shows, beside its timeline, a name or somebody's own words: to show them is logged."""
    return bool(duty.debtor_sealed) or any(record.kind not in NAMED_BY_LAW for record in records)


def owed_on(session: Session, file_id: int) -> list[RunningClock]:
    """What is still to be met on the file, terms included, in the order in which it was begun. One query."""
    query = select(RunningClock).where(
        RunningClock.file_id == file_id, col(RunningClock.state).in_(ACTIVE), col(RunningClock.met_at).is_(None)
    )
    return list(session.exec(query.order_by(col(RunningClock.id)).execution_options(populate_existing=True)))


def fitting_acts(file: CaseFile, owed: list[RunningClock]) -> list[tuple[Act, int | None]]:
    """Each act that fits now, with the number of the record that it would be about."""
    possible = set(allowed_facts(file.kind, Stage(file.stage)))
    found: list[tuple[Act, int | None]] = []
    for act in ACTS:
        if act.kind != file.kind or act.fact.__name__ not in possible:
            continue
        if not act.meets:
            found.append((act, None))
        subjects = dict.fromkeys(clock.subject for clock in owed if clock.clock in act.meets)
        found += [(act, int(subject.partition(":")[2]) if act.of else None) for subject in subjects]
    return found


def liability_start(session: Session, project: Project, on: date) -> date:
    """The first day of cover that the newest policy prints, else the day after the builder's two years (第七条(七))."""
    policy = policy_of(session, project.id or 0, on)
    cover = cover_of(session, policy.id or 0, on) if policy else {}
    if cover:
        return min(term.starts_on for term in cover.values())
    return corresponding_day(project.completion_filed_on, BUILDERS_TIME, 1) + timedelta(days=1)


def project_in_sight(session: Session, person: Person, code: str) -> Project | None:
    """The project of this code, in a district that the person looks after."""
    return session.exec(_projects(person).where(Project.code == code)).one_or_none()


def projects_without_file(session: Session, person: Person, limit: int = 50) -> list[Project]:
    """Projects of the registry that nobody has opened yet, those completed last first."""
    opened = select(DutyFile.project_id).where(col(DutyFile.key).startswith("project:"))
    query = _projects(person).where(col(Project.id).not_in(opened))
    return list(session.exec(query.order_by(col(Project.completion_filed_on).desc(), col(Project.id)).limit(limit)))


def _projects(person: Person) -> Any:
    districts = districts_of(person)
    return select(Project).where(col(Project.district).in_(districts)) if districts else select(Project)


def _rows() -> Any:
    claim = aliased(CaseFile)
    return (
        select(CaseFile, DutyFile, Project, claim.reference)
        .join(DutyFile, col(DutyFile.id) == CaseFile.id)
        .join(Project, col(Project.id) == DutyFile.project_id, isouter=True)
        .join(claim, col(DutyFile.claim_id) == claim.id, isouter=True)
    )
