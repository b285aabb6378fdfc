"""派工、维修与保修."""

from dataclasses import dataclass

from claims.casefile.fact import Fact


@dataclass(frozen=True, kw_only=True)
class RepairOrdered(Fact):
    firm: str | None
    findings: tuple[int, ...]
    finishes_on: str


@dataclass(frozen=True, kw_only=True)
class EveryRepairOrdered(Fact):
    """Nothing that is to be repaired, or to be repaired again, waits for an order."""


@dataclass(frozen=True, kw_only=True)
class QuoteGiven(Fact):
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class QuoteAnswered(Fact):
    approved: bool


@dataclass(frozen=True, kw_only=True)
class WorksStarted(Fact):
    """One order's works began on site."""


@dataclass(frozen=True, kw_only=True)
class WorksCompleted(Fact):
    """One order's works are done, as the firm says; the owner's word is still to come."""


@dataclass(frozen=True, kw_only=True)
class RepairAccepted(Fact):
    """The owner's word: every item of the order is fixed."""


@dataclass(frozen=True, kw_only=True)
class RepairNotFixed(Fact):
    """The owner's word: these items are not fixed, or partly. The repair is open again."""

    weighty = True

    findings: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class EveryRepairAccepted(Fact):
    """Nothing is left to repair or to pay: what remains is the warranty."""


@dataclass(frozen=True, kw_only=True)
class WarrantyStarted(Fact):
    """第十四条: 180 days for this home, part and repair item, from completion."""

    part: str
    item: str


@dataclass(frozen=True, kw_only=True)
class WarrantyReanchored(Fact):
    """The owner accepted later than the works were done: the 180 days run from acceptance (ADR 0016)."""


@dataclass(frozen=True, kw_only=True)
class WarrantyReplaced(Fact):
    """The same item was repaired again: a new 180 days run, this one ends."""


@dataclass(frozen=True, kw_only=True)
class WarrantyRecognised(Fact):
    """第十四条: a report on the same home, part and item inside the 180 days: to repair, without a new decision."""

    weighty = True

    original: str
    warranty: int


@dataclass(frozen=True, kw_only=True)
class WarrantyEnded(Fact):
    """The last of the claim's warranties has run out."""
