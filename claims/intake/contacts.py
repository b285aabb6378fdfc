"""Calls to the reporter."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from claims.casefile import CaseFile, Refused, record
from claims.casefile.facts import ContactMade, ContactTried


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
    """Note a call to the reporter. One that reached somebody meets the contact clock, unless it came before the wish to
    be rung that the clock answers. Raises Refused for one before the report or in the future.
    """
    if not file.opened_at <= at <= recorded_at:
        raise Refused(spoke_at="Must lie between the report and now.")
    frame: dict[str, Any] = {"at": at, "recorded_at": recorded_at, "by": by, "proof": "telephone call"}
    frame["note_sealed"] = session.info["sealer"].seal(note)
    fact = ContactMade(**frame, confirmed_by=confirmed_by) if reached else ContactTried(**frame)
    record(session, file, fact)
