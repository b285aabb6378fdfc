"""A text that came in, as any provider could carry it. A second provider is one more reader here (ADR 0031)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from sqlmodel import Session

from config.text import storable
from notifications.inbox import CannotRead
from notifications.model import Arrival


@dataclass(frozen=True)
class IncomingText:
    """`sender`: as the provider writes it. `words`: as they were sent."""

    sender: str
    words: str


Adapter = Callable[[bytes], IncomingText]


def from_twilio(raw: bytes) -> IncomingText:
    said = dict(parse_qsl(raw.decode("utf-8", errors="replace"), keep_blank_values=True, errors="replace"))
    return IncomingText(said.get("From", ""), said.get("Body", ""))


ADAPTERS: Mapping[str, Adapter] = {"twilio": from_twilio}
"""Provider → how its arrivals are read. What can't be read raises CannotRead."""


def text_of(session: Session, arrival: Arrival) -> IncomingText:
    """Raises CannotRead where nobody knows this provider's texts, or this one is none."""
    adapter = session.info.get("text_adapters", ADAPTERS).get(arrival.provider)
    if adapter is None:
        raise CannotRead(f"nobody reads texts from {arrival.provider}")
    found = adapter(session.info["sealer"].open_bytes(arrival.raw_sealed))
    return IncomingText(storable(found.sender), storable(found.words).strip())
