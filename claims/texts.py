"""What homeowners are told by text of what has happened: in the language of the report to whoever reported, else in
Chinese. Letters, and the texts that carry one, are Chinese (claims/letters/).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlmodel import Session, col, select

from claims import messages
from claims.access import Person
from claims.casefile import Happening, Stage
from claims.casefile.facts import ClaimReferred
from claims.casefile.queries import running_clock
from claims.intake import Claim
from claims.letters.amounts import in_figures, spelled_amount
from claims.registry import Home, owner_of
from claims.settlement import Settlement
from claims.survey import Visit
from config.spelling import spelled_day, spelled_due, spelled_instant
from config.time import instant, last_day, shanghai_day
from notifications import outbox
from notifications.rendering import Content

Tell = Callable[[Session, Sequence[Happening]], None]
PhoneOf = Callable[[Session, Claim, datetime], str]
Writer = Callable[[Session, Claim, Happening, str], Content | None]
"""With the language of its reader: zh or en."""

NEXT = {
    Stage.REPORTED: ("survey", {"zh": "派人上门查勘", "en": "a surveyor comes"}),
    Stage.REPAIRING: ("warranty_repair", {"zh": "保修期内直接安排维修", "en": "a repair under warranty"}),
}
"""What follows a report, by the stage that it leads to, and the clock that says by when."""


def report_received(session: Session, claim: Claim, happening: Happening, language: str) -> Content | None:
    """None where the report was referred in the same breath: that message says it all."""
    if Stage(happening.file.stage) not in NEXT:
        return None
    clock, act = NEXT[Stage(happening.file.stage)]
    started = (c for c in happening.started if c.clock == clock)
    running = next(started, None) or running_clock(session, claim.id, clock)
    assert running is not None and running.legal_due is not None
    english = language == "en"
    return messages.ReportReceived(
        **_head(session, happening, language),
        received_at=spelled_instant(claim.received_at, english=english),
        track_code=session.info["sealer"].open(claim.track_code_sealed),
        next_act=act[language],
        next_by=spelled_due(running.legal_due, provisional=running.provisional, english=english),
    )


def claim_referred(session: Session, claim: Claim, happening: Happening, language: str) -> Content | None:
    assert isinstance(happening.fact, ClaimReferred)
    until = last_day(instant(f"{happening.fact.builder_until}T00:00:00+08:00"))
    return messages.ClaimReferred(
        **_head(session, happening, language),
        builder=happening.fact.builder,
        builder_until=spelled_day(until, english=language == "en"),
    )


def survey_booked(session: Session, claim: Claim, happening: Happening, language: str) -> Content | None:
    assert happening.fact.subject is not None
    visit = session.get_one(Visit, happening.fact.subject.id)
    home = session.get(Home, claim.home_id) if claim.home_id else None
    surveyor = session.get(Person, visit.surveyor_id) if visit.surveyor_id else None
    unknown = {"zh": "您报案的房屋", "en": "the home that you reported"}[language]
    return messages.SurveyBooked(
        **_head(session, happening, language),
        visit_at=spelled_instant(visit.visit_at, english=language == "en")[:-3],
        surveyor=surveyor.name if surveyor else None,
        home_address=home.address if home else claim.address or unknown,
    )


def settlement_reached(session: Session, _claim: Claim, happening: Happening, language: str) -> Content:
    """What was agreed, and the last of the 10 days."""
    assert happening.fact.subject is not None
    agreed = session.get_one(Settlement, happening.fact.subject.id)
    performance = next(clock for clock in happening.started if clock.clock == "performance")
    assert performance.legal_due is not None
    spelled = {"zh": spelled_amount, "en": in_figures}[language]
    return messages.SettlementReached(
        **_head(session, happening, language),
        works=_works([day for day in (agreed.starts_on, agreed.finishes_on) if day], english=language == "en"),
        cash=spelled(agreed.cash_fen) if agreed.cash_fen else None,
        perform_by=spelled_due(performance.legal_due, provisional=performance.provisional, english=language == "en"),
    )


def reporter_of(session: Session, claim: Claim, _at: datetime) -> str:
    phone: str = session.info["sealer"].open(claim.phone_sealed)
    return phone


def owner_or_reporter(session: Session, claim: Claim, at: datetime) -> str:
    """The home's owner of that day, else who reported as the owner."""
    known = owner_of(session, claim.home_id, shanghai_day(at)) if claim.home_id else None
    if known is not None and known.phone_sealed:
        phone: str = session.info["sealer"].open(known.phone_sealed)
        return phone
    return reporter_of(session, claim, at) if claim.relation == "owner" else ""


def texting(write: Writer, phone_of: PhoneOf) -> Tell:
    """Hears facts about claims, and queues a text of each that `write` has words for."""

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


def _text(
    session: Session, write: Writer, phone_of: PhoneOf, claim: Claim, happening: Happening
) -> outbox.Draft | None:
    phone = phone_of(session, claim, happening.fact.at)
    language = claim.language if phone == reporter_of(session, claim, happening.fact.at) else "zh"
    content = write(session, claim, happening, language) if phone else None
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


def _works(days: Sequence[date], *, english: bool) -> str | None:
    if not days:
        return None
    first, last = (spelled_day(day, english=english) for day in (days[0], days[-1]))
    return f"from {first} to {last}" if english else f"{first}开工，{last}完工"


def _head(session: Session, happening: Happening, language: str) -> dict[str, str]:
    settings = session.info["settings"]
    return {
        "insurer_short": settings.insurer_short,
        "reference": happening.file.reference,
        "hotline": settings.hotline_number,
        "language": language,
    }
