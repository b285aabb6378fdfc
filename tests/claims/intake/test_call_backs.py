"""A call that we owe: its mark stands in the timeline, and the clock of the first contact runs (again)."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from claims.casefile import Refused, Stage, record
from claims.casefile.facts import CallBackAsked
from claims.casefile.queries import clocks_of
from claims.casefile.sweeps import ring_due_rungs
from claims.casefile.timeline import entries_of
from claims.intake import make_contact
from tests.makers import Made, a_claim, at

pytestmark = pytest.mark.both_databases
REPORTED = at("Mon 2026-03-02 10:00")
REACHED = at("Mon 2026-03-02 11:00")
RANG = at("Wed 2026-03-04 09:00")
ENTERED, MINUTE = RANG + timedelta(hours=1), timedelta(minutes=1)
FIRST_DUE = REPORTED + timedelta(hours=2)


@pytest.fixture
def answered(session, world) -> Made:
    """A claim whose reporter has been rung."""
    made = a_claim(session, world, reported_at=REPORTED)
    make_contact(session, made.file, reached=True, note="", by="staff:1", at=REACHED, recorded_at=REACHED)
    return made


def contacts(session, made: Made) -> list[tuple[object, object]]:
    clocks = clocks_of(session, made.file.id, RANG)
    return [(clock["state"], clock["legal_due"]) for clock in clocks if clock["clock"] == "contact"]


def test_after_the_first_contact_a_call_back_starts_two_hours_of_its_own(session, answered):
    record(session, answered.file, CallBackAsked(at=RANG, by="homeowner", why="voicemail"))

    assert contacts(session, answered)[1:] == [("running", RANG + timedelta(hours=2))]


def test_while_the_first_contact_is_owed_a_call_back_starts_nothing_more(session, world):
    made = a_claim(session, world, reported_at=REPORTED)
    record(session, made.file, CallBackAsked(at=REACHED, by="homeowner", why="hung up"))

    assert contacts(session, made) == [("running", REPORTED + timedelta(hours=2))]


@pytest.mark.parametrize(("rung_at", "state"), [
    (at("Wed 2026-03-04 10:59:59"), "met"),
    (at("Wed 2026-03-04 11:00:00"), "breached"),
])  # fmt: skip
def test_only_a_call_that_reached_somebody_in_time_meets_it(session, answered, rung_at, state):
    record(session, answered.file, CallBackAsked(at=RANG, by="homeowner", why="voicemail"))
    make_contact(session, answered.file, reached=True, note="", by="staff:1", at=rung_at, recorded_at=rung_at)

    assert contacts(session, answered)[1][0] == state


@pytest.mark.parametrize(("rung_at", "state"), [(RANG - timedelta(seconds=1), "running"), (RANG, "met")])
def test_no_call_answers_a_wish_that_came_only_after_it(session, answered, rung_at, state):
    """Entered after the wish it is told all the same, as a fact of its time (ADR 0034)."""
    record(session, answered.file, CallBackAsked(at=RANG, by="homeowner", why="voicemail"))

    make_contact(session, answered.file, reached=True, note="", at=rung_at, by="staff:1", recorded_at=ENTERED)

    entry, _ = entries_of(session, answered.file.id)[-1]
    assert (entry.fact, entry.at) == ("ContactMade", rung_at)
    assert contacts(session, answered)[1] == (state, RANG + timedelta(hours=2))


def test_nor_does_it_take_back_the_breach_of_having_left_it_unanswered(session, answered):
    record(session, answered.file, CallBackAsked(at=RANG, by="homeowner", why="voicemail"))
    ring_due_rungs(session, RANG + timedelta(hours=2))

    told = {"by": "staff:1", "at": RANG - timedelta(minutes=1), "recorded_at": RANG + timedelta(hours=3)}
    make_contact(session, answered.file, reached=True, note="", **told)

    assert contacts(session, answered)[1][0] == "breached"


@pytest.mark.parametrize(("reached_at", "left"), [
    (REACHED - timedelta(seconds=1), [("met", FIRST_DUE), ("running", REACHED + timedelta(hours=2))]),
    (REACHED, [("met", FIRST_DUE)]),    # whoever was spoken to at that instant could say it
])  # fmt: skip
def test_a_wish_during_the_first_two_hours_stays_owed_where_the_call_came_before_it(session, world, reached_at, left):
    """One clock runs at a time; the first call, told too late, can't have been the answer."""
    made = a_claim(session, world, reported_at=REPORTED)
    record(session, made.file, CallBackAsked(at=REACHED, by="homeowner", why="voicemail"))

    make_contact(session, made.file, reached=True, note="", at=reached_at, by="staff:1", recorded_at=REACHED + MINUTE)

    assert contacts(session, made) == left


@pytest.mark.parametrize(("called_at", "fits"), [(REPORTED - timedelta(seconds=1), False), (REPORTED, True)])
def test_nobody_was_called_about_a_report_before_it(session, world, called_at, fits):
    made = a_claim(session, world, reported_at=REPORTED)

    with nullcontext() if fits else pytest.raises(Refused, match="spoke_at"):
        make_contact(session, made.file, reached=True, note="", at=called_at, by="staff:1", recorded_at=REACHED)

    assert contacts(session, made)[0][0] == ("met" if fits else "running")


def test_a_call_that_nobody_answered_before_the_wish_is_told(session, answered):
    record(session, answered.file, CallBackAsked(at=RANG, by="homeowner", why="voicemail"))
    tried_at = RANG - timedelta(minutes=10)
    make_contact(session, answered.file, reached=False, note="", by="staff:1", at=tried_at, recorded_at=RANG)

    assert contacts(session, answered)[1][0] == "running"


@pytest.mark.parametrize("stage", [Stage.SURVEYED, Stage.COVERED, Stage.DENIED])
def test_it_may_be_owed_at_any_stage(session, world, stage):
    made = a_claim(session, world, stage, reported_at=REPORTED)
    record(session, made.file, CallBackAsked(at=RANG, by="homeowner", why="voicemail"))

    assert contacts(session, made)[-1] == ("running", RANG + timedelta(hours=2))


def test_unanswered_it_is_a_breach_like_any_other(session, answered):
    record(session, answered.file, CallBackAsked(at=RANG, by="homeowner", why="voicemail"))
    ring_due_rungs(session, RANG + timedelta(hours=2))

    assert contacts(session, answered)[1][0] == "breached"
