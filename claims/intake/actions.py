"""Taking a report, and the acts around it: the home found, the call back, the adjuster named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, SQLModel, select

from claims.access import Person, part_in
from claims.attachments import attach
from claims.casefile import AlreadyDone, CaseFile, Fact, Refused, Stage, open_file, record_many
from claims.casefile.facts import (
    ClaimAssigned,
    ClaimReferred,
    HomeIdentified,
    ReportReceived,
)
from claims.casefile.model import RunningClock
from claims.casefile.rows import as_written
from claims.intake.gate import Gate, liability
from claims.intake.model import Claim
from claims.intake.people import new_track_code, sealed_reporter
from claims.registry import Insured, homes_by_address, homes_by_phone, insured_home
from config.time import shanghai_day


@dataclass(frozen=True, kw_only=True)
class Report:
    """One shape for every door. `phone` is E.164 or empty; `home` a registry code; `key` makes it single.

    `language`: zh or en, the reporter's.
    """

    channel: str
    relation: str
    description: str
    phone: str = ""
    name: str = ""
    home: str | None = None
    address: str = ""
    part: str | None = None
    item: str | None = None
    found_on: date | None = None
    danger: bool = False
    key: str | None = None
    photos: tuple[str, ...] = ()
    language: str = "zh"


@dataclass(frozen=True)
class Received:
    """A report that has become a claim, with the clocks that it started.

    `new` is False, and the clocks aren't told, where the same report had come before.
    """

    claim: Claim
    file: CaseFile
    track_code: str
    new: bool = True
    clocks: Sequence[RunningClock] = ()


def receive_report(
    session: Session,
    report: Report,
    *,
    by: str,
    at: datetime,
    recorded_at: datetime | None = None,
    filed_by: Person | None = None,
) -> Received:
    """Open a claim (第十三条 接到报案). Raises Refused where the home's code or the day found can't be."""
    if (known := received_before(session, report.key)) is not None:
        return known
    if report.found_on is not None and report.found_on > shanghai_day(at):
        raise Refused(found_on="This day hasn't come yet.")
    insured, candidate = _place(session, report, shanghai_day(at))
    opened = partial(
        _open, session, report, insured, candidate, by=by, at=at, recorded_at=recorded_at, filed_by=filed_by
    )
    if report.key is None:
        return opened()
    try:
        with session.begin_nested():
            return opened()
    except IntegrityError:
        known = received_before(session, report.key)  # somebody else's copy of the same report came first
        if known is None:
            raise
        return known


def received_before(session: Session, key: str | None) -> Received | None:
    """The claim that this very report opened earlier."""
    if key is None:
        return None
    found = session.exec(select(Claim, CaseFile).join(CaseFile).where(Claim.key == key)).one_or_none()
    if found is None:
        return None
    claim, file = found
    return Received(claim, file, session.info["sealer"].open(claim.track_code_sealed), new=False)


def identify_home(session: Session, file: CaseFile, claim: Claim, *, home: str, by: str, at: datetime) -> None:
    """Say which home a claim is about, and let the gate speak of it as of the day of the report."""
    insured = insured_home(session, home, shanghai_day(claim.received_at))
    if insured is None:
        raise Refused(home="No home has this code.")
    gate = liability(insured.cover, claim.part, shanghai_day(claim.received_at))
    claim.home_id, claim.candidate_home_id, claim.gate = insured.home.id, None, gate
    claim.policy_id = insured.policy.id if insured.policy else None
    file.district = insured.project.district
    number = insured.policy.number if insured.policy else None
    facts: list[Fact] = [HomeIdentified(at=at, by=by, home=insured.home.code, policy=number, lengths=_lengths(insured))]
    if gate is Gate.BUILDER_PERIOD and file.stage == Stage.REPORTED:
        facts.append(_referral(insured, at=at, by=by, recorded_at=None))
    record_many(session, [(file, fact) for fact in facts])


def assign(session: Session, file: CaseFile, *, to: Person, by: str, at: datetime) -> None:
    """Name the adjuster who looks after the claim. Raises AlreadyDone where it is theirs: they aren't told twice."""
    if file.assignee_id == to.id:
        raise AlreadyDone(f"{to.email} looks after it already")
    file.assignee_id = to.id
    record_many(session, [(file, ClaimAssigned(at=at, by=by, assignee=f"staff:{to.id}"))])


def _place(session: Session, report: Report, on: date) -> tuple[Insured | None, int | None]:
    """The home told by code or exact address; else the one home known under the caller's number, as a candidate."""
    if report.home:
        insured = insured_home(session, report.home, on)
        if insured is None:
            raise Refused(home="No home has this code.")
        return insured, None
    if report.address:
        found = homes_by_address(session, report.address, limit=2)
        if len(found) == 1 and found[0].exact:
            return insured_home(session, found[0].home.code, on), None
        if len(found) == 1:
            return None, found[0].home.id
    homes = homes_by_phone(session, report.phone, on) if report.phone else []
    return None, homes[0].home.id if len(homes) == 1 else None


def _open(
    session: Session,
    report: Report,
    insured: Insured | None,
    candidate: int | None,
    *,
    by: str,
    at: datetime,
    recorded_at: datetime | None,
    filed_by: Person | None,
) -> Received:
    gate = liability(insured.cover, report.part, shanghai_day(at)) if insured else Gate.NO_HOME
    file = open_file(session, kind="claim", opened_at=at, district=insured.project.district if insured else None)
    assert file.id is not None
    sealer, track_code = session.info["sealer"], new_track_code()
    claim = as_written(
        Claim,
        id=file.id,
        key=report.key,
        gate=gate,
        address=report.address,
        part=report.part,
        item=report.item,
        home_id=insured.home.id if insured else None,
        candidate_home_id=candidate,
        policy_id=insured.policy.id if insured and insured.policy else None,
        description=report.description,
        found_on=report.found_on,
        danger=report.danger,
        channel=report.channel,
        relation=report.relation,
        language=report.language,
        track_code_sealed=sealer.seal(track_code),
        received_at=at,
        filed_by=filed_by.id if filed_by else None,
        **sealed_reporter(sealer, report.name, report.phone),
    )
    make_transient_to_detached(claim)
    session.add(claim)  # whoever hears of it in this session finds it without asking the database
    facts: list[Fact] = [
        ReportReceived(
            at=at,
            recorded_at=recorded_at,
            by=by,
            channel=report.channel,
            relation=report.relation,
            home=insured.home.code if insured else None,
            part=report.part,
            item=report.item,
            danger=report.danger,
            lengths=_lengths(insured),
        )
    ]
    if gate is Gate.BUILDER_PERIOD and insured is not None:
        facts.append(_referral(insured, at=at, by=by, recorded_at=recorded_at))
    along: list[SQLModel] = [claim]
    if filed_by is not None and filed_by.id is not None:
        along.append(part_in(file_id=file.id, person_id=filed_by.id, role="channel", at=at))
    happened = record_many(session, [(file, fact) for fact in facts], along=along)
    attach(session, report.photos, file_id=file.id)
    return Received(claim, file, track_code, clocks=happened[0].started)


def _lengths(insured: Insured | None) -> dict[str, str]:
    """What the policy itself says of the clocks that the law leaves to it."""
    if insured is None or insured.policy is None:
        return {}
    printed = {"survey": insured.policy.survey_days, "decision": insured.policy.decision_days}
    return {clock: f"{days} days" for clock, days in printed.items() if days}


def _referral(insured: Insured, *, at: datetime, by: str, recorded_at: datetime | None) -> ClaimReferred:
    until = min(term.starts_on for term in insured.cover.values())
    return ClaimReferred(
        at=at, recorded_at=recorded_at, by=by, builder=insured.project.builder, builder_until=until.isoformat()
    )
