"""What reaches the hotline in the demo world: stored raw and read by the real readers, as a webhook brings it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from sqlmodel import Session

from notifications import inbox
from notifications.model import Arrival


def arrives(
    session: Session,
    kind: str,
    provider_id: str,
    said: Mapping[str, str] | bytes,
    at: datetime,
    *,
    attempt: int = 0,
    signed: bool = True,
) -> Arrival:
    """One request of the provider's, its fields or what came of them, read in the caller's transaction."""
    body = said if isinstance(said, bytes) else urlencode(said).encode()
    number = inbox.store(
        session,
        provider="twilio",
        provider_id=provider_id if signed else hashlib.sha256(body).hexdigest(),
        kind=kind,
        attempt=attempt,
        body=body,
        headers={},
        signed=signed,
        at=at,
    )
    assert number is not None
    arrival = session.get_one(Arrival, number)
    if signed:
        _read(session, arrival, at)
    return arrival


def _read(session: Session, arrival: Arrival, at: datetime) -> None:
    """What can't be read waits in quarantine, whatever its reader had begun is undone."""
    try:
        with session.begin_nested():
            inbox.read_held(session, arrival, at, session.info["arrival_readers"])
    except inbox.CannotRead as error:
        inbox.put_back(arrival, at, error)
    session.flush()
