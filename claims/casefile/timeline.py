"""The chain: how an entry is sealed to the one before it, and how it is proved whole."""

import hashlib
import json
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from claims.casefile.belongings import sealer
from claims.casefile.model import CaseFile, TimelineDetails, TimelineEntry, TimelineHead
from config.sealing import CannotOpen, Sealer
from config.text import is_storable, storable

_SALT = 32


@dataclass(frozen=True)
class Fault:
    """Where a chain is broken. `seq` is None where the fault lies with the head."""

    reference: str
    seq: int | None
    what: str


@dataclass(frozen=True)
class Kept:
    """What an entry's hash was made from, in clear."""

    salt: str
    details: str


def canonical(value: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces, Chinese as it is, what no database keeps removed."""
    text = _json(value)
    return text if "\\u0000" not in text and is_storable(text) else _json(storable(value))


def new_salt() -> str:
    return secrets.token_hex(_SALT // 2)


def details_hash(salt: str, details: str) -> str:
    return hashlib.sha256(f"{salt}{details}".encode()).hexdigest()


def enclosed(sealer: Sealer, salt: str, details: str) -> dict[str, str]:
    """Both columns of a row whose details nobody is to read in a stolen dump; the hash is of what is inside.

    The salt goes in with them: beside them it would let a name be tried against the hash.
    """
    return {"salt": "", "details": sealer.seal(f"{salt}{details}")}


def disclosed(sealer: Sealer, sealed: str) -> Kept:
    """What `enclosed` closed. Raises CannotOpen."""
    inside = sealer.open(sealed)
    return Kept(inside[:_SALT], inside[_SALT:])


def first_link(reference: str) -> str:
    """What the first entry of a file is chained to, so that a chain can't be moved to another file."""
    return hashlib.sha256(reference.encode()).hexdigest()


def entry_hash(
    *,
    previous: str,
    seq: int,
    fact: str,
    at: datetime,
    recorded_at: datetime,
    by: str,
    subject: str,
    late: bool,
    details: str,
) -> str:
    """SHA-256 in hex over the canonical JSON of the entry; `details` is the hash of the salted details."""
    frame = [previous, seq, fact, _spelled(at), _spelled(recorded_at), by, subject, late, details]
    return hashlib.sha256(canonical(frame).encode()).hexdigest()


def verify(session: Session, reference: str | None = None) -> Iterator[Fault]:
    """Every fault of one file's chain, or of all. Reads file by file; nothing is written."""
    files = select(CaseFile).order_by(col(CaseFile.id))
    if reference is not None:
        files = files.where(CaseFile.reference == reference)
    for file in session.exec(files.execution_options(yield_per=500)):
        yield from _faults(session, file)


def entries_of(session: Session, file_id: int) -> Sequence[tuple[TimelineEntry, Kept | None]]:
    """The timeline of a file, oldest first; None beside an entry whose details were erased. One query."""
    return [(entry, _kept(session, row) if row else None) for entry, row in _rows(session, file_id)]


def first_after(session: Session, file_id: int, facts: Collection[str], at: datetime) -> datetime | None:
    """When one of these facts first happened later than `at`; None where none did."""
    query = select(func.min(TimelineEntry.at)).where(TimelineEntry.file_id == file_id, TimelineEntry.at > at)
    return session.exec(query.where(col(TimelineEntry.fact).in_(facts))).one()


def _rows(session: Session, file_id: int) -> Sequence[tuple[TimelineEntry, TimelineDetails | None]]:
    same = (col(TimelineDetails.file_id) == TimelineEntry.file_id) & (col(TimelineDetails.seq) == TimelineEntry.seq)
    query = select(TimelineEntry, TimelineDetails).join(TimelineDetails, same, isouter=True)
    return session.exec(query.where(TimelineEntry.file_id == file_id).order_by(col(TimelineEntry.seq))).all()


def _kept(session: Session, row: TimelineDetails) -> Kept:
    return Kept(row.salt, row.details) if row.salt else disclosed(sealer(session), row.details)


def _faults(session: Session, file: CaseFile) -> Iterator[Fault]:
    rows = _rows(session, file.id or 0)
    erased = {
        seq
        for entry, row in rows
        if entry.fact == "DetailsErased" and row is not None and _is_whole(session, entry, row)
        for seq in json.loads(row.details)["entries"]
    }
    previous, expected_seq = first_link(file.reference), 1
    for entry, row in rows:
        if entry.seq != expected_seq:
            yield Fault(file.reference, expected_seq, "entry is missing")
        if entry.previous_hash != previous:
            yield Fault(file.reference, entry.seq, "not chained to the entry before it")
        if entry.hash != _rehashed(entry):
            yield Fault(file.reference, entry.seq, "entry was altered")
        if row is None and entry.seq not in erased:
            yield Fault(file.reference, entry.seq, "details are gone without a recorded erasure")
        if row is not None and not _is_whole(session, entry, row):
            yield Fault(file.reference, entry.seq, "details were altered")
        previous, expected_seq = entry.hash, entry.seq + 1
    yield from _head_fault(session, file, rows[-1][0] if rows else None)


def _head_fault(session: Session, file: CaseFile, last: TimelineEntry | None) -> Iterator[Fault]:
    head = session.get(TimelineHead, file.id)
    if head is None or last is None:
        yield Fault(file.reference, None, "no entries" if last is None else "head is missing")
    elif (head.seq, head.hash) != (last.seq, last.hash):
        yield Fault(
            file.reference, last.seq, f"tail differs: the head says entry {head.seq}, the chain ends at {last.seq}"
        )


def _is_whole(session: Session, entry: TimelineEntry, row: TimelineDetails) -> bool:
    """Whether the details are what was hashed. What can't be opened isn't: its key is gone, or it was altered."""
    try:
        kept = _kept(session, row)
    except CannotOpen:
        return False
    return details_hash(kept.salt, kept.details) == entry.details_hash


def _rehashed(entry: TimelineEntry) -> str:
    return entry_hash(
        previous=entry.previous_hash,
        seq=entry.seq,
        fact=entry.fact,
        at=entry.at,
        recorded_at=entry.recorded_at,
        by=entry.by,
        subject=entry.subject,
        late=entry.late,
        details=entry.details_hash,
    )


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _spelled(at: datetime) -> str:
    written = at.astimezone(UTC).isoformat(timespec="microseconds")  # strftime takes five times as long
    return f"{written.removesuffix('+00:00')}Z"
