"""Texts by Twilio's real SDK, towards Twilio or, with TWILIO_API_URL, towards a stand-in."""

import logging
from datetime import timedelta
from functools import cached_property
from typing import Any

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from config.settings import Settings
from notifications.outbox import NotHandedOver, Parcel

logging.getLogger("twilio.http_client").setLevel(logging.WARNING)  # it writes each address, and numbers stand in them

TIMEOUT_SECONDS = 10
NEVER_WILL = frozenset({21211, 21214, 21217, 21408, 21610, 21612, 21614, 21617})
"""Twilio's codes for numbers that can't be texted: trying again won't help."""


def client_for(settings: Settings) -> Client:
    """The SDK towards Twilio or a stand-in. It isn't let retry: who asks knows better when to try again."""
    http_client = TwilioHttpClient(timeout=TIMEOUT_SECONDS, max_retries=0)
    client = Client(settings.twilio_account_sid, settings.twilio_auth_token, http_client=http_client)
    if settings.twilio_api_url:
        client.api.base_url = settings.twilio_api_url.rstrip("/")
    return client


class TwilioText:
    """Hands a text over. After an interrupted try it asks Twilio's log first, so that nobody is texted twice."""

    name = "sms"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _client(self) -> Client:
        return client_for(self._settings)

    def send(self, parcel: Parcel) -> str:
        try:
            if parcel.retried and (sent := self._already_sent(parcel)):
                return sent
            message = self._client.messages.create(
                to=parcel.recipient,
                from_=self._settings.twilio_number,
                body=parcel.text,
                status_callback=f"{self._settings.public_url.rstrip('/')}/hotline/status",
            )
        except TwilioRestException as refusal:
            raise NotHandedOver(f"Twilio {refusal.code}: {refusal.msg}", final=refusal.code in NEVER_WILL) from refusal
        except requests.RequestException as failure:
            raise NotHandedOver(f"Twilio can't be reached: {type(failure).__name__}") from failure
        return str(message.sid)

    def _already_sent(self, parcel: Parcel) -> str | None:
        """Asked without a date: Twilio's filter goes by the date of sending, which a text still queued there lacks."""
        since = parcel.queued_at - timedelta(minutes=1)
        log: list[Any] = self._client.messages.list(to=parcel.recipient, limit=50)
        ours = (m for m in log if m.body == parcel.text and (m.date_created is None or m.date_created >= since))
        return next((str(message.sid) for message in ours), None)
