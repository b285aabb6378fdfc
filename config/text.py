"""Words that both databases can keep."""

import re
from typing import Any

_HALVES = re.compile("[\ud800-\udfff]")


def storable(value: Any) -> Any:
    """The same without NUL (PostgreSQL refuses it), and with � for each half of a surrogate pair, which JSON can
    say and UTF-8 can't. Lists, tuples and dictionaries are gone through; what isn't text stays as it is."""
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value.replace("\0", ""))
    if isinstance(value, dict):
        return {storable(name): storable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value]
    return value


def is_storable(text: str) -> bool:
    return "\0" not in text and (text.isascii() or _HALVES.search(text) is None)
