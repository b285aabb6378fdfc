"""Reads what a provider says became of our message: its words, translated once."""

from datetime import datetime

from sqlmodel import Session

from notifications.inbox import CannotRead, words
from notifications.model import Arrival
from notifications.outbox import provider_says

TWILIO = {
    "accepted": "handed over",
    "scheduled": "handed over",
    "queued": "handed over",
    "sending": "handed over",
    "sent": "handed over",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "returned",
    "failed": "failed",
    "canceled": "failed",
}
"""Twilio's MessageStatus → our state. A word that isn't here is kept in quarantine, for a person to see."""


class NotYetKnown(Exception):
    """The callback overtook our own note of the message: read again later."""


def read_status(session: Session, arrival: Arrival, as_of: datetime) -> None:
    """The reader of status callbacks. Out of order or twice, a final state is never left."""
    said = words(session, arrival)
    status = said.get("MessageStatus", "")
    if status not in TWILIO:
        raise CannotRead(f"unknown status {status!r}")
    error = f"Twilio {said['ErrorCode']}" if said.get("ErrorCode") else ""
    if provider_says(session, said.get("MessageSid", ""), TWILIO[status], arrival.received_at, error) is None:
        raise NotYetKnown(f"no message has the id {said.get('MessageSid', '')!r}")
