"""What goes wrong, why it isn't covered, and what people say: words.toml as types."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Defect:
    """`yuan`: what its repair costs, from–to."""

    part: str
    item: str
    told: str
    cause: str
    scope: str
    yuan: tuple[int, int]


@dataclass(frozen=True)
class Denial:
    """Why a finding of these part classes isn't covered: what the surveyor saw, and the words of the proposal."""

    ground: str
    parts: tuple[str, ...]
    cause: str
    clause: str
    reasons: str
    evidence: str
    shows: str
    received: int | None = None
    """分 that the liable party paid, which was all of the loss."""


def _defect(told: dict[str, Any]) -> Defect:
    return Defect(**told | {"yuan": tuple(told["yuan"])})


def _denial(told: dict[str, Any]) -> Denial:
    return Denial(**told | {"parts": tuple(told["parts"])})


_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
DEFECTS = tuple(_defect(told) for told in _WORDS["defect"])
RISER_LEAK = _defect(_WORDS["riser_leak"])
DENIALS = tuple(_denial(told) for told in _WORDS["denial"])
OUT_OF_TERM = _denial(_WORDS["out_of_term"])
SAID: dict[str, Any] = _WORDS["said"]
