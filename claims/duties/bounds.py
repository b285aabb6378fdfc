"""When an act on such a file may have happened: never before what it is about, and never after now."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from claims.casefile import CaseFile, Refused
from claims.casefile.model import RunningClock
from claims.duties.acts import Act
from claims.duties.model import DutyFile, DutyRecord
from claims.registry import Project
from config.time import day_start

BEFORE_LIABILITY = ("liability_briefing", "joint_inspection", "liability_notice")
"""The clocks that are counted back from the day on which liability starts."""
BEFORE_PAYMENT = "developer-asked"
"""第十六条: the developer is asked to help as soon as the event is known; a recovery may follow."""
FOLLOWS_ITS_CLOCK = ("parties-told", "claim-uploaded")
"""What was asked for, or is owed, began the clock that they meet."""


def check_instant(
    session: Session,
    file: CaseFile,
    act: Act,
    record_id: int | None,
    owed: Sequence[RunningClock],
    *,
    at: datetime,
    recorded_at: datetime,
) -> None:
    """Raises Refused, which names what it can't come before."""
    since, what = _beginning(session, file, act, record_id, owed)
    if since is not None and not since <= at <= recorded_at:
        raise Refused(at=f"Must lie between {what} and now.")
    if at > recorded_at:
        raise Refused(at="Must not lie in the future.")


def _beginning(
    session: Session, file: CaseFile, act: Act, record_id: int | None, owed: Sequence[RunningClock]
) -> tuple[datetime | None, str]:
    """None for what may have happened at any time: a test, an emergency, a paper."""
    if act.of and record_id is not None:
        return session.get_one(DutyRecord, record_id).begun_at, "what this is about"
    duty = session.get_one(DutyFile, file.id)
    if act.name == BEFORE_PAYMENT and duty.claim_id is not None:
        return session.get_one(CaseFile, duty.claim_id).opened_at, "the report"
    if file.kind == "recovery" and act.name not in FOLLOWS_ITS_CLOCK:
        return file.opened_at, "the payment"
    if act.name in FOLLOWS_ITS_CLOCK:
        anchors = [clock.anchor for clock in owed if clock.clock in act.meets]
        return max(anchors, default=file.opened_at), "what this is about"
    if set(act.meets) & set(BEFORE_LIABILITY) and duty.project_id is not None:
        return day_start(session.get_one(Project, duty.project_id).completion_filed_on), "the works' completion"
    return None, ""
