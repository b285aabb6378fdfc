"""What is spoken: templates/voice/prompts.toml, each sentence in Chinese with its English twin."""

import tomllib
from functools import cache

from config.settings import ROOT
from notifications.voice import Line

LANGUAGES = ("zh", "en")
_PROMPTS = ROOT / "templates" / "voice" / "prompts.toml"


@cache
def prompts() -> dict[str, dict[str, str]]:
    """Name → language → sentence."""
    return tomllib.loads(_PROMPTS.read_text(encoding="utf-8"))


def line(name: str, language: str, **values: str) -> Line:
    """The sentence with its values. Raises KeyError for an unknown sentence and for a value that is missing."""
    return Line(language, prompts()[name][language].format(**values))
