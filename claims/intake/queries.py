"""What a reporter is told back: the receipt of a report, and whether a second copy says the same."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from claims.attachments import attachments_of
from claims.casefile import CaseFile, Stage
from claims.casefile.belongings import rule_book
from claims.casefile.length import Length, Unit
from claims.casefile.queries import owed_clocks, running_clock
from claims.casefile.timeline import entries_of
from claims.intake.actions import Received, Report
from claims.intake.gate import Gate
from claims.intake.model import Claim
from claims.registry import Policy, home_by_code, homes_by_address
from claims.web.clock import ClockLine, clock_line
from config.time import last_day

MOST_OFFERED = 8


@dataclass(frozen=True)
class Survey:
    """When somebody comes at the latest. `printed`: the policy itself says in how many days."""

    last_day: date
    number: int
    working_days: bool
    printed: bool
    rolled: bool
    provisional: bool


@dataclass(frozen=True)
class Referral:
    """Who repairs inside the two years after 竣工备案, and until which day (第七条(七))."""

    builder: str
    last_day: date


@dataclass(frozen=True)
class Receipt:
    """`survey` and `referral` are both None once the claim has gone on, or while its clock stands still."""

    reference: str
    track_code: str
    received_at: datetime
    danger: bool
    photos: int
    home_known: bool
    survey: Survey | None
    referral: Referral | None


def receipt_of(session: Session, reference: str) -> Receipt | None:
    """The receipt as it stands now; None where there is no such claim."""
    query = select(CaseFile, Claim).join(Claim).where(CaseFile.reference == reference)
    found = session.exec(query).one_or_none()
    if found is None:
        return None
    file, claim = found
    return Receipt(
        reference=file.reference,
        track_code=session.info["sealer"].open(claim.track_code_sealed),
        received_at=claim.received_at,
        danger=claim.danger,
        photos=len(attachments_of(session, claim.id)),
        home_known=claim.gate != Gate.NO_HOME,
        survey=_survey(session, claim) if file.stage == Stage.REPORTED else None,
        referral=_referral(session, claim.id) if file.stage == Stage.REFERRED else None,
    )


def promised(session: Session, reference: str, as_of: datetime) -> dict[str, ClockLine]:
    """By when we call and come, by the clock's name, while a danger is open; empty where none is."""
    file = session.exec(select(CaseFile).where(CaseFile.reference == reference)).one_or_none()
    if file is None or not file.stands_first:
        return {}
    rules = rule_book(session)
    return {
        clock.clock: clock_line(clock, rules.named(clock.rule_set).clocks[clock.clock], as_of, in_danger=True)
        for clock in owed_clocks(session, [file.id or 0])
    }


def homes_offered(session: Session, address: str) -> list[str]:
    """The homes that an address may mean, as full addresses, to choose from; empty where it names one, or too many.

    Addresses only: who lives there, and under which code the registry holds it, is nobody's to learn here.
    """
    found = homes_by_address(session, address, limit=MOST_OFFERED + 1)
    named = list(dict.fromkeys(placed.address for placed in found))
    one = len(found) == 1 and found[0].exact
    return [] if one or len(named) > MOST_OFFERED or len(named) < len(found) else named


def says_the_same(session: Session, received: Received, report: Report, photos: Collection[str]) -> bool:
    """Whether `report` with `photos` (their SHA-256) tells nothing that the claim it met doesn't hold."""
    claim, sealer = received.claim, session.info["sealer"]
    told = (
        report.description,
        report.address,
        report.part,
        report.item,
        report.found_on,
        report.danger,
        report.relation,
    )
    held = (claim.description, claim.address, claim.part, claim.item, claim.found_on, claim.danger, claim.relation)
    if told != held or (report.name, report.phone) != (sealer.open(claim.name_sealed), sealer.open(claim.phone_sealed)):
        return False
    if report.home:
        placed = home_by_code(session, report.home)
        if placed is None or placed.home.id != claim.home_id:
            return False
    return set(photos) <= {kept.sha256 for kept in attachments_of(session, claim.id)}


def _survey(session: Session, claim: Claim) -> Survey | None:
    clock = running_clock(session, claim.id, "survey")
    if clock is None or clock.legal_due is None or clock.safe_due is None:
        return None
    length = Length.parse(clock.length)
    policy = session.get(Policy, claim.policy_id) if claim.policy_id else None
    return Survey(
        last_day=last_day(clock.legal_due),
        number=length.number,
        working_days=length.unit is Unit.WORKING_DAY,
        printed=policy is not None and policy.survey_days is not None,
        rolled=clock.legal_due > clock.safe_due,
        provisional=clock.provisional,
    )


def _referral(session: Session, file_id: int) -> Referral | None:
    for entry, kept in reversed(entries_of(session, file_id)):
        if entry.fact == "ClaimReferred" and kept is not None:
            told = json.loads(kept.details)
            return Referral(told["builder"], date.fromisoformat(told["builder_until"]) - timedelta(days=1))
    return None
