"""config/causes.toml, read once: why a duty was late, under the codes that the register keeps."""

import tomllib
from dataclasses import dataclass
from functools import cache

from config.settings import ROOT


@dataclass(frozen=True)
class Cause:
    """`retired`: stays readable in the register, and can't be picked any more."""

    name: str
    english: str
    retired: bool = False


@cache
def causes() -> dict[str, Cause]:
    table = tomllib.loads((ROOT / "config" / "causes.toml").read_text(encoding="utf-8"))
    return {code: Cause(**entry) for code, entry in table.items()}


def current_causes() -> tuple[str, ...]:
    """The codes that may be picked."""
    return tuple(code for code, cause in causes().items() if not cause.retired)
