"""Calls to the reporter."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from claims.casefile import CaseFile, Refused, record
from claims.casefile.facts import ContactMade, ContactTried
from claims.casefile.queries import owed_clocks


def make_contact(
    session: Session,
    file: CaseFile,
    *,
    reached: bool,
    note: str,
    by: str,
    at: datetime,
    recorded_at: datetime,
    confirmed_by: str = "",
) -> None:
    """Note a call to the reporter. Only one that reached somebody meets the contact clock.

    Raises Refused for one before the report, or one that would answer a wish to be rung that came only after it.
    """
    _check_spoke_at(session, file, at, recorded_at, reached=reached)
    frame: dict[str, Any] = {"at": at, "recorded_at": recorded_at, "by": by, "proof": "telephone call"}
    frame["note_sealed"] = session.info["sealer"].seal(note)
    fact = ContactMade(**frame, confirmed_by=confirmed_by) if reached else ContactTried(**frame)
    record(session, file, fact)


def _check_spoke_at(session: Session, file: CaseFile, at: datetime, recorded_at: datetime, *, reached: bool) -> None:
    owed = owed_clocks(session, [file.id or 0]) if reached else []
    asked_at = max((clock.anchor for clock in owed if clock.clock == "contact"), default=file.opened_at)
    if not file.opened_at <= at <= recorded_at:
        raise Refused(spoke_at="Must lie between the report and now.")
    if at < asked_at:
        raise Refused(spoke_at="Must lie between the last wish to be rung and now.")
