"""What reached the demo's hotline: calls that ended in every way, texts to and fro, what waits for a person."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from claims.access import Person, person_by_token
from claims.casefile import CaseFile
from claims.casefile.model import RunningClock
from claims.casefile.timeline import entries_of
from claims.demo import DEMO_TOKENS, special_claims
from claims.demo.lately import CALLS
from claims.intake import Claim
from claims.intake.call.model import ABANDONED, ANSWERED, SERVED, VOICEMAIL, PhoneCall, Recording
from claims.intake.call.steps import after
from claims.intake.call.story import turn_of
from claims.oversight.calls import calls_of_the_month
from claims.quarantine.queries import quarantine
from claims.roster.queries import roster_ahead, roster_gaps
from claims.settlement import exposures
from config.settings import EXAMPLE_RATE
from notifications.model import Arrival, Message
from tests.claims.demo.loading import TODAY
from tests.makers import at

pytestmark = [pytest.mark.sqlite, pytest.mark.xdist_group("demo")]


@pytest.fixture
def manager(demo: Session) -> Person:
    found = person_by_token(demo, DEMO_TOKENS["manager"])
    assert found is not None
    return found


def test_the_months_calls_ended_in_every_way_and_one_call_back_is_owed(demo: Session, manager: Person):
    month = calls_of_the_month(demo, manager, TODAY)

    assert all(month.by_outcome[outcome] >= 2 for outcome in (ANSWERED, SERVED, VOICEMAIL, ABANDONED))
    assert sum(month.by_outcome.values()) == month.total
    assert (month.owed, month.rung_back) == (1, sum(call.rung_back is not None for call in CALLS))
    assert month.took is not None and timedelta(minutes=5) < month.took < timedelta(minutes=40)


def test_each_call_goes_from_step_to_step_as_a_caller_would(demo: Session):
    theirs = select(Arrival).where(col(Arrival.kind).startswith("voice ")).order_by(col(Arrival.attempt))
    said: dict[str, list[Arrival]] = {}
    for arrival in demo.exec(theirs):
        said.setdefault(arrival.provider_id, []).append(arrival)
    for arrivals in said.values():
        turns = [turn_of(demo, each) for each in arrivals if each.kind not in ("voice whisper", "voice accept")]
        led_to = [after(turn).step for turn in turns[:-1]]
        assert led_to == [turn.step for turn in turns[1:]]
    assert len(said) > len(CALLS)


def test_a_call_opens_no_claim_but_the_callers_own_report(demo: Session):
    opened_by_call = demo.exec(select(Claim.channel).where(col(Claim.key).startswith("twilio:CA"))).all()

    assert opened_by_call == ["voice"] * 4
    assert set(demo.exec(select(PhoneCall.sid).where(col(PhoneCall.ended_at).is_(None)))) == set()


def test_every_message_that_a_caller_left_can_be_heard(demo: Session):
    recordings = demo.exec(select(Recording)).all()

    assert recordings and all(each.state == "kept" and each.attachment_id for each in recordings)


def test_an_unsigned_and_a_truncated_arrival_wait_and_one_is_dismissed_with_a_reason(demo: Session, manager: Person):
    waiting = quarantine(demo, manager, "waiting")
    [settled] = quarantine(demo, manager, "settled")

    assert [(held.kind, held.arrival.signed) for held in waiting] == [("call", True), ("message", False)]
    assert settled.verdict is not None and settled.verdict.verdict == "dismissal"
    assert "推销" in demo.info["sealer"].open(settled.verdict.reason_sealed)


def test_one_claim_was_reported_by_text_with_questions_answers_and_a_confirmation(demo: Session):
    query = select(CaseFile).join(Claim).where(Claim.key == "twilio:SMdemo conversation")
    file = demo.exec(query).one()
    about = select(Message.message).where(Message.about == f"claim:{file.id}").order_by(col(Message.id))
    facts = [entry.fact for entry, _ in entries_of(demo, file.id or 0)]

    assert [name for name in demo.exec(about) if name.startswith(("ask_", "text_"))] == [
        "ask_which_home",
        "ask_danger",
        "text_noted",
    ]
    assert facts.count("TextReceived") == 2 and "HomeIdentified" in facts
    assert file.reference in dict(special_claims(demo)).values()


def test_the_roster_has_a_substitute_and_one_night_without_anybody(demo: Session):
    [gap] = roster_gaps(demo, TODAY)
    kinds = {shift.kind for stretch in roster_ahead(demo, TODAY) for shift in stretch.shifts}

    assert (gap.from_at, gap.to_at) == (at("Fri 2026-11-27 18:00"), at("Sat 2026-11-28 09:00"))
    assert kinds == {"rota", "substitute"}


def test_a_late_payment_shows_its_days_and_what_is_at_stake(demo: Session):
    late = select(RunningClock).join(CaseFile).join(Claim).where(Claim.key == "demo breached")
    [clock] = demo.exec(late.where(RunningClock.clock == "performance")).all()
    exposure = exposures(demo, [clock], TODAY)[clock.id or 0]

    assert demo.info["settings"].delay_rate == EXAMPLE_RATE
    assert exposure.days == 13 and exposure.estimate_fen
