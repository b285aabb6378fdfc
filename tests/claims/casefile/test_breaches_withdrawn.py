"""解释（二）15: a notice that came in time and was entered late undoes a breach, aloud; another one counts again."""

from datetime import datetime

import pytest
from sqlmodel import select

from claims.casefile import NeedsConfirmation, NeedsProof
from claims.casefile import facts as f
from claims.casefile.model import NEVER, ClockFiring, ClockPause
from claims.casefile.timeline import entries_of, verify
from tests.claims.casefile.spoken import at
from tests.claims.casefile.story import clock, entries, happens, story, surveyed, swept

pytestmark = pytest.mark.both_databases
REPORTED = "Mon 2026-03-02 10:00"
BREACHED = "Thu 2026-04-02 00:00"  # the 30th day is Wednesday 1 April
IN_TIME, LEARNED = "Wed 2026-04-01 23:59:59", "Fri 2026-04-10 09:00"
PROVEN = {"learned": LEARNED, "proof": "EMS 99"}


@pytest.fixture
def breached(session):
    """Surveyed, never decided, and the breach is on record."""
    file = surveyed(session, REPORTED)
    swept(session, BREACHED)
    assert clock(session, file, "decision").state == "breached"
    return file


def arrives(session, file, when: str = IN_TIME, **told: str) -> None:
    happens(session, file, f.SupplementNoticeArrived, when, **(PROVEN | told))


def breaches(session, file) -> list[datetime]:
    """When the decision was breached, by the timeline."""
    told = entries_of(session, file.id)
    return [entry.at for entry, kept in told if entry.fact == "ClockBreached" and '"decision"' in kept.details]


def test_a_pause_entered_late_on_a_breach_needs_proof(session, breached):
    with pytest.raises(NeedsProof):
        arrives(session, breached, proof="", confirmed_by="staff:2")


def test_and_a_leads_word(session, breached):
    with pytest.raises(NeedsConfirmation, match="decision"):
        arrives(session, breached)

    assert clock(session, breached, "decision").state == "breached"


def test_with_both_the_breach_stays_on_record_and_is_withdrawn_after_it(session, breached):
    arrives(session, breached, confirmed_by="staff:2")

    assert story(session, breached)[-2:] == ["SupplementNoticeArrived", "BreachWithdrawn"]
    assert breaches(session, breached) == [at(BREACHED)]
    withdrawn = entries(session, breached)[-1]
    assert (withdrawn.at, withdrawn.by) == (at(LEARNED), "staff:2")
    assert not list(verify(session))


def test_the_clock_stands_still_from_the_arrival(session, breached):
    arrives(session, breached, "Tue 2026-03-10 10:00", confirmed_by="staff:2")
    assert (clock(session, breached, "decision").state, breached.urgent_at) != ("breached", NEVER)

    happens(session, breached, f.SupplementReceived, "Mon 2026-04-13 10:00")

    kept = clock(session, breached, "decision")
    assert (kept.state, kept.legal_due) == ("running", at("Thu 2026-05-07 00:00"))  # 34 days stood still; 5 May rolls


@pytest.mark.parametrize(("arrived", "story_ends"), [
    (IN_TIME, ["SupplementNoticeArrived", "BreachWithdrawn"]),
    (BREACHED, ["SupplementNoticeArrived"]),              # too late by an instant: nothing is left to stand still
])  # fmt: skip
def test_only_an_arrival_before_the_first_late_instant_withdraws(session, breached, arrived, story_ends):
    arrives(session, breached, arrived, confirmed_by="staff:2")

    told = story(session, breached)
    assert told[told.index("SupplementNoticeArrived") :] == story_ends
    assert (clock(session, breached, "decision").state == "breached") is (story_ends[-1] != "BreachWithdrawn")


def test_after_a_withdrawal_a_second_breach_is_recorded_once(session, breached):
    arrives(session, breached, "Tue 2026-03-10 10:00", confirmed_by="staff:2")
    happens(session, breached, f.SupplementReceived, "Mon 2026-04-13 10:00")
    for _ in range(2):
        swept(session, "Thu 2026-05-07 00:00")

    assert breaches(session, breached) == [at(BREACHED), at("Thu 2026-05-07 00:00")]
    assert clock(session, breached, "decision").breached_at == at("Thu 2026-05-07 00:00")


def test_a_pause_that_ended_before_it_was_entered_and_still_left_the_duty_late_is_a_breach_again(session, breached):
    """Two days stood still: the duty was late on the 4th instead of the 2nd."""
    arrives(session, breached, "Tue 2026-03-10 10:00", confirmed_by="staff:2")
    happens(session, breached, f.SupplementReceived, "Thu 2026-03-12 10:00", learned=LEARNED, proof="received")
    swept(session, LEARNED)

    assert breaches(session, breached)[1:] == [clock(session, breached, "decision").legal_due]


def test_a_duty_done_too_late_as_it_seemed_was_done_while_the_clock_stood_still(session, breached):
    happens(session, breached, f.EveryFindingDenied, "Tue 2026-04-07 10:00")
    assert clock(session, breached, "decision").state == "breached"

    arrives(session, breached, "Tue 2026-03-10 10:00", confirmed_by="staff:2")

    assert story(session, breached)[-2:] == ["SupplementNoticeArrived", "BreachWithdrawn"]
    kept = clock(session, breached, "decision")
    assert (kept.state, kept.met_at) == ("met", at("Tue 2026-04-07 10:00"))


def test_each_breach_fires_under_the_due_version_that_it_broke(session, breached):
    arrives(session, breached, "Tue 2026-03-10 10:00", confirmed_by="staff:2")
    happens(session, breached, f.SupplementReceived, "Mon 2026-04-13 10:00")
    swept(session, "Thu 2026-05-07 00:00")
    decision = clock(session, breached, "decision").id
    fired = select(ClockFiring.due_version).where(ClockFiring.clock_id == decision, ClockFiring.rung == "breach")

    assert session.exec(fired.order_by(ClockFiring.due_version)).all() == [1, 3]
    assert len(session.exec(select(ClockPause)).all()) == 1
