"""A telephone call as any provider could carry it: what was said to us, and what we say and do next. No TwiML here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session


class Line(NamedTuple):
    """One sentence to be spoken; `language` is zh or en."""

    language: str
    text: str


@dataclass(frozen=True)
class Turn:
    """The caller's answer to one step. `number` counts the turns of the call, `misses` those that this step missed."""

    call: str
    step: str
    said: Mapping[str, str]
    at: datetime
    number: int = 0
    misses: int = 0
    language: str = "zh"

    @property
    def keys(self) -> str:
        return self.said.get("Digits", "")

    @property
    def speech(self) -> str:
        return self.said.get("SpeechResult", "").strip()


@dataclass(frozen=True)
class Ask:
    """Wait for `keys` keys, and for speech where `speech`; the answer, or silence, goes to `step`."""

    step: str
    misses: int = 0
    keys: int = 1
    speech: bool = False


@dataclass(frozen=True)
class Record:
    """Record what is said after a tone; then, or after silence, on to `step`."""

    step: str


@dataclass(frozen=True)
class Dial:
    """Ring `number`. Whoever answers hears `whisper` first; how it ended goes to `step`. `misses`: how many were rung,
    this one counted."""

    step: str
    number: str
    whisper: str
    misses: int = 0


@dataclass(frozen=True)
class Wait:
    """Some seconds of nothing, then `step` again."""

    step: str
    misses: int = 0
    seconds: int = 0


class Connect:
    """Put the two who are on the line together."""


class HangUp:
    """The call is over."""


@dataclass(frozen=True)
class Reply:
    """First every line, then the act. `language` is the one that the rest of the call speaks."""

    lines: tuple[Line, ...]
    act: Ask | Record | Dial | Wait | Connect | HangUp
    language: str = "zh"


Conversation = Callable[[Session, Turn], Reply]
