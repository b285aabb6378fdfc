"""The file itself: its letters, its clocks, its end."""

from dataclasses import dataclass

from claims.casefile.fact import Fact


@dataclass(frozen=True, kw_only=True)
class LetterIssued(Fact):
    letter: str
    number: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CoverageNoticeDispatched(Fact):
    channel: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class DenialNoticeDispatched(Fact):
    """第十三条 发出: a channel that counts as dispatch took the notice; `evidence` is its receipt."""

    channel: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class ClockBreached(Fact):
    """Dated to the first late instant, whenever somebody looked."""

    clock: str
    legal_due: str


@dataclass(frozen=True, kw_only=True)
class BreachWithdrawn(Fact):
    """A late entry with proof showed that the duty had been met in time; the breach stays on record before this."""

    clock: str


@dataclass(frozen=True, kw_only=True)
class BreachExplained(Fact):
    """`cause`: a code of config/causes.toml. Names nobody: the register goes to the regulator."""

    clock: str
    cause: str
    corrective_act: str


@dataclass(frozen=True, kw_only=True)
class DetailsErased(Fact):
    """PIPL 47: a person was removed from these entries; the chain stays whole."""

    entries: tuple[int, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClaimWithdrawn(Fact):
    weighty = True

    reason: str


@dataclass(frozen=True, kw_only=True)
class ClaimClosed(Fact):
    reason: str
