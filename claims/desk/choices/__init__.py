"""What may be chosen on a claim. Each function answers to `Choices` (claims/desk/sheet.py)."""

from claims.desk.choices.people import (
    adjusters,
    appraiser_candidates,
    appraisers,
    likely_homes,
    repair_firms,
    surveyors,
)
from claims.desk.choices.records import (
    asked_to_agree,
    decided_findings,
    denial_grounds,
    every_finding,
    files_of,
    findings_to_settle,
    items_of_order,
    named,
    part_choices,
    photos_of,
    proposed_decisions,
    undecided_findings,
    ways_of_dispatch,
)

__all__ = [
    "adjusters",
    "appraiser_candidates",
    "appraisers",
    "asked_to_agree",
    "decided_findings",
    "denial_grounds",
    "every_finding",
    "files_of",
    "findings_to_settle",
    "items_of_order",
    "likely_homes",
    "named",
    "part_choices",
    "photos_of",
    "proposed_decisions",
    "repair_firms",
    "surveyors",
    "undecided_findings",
    "ways_of_dispatch",
]
