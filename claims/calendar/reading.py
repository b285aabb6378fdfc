"""A calendar file as somebody typed it: read, or refused with the line and the reason."""

import re

from claims.casefile.year import BadCalendar, Year

LARGEST = 64 * 1024
"""Bytes; a year takes two thousand."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LINE = re.compile(r"at line (\d+)")


class BadFile(ValueError):
    """`line` counts from 1; None where the reason concerns the file as a whole."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason, self.line = reason, line
        super().__init__(f"line {line}: {reason}" if line else reason)


def read_year(content: bytes) -> Year:
    """The year of a calendar file (TOML, UTF-8). Raises BadFile."""
    if len(content) > LARGEST:
        raise BadFile(f"the file is larger than {LARGEST // 1024} KB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile("the file isn't UTF-8") from None
    try:
        return Year.from_toml(text)
    except BadCalendar as error:
        raise BadFile(str(error), _line_of(text, str(error))) from error


def _line_of(text: str, reason: str) -> int | None:
    """Where the entry stands that `reason` names: below its key, by its first day; the last one of several."""
    if told := _LINE.search(reason):
        return int(told.group(1))
    lines = text.splitlines()
    if "at end of document" in reason:
        return len(lines)
    key = next((word for word in ("rest", "work", "notice", "year") if re.search(rf"\b{word}\b", reason)), None)
    begins = next((n for n, line in enumerate(lines) if key and re.match(rf"\s*{key}\s*=", line)), None)
    if begins is None:
        return None
    days = _DAY.findall(reason)
    found = [n for n, line in enumerate(lines) if n >= begins and days and days[0] in line.partition("#")[0]]
    return (found[-1] if found else begins) + 1
