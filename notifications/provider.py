"""What a provider can be asked beside what it brings: its own log, and a call and a text to ourselves. No claim here.

A second provider is one more class with these methods (ADR 0031).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class CannotAsk(Exception):
    """The provider didn't answer, or refused."""


@dataclass(frozen=True)
class Logged:
    """One thing that the provider took for us, as its log tells it, in the words of its own webhook.

    kind: `message`, `call` or `recording`. at: when it came to the provider. over: nothing more will become of it.
    call: of a recording, the call that it belongs to.
    """

    kind: str
    sid: str
    at: datetime
    fields: dict[str, str]
    over: bool = True
    call: str = ""


class Provider(Protocol):
    """`name` is the one under which its arrivals are stored."""

    name: str

    def log_since(self, since: datetime) -> Iterable[Logged]:
        """Everything that came in from then on, in any order; more is allowed. Raises CannotAsk."""
        ...

    def text_ourselves(self, words: str) -> str:
        """From the probe's number to the hotline; answers the provider's id. Raises CannotAsk."""
        ...

    def call_ourselves(self) -> str:
        """The same for a call, which hangs up after the greeting. Raises CannotAsk."""
        ...
