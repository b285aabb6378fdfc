"""What somebody outside has worded may hold characters that no font has: they don't stop a letter."""

from typing import Any

from notifications.rendering import letter_glyphs

NO_GLYPH = "□"


def legible(value: Any, as_told: frozenset[str], name: str = "") -> Any:
    """The content with □ for what the letters' font lacks, in the fields named `as_told`, however deep they stand.

    Anywhere else such a character stops the letter (MissingGlyph): a name must be printed as it is written.
    """
    if isinstance(value, dict):
        return {key: legible(item, as_told, key) for key, item in value.items()}
    if isinstance(value, list):
        return [legible(item, as_told, name) for item in value]
    if not isinstance(value, str) or name not in as_told:
        return value
    return "".join(c if c in "\r\n\t" or ord(c) in letter_glyphs() else NO_GLYPH for c in value)
