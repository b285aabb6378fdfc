"""What every webhook of Twilio's does before anything else: its fields, its signature's verdict, its raw row."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl

from flask import current_app, request
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from config.database import Database
from config.settings import Settings
from config.time import now
from notifications import inbox

LARGEST = 65_536
KEPT_HEADERS = ("User-Agent", "Content-Type", "X-Twilio-Signature", "X-Forwarded-For", "I-Twilio-Idempotency-Token")


class Taken(NamedTuple):
    """Whether the signature was right, and when the request came."""

    signed: bool
    at: datetime


def fields() -> MultiDict[str, str]:
    """The fields of the raw body. Flask's own reading of a form would use the body up before it is stored."""
    request.max_content_length = LARGEST
    body = request.get_data(cache=True, parse_form_data=False)
    return MultiDict(parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True))


def take_in(form: MultiDict[str, str], *, kind: str, provider_id: str, attempt: int = 0) -> Taken:
    """Store this request, commit, and let it be read, now or by the worker. A repeat changes nothing."""
    body, at, signed = request.get_data(cache=True), now(), _is_signed(form)
    database: Database = current_app.extensions["database"]
    with database.session(one_statement=True) as session:
        number = inbox.store(
            session,
            provider="twilio",
            provider_id=provider_id if signed and provider_id else hashlib.sha256(body).hexdigest(),
            kind=kind,
            attempt=attempt,
            body=body,
            headers={name: request.headers[name][:400] for name in KEPT_HEADERS if name in request.headers},
            signed=signed,
            at=at,
        )
        session.commit()
    if signed and number is not None and settings().process_arrivals == "at once":
        readers: Mapping[str, inbox.Reader] = current_app.extensions["arrival_readers"]
        inbox.read_one(database, number, at, readers)
    return Taken(signed, at)


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def _is_signed(form: MultiDict[str, str]) -> bool:
    """By the configured public address and the raw URI: Flask's own URL is decoded, and behind a proxy another."""
    if not settings().twilio_auth_token:
        return False
    url = settings().public_url.rstrip("/") + request.environ.get("RAW_URI", request.full_path.rstrip("?"))
    signature = request.headers.get("X-Twilio-Signature", "")
    return bool(RequestValidator(settings().twilio_auth_token).validate(url, form, signature))
