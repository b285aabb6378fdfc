"""What of a claim is its homeowner's to see and to say."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, or_, select

from claims.access.shares import TOLD_CLOCKS
from claims.appraisal import Appraisal, AppraisalCandidate, appraisals_of, candidates_of
from claims.attachments import Attachment
from claims.casefile import CaseFile, NoSuchFile
from claims.casefile.belongings import calendar, rule_book
from claims.casefile.clocks import ACTIVE
from claims.casefile.queries import started_clocks
from claims.decision import decisions_of, findings_by_decision
from claims.decision.supplement import Missing, asked_for, supplements_of
from claims.intake import Claim
from claims.letters import LETTERS, Letter, issued_decisions, letters_of
from claims.registry import Firm, owner_of
from claims.repair import RepairItem, RepairOrder, items_of, orders_of
from claims.settlement import Settlement, consents_of, live_settlement
from claims.track.entry import Opening
from claims.web.clock import ClockFace, clock_face
from config.time import shanghai_day


def claim_in(session: Session, reference: str) -> tuple[CaseFile, Claim]:
    """Raises NoSuchFile (404)."""
    query = select(CaseFile, Claim).join(Claim).where(CaseFile.reference == reference)
    found = session.exec(query).one_or_none()
    if found is None:
        raise NoSuchFile(reference)
    file, claim = found
    return file, claim


def is_owners(session: Session, claim: Claim, as_of: datetime) -> bool:
    """Whether this report is the owner's own: money and letters are for nobody else."""
    return claim.relation == "owner" or has_owners_phone(session, claim, as_of)


def may_bind(session: Session, claim: Claim, opening: Opening, as_of: datetime) -> bool:
    """Whether an act on this page is the owner's own word: a code proved the phone, which is the owner's on record."""
    return opening.way == "text" and has_owners_phone(session, claim, as_of)


def has_owners_phone(session: Session, claim: Claim, as_of: datetime) -> bool:
    """Whether a code by text to the phone of this report can prove the owner."""
    owner = owner_of(session, claim.home_id, shanghai_day(as_of)) if claim.home_id else None
    return owner is not None and bool(claim.phone_index) and owner.phone_index == claim.phone_index


def next_clocks(session: Session, file_id: int, as_of: datetime, *, in_danger: bool) -> list[ClockFace]:
    """What we owe the homeowner now, the nearest first; what stands still comes later, and the advance last.

    保险法 25 is a backstop for a slow decision: what comes next is never it.
    """
    running = [
        (clock, pauses)
        for clock, pauses in started_clocks(session, file_id)
        if clock.clock in TOLD_CLOCKS - {"repair_warranty"} and clock.state in ACTIVE
    ]
    running.sort(
        key=lambda pair: (pair[0].clock == "advance", pair[0].legal_due is None, pair[0].legal_due or pair[0].anchor)
    )
    rules, days = rule_book(session), calendar(session)
    return [
        clock_face(clock, pauses, rules.named(clock.rule_set).clocks[clock.clock], days, as_of, in_danger=in_danger)
        for clock, pauses in running
    ]


def told_outcomes(session: Session, claim_id: int) -> dict[int, str]:
    """Finding → covered or denied, as the newest notice that went out says; a proposal is told to nobody."""
    issued, by_decision = issued_decisions(session, claim_id), findings_by_decision(session, claim_id)
    told = [decision for decision in decisions_of(session, claim_id) if decision.id in issued]
    return {finding: d.outcome for d in told for finding in by_decision.get(d.id or 0, ())}


def missing_of(session: Session, claim_id: int) -> list[Missing]:
    """What was asked for and hasn't come yet."""
    asked = next((s for s in supplements_of(session, claim_id) if s.pauses and s.received_at is None), None)
    return asked_for(asked) if asked else []


def offer_of(session: Session, claim_id: int) -> Settlement | None:
    """The offer that waits for the owner's word."""
    offer = live_settlement(session, claim_id)
    if offer is None or offer.state != "proposed":
        return None
    waits = any(word.who == "owner" and word.agreed_at is None for word in consents_of(session, offer))
    return offer if waits else None


def finished_works(session: Session, claim_id: int) -> list[tuple[RepairOrder, list[RepairItem]]]:
    """Works that wait for the owner's word, item by item."""
    orders = [order for order in orders_of(session, claim_id) if order.state == "completed"]
    return [(order, items_of(session, order.id or 0)) for order in orders]


def choices_of(session: Session, claim_id: int) -> list[tuple[Appraisal, list[tuple[AppraisalCandidate, Firm]]]]:
    """Appraisers among whom the owner may choose; a dispute of the developer is the developer's to choose in."""
    open_ones = [a for a in appraisals_of(session, claim_id) if a.state == "proposed" and a.raised_by != "developer"]
    return [(appraisal, candidates_of(session, appraisal.id or 0)) for appraisal in open_ones]


def readable_letters(session: Session, claim: Claim) -> list[Letter]:
    """Issued letters to the owner that went to the phone of this report, or to an owner without one on record."""
    opened = session.info["sealer"].open
    mine, phone = claim.relation == "owner", opened(claim.phone_sealed)
    return [
        letter
        for letter in letters_of(session, claim.id)
        if letter.attachment_id
        and LETTERS[letter.kind].to == "owner"
        and _is_for(opened(letter.recipient_sealed), phone, mine)
    ]


def letter_of(session: Session, claim: Claim, number: str) -> Attachment | None:
    """The PDF of a readable letter."""
    numbers: Iterable[int | None] = (
        letter.attachment_id for letter in readable_letters(session, claim) if letter.number == number
    )
    return session.get(Attachment, next(iter(numbers), None) or 0)


def sent_files(session: Session, claim: Claim) -> list[Attachment]:
    """What came with the report and through this page; what staff keep and what we wrote isn't among it."""
    ours = select(Letter.attachment_id).where(Letter.claim_id == claim.id, col(Letter.attachment_id).is_not(None))
    theirs = or_(col(Attachment.uploaded_by).is_(None), Attachment.uploaded_by == claim.filed_by)
    query = select(Attachment).where(Attachment.file_id == claim.id, theirs, col(Attachment.id).not_in(ours))
    return list(session.exec(query.order_by(col(Attachment.id))))


def file_of(session: Session, claim: Claim, token: str) -> Attachment | None:
    return next((kept for kept in sent_files(session, claim) if kept.token == token), None)


def _is_for(recipient: str, phone: str, mine: bool) -> bool:
    return recipient == phone if recipient else mine
