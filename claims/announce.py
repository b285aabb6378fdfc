"""THE THIRD TABLE: which fact, and which rung, tells whom what. Stores data; the worker renders and sends."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, col, select

from claims import messages
from claims.access import Person
from claims.appraisal import note_silence
from claims.calendar.telling import TOLD_AT_THE_REPORT, TOLD_LATER, day_moved, where_moved
from claims.casefile import CaseFile, Fact, Happening, Listeners, Stage
from claims.casefile.facts import (
    ClaimAssigned,
    ClaimReferred,
    ClockRecounted,
    EveryFindingDecided,
    EveryRepairAccepted,
    HomeIdentified,
    ObligationFulfilled,
    PaymentMade,
    RepairAccepted,
    RepairNotFixed,
    ReportReceived,
    SettlementReached,
    SurveyBooked,
    WorksCompleted,
)
from claims.casefile.queries import running_clock
from claims.duties import OWES_UPLOAD, owe_upload
from claims.intake import Claim
from claims.letters import DRAFTED_ON, draft_letters
from claims.letters.amounts import spelled_amount
from claims.registry import Home, owner_of
from claims.repair import accept_after_payment
from claims.settlement import Settlement, close_if_performed
from claims.survey import Visit
from claims.warning import still_says_something, tell_the_new_owner, tell_the_team
from claims.warranty import (
    close_if_ended,
    close_when_ended,
    reanchor_warranties,
    recognise_warranty,
    start_warranties,
)
from config.spelling import spelled_day, spelled_due, spelled_instant
from config.time import instant, last_day, shanghai_day
from notifications import outbox
from notifications.rendering import Content

Tell = Callable[[Session, Sequence[Happening]], None]
PhoneOf = Callable[[Session, Claim, datetime], str]
Writer = Callable[[Session, Claim, Happening], Content | None]


def report_received(session: Session, claim: Claim, happening: Happening) -> Content | None:
    """None where the report was referred in the same breath: that message says it all."""
    nexts = {Stage.REPORTED: ("survey", "派人上门查勘"), Stage.REPAIRING: ("warranty_repair", "保修期内直接安排维修")}
    if Stage(happening.file.stage) not in nexts:
        return None
    clock, act = nexts[Stage(happening.file.stage)]
    started = (c for c in happening.started if c.clock == clock)
    running = next(started, None) or running_clock(session, claim.id, clock)
    assert running is not None and running.legal_due is not None
    return messages.ReportReceived(
        **_head(session, happening.file),
        received_at=spelled_instant(claim.received_at),
        track_code=session.info["sealer"].open(claim.track_code_sealed),
        next_act=act,
        next_by=spelled_due(running.legal_due, provisional=running.provisional),
    )


def claim_referred(session: Session, claim: Claim, happening: Happening) -> Content | None:
    assert isinstance(happening.fact, ClaimReferred)
    starts = instant(f"{happening.fact.builder_until}T00:00:00+08:00")
    return messages.ClaimReferred(
        **_head(session, happening.file), builder=happening.fact.builder, builder_until=spelled_day(last_day(starts))
    )


def survey_booked(session: Session, claim: Claim, happening: Happening) -> Content | None:
    assert happening.fact.subject is not None
    visit = session.get_one(Visit, happening.fact.subject.id)
    home = session.get(Home, claim.home_id) if claim.home_id else None
    surveyor = session.get(Person, visit.surveyor_id) if visit.surveyor_id else None
    return messages.SurveyBooked(
        **_head(session, happening.file),
        visit_at=spelled_instant(visit.visit_at)[:-3],
        surveyor=surveyor.name if surveyor else None,
        home_address=home.address if home else claim.address or "您报案的房屋",
    )


def settlement_reached(session: Session, _claim: Claim, happening: Happening) -> Content:
    """What was agreed, and the last of the 10 days."""
    assert happening.fact.subject is not None
    agreed = session.get_one(Settlement, happening.fact.subject.id)
    performance = next(clock for clock in happening.started if clock.clock == "performance")
    assert performance.legal_due is not None
    days = [spelled_day(day) for day in (agreed.starts_on, agreed.finishes_on) if day]
    return messages.SettlementReached(
        **_head(session, happening.file),
        works=f"{days[0]}开工，{days[-1]}完工" if days else None,
        cash=spelled_amount(agreed.cash_fen) if agreed.cash_fen else None,
        perform_by=spelled_due(performance.legal_due, provisional=performance.provisional),
    )


TO_THE_SLICES: dict[type[Fact], tuple[Tell, ...]] = {
    ReportReceived: (recognise_warranty,),
    HomeIdentified: (recognise_warranty,),
    WorksCompleted: (start_warranties,),
    RepairAccepted: (reanchor_warranties,),
    RepairNotFixed: (reanchor_warranties,),
    PaymentMade: (accept_after_payment,),
    EveryRepairAccepted: (close_if_ended,),
    ObligationFulfilled: (close_if_ended,),
    EveryFindingDecided: (close_if_performed, close_if_ended),
}
"""Fact → a later step of the journey that has to know; these hear it first."""

TO_THE_REPORTER: dict[type[Fact], Writer] = {
    ReportReceived: report_received,
    ClaimReferred: claim_referred,
    SurveyBooked: survey_booked,
}
"""Fact → text to whoever reported, if a phone number is known."""

TO_THE_OWNER: dict[type[Fact], Writer] = {SettlementReached: settlement_reached}
"""Fact → text to the home's owner of that day, else to who reported as the owner."""

STILL_SAYS_SOMETHING = {"rung": still_says_something, "assigned": still_says_something}
"""Messages that may have waited → whether they still say something when they are about to leave."""


def announce(listeners: Listeners) -> None:
    """Hang the table on the app's listeners."""
    for fact, tells in TO_THE_SLICES.items():
        for tell in tells:
            listeners.on(fact, tell=tell)
    listeners.on(*OWES_UPLOAD, tell=owe_upload)
    for fact, write in TO_THE_REPORTER.items():
        listeners.on(fact, tell=_texting(write, _reporter))
    for fact, write in TO_THE_OWNER.items():
        listeners.on(fact, tell=_texting(write, _owner))
    listeners.on(ClockRecounted, tell=where_moved(TOLD_AT_THE_REPORT, _texting(day_moved, _reporter)))
    listeners.on(ClockRecounted, tell=where_moved(TOLD_LATER, _texting(day_moved, _owner)))
    listeners.on(ClaimAssigned, tell=tell_the_new_owner)
    listeners.on(*DRAFTED_ON, tell=draft_letters)  # after the slices: letters print what those have worked out
    for ring in (close_when_ended, note_silence, tell_the_team):
        listeners.on_rung(ring)


def _texting(write: Writer, phone_of: PhoneOf) -> Callable[[Session, Sequence[Happening]], None]:
    def tell(session: Session, happenings: Sequence[Happening]) -> None:
        claims = {claim.id: claim for claim in _claims(session, {h.file.id for h in happenings})}
        texts = (_text(session, write, phone_of, claims[h.file.id], h) for h in happenings if h.file.id in claims)
        outbox.queue(session, filter(None, texts), happenings[0].fact.learned_at)

    return tell


def _claims(session: Session, numbers: Collection[int | None]) -> list[Claim]:
    """Those that this session opened or read are at hand; the others cost one question."""
    at_hand = session.identity_map
    known = [claim for n in numbers if (claim := at_hand.get(Session.identity_key(Claim, n))) is not None]
    unknown = set(numbers) - {claim.id for claim in known}
    found = session.exec(select(Claim).where(col(Claim.id).in_(unknown))).all() if unknown else ()
    return [*known, *found]


def _reporter(session: Session, claim: Claim, _at: datetime) -> str:
    phone: str = session.info["sealer"].open(claim.phone_sealed)
    return phone


def _owner(session: Session, claim: Claim, at: datetime) -> str:
    known = owner_of(session, claim.home_id, shanghai_day(at)) if claim.home_id else None
    if known is not None and known.phone_sealed:
        phone: str = session.info["sealer"].open(known.phone_sealed)
        return phone
    return _reporter(session, claim, at) if claim.relation == "owner" else ""


def _text(
    session: Session, write: Writer, phone_of: PhoneOf, claim: Claim, happening: Happening
) -> outbox.Draft | None:
    phone = phone_of(session, claim, happening.fact.at)
    content = write(session, claim, happening) if phone else None
    if content is None:
        return None
    return outbox.Draft(
        key=f"claim:{claim.id}:{happening.seq}",
        about=f"claim:{claim.id}",
        message=content.folder,
        way="sms",
        recipient=phone,
        content=asdict(content),  # type: ignore[call-overload]
    )


def _head(session: Session, file: CaseFile) -> dict[str, str]:
    settings = session.info["settings"]
    return {"insurer_short": settings.insurer_short, "reference": file.reference, "hotline": settings.hotline_number}
