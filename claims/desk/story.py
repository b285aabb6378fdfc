"""The timeline of a claim as its reader sees it: which entries, and whose words among their details."""

import json
from datetime import datetime
from typing import Any

from sqlmodel import Session

from claims.access import Person, a_look, may_reveal
from claims.casefile import CaseFile
from claims.casefile.timeline import entries_of
from claims.desk.sight import Sight
from claims.web import note

_SEALED = "_sealed"
HIDDEN = "***"


def timeline_of(session: Session, person: Person, file: CaseFile, as_of: datetime) -> list[dict[str, Any]]:
    """Oldest first. Sealed words are opened for whoever may read names in clear, with a line in the log."""
    seen = Sight(session, person, file.id or 0).of("timeline", entries_of(session, file.id or 0))
    details = [json.loads(kept.details) if kept else None for _, kept in seen]
    if may_reveal(person) and any(_has_sealed(each) for each in details):
        note(a_look(person, file_id=file.id or 0, fields="notes of calls", at=as_of))
    return [
        entry.model_dump() | {"subject": entry.subject or None, "details": told and _opened(session, person, told)}
        for (entry, _), told in zip(seen, details, strict=True)
    ]


def _has_sealed(details: dict[str, Any] | None) -> bool:
    return any(name.endswith(_SEALED) and value for name, value in (details or {}).items())


def _opened(session: Session, person: Person, details: dict[str, Any]) -> dict[str, Any]:
    """`note_sealed` as `note`: open, or hidden."""
    sealer, may = session.info["sealer"], may_reveal(person)
    return {
        name.removesuffix(_SEALED): value if not name.endswith(_SEALED) else sealer.open(value) if may else HIDDEN
        for name, value in details.items()
    }
