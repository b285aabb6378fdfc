"""What every fact carries: when, by whom, about what, with which proof."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, NamedTuple

SYSTEM = "system"
PROOF = frozenset({"proof"})
_FRAME = {"at", "by", "recorded_at", "subject", "proof", "confirmed_by", "lengths"}


class Subject(NamedTuple):
    """The record that a fact or a clock is about, where a file has several of its kind."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Subject":
        kind, _, number = text.partition(":")
        return cls(kind, int(number))


@dataclass(frozen=True, kw_only=True)
class Fact:
    """`at`: when it happened. `recorded_at`: when we learned of it (None: as it happened).

    `proof` is what shows a late entry to be true, `confirmed_by` the lead whose word it needs where it moves a
    due date later or removes a breach. `lengths` overrides, by clock name, what the law leaves to the contract.
    """

    at: datetime
    by: str
    recorded_at: datetime | None = None
    subject: Subject | None = None
    proof: str = ""
    confirmed_by: str = ""
    lengths: Mapping[str, str] = field(default_factory=dict)

    kinds: ClassVar[dict[str, type["Fact"]]] = {}
    weighty: ClassVar[bool] = False
    """Raises the file's version even where the stage stays: forms filled in before it are out of date."""
    private: ClassVar[frozenset[str]] = frozenset()
    """Names of the details that hold people's words or names: where there are any, the door seals all of them."""

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        Fact.kinds[cls.__name__] = cls

    @property
    def name(self) -> str:
        return type(self).__name__

    @property
    def learned_at(self) -> datetime:
        return self.recorded_at or self.at

    def details(self) -> dict[str, Any]:
        """What the timeline keeps beside the frame, ready for canonical JSON."""
        own = {name: getattr(self, name) for name in _own(type(self))}  # type: ignore[arg-type]  # mypy: a class isn't hashable
        extra = {"proof": self.proof, "confirmed_by": self.confirmed_by, "lengths": dict(self.lengths)}
        return own | {name: value for name, value in extra.items() if value}


@cache
def _own(kind: type[Fact]) -> tuple[str, ...]:
    """The names of what a fact of this kind carries beside the frame."""
    return tuple(f.name for f in fields(kind) if f.name not in _FRAME)
