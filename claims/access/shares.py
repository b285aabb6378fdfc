"""THE TABLE OF SHARES: how much of a claim that is in their sight each role is shown.

Whatever shows a claim asks here: its page, its timeline, its files, its letters. A role of the house sees all of it;
somebody outside sees what the table says and nothing that isn't in it. Printed in config/adr/tables.md.
"""

from enum import StrEnum

from claims.access.model import ROLES, Person
from claims.access.policy import roles_of


class Share(StrEnum):
    """`OWN`: what the reader sent in, repairs or appraises. `TOLD`: what the homeowner has been told."""

    NOTHING = "–"
    OWN = "own"
    TOLD = "told"
    ALL = "all"


_NO, _OWN, _TOLD, _ALL = Share.NOTHING, Share.OWN, Share.TOLD, Share.ALL

OUTSIDE = ("channel", "firm", "appraiser")
HOUSE = frozenset(ROLES) - {*OUTSIDE, "operator"}
"""Roles that see all of a claim in their sight. An operator looks after machines, not claims."""

SHARES: dict[str, tuple[Share, Share, Share]] = {
    #                channel firm  appraiser
    "report":        (_ALL,  _ALL, _ALL),   # stage, home, what was reported; the reporter masked
    "reporter":      (_NO,   _OWN, _NO),    # name and phone in clear, for as long as an order is in work
    "clocks":        (_TOLD, _NO,  _NO),    # what happens next, and by when
    "surveys":       (_TOLD, _NO,  _NO),
    "findings":      (_TOLD, _OWN, _OWN),   # without what the surveyor thinks of them
    "decisions":     (_TOLD, _NO,  _OWN),   # without what the second person remarked
    "supplements":   (_NO,   _NO,  _NO),
    "settlements":   (_NO,   _NO,  _NO),
    "payments":      (_NO,   _NO,  _NO),
    "repair_orders": (_NO,   _OWN, _NO),
    "warranties":    (_NO,   _NO,  _NO),
    "appraisals":    (_NO,   _NO,  _OWN),
    "complaints":    (_NO,   _NO,  _NO),
    "links":         (_NO,   _NO,  _NO),
    "letters":       (_NO,   _OWN, _NO),    # a firm's work orders
    "files":         (_OWN,  _OWN, _OWN),
    "timeline":      (_TOLD, _NO,  _NO),
    "notes":         (_NO,   _NO,  _NO),    # opinions, remarks, who looks after it: what we say among ourselves
}  # fmt: skip

TOLD_CLOCKS = frozenset(
    {
        "contact", "make_safe", "survey", "decision", "advance", "coverage_notice", "denial_notice", "settlement_offer",
        "performance", "repair_finish", "warranty_repair", "repair_warranty",
    }
)  # fmt: skip
"""What we owe the homeowner next; not the measures, a complaint, or what a firm owes us."""

TOLD_FACTS = frozenset(
    {
        "ReportReceived", "HomeIdentified", "ClaimReferred", "SurveyBooked", "SiteSurveyed", "EveryFindingDecided",
        "EveryFindingDenied", "CoverageNoticeDispatched", "DenialNoticeDispatched", "EveryRepairAccepted",
    }
)  # fmt: skip
"""What the homeowner was told of, and no fact that carries anybody's words or money."""


def share_of(person: Person, part: str) -> frozenset[Share]:
    """How much of this part of a claim `person` is shown, by all their roles. Raises KeyError for an unknown part."""
    by_role = dict.fromkeys(HOUSE, _ALL) | dict(zip(OUTSIDE, SHARES[part], strict=True))
    return frozenset(by_role.get(role, _NO) for role in roles_of(person)) - {_NO}


def is_outside(person: Person) -> bool:
    """Whether none of their roles is one of the house."""
    return roles_of(person).isdisjoint(HOUSE)
