"""A danger that a person learned of after the report, and the emergency measures that ended it (第七条(八))."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from claims.attachments import attach
from claims.casefile import AlreadyDone, CaseFile, Refused, record
from claims.casefile.facts import DangerFound, MadeSafe
from claims.casefile.queries import owed_clocks


def find_danger(
    session: Session,
    file: CaseFile,
    *,
    note: str,
    by: str,
    at: datetime,
    recorded_at: datetime | None = None,
    proof: str = "",
    confirmed_by: str = "",
) -> None:
    """From `at` on the claim stands before all others, until somebody proves that it was made safe.

    Raises AlreadyDone while a danger is open, Refused where `at` lies before the report or in the future, and what
    record() raises: a danger entered after what happened later needs proof.
    """
    if file.stands_first:
        raise AlreadyDone("a danger is open already")
    learned_at = recorded_at or at
    if not file.opened_at <= at <= learned_at:
        raise Refused(found_at="Must lie between the report and now.")
    frame: dict[str, Any] = {"at": at, "recorded_at": learned_at, "by": by, "confirmed_by": confirmed_by}
    record(session, file, DangerFound(**frame, proof=proof, note_sealed=session.info["sealer"].seal(note)))


def make_safe(
    session: Session,
    file: CaseFile,
    *,
    made_safe_at: datetime,
    note: str,
    evidence: Sequence[str],
    by: str,
    recorded_at: datetime,
    confirmed_by: str = "",
) -> None:
    """Nobody is in danger any more, and `evidence` (tokens of files) shows it.

    Raises Refused without evidence, or where the time lies before the danger or in the future; AlreadyDone where no
    danger is open.
    """
    if not file.stands_first:
        raise AlreadyDone("no danger is open")
    if not evidence:
        raise Refused(evidence="Show it: attach at least one file.")
    if not _since(session, file) <= made_safe_at <= recorded_at:
        raise Refused(made_safe_at="Must lie between the danger and now.")
    kept = attach(session, evidence, file_id=file.id or 0)
    frame: dict[str, Any] = {"at": made_safe_at, "recorded_at": recorded_at, "by": by, "confirmed_by": confirmed_by}
    shown_by = tuple(attachment.sha256 for attachment in kept)
    sealed = session.info["sealer"].seal(note)
    record(session, file, MadeSafe(**frame, proof=f"{len(kept)} files", note_sealed=sealed, shown_by=shown_by))


def _since(session: Session, file: CaseFile) -> datetime:
    """From when on the open danger is known: the report, or whoever found it later."""
    known = [clock.anchor for clock in owed_clocks(session, [file.id or 0]) if clock.clock == "make_safe"]
    return max(known, default=file.opened_at)
