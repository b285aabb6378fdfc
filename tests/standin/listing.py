"""Lists as the provider answers them: newest first, filtered by number, state and date, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from tests.standin.records import Record, told

MOST = 1000
USUAL = 50
EXACT = {"To": "to", "From": "from", "Status": "status", "ParentCallSid": "parent_call_sid", "CallSid": "call_sid"}
DATES = {"DateSent": "date_sent", "StartTime": "start_time", "EndTime": "end_time", "DateCreated": "date_created"}


def page_of(kept: Sequence[Record], name: str, path: str, asked: MultiDict[str, str]) -> Record:
    """One page of `kept` (oldest first) as JSON. Raises ValueError for a date that is none.

    The token names the last record of the page before, so that what arrives meanwhile shifts nothing.
    """
    found = [record for record in reversed(kept) if _is_asked_for(record, asked)]
    size = min(max(asked.get("PageSize", USUAL, type=int), 1), MOST)
    number = max(asked.get("Page", 0, type=int), 0)
    start = _after(found, asked.get("PageToken", "").removeprefix("PA"))
    shown = found[start : start + size]
    filters = [(key, value) for key, value in asked.items(multi=True) if not key.startswith("Page")]
    more = start + size < len(found)
    return {
        name: [told(record) for record in shown],
        "page": number,
        "page_size": size,
        "start": number * size,
        "end": number * size + max(len(shown) - 1, 0),
        "uri": _uri(path, filters, size, number, asked.get("PageToken")),
        "first_page_uri": _uri(path, filters, size, 0, None),
        "next_page_uri": _uri(path, filters, size, number + 1, f"PA{shown[-1]['sid']}") if more else None,
        "previous_page_uri": _uri(path, filters, size, 0, None) if number == 1 else None,
    }


def _after(found: Sequence[Record], sid: str) -> int:
    return next((place + 1 for place, record in enumerate(found) if record["sid"] == sid), 0)


def _uri(path: str, filters: list[tuple[str, str]], size: int, number: int, token: str | None) -> str:
    more = [("PageToken", token)] if token else []
    return f"{path}?{urlencode([*filters, ('PageSize', size), ('Page', number), *more])}"


def _is_asked_for(record: Record, asked: MultiDict[str, str]) -> bool:
    for key, value in asked.items(multi=True):
        name, bound = key.rstrip("<>"), key[len(key.rstrip("<>")) :]
        if name in EXACT and record.get(EXACT[name]) != value:
            return False
        if name in DATES and not _lies(record.get(DATES[name]), bound, value):
            return False
    return True


def _lies(at: datetime | None, bound: str, value: str) -> bool:
    """`DateSent>=2026-03-02` is a parameter named `DateSent>`: both bounds belong to what is asked for.

    A day without an hour is the whole day in GMT. What has no date yet is in no such list.
    """
    if at is None:
        return False
    first = datetime.fromisoformat(value)
    last = first + timedelta(days=1, microseconds=-1) if len(value) == len("2026-03-02") else first
    first, last = (bound_.replace(tzinfo=bound_.tzinfo or UTC) for bound_ in (first, last))
    at = at.replace(microsecond=0)
    return at >= first if bound == ">" else at <= last if bound == "<" else first <= at <= last
