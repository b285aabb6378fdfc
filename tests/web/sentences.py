"""Every sentence that a page can say, as the code and the templates have it, and as the catalogue has it."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from claims.registry import parts
from claims.web.language import TRANSLATIONS
from claims.web.wording import CHINESE, PATTERNS
from config.settings import ROOT

ENGLISH = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
METHODS = [("claims/**.py", "python"), ("templates/**.html", "jinja2")]


def in_the_code() -> set[str]:
    """What `_()` and its kin are given, and what reaches them by way of a table."""
    found = {
        message if isinstance(message, str) else message[0]
        for room in ("claims", "templates")
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / room,
            [(pattern.removeprefix(f"{room}/"), how) for pattern, how in METHODS if pattern.startswith(room)],
        )
    }
    coverage = {words for part in parts().values() for words in (part.name, *part.examples)}
    return found | coverage


def of_the_forms() -> set[str]:
    """What a form can be told by its schema, in Chinese."""
    return {*CHINESE.values(), *(sentence for _pattern, sentence in PATTERNS)}


def catalogue() -> Catalog:
    with ENGLISH.open("rb") as lines:
        return read_po(lines, locale="en")


def compiled() -> Path:
    """The catalogue as the app reads it; made anew where the sentences are younger."""
    path = ENGLISH.with_suffix(".mo")
    if not path.exists() or path.stat().st_mtime < ENGLISH.stat().st_mtime:
        written = path.with_suffix(f".{os.getpid()}")
        with written.open("wb") as target:
            write_mo(target, catalogue())
        written.replace(path)
    return path
