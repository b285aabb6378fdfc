"""What the provider keeps, in the words of its REST API 2010-04-01: one dict per message, call and recording.

The fields are those of its published description; tests/standin/published.toml has them with their kinds. Instants are
aware datetimes here and become RFC 2822 in an answer.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from uuid import uuid4

VERSION = "2010-04-01"
Record = dict[str, Any]
OVER = frozenset(("completed", "busy", "failed", "no-answer", "canceled"))
"""A call's states that are never left."""


def a_message(account: str, *, to: str, sender: str, body: str, direction: str, status: str, at: datetime) -> Record:
    """A text that was taken is `queued`: its date of sending comes only with the sending."""
    sid = new_sid("SM")
    uri = f"/{VERSION}/Accounts/{account}/Messages/{sid}"
    return {
        "sid": sid,
        "account_sid": account,
        "messaging_service_sid": None,
        "from": sender,
        "to": to,
        "body": body,
        "direction": direction,
        "status": status,
        "date_created": at,
        "date_updated": at,
        "date_sent": at if status == "received" else None,
        "num_segments": str(segments(body)),
        "num_media": "0",
        "error_code": None,
        "error_message": None,
        "price": None,
        "price_unit": "USD",
        "api_version": VERSION,
        "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }


def a_call(
    account: str, *, to: str, sender: str, direction: str, status: str, at: datetime, parent: str = ""
) -> Record:
    sid = new_sid("CA")
    uri = f"/{VERSION}/Accounts/{account}/Calls/{sid}"
    return {
        "sid": sid,
        "account_sid": account,
        "parent_call_sid": parent or None,
        "from": sender,
        "from_formatted": sender,
        "to": to,
        "to_formatted": to,
        "phone_number_sid": None,
        "status": status,
        "direction": direction,
        "date_created": at,
        "date_updated": at,
        "start_time": at if status == "in-progress" else None,
        "end_time": None,
        "duration": None,
        "price": None,
        "price_unit": "USD",
        "answered_by": None,
        "api_version": VERSION,
        "forwarded_from": None,
        "group_sid": None,
        "caller_name": None,
        "queue_time": "0",
        "trunk_sid": None,
        "uri": f"{uri}.json",
        "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
    }


def a_recording(account: str, *, call: str, seconds: int, at: datetime) -> Record:
    sid = new_sid("RE")
    return {
        "sid": sid,
        "account_sid": account,
        "call_sid": call,
        "conference_sid": None,
        "status": "completed",
        "source": "RecordVerb",
        "channels": 1,
        "duration": str(seconds),
        "date_created": at,
        "date_updated": at,
        "start_time": at,
        "price": None,
        "price_unit": "USD",
        "error_code": None,
        "api_version": VERSION,
        "encryption_details": None,
        "uri": f"/{VERSION}/Accounts/{account}/Recordings/{sid}.json",
        "media_url": None,
        "subresource_uris": {},
    }


def new_sid(kind: str) -> str:
    """Two letters and 32 hexadecimal digits, as the provider's."""
    return f"{kind}{uuid4().hex}"


def segments(body: str) -> int:
    """How many parts a text is sent in: 70 signs of UCS-2 or 67 of several, for GSM-7 160 or 153."""
    one, several = (160, 153) if body.isascii() else (70, 67)
    length = len(body) if body.isascii() else len(body.encode("utf-16-le")) // 2
    return 1 if length <= one else -(-length // several)


def told(record: Record) -> Record:
    """The record as an answer tells it."""
    return {name: _rfc2822(value) if isinstance(value, datetime) else value for name, value in record.items()}


def _rfc2822(at: datetime) -> str:
    """Twilio writes `+0000`, and Python's `usegmt` would write `GMT`."""
    return format_datetime(at.astimezone(UTC).replace(microsecond=0))
