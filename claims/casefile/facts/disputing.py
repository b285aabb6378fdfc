"""争议鉴定与投诉."""

from dataclasses import dataclass

from claims.casefile.fact import Fact


@dataclass(frozen=True, kw_only=True)
class AppraisalRaised(Fact):
    """第十五条: a written statement of what is disputed."""

    side: str


@dataclass(frozen=True, kw_only=True)
class AppraiserProposed(Fact):
    side: str
    firms: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AppraiserChosen(Fact):
    side: str
    firm: str


@dataclass(frozen=True, kw_only=True)
class AppraiserAppointed(Fact):
    """Both sides chose the same appraiser."""

    firm: str


@dataclass(frozen=True, kw_only=True)
class OtherSideSilent(Fact):
    """15 natural days without an answer: recorded, and the owner is shown the other ways."""


@dataclass(frozen=True, kw_only=True)
class AppraisalOpinionReceived(Fact):
    weighty = True

    outcome: str


@dataclass(frozen=True, kw_only=True)
class ComplaintReceived(Fact):
    by_whom: str


@dataclass(frozen=True, kw_only=True)
class ComplaintExtended(Fact):
    """Complex: 30 days instead of 15, by a senior's word and with notice to the complainant."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ComplaintDecided(Fact):
    upheld: bool


@dataclass(frozen=True, kw_only=True)
class DisputeReopened(Fact):
    """The opinion is about denied findings: they call for a fresh 核定, within 30 days of its receipt (ADR 0017)."""

    findings: tuple[int, ...]
