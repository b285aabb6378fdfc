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
class ClockNearlyBreached(Fact):
    """Met in time, but only within the last tenth of the way to the safe due. Dated to the act that met it."""

    clock: str
    legal_due: str


@dataclass(frozen=True, kw_only=True)
class ClockRecounted(Fact):
    """A calendar arrived, or was corrected, and moved a due date. Instants; empty while the clock stands still."""

    clock: str
    notice: str
    safe_due_before: str
    legal_due_before: str
    safe_due: str
    legal_due: str


@dataclass(frozen=True, kw_only=True)
class BreachWithdrawn(Fact):
    """A late entry with proof, or a calendar, showed that there had been none; it stays on record before this."""

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


@dataclass(frozen=True, kw_only=True)
class CanaryReleased(Fact):
    """A clock that nobody owes begins, so that its ringing proves that the others would (casefile/canary.py)."""
