"""Extend, pause, resume, correct, and a calendar that arrives meanwhile: the day depends on what happened, not on when
each was entered."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.casefile import facts as f
from claims.casefile.period import Pause, reckon
from tests.claims.casefile.arriving import CORRECTED_2027, YEAR_2027, arrives, counted_anew
from tests.claims.casefile.histories import SOAK
from tests.claims.casefile.spoken import at
from tests.claims.casefile.story import clock, happens, surveyed

REPORTED = at("Wed 2026-12-02 10:00")
ENTERED = at("Tue 2026-12-15 10:00")
ACTS = ("pause", "resume", "correct", "extend", "recount")
hours = st.integers(1, 6 * 24)


def possible(order: list[str]) -> list[str]:
    """A pause is entered before its end and before its correction."""
    first = min(order.index(act) for act in ("pause", "resume", "correct"))
    rest = [act for act in order if act != "pause"]
    return [*rest[:first], "pause", *rest[first:]]


@pytest.mark.sqlite
@settings(
    max_examples=1000 if SOAK else 25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    order=st.permutations(ACTS).map(possible),
    entered=hours,
    really=hours,
    lasts=hours,
    length=st.sampled_from(["20 days", "30 days", "45 days", "20 working days"]),
)
def test_the_order_of_entries_changes_nothing(house, session, order, entered, really, lasts, length):
    told = {"proof": "凭据", "confirmed_by": "staff:9"}
    asked, arrived = (REPORTED + timedelta(hours=number) for number in (entered, really))
    came = max(asked, arrived) + timedelta(hours=lasts)
    file = surveyed(session, REPORTED)
    for minute, act in enumerate(order):
        learned = ENTERED + timedelta(minutes=minute)
        if act == "pause":
            happens(session, file, f.SupplementNoticeArrived, asked, learned=learned, **told)
        elif act == "resume":
            happens(session, file, f.SupplementReceived, came, learned=learned, **told)
        elif act == "correct":
            said = {"arrived_at": arrived.isoformat(), "instead_of": asked.isoformat()}
            happens(session, file, f.SupplementArrivalCorrected, learned, **said, **told)
        elif act == "extend":
            happens(session, file, f.HomeIdentified, learned, lengths={"decision": length})
        else:
            other = CORRECTED_2027 if YEAR_2027 in session.info["calendar"].years else YEAR_2027
            arrives(session, house, other, "Tue 2026-12-15 10:00")
            counted_anew(session, "Tue 2026-12-15 10:00")

    kept = clock(session, file, "decision")
    fresh = reckon(length, REPORTED, pauses=[Pause(arrived, came)], calendar=session.info["calendar"])
    assert (kept.state, kept.safe_due, kept.legal_due) == ("running", fresh.safe_due, fresh.legal_due)
