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

SINCE = {
    "completion": "the works' completion",
    "report": "the report",
    "payment": "the payment",
    "clock": "what this is about",
}
"""Of each beginning that an act names in `since`, what a refusal calls it. The developer is asked to help as soon as
the event is known, before any payment (第十六条)."""


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
    if not act.since:
        return None, ""
    return _since(session, file, act, owed), SINCE[act.since]


def _since(session: Session, file: CaseFile, act: Act, owed: Sequence[RunningClock]) -> datetime:
    duty = session.get_one(DutyFile, file.id)
    if act.since == "completion":
        return day_start(session.get_one(Project, duty.project_id).completion_filed_on)
    if act.since == "report":
        return session.get_one(CaseFile, duty.claim_id).opened_at
    if act.since == "payment":
        return file.opened_at
    return max((clock.anchor for clock in owed if clock.clock in act.meets), default=file.opened_at)
