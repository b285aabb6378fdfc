"""What an API call sends, looked at before any schema: JSON that nothing could make sense of is refused."""

import json
from typing import Any

from flask import request

from claims.web.problems import Problem

LARGEST = 1024 * 1024
"""Bytes of JSON; files come by another way."""
_BEYOND_ANY_NUMBER = 2**63


def check_body() -> None:
    """Raises Problem: 400 for a body that isn't sound JSON, 413 for one too large."""
    if not request.is_json:
        return
    request.max_content_length = LARGEST
    body = request.get_data(cache=True)
    try:
        if body:
            json.loads(body.decode(), parse_int=_number, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "The body is not sound JSON", f"{type(error).__name__}: {error}"[:200]) from error


def _number(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) >= _BEYOND_ANY_NUMBER:
        raise ValueError(f"{digits[:20]}… is too large a number")
    return int(digits)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")
