"""Texts of the demo's homeowners, joined to their claims by the hotline's own reader."""

from datetime import datetime

from claims.demo.arriving import arrives
from claims.demo.case import Case
from claims.registry import e164


def texts(case: Case, words: str, at: datetime) -> int:
    """Answers the number of the claim that it ended in."""
    case.texts_sent += 1
    sid = f"SM{case.key or f'demo {case.number}'}" + (f" {case.texts_sent}" if case.texts_sent > 1 else "")
    arrival = arrives(case.session, "message", sid, {"From": e164(case.resident.phone) or "", "Body": words}, at)
    return int(arrival.about.removeprefix("claim:"))
