"""Messages shown on the worker's own output: the demo's telephone, and the team's board until a chat is configured."""

import logging
import secrets

from notifications.outbox import Parcel

log = logging.getLogger("messages")


class Console:
    def __init__(self, name: str) -> None:
        self.name = name

    def send(self, parcel: Parcel) -> str:
        log.info("→ %s\n%s", parcel.recipient, parcel.text)
        return f"console-{secrets.token_hex(8)}"
