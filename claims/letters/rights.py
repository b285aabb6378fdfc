"""config/rights.toml, read once: what letters and texts tell of rights and periods beyond the Rules."""

import tomllib
from dataclasses import dataclass
from functools import cache

from config.settings import ROOT


@dataclass(frozen=True, kw_only=True)
class Right:
    """One sentence with its source. `brief`: as a text message says it. `doubt`: what is open until it's verified."""

    text: str
    brief: str = ""
    source: str
    verified: bool
    doubt: str = ""

    def __post_init__(self) -> None:
        if self.verified == bool(self.doubt):
            raise ValueError(f"{self.text}: is verified, or says what is in doubt")


@cache
def rights() -> dict[str, Right]:
    """By name. Raises TypeError on a key that is missing or unknown."""
    told = tomllib.loads((ROOT / "config" / "rights.toml").read_text(encoding="utf-8"))
    return {name: Right(**right) for name, right in told.items()}


def texts_of(*names: str) -> dict[str, str]:
    """The sentences of a letter, by the names of its fields."""
    return {name: rights()[name].text for name in names}


def briefs_of(*names: str) -> dict[str, str]:
    """The same for a text message."""
    return {name: rights()[name].brief for name in names}
