"""A person is removed from a timeline (PIPL 47): their words go, the chain and the fact of it stay."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from claims.casefile.facts import DetailsErased
from claims.casefile.model import CaseFile, TimelineDetails, TimelineEntry, TimelineHead
from claims.casefile.record import record
from claims.casefile.refusals import Refused
from config.database import table


def erase_details(
    session: Session, file: CaseFile, entries: Collection[int], *, reason: str, by: str, at: datetime
) -> None:
    """Delete the details of these entries (their `seq`) for good, and record that, why and by whom.

    The file must be locked. Raises Refused for an entry that the file doesn't have, and for none at all.
    """
    head = session.get_one(TimelineHead, file.id, populate_existing=True)
    chosen = tuple(sorted(set(entries)))
    if not chosen or not reason.strip():
        raise Refused(entries="Name the entries, and the reason why their details go.")
    if unknown := [seq for seq in chosen if not 1 <= seq <= head.seq]:
        raise Refused(entries=f"{', '.join(map(str, unknown))}: no entry of this timeline")
    erasures = select(TimelineEntry.seq).where(
        TimelineEntry.file_id == file.id,
        TimelineEntry.fact == DetailsErased.__name__,
        col(TimelineEntry.seq).in_(chosen),
    )
    if stay := session.exec(erasures).all():
        raise Refused(
            entries=f"{', '.join(map(str, stay))}: the record of an erasure stays, or the chain can't be proved"
        )
    kept = table(TimelineDetails)
    session.execute(delete(kept).where(kept.c.file_id == file.id, kept.c.seq.in_(chosen)))
    record(session, file, DetailsErased(at=at, by=by, entries=chosen, reason=reason))
