"""What each message must say: one class per folder of templates/messages. Values arrive ready to print.

The denial notice by text is a notice in itself: what is denied, why, and the owner's rights, so that its
hand-over can be the 发出 of 第十三条. Only the evidence list stands in the PDF alone. A text that goes with a letter
takes its values from the letter (claims/letters/texting.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from notifications.rendering import Content


@dataclass(frozen=True, kw_only=True)
class Message(Content):
    """Every message says first who speaks: 【insurer_short】."""

    insurer_short: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class InTheirLanguage(Message):
    """What whoever reported is told in the language of the report: `zh` or `en`."""

    language: str


@dataclass(frozen=True, kw_only=True)
class ReportReceived(InTheirLanguage):
    """`next_act`: what happens next (派人上门查勘); `next_by`: its last day."""

    received_at: str
    track_code: str
    next_act: str
    next_by: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class ClaimReferred(InTheirLanguage):
    """第七条(七): `builder_until` is the last day on which the builder repairs."""

    builder: str
    builder_until: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class SurveyBooked(InTheirLanguage):
    visit_at: str
    surveyor: str | None = None
    home_address: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class DayMoved(InTheirLanguage):
    """A calendar moved a day that was told: of `clock`, from `before` to `after`, by which `notice`."""

    clock: str
    before: str
    after: str
    notice: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class DenialNotice(Message):
    letter_number: str
    home_address: str
    items: tuple[str, ...]
    decided_on: str
    ground: str
    clause: str
    reasons: str
    complaint_number: str
    complaint_period: str
    lawsuit: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class CoverageNotice(Message):
    letter_number: str
    home_address: str
    items: tuple[str, ...]
    decided_on: str
    next_act: str
    next_by: str
    contact: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class SupplementNotice(Message):
    """保险法 22: its proven arrival stops the 30 days, so the text names everything that is missing."""

    letter_number: str
    items: tuple[str, ...]
    decision_period: str
    insurer_address: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class SettlementAgreement(Message):
    """`works`: the agreed first and last day; `cash`: the sum of all amounts. One of them at least."""

    letter_number: str
    home_address: str
    items: tuple[str, ...]
    works: str | None
    cash: str | None
    hotline: str


@dataclass(frozen=True, kw_only=True)
class CompletionRecord(Message):
    """第十四条: the warranties by part and item, with their first and last day; None where nothing is fixed."""

    letter_number: str
    home_address: str
    items: tuple[str, ...]
    warranties: tuple[str, ...] | None
    hotline: str


@dataclass(frozen=True, kw_only=True)
class PaymentNotice(Message):
    """`title`: 赔款支付通知书, or 先予支付通知书 of 保险法 25."""

    letter_number: str
    title: str
    amount: str
    paid_at: str
    bank_reference: str
    left: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class ComplaintDecision(Message):
    letter_number: str
    received_at: str
    outcome: str
    decision: str
    reasons: str
    review: str
    mediation: str
    lawsuit: str
    complaint_number: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class SettlementReached(InTheirLanguage):
    """第十三条: agreed by all. `works` and `cash` as in SettlementAgreement; `perform_by`: the last of the 10 days."""

    works: str | None
    cash: str | None
    perform_by: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class LetterNotReached(Message):
    """To the team: the text of a letter failed. `letter`: its title."""

    letter: str
    letter_number: str


@dataclass(frozen=True, kw_only=True)
class HotlineSilent(Message):
    """To the team: a probe by `what` (电话 or 短信) didn't arrive. `reference`: the probe's number."""

    what: str
    sent_at: str
    hotline: str


@dataclass(frozen=True, kw_only=True)
class Rung(Message):
    """To the team. `clock` is its Chinese name, `state` one of 临近, 最后一天, 已超期, `told` who must act.

    `called`: what the file's number is called, 报案号 or 档案号.
    `safe_on` is the last day as counted, `legal_on` that day rolled over rest days; instants for hour clocks.
    """

    clock: str
    state: str
    called: str
    safe_on: str
    legal_on: str
    told: str


@dataclass(frozen=True, kw_only=True)
class Assigned(Message):
    """To whoever looks after the claim from now on: `told`, and what runs on it, the most urgent first."""

    told: str
    duties: tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class TrackCode(InTheirLanguage):
    """The code that opens one claim on the homeowner's page, once."""

    code: str
    minutes: str
    hotline: str
