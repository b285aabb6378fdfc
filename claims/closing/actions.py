"""How a claim ends before its warranty does: withdrawn by who reported it, or closed with nothing left to do."""

from datetime import datetime

from sqlmodel import Session, col, select

from claims.appraisal import appraisals_of
from claims.casefile import AlreadyDone, CaseFile, Refused, record
from claims.casefile.belongings import rule_book
from claims.casefile.facts import ClaimClosed, ClaimWithdrawn
from claims.casefile.model import RunningClock
from claims.settlement import has_to_agree_or_perform


def withdraw(session: Session, file: CaseFile, *, reason: str, by: str, at: datetime) -> None:
    """At the owner's wish. A later report of the same defect is a new claim."""
    record(session, file, ClaimWithdrawn(at=at, by=by, reason=reason))


def close_claim(session: Session, file: CaseFile, *, reason: str, by: str, at: datetime) -> None:
    """A claim whose notices have gone out and on which nothing is open. Raises AlreadyDone while something is."""
    if not reason.strip():
        raise Refused(reason="Say why nothing is left to do.")
    if owed := sorted(_owed(session, file)):
        raise AlreadyDone(f"still owed: {', '.join(owed)}")
    if has_to_agree_or_perform(session, file.id or 0):
        raise AlreadyDone("something is still to be decided, settled or performed")
    if any(appraisal.state != "opined" for appraisal in appraisals_of(session, file.id or 0)):
        raise AlreadyDone("an appraisal is under way")
    record(session, file, ClaimClosed(at=at, by=by, reason=reason))


def _owed(session: Session, file: CaseFile) -> set[str]:
    """The clocks that run, stand still or were breached without being met, and a warranty's days; no mere measures."""
    clocks = select(RunningClock).where(
        RunningClock.file_id == file.id,
        col(RunningClock.state).in_(("running", "paused", "breached")),
        col(RunningClock.met_at).is_(None),
    )
    rules = rule_book(session).named(file.rule_set).clocks
    return {clock.clock for clock in session.exec(clocks) if not rules[clock.clock].measure}
