"""Money is 分 as an integer inside, and a string of yuan with two places outside: nothing is ever rounded."""

import re
from typing import Any

from marshmallow import ValidationError, fields

_YUAN = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,2}))?")


def fen(yuan: str) -> int:
    """`1200.5` → 120050. Raises ValueError for anything but yuan with at most two places."""
    found = _YUAN.fullmatch(yuan.strip())
    if found is None:
        raise ValueError(f"{yuan!r} is no amount of yuan such as 1200.00")
    sign, whole, cents = found.groups()
    return (-1 if sign else 1) * (int(whole) * 100 + int((cents or "0").ljust(2, "0")))


def yuan(amount_fen: int) -> str:
    """120050 → `1200.50`."""
    sign, amount = ("-" if amount_fen < 0 else ""), abs(amount_fen)
    return f"{sign}{amount // 100}.{amount % 100:02d}"


class Money(fields.String):
    """A string of yuan outside, 分 inside."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else yuan(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return fen(super()._deserialize(value, attr, data, **kwargs))
        except ValueError as error:
            raise ValidationError("Not an amount of yuan; write it like 1200.00") from error
