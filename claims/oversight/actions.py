"""The manager's one act: to say why a duty was late, and what follows from it."""

from datetime import datetime

from sqlmodel import Session

from claims.casefile import AlreadyDone, CaseFile, Refused, Subject, record
from claims.casefile.facts import BreachExplained
from claims.casefile.model import RunningClock
from claims.oversight.causes import current_causes
from claims.oversight.figures import WITHDRAWN
from claims.oversight.model import BreachCause


def explain_breach(
    session: Session,
    file: CaseFile,
    clock: RunningClock,
    *,
    cause: str,
    corrective_act: str,
    by: str,
    at: datetime,
) -> BreachCause:
    """Keep cause and corrective act of a breach that stands; said again, the last word counts.

    Raises Refused for an unknown cause, AlreadyDone where no breach is on record or it has been withdrawn.
    """
    if clock.breached_at is None or clock.state in WITHDRAWN:
        raise AlreadyDone("this clock has no breach on record that stands")
    if cause not in current_causes():
        raise Refused(cause="Choose one of the causes.")
    said = session.get(BreachCause, (clock.id, clock.breached_at))
    said = said or BreachCause(
        clock_id=clock.id or 0, breached_at=clock.breached_at, cause="", corrective_act="", by=by, at=at
    )
    said.cause, said.corrective_act, said.by, said.at = cause, corrective_act, by, at
    session.add(said)
    session.flush()
    subject = Subject("clock", clock.id or 0)
    record(
        session,
        file,
        BreachExplained(at=at, by=by, subject=subject, clock=clock.clock, cause=cause, corrective_act=corrective_act),
    )
    return said
