"""Twilio's REST log, and its calls and texts to ourselves, by its own SDK."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from config.settings import Settings
from notifications.channels.twilio import client_for
from notifications.provider import CannotAsk, Logged, Provider

MOST = 5000
"""Of each kind in one look: more than a catastrophe's day."""
HOLDS = '<Response><Pause length="5"/><Hangup/></Response>'
"""What the probe's own leg of its call does."""
NEVER_STARTED = ("failed", "busy", "no-answer", "canceled")
"""Such calls may have no time of starting, and a list by that time leaves them out."""
MOST_OF_THOSE = 100
_OVER = frozenset(("completed", "busy", "failed", "no-answer", "canceled"))


def provider_for(settings: Settings) -> Provider | None:
    """None where no provider is configured: there is no log to compare with."""
    return TwilioLog(settings) if settings.twilio_account_sid and settings.twilio_number else None


class TwilioLog:
    """Lists are asked by number and time; what Twilio's filters let through too much is left out by the reader."""

    name = "twilio"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _client(self) -> Client:
        return client_for(self._settings)

    def log_since(self, since: datetime) -> Iterable[Logged]:
        """The SDK writes any date with a Z behind it: it must be one of GMT."""
        ours, first = self._settings.twilio_number, since.astimezone(UTC)
        with _asking():
            calls = self._client.calls.list(to=ours, start_time_after=first, limit=MOST)
            for status in NEVER_STARTED:
                calls += self._client.calls.list(to=ours, status=status, limit=MOST_OF_THOSE)
            messages = self._client.messages.list(to=ours, date_sent_after=first, limit=MOST)
            recordings = self._client.recordings.list(date_created_after=first, limit=MOST)
        inbound = {each.sid: each for each in calls if str(each.direction) == "inbound"}
        found = [_message(each, since) for each in messages if str(each.direction) == "inbound"]
        found += [_call(each, since) for each in inbound.values()]
        found += [self._recording(each, since) for each in recordings]
        return [each for each in found if each.at >= since]

    def text_ourselves(self, words: str) -> str:
        settings = self._settings
        with _asking():
            sent = self._client.messages.create(to=settings.twilio_number, from_=settings.probe_number, body=words)
        return str(sent.sid)

    def call_ourselves(self) -> str:
        settings = self._settings
        with _asking():
            call = self._client.calls.create(to=settings.twilio_number, from_=settings.probe_number, twiml=HOLDS)
        return str(call.sid)

    def _recording(self, recording: Any, since: datetime) -> Logged:
        """Its address as the callback tells it: without the file's ending, at the provider's own host."""
        place = f"/2010-04-01/Accounts/{recording.account_sid}/Recordings/{recording.sid}"
        told = {
            "RecordingSid": recording.sid,
            "CallSid": recording.call_sid,
            "AccountSid": recording.account_sid,
            "RecordingStatus": str(recording.status),
            "RecordingDuration": recording.duration,
            "RecordingUrl": f"{self._client.api.base_url.rstrip('/')}{place}",
        }
        over = str(recording.status) in ("completed", "absent", "failed")
        at = recording.start_time or recording.date_created or since
        return Logged("recording", recording.sid, at, _as_form(told), over, call=recording.call_sid or "")


def _message(message: Any, since: datetime) -> Logged:
    told = {
        "MessageSid": message.sid,
        "AccountSid": message.account_sid,
        "From": message.from_,
        "To": message.to,
        "Body": message.body,
        "NumMedia": message.num_media,
    }
    return Logged("message", message.sid, message.date_sent or message.date_created or since, _as_form(told))


def _call(call: Any, since: datetime) -> Logged:
    told = {
        "CallSid": call.sid,
        "AccountSid": call.account_sid,
        "From": call._from,  # the SDK has no other name for it
        "To": call.to,
        "Direction": "inbound",
        "CallStatus": str(call.status),
    }
    return Logged(
        "call", call.sid, call.start_time or call.date_created or since, _as_form(told), str(call.status) in _OVER
    )


def _as_form(told: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in told.items() if value is not None}


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except TwilioException as refusal:  # a list that fails has no status of its own
        raise CannotAsk(f"Twilio: {refusal}"[:200].replace("\n", " ")) from refusal
    except requests.RequestException as failure:
        raise CannotAsk(f"Twilio can't be reached: {type(failure).__name__}") from failure
