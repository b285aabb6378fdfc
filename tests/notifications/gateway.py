"""A second provider of texts, as a gateway of mainland China might speak: JSON, and numbers without a country."""

from __future__ import annotations

import json
from datetime import datetime

from sqlmodel import Session

from notifications import inbox
from notifications.inbox import CannotRead
from notifications.texts import IncomingText


def from_gateway(raw: bytes) -> IncomingText:
    try:
        said = json.loads(raw)
        return IncomingText(str(said["mobile"]), str(said["content"]))
    except (ValueError, KeyError, TypeError) as error:
        raise CannotRead("not a text of the gateway") from error


def brings(session: Session, number: str, body: object, at: datetime) -> None:
    """Stored as its webhook would; the caller commits."""
    raw = json.dumps(body, ensure_ascii=False).encode()
    told = {"provider": "gateway", "provider_id": number, "kind": "message", "attempt": 0, "headers": {}}
    inbox.store(session, **told, body=raw, signed=True, at=at)
