"""A submission that a rule of the house refuses, told by field."""

from collections.abc import Mapping


class Refused(ValueError):
    """`errors` maps the field to what is wrong with it and what would be right."""

    def __init__(self, **errors: str) -> None:
        self.errors: Mapping[str, list[str]] = {field: [words] for field, words in errors.items()}
        super().__init__("; ".join(f"{field}: {words}" for field, words in errors.items()))


class AlreadyDone(Exception):
    """Somebody did this before: the file, or one of its records, isn't where the asker thought (409)."""
