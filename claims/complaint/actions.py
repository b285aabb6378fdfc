"""Receiving, extending and deciding a complaint."""

from datetime import datetime

from sqlmodel import Session, col, select

from claims.casefile import AlreadyDone, CaseFile, Refused, Subject, record
from claims.casefile.belongings import rule_book
from claims.casefile.facts import ComplaintDecided, ComplaintExtended, ComplaintReceived
from claims.casefile.model import TimelineEntry
from claims.casefile.queries import running_clock
from claims.complaint.model import Complaint

CLOCK = "complaint"
FURTHER = {"received": "extended", "extended": "prolonged"}
"""State → what an extension makes of it; also the name of its length in config/clocks.toml."""
STANDS = {
    "extended": "it has been extended already: once more is for a manager",
    "prolonged": "it has been extended twice already",
    "decided": "the complaint has been decided already",
}
"""State → why it can't be extended, or decided."""


def receive_complaint(
    session: Session,
    file: CaseFile,
    *,
    complainant: str,
    text: str,
    by: str,
    received_at: datetime,
    recorded_at: datetime,
) -> Complaint:
    if not file.opened_at <= received_at <= recorded_at:
        raise Refused(received_at="Must lie between the report and now.")
    sealed = session.info["sealer"].seal(complainant)
    complaint = Complaint(claim_id=file.id or 0, complainant_sealed=sealed, text=text, received_at=received_at)
    session.add(complaint)
    session.flush()
    fact = ComplaintReceived(
        at=received_at,
        recorded_at=recorded_at,
        by=by,
        subject=_subject(complaint),
        by_whom="complainant",
        proof="complaint",
    )
    record(session, file, fact)
    return complaint


def extend_complaint(
    session: Session, file: CaseFile, complaint: Complaint, *, reason: str, by: str, at: datetime, senior: bool = False
) -> None:
    """Complex: 30 days in all, from the receipt; then, by a senior's word, 30 more. Each before its time is over.

    Each once: from received to extended, from extended to prolonged.
    """
    if complaint.state not in FURTHER or (complaint.state == "extended" and not senior):
        raise AlreadyDone(STANDS[complaint.state])
    if not reason.strip():
        raise Refused(reason="Say what makes it complex.")
    clock = running_clock(session, file.id or 0, CLOCK, str(_subject(complaint)))
    if clock is None or clock.legal_due is None or at >= clock.legal_due:
        raise AlreadyDone("its days are over")
    complaint.state, complaint.extended_by = FURTHER[complaint.state], by
    complaint.extension_reason = "；".join(filter(None, (complaint.extension_reason, reason.strip())))
    session.flush()
    in_all = rule_book(session).named(clock.rule_set).clocks[CLOCK].length_if[complaint.state]
    extended = ComplaintExtended(at=at, by=by, subject=_subject(complaint), reason=reason, lengths={CLOCK: in_all})
    record(session, file, extended)


def decide_complaint(
    session: Session,
    file: CaseFile,
    complaint: Complaint,
    *,
    upheld: bool,
    decision: str,
    reasons: str,
    by: str,
    at: datetime,
) -> None:
    """Raises Refused where the decider has acted on the claim: it must be somebody disinterested."""
    if complaint.state == "decided":
        raise AlreadyDone(STANDS[complaint.state])
    acted = select(TimelineEntry.seq).where(TimelineEntry.file_id == file.id, TimelineEntry.by == by)
    own = col(TimelineEntry.fact).not_in(("ComplaintReceived", "ComplaintExtended"))
    if session.exec(acted.where(own).limit(1)).first() is not None:
        raise Refused(decided_by="You have acted on this claim; somebody else must decide the complaint.")
    complaint.state, complaint.decided_by, complaint.decided_at = "decided", by, at
    complaint.upheld, complaint.decision, complaint.reasons = upheld, decision, reasons
    session.flush()
    record(session, file, ComplaintDecided(at=at, by=by, subject=_subject(complaint), upheld=upheld))


def complaint_of(session: Session, claim_id: int, number: int) -> Complaint | None:
    query = select(Complaint).where(Complaint.claim_id == claim_id, Complaint.id == number)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def complaints_of(session: Session, claim_id: int) -> list[Complaint]:
    return list(session.exec(select(Complaint).where(Complaint.claim_id == claim_id).order_by(col(Complaint.id))))


def _subject(complaint: Complaint) -> Subject:
    return Subject("complaint", complaint.id or 0)
