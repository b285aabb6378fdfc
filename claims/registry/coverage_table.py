"""config/coverage.toml, read once: part classes and grounds of denial under their names."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from config.settings import ROOT


@dataclass(frozen=True)
class Part:
    name: str
    english: str
    years: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """A ground of denial; `evidence` is what usually proves it (the burden is the insurer's, 第十一条)."""

    code: str
    name: str
    english: str
    source: str
    evidence: tuple[str, ...]


@cache
def parts() -> dict[str, Part]:
    return {key: Part(**entry | {"examples": tuple(entry["examples"])}) for key, entry in _table()["part"].items()}


@cache
def grounds() -> dict[str, Ground]:
    return {key: Ground(**entry | {"evidence": tuple(entry["evidence"])}) for key, entry in _table()["ground"].items()}


def _table() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads((ROOT / "config" / "coverage.toml").read_text(encoding="utf-8"))
