"""Twilio's webhooks: stored with the signature's verdict, committed, answered. Knows no claim."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from flask import Blueprint, Response, current_app, request
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.datastructures import MultiDict

from config.database import Database
from config.settings import Settings
from config.time import now
from notifications import inbox

hotline = Blueprint("hotline", __name__, url_prefix="/hotline")

APOLOGY = "抱歉，我们无法确认这条短信的来源。如需报修，请拨打24小时保险服务电话{number}。"
LARGEST = 65_536


@hotline.post("/messages")
def receive_message() -> Response:
    """A text. A repeat of the same MessageSid changes nothing; an unsigned one opens no claim."""
    answer = MessagingResponse()
    if not _take_in(_form(), kind="message", id_field="MessageSid"):
        answer.message(APOLOGY.format(number=_settings().hotline_number))
    return Response(str(answer), mimetype="text/xml")


@hotline.post("/status")
def receive_status() -> Response:
    """What became of a text or call that we sent; each state once."""
    form = _form()
    status = form.get("MessageStatus") or form.get("CallStatus") or "unknown"
    _take_in(form, kind=f"status {status}", id_field="MessageSid" if "MessageSid" in form else "CallSid")
    return Response(status=204)


def _form() -> MultiDict[str, str]:
    """The fields of the raw body. Flask's own reading of a form would use the body up before it is stored."""
    request.max_content_length = LARGEST
    body = request.get_data(cache=True, parse_form_data=False)
    return MultiDict(parse_qsl(body.decode("utf-8", errors="replace"), keep_blank_values=True))


def _take_in(form: MultiDict[str, str], *, kind: str, id_field: str) -> bool:
    """Store this request; answers whether its signature was right."""
    body, at, signed = request.get_data(cache=True), now(), _is_signed(form)
    given = form.get(id_field, "")
    database: Database = current_app.extensions["database"]
    with database.session(one_statement=True) as session:
        number = inbox.store(
            session,
            provider="twilio",
            provider_id=given if signed and given else _fingerprint(body),
            kind=kind,
            attempt=0,
            body=body,
            headers=_headers(),
            signed=signed,
            at=at,
        )
        session.commit()
    if signed and number is not None and _settings().process_arrivals == "at once":
        _read(database, number, at)
    return signed


def _read(database: Database, number: int, at: datetime) -> None:
    readers: Mapping[str, inbox.Reader] = current_app.extensions["arrival_readers"]
    inbox.read_one(database, number, at, readers)


def _is_signed(form: MultiDict[str, str]) -> bool:
    """By the configured public address and the raw URI: Flask's own URL is decoded, and behind a proxy another."""
    settings = _settings()
    if not settings.twilio_auth_token:
        return False
    url = settings.public_url.rstrip("/") + request.environ.get("RAW_URI", request.full_path.rstrip("?"))
    signature = request.headers.get("X-Twilio-Signature", "")
    return bool(RequestValidator(settings.twilio_auth_token).validate(url, form, signature))


def _headers() -> dict[str, str]:
    kept = (
        "User-Agent",
        "Content-Type",
        "X-Twilio-Signature",
        "X-Forwarded-For",
        "I-Twilio-Idempotency-Token",
    )
    return {name: request.headers[name][:400] for name in kept if name in request.headers}


def _fingerprint(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:64]


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
