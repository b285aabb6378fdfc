"""The timeline of a claim as its reader sees it: which entries, and whose words among their details."""

import json
from datetime import datetime
from typing import Any

from sqlmodel import Session

from claims.access import HIDDEN, Person, a_look, may_reveal
from claims.casefile import CaseFile, Fact
from claims.casefile.timeline import entries_of
from claims.desk.sight import Sight
from claims.duties.queries import WORDS
from claims.web import note

_SEALED = "_sealed"


def timeline_of(session: Session, person: Person, file: CaseFile, as_of: datetime) -> list[dict[str, Any]]:
    """Oldest first. Sealed words are opened for whoever may read names in clear, with a line in the log."""
    seen = Sight(session, person, file.id or 0).of("timeline", entries_of(session, file.id or 0))
    details = [json.loads(kept.details) if kept else None for _, kept in seen]
    private = [_private(entry.fact, told) for (entry, _), told in zip(seen, details, strict=True)]
    may = may_reveal(person, file.kind)
    if may and any(private):
        note(a_look(person, file_id=file.id or 0, fields="notes of calls" if file.kind == "claim" else WORDS, at=as_of))
    return [
        entry.model_dump()
        | {"subject": entry.subject or None, "details": told and _opened(session, told, own, may=may)}
        for (entry, _), told, own in zip(seen, details, private, strict=True)
    ]


def _private(fact: str, details: dict[str, Any] | None) -> frozenset[str]:
    """The details that hold people's words or names."""
    kind = Fact.kinds.get(fact, Fact)
    told = {name for name, value in (details or {}).items() if value}
    return frozenset(name for name in told if name.endswith(_SEALED) or name in kind.private)


def _opened(session: Session, details: dict[str, Any], private: frozenset[str], *, may: bool) -> dict[str, Any]:
    """`note_sealed` as `note`: open, or hidden."""

    def told(name: str, value: Any) -> Any:
        if name not in private:
            return value
        opened = session.info["sealer"].open(value) if may and name.endswith(_SEALED) else value
        return opened if may else HIDDEN

    return {name.removesuffix(_SEALED): told(name, value) for name, value in details.items()}
