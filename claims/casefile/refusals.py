"""A submission that a rule of the house refuses, told by field."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.casefile.fact import Fact
    from claims.casefile.model import RunningClock


class Refused(ValueError):
    """`errors` maps the field to what is wrong with it and what would be right."""

    def __init__(self, **errors: str) -> None:
        self.errors: Mapping[str, list[str]] = {field: [words] for field, words in errors.items()}
        super().__init__("; ".join(f"{field}: {words}" for field, words in errors.items()))


class AlreadyDone(Exception):
    """Somebody did this before: the file, or one of its records, isn't where the asker thought (409)."""


class NeedsConfirmation(Exception):
    """A late entry would move a due date later or remove a breach: a lead has to stand for it."""

    def __init__(self, clock: "RunningClock", fact: "Fact") -> None:
        self.clock, self.fact = clock, fact
        super().__init__(
            f"{fact.name} at {fact.at.isoformat()} would change what {clock.clock} owes; a lead must confirm it"
        )
