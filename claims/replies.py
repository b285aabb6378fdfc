"""What answers a text: one class per folder of templates/messages, each in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass

from claims.messages import (
    ClaimReferred,
    ComplaintDecision,
    CompletionRecord,
    CoverageNotice,
    DayMoved,
    DenialNotice,
    PaymentNotice,
    ReportReceived,
    SettlementAgreement,
    SupplementNotice,
    TrackCode,
)
from notifications.rendering import Content


@dataclass(frozen=True, kw_only=True)
class TextReply(Content):
    """What answers a text, in the sender's language: `zh` or `en`."""

    insurer_short: str
    hotline: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AskHome(TextReply):
    reference: str


@dataclass(frozen=True, kw_only=True)
class AskWhichHome(TextReply):
    """`choices`: a digit, building and room each."""

    reference: str
    choices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AskWhat(TextReply):
    reference: str


@dataclass(frozen=True, kw_only=True)
class AskDanger(TextReply):
    reference: str


@dataclass(frozen=True, kw_only=True)
class MakeSafe(TextReply):
    """第七条(八): what to do until somebody comes."""

    reference: str


@dataclass(frozen=True, kw_only=True)
class TextNoted(TextReply):
    reference: str


@dataclass(frozen=True, kw_only=True)
class TextJoined(TextReply):
    """Which of several open claims a text went to."""

    reference: str


@dataclass(frozen=True, kw_only=True)
class TextAdded(TextReply):
    """A text went to the open claim, and whom to ring where it can't wait."""

    reference: str


@dataclass(frozen=True, kw_only=True)
class TextProgress(TextReply):
    """`next_by`: until when the next step is owed; None where no date is."""

    reference: str
    stage: str
    next_by: str | None


@dataclass(frozen=True, kw_only=True)
class ProgressWithheld(TextReply):
    """The same for a claim of others and for one that doesn't exist."""

    reference: str


@dataclass(frozen=True, kw_only=True)
class NothingReported(TextReply):
    pass


@dataclass(frozen=True, kw_only=True)
class OptedOut(TextReply):
    pass


@dataclass(frozen=True, kw_only=True)
class OptedIn(TextReply):
    pass


NEVER_WITHHELD = frozenset(
    kind.folder
    for kind in (
        DenialNotice, CoverageNotice, SupplementNotice, SettlementAgreement, CompletionRecord, PaymentNotice,
        ComplaintDecision, ClaimReferred, DayMoved,  # notices of the law, and what corrects one
        ReportReceived, TrackCode, MakeSafe, OptedOut, OptedIn, TextProgress, ProgressWithheld,  # asked for just now
    )
)  # fmt: skip
"""Texts that go even to a number that has asked for no more of them."""
