"""gettext for a page that says hundreds of short things: the catalogue and the language are found once a request."""

from dataclasses import dataclass
from typing import Any

from babel.support import NullTranslations
from flask import has_request_context, request
from flask_babel import get_domain

from claims.web.language import language

KEPT = "claims.speech"


@dataclass(frozen=True, slots=True)
class Speech:
    catalogue: NullTranslations
    english: bool


CHINESE = Speech(NullTranslations(), False)
"""The sentences as they are written; outside a request nobody has asked for anything else."""


def _(sentence: str, **told: object) -> str:
    said: str = speech().catalogue.ugettext(sentence)
    return said % told if told else said


def ngettext(one: str, many: str, num: int, **told: object) -> str:
    said: str = speech().catalogue.ungettext(one, many, num)
    return said % {"num": num, **told}


def N_(sentence: str) -> str:
    """Marks a sentence for the catalogue; it is translated where it is used."""
    return sentence


def english() -> bool:
    return speech().english


def speech() -> Speech:
    if not has_request_context():
        return CHINESE
    kept: dict[str, Any] = request.environ
    found: Speech | None = kept.get(KEPT)
    if found is None:
        found = kept[KEPT] = Speech(get_domain().get_translations(), language() == "en")
    return found
