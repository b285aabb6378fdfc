"""Telephone numbers: one spelling inside, and a masked one to be shown."""

import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

_LONGEST = 40


def e164(text: str) -> str | None:
    """`138 0000 1234`, `+86…`, `（021）6123-4567`, `400-…`, full-width digits → `+8613800001234`.

    None where it is no number that could ring, or where an extension would be lost.
    """
    if len(text) > _LONGEST:
        return None
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", text).strip(), "CN")
    except NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def masked(phone: str) -> str:
    """`+8613800001234` → `138****1234`, `+862161234567` → `021****4567`; from abroad `+852****4567`."""
    if not phone.startswith("+86"):
        shown = phone
    else:
        national = phone.removeprefix("+86")
        shown = national if national[:1] in ("1", "4", "8") and national[:2] != "10" else f"0{national}"
    head = 4 if shown.startswith("+") else 3
    if len(shown) <= head + 4:
        return "*" * len(shown)
    return f"{shown[:head]}{'*' * (len(shown) - head - 4)}{shown[-4:]}"
