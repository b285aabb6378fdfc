"""核定: what is missing, what is covered, what is denied."""

from dataclasses import dataclass

from claims.casefile.fact import Fact


@dataclass(frozen=True, kw_only=True)
class SupplementRequested(Fact):
    """保险法 22: the one complete list of what is missing. Only its arrival stops the 30 days, and only once."""

    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FurtherQuestionAsked(Fact):
    """A second request: possible, but it pauses nothing (一次性)."""

    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SupplementNoticeArrived(Fact):
    """解释（二）15: the one notice of 保险法 22 reached the claimant; from here the 30 days stand still."""


@dataclass(frozen=True, kw_only=True)
class SupplementArrivalCorrected(Fact):
    """The notice reached the claimant at another instant than was entered. Both as RFC 3339; the first entry stays."""

    arrived_at: str
    instead_of: str


@dataclass(frozen=True, kw_only=True)
class SupplementReceived(Fact):
    """解释（二）15: what was asked for reached the insurer."""


@dataclass(frozen=True, kw_only=True)
class CoverageConfirmed(Fact):
    weighty = True

    findings: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class DenialProposed(Fact):
    weighty = True

    findings: tuple[int, ...]
    ground: str
    loss_fen: int | None = None
    compensated_fen: int | None = None
    """Both with the ground `already_compensated` alone (保险法 60): all of the loss was received."""


@dataclass(frozen=True, kw_only=True)
class DenialReturned(Fact):
    """The second person didn't agree: the findings are undecided again."""

    weighty = True

    findings: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CoverageDenied(Fact):
    """第十三条 核定: signed by two people; from here the reasoned notice must go out within 3 days."""

    weighty = True

    findings: tuple[int, ...]
    ground: str


@dataclass(frozen=True, kw_only=True)
class EveryFindingDecided(Fact):
    """No finding is undecided and at least one is covered: the 30 days of 保险法 23 are met."""

    covered: int
    denied: int


@dataclass(frozen=True, kw_only=True)
class EveryFindingDenied(Fact):
    """No finding is undecided and none is covered."""

    denied: int


@dataclass(frozen=True, kw_only=True)
class DecisionReopened(Fact):
    """Something new on a denied claim calls for a fresh 核定."""

    reason: str
