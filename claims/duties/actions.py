"""Opening such files, and what happens on them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from claims.attachments import attach
from claims.casefile import (
    SYSTEM,
    AlreadyDone,
    CaseFile,
    Fact,
    Happening,
    NeedsConfirmation,
    Refused,
    Subject,
    lock,
    open_file,
    record,
    record_many,
)
from claims.casefile import facts as f
from claims.casefile.belongings import calendar, rule_book
from claims.casefile.dues import count
from claims.duties.acts import Act
from claims.duties.bounds import check_instant
from claims.duties.model import DutyFile, DutyRecord
from claims.duties.queries import fitting_acts, liability_start, owed_on
from claims.intake import Claim
from claims.registry import Building, Home, Project
from config.time import day_start, shanghai_day

BEFORE_LIABILITY = ("liability_briefing", "joint_inspection", "liability_notice")
"""The clocks that are counted back from the day on which liability starts."""
OWES_UPLOAD: tuple[type[Fact], ...] = (
    f.SiteSurveyed,
    f.EveryFindingDecided,
    f.EveryFindingDenied,
    f.SettlementReached,
    f.ObligationFulfilled,
    f.ClaimWithdrawn,
    f.ClaimClosed,
)
"""What happens on a claim that the platform is to know: the report goes up with the survey (ADR 0026)."""


def open_project(session: Session, project: Project, *, by: str, at: datetime) -> CaseFile:
    """The file of a project, once. Its duties are counted back from the day on which liability starts.

    What had to be done before the Rules came into force is nobody's breach of them, and has no clock.
    """
    starts_on = liability_start(session, project, shanghai_day(at))
    opened = f.HandoverOpened(
        at=at,
        by=by,
        project=project.code,
        liability_starts_on=starts_on.isoformat(),
        completion_filed_on=project.completion_filed_on.isoformat(),
        clocks=("builder_repair", *_under_the_rules(session, starts_on, at)),
    )
    about = {"project_id": project.id, "liability_starts_on": starts_on}
    return _open(session, "project", f"project:{project.code}", opened, district=project.district, **about)


def open_recovery(
    session: Session,
    claim_file: CaseFile,
    claim: Claim,
    *,
    debtor: str,
    amount: int,
    paid_at: datetime,
    proof: str,
    by: str,
    at: datetime,
) -> CaseFile:
    """代位追偿 against one who is liable, once each. Limitation runs from the payment (解释（二）16)."""
    if not claim_file.opened_at <= paid_at <= at:
        raise Refused(paid_at="Must lie between the report and now.")
    if amount <= 0:
        raise Refused(amount="Must be more than nothing.")
    opened = f.RecoveryOpened(
        at=paid_at, recorded_at=at, by=by, proof=proof, claim=claim_file.reference, debtor=debtor, amount_fen=amount
    )
    sealer = session.info["sealer"]
    about = {"project_id": _project_of(session, claim), "claim_id": claim.id, "amount_fen": amount}
    about["debtor_sealed"] = sealer.seal(debtor)
    key = f"recovery:{claim.id}:{sealer.index(debtor, 'debtor')}"
    file = _open(session, "recovery", key, opened, district=claim_file.district, **about)
    record(session, claim_file, f.RecoveryBegun(at=at, by=by, recovery=file.reference, debtor=debtor))
    return file


def act_on(
    session: Session,
    file: CaseFile,
    act: Act,
    *,
    by: str,
    recorded_at: datetime,
    confirmed_by: str = "",
    record_id: int | None = None,
    at: datetime | None = None,
    proof: str = "",
    files: Sequence[str] = (),
    **told: Any,
) -> None:
    """Let one act of acts.py happen.

    Raises AlreadyDone where nothing waits for it, Refused for a time or a day that can't be.
    """
    owed, happened_at = owed_on(session, file.id or 0), at or recorded_at
    if (act, record_id) not in fitting_acts(file, owed):
        raise AlreadyDone("nothing of this kind waits on this file")
    check_instant(session, file, act, record_id, owed, at=happened_at, recorded_at=recorded_at)
    frame: dict[str, Any] = {"at": happened_at, "recorded_at": recorded_at, "by": by, "confirmed_by": confirmed_by}
    frame["proof"] = proof
    about = Subject(act.of, record_id) if record_id is not None else None
    if act.begins:
        about = _begun(session, file, act, happened_at, told)
    fact = act.fact(**frame, subject=about, **_said(session, file, act, told))
    if isinstance(fact, f.LiabilityStartMoved):
        _move_start(session, file, fact)
    record(session, file, fact)
    attach(session, list(files), file_id=file.id or 0)


def owe_upload(session: Session, happenings: Sequence[Happening]) -> None:
    """第十七条: what happened on a claim is to be uploaded; until it is, what happens next goes with it."""
    for happening in {h.file.id: h for h in happenings}.values():
        at, key = happening.fact.learned_at, f"upload:{happening.file.id}"
        owed = f.ClaimUploadOwed(at=at, by=SYSTEM, what=happening.fact.name)
        known = session.exec(select(DutyFile.id).where(DutyFile.key == key)).first()
        if known is not None:
            record(session, lock(session, known), owed)
            continue
        claim = session.get_one(Claim, happening.file.id)
        about = {"project_id": _project_of(session, claim), "claim_id": claim.id}
        _open(session, "upload", key, owed, district=happening.file.district, **about)


def _under_the_rules(session: Session, starts_on: date, at: datetime) -> list[str]:
    """The duties before liability whose last day lies within the rule set of today."""
    rules, days = rule_book(session).on(shanghai_day(at)), calendar(session)
    duties = {name: rules.clocks[name] for name in BEFORE_LIABILITY}
    dues = {name: count(rule, rule.length, day_start(starts_on), [], days) for name, rule in duties.items()}
    return [name for name, due in dues.items() if due.legal_due and due.legal_due > day_start(rules.starts_on)]


def _open(session: Session, kind: str, key: str, first: Fact, *, district: str | None, **about: Any) -> CaseFile:
    """A file with its first fact. Its key, not a look beforehand, makes it the only one: else AlreadyDone."""
    try:
        with session.begin_nested():
            file = open_file(session, kind=kind, opened_at=first.at, district=district)
            record_many(session, [(file, first)], along=[DutyFile(id=file.id or 0, key=key, **about)])
            return file
    except IntegrityError as error:
        raise AlreadyDone("this has its file already") from error


def _begun(session: Session, file: CaseFile, act: Act, at: datetime, told: dict[str, Any]) -> Subject:
    planned_on = told.get("planned_on")
    if planned_on is not None and planned_on < shanghai_day(at):
        raise Refused(planned_on="This day is over.")
    sealed = session.info["sealer"].seal(told["what"])
    begun = DutyRecord(file_id=file.id or 0, kind=act.begins, what_sealed=sealed, planned_on=planned_on, begun_at=at)
    session.add(begun)
    session.flush()
    return Subject(act.begins, begun.id or 0)


def _said(session: Session, file: CaseFile, act: Act, told: dict[str, Any]) -> dict[str, Any]:
    """What the fact carries beside its frame."""
    said = {"planned_on": told["planned_on"].isoformat()} if "planned_on" in told else {}
    said |= {"what": told["what"]} if act.begins else {}
    said |= {"amount_fen": told["amount"]} if "amount" in told else {}
    said |= {"reason": told["reason"]} if "reason" in told else {}
    if act.fact is f.LiabilityStartMoved:
        owed = {clock.clock for clock in owed_on(session, file.id or 0)}
        not_done = tuple(name for name in BEFORE_LIABILITY if name in owed)
        said |= {"liability_starts_on": told["liability_starts_on"].isoformat(), "clocks": not_done}
    return said


def _move_start(session: Session, file: CaseFile, fact: f.LiabilityStartMoved) -> None:
    """A later day moves statutory dates later: a lead has to stand for it. Raises NeedsConfirmation, Refused."""
    duty, starts_on = session.get_one(DutyFile, file.id), date.fromisoformat(fact.liability_starts_on)
    if starts_on <= session.get_one(Project, duty.project_id).completion_filed_on:
        raise Refused(liability_starts_on="Must lie after the works' completion.")
    moved = [clock for clock in owed_on(session, file.id or 0) if clock.clock in fact.clocks]
    is_later = duty.liability_starts_on is not None and starts_on > duty.liability_starts_on
    if moved and is_later and not fact.confirmed_by:
        raise NeedsConfirmation(moved[0], fact)
    duty.liability_starts_on = starts_on


def _project_of(session: Session, claim: Claim) -> int | None:
    query = select(Building.project_id).join(Home, col(Home.building_id) == Building.id)
    return session.exec(query.where(Home.id == claim.home_id)).first() if claim.home_id else None
