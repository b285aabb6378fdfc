"""The team's work chat (企业微信, 钉钉, 飞书, …) by Apprise: every room of APPRISE_URLS hears every message."""

import logging
import secrets

from apprise import Apprise, AppriseAsset, NotifyFormat

from config.settings import Settings
from notifications.outbox import NotHandedOver, Parcel

log = logging.getLogger(__name__)

PATIENCE = 20
"""Seconds for all rooms together; the outbox's lease is longer."""


class WorkChat:
    """Raises ValueError for an address that Apprise can't read: better no start than a team that hears nothing."""

    name = "workchat"

    def __init__(self, settings: Settings) -> None:
        self._rooms = Apprise(asset=AppriseAsset(app_id="claims"))  # a header bears it: no Chinese
        for number, address in enumerate(settings.apprise_urls.split(), 1):
            if not self._rooms.add(address):  # an address holds the room's secret: it isn't told
                raise ValueError(f"APPRISE_URLS: address {number} isn't one that Apprise knows")

    def send(self, parcel: Parcel) -> str:
        """One room that took it is enough: to try all again would tell the others twice."""
        answers = list(self._rooms.notify(body=parcel.text, body_format=NotifyFormat.TEXT, timeout=PATIENCE))
        deaf = [answer.name for answer in answers if not answer]
        if len(deaf) == len(answers):
            raise NotHandedOver(f"work chat: no room took it ({', '.join(deaf)})")
        if deaf:
            log.error("work chat: %s of %s rooms didn't take a message: %s", len(deaf), len(answers), ", ".join(deaf))
        return f"workchat-{secrets.token_hex(8)}"
