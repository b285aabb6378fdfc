"""报案: every door's report becomes a claim."""

from claims.intake.actions import Received, Report, assign, identify_home, receive_report
from claims.intake.contacts import make_contact
from claims.intake.gate import Gate, liability
from claims.intake.model import Claim

__all__ = [
    "Claim",
    "Gate",
    "Received",
    "Report",
    "assign",
    "identify_home",
    "liability",
    "make_contact",
    "receive_report",
]
