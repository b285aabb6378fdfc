"""Clocks while facts happen: started, met, breached, paused, resumed, cancelled, counted anew."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlmodel import select

from claims.casefile import NEVER, BadRules, NeedsConfirmation, NotAllowed, Subject, record_many
from claims.casefile import facts as f
from claims.casefile.model import ClockPause, RunningClock
from claims.casefile.queries import clocks_of
from claims.casefile.timeline import verify
from config.time import last_day
from tests.claims.casefile.spoken import at, on
from tests.claims.casefile.story import (
    a_fact,
    clock,
    denied,
    entries,
    happens,
    reported,
    story,
    surveyed,
    swept,
)

MONDAY = "Mon 2026-03-02 10:00"
FIRST, SECOND = Subject("decision", 1), Subject("decision", 2)


def last_days(kept):
    return last_day(kept.safe_due), last_day(kept.legal_due)


@pytest.mark.both_databases
@pytest.mark.parametrize(("name", "safe", "legal"), [
    ("survey",   "Wed 2026-03-04", "Wed 2026-03-04"),     # 第十三条: the contract's, else the house's 2 days
    ("decision", "Wed 2026-04-01", "Wed 2026-04-01"),     # 保险法 23: 30 days
    ("advance",  "Fri 2026-05-01", "Wed 2026-05-06"),     # 保险法 25: 60 days, over the May break
])  # fmt: skip
def test_a_report_starts_the_clocks_of_survey_decision_and_advance(session, name, safe, legal):
    kept = clock(session, reported(session, MONDAY), name)

    assert (kept.state, kept.anchor, last_days(kept)) == ("running", at(MONDAY), (on(safe), on(legal)))


def test_first_contact_is_owed_in_two_hours_and_in_danger_in_thirty_minutes(session):
    calm, danger = reported(session, MONDAY), reported(session, MONDAY, danger=True)

    assert clock(session, calm, "contact").legal_due == at("Mon 2026-03-02 12:00")
    assert clock(session, danger, "contact").legal_due == at("Mon 2026-03-02 10:30")


def test_a_report_taken_down_later_still_runs_from_when_it_was_received(session):
    kept = clock(session, reported(session, MONDAY, learned="Tue 2026-03-03 09:00"), "survey")

    assert (kept.anchor, last_day(kept.legal_due)) == (at(MONDAY), on("Wed 2026-03-04"))


# --- lengths ------------------------------------------------------------------------------------------------


def test_the_policys_own_length_goes_before_the_houses(session):
    file = reported(session, MONDAY, lengths={"survey": "5 days", "decision": "7 days"})

    assert last_day(clock(session, file, "survey").legal_due) == on("Mon 2026-03-09")  # Saturday 7th, rolled
    assert last_day(clock(session, file, "decision").legal_due) == on("Mon 2026-03-09")


def test_a_policy_cannot_change_what_the_law_fixes(session):
    file = surveyed(session, MONDAY)

    with pytest.raises(BadRules, match="statutory"):
        happens(session, file, f.CoverageDenied, MONDAY, lengths={"denial_notice": "30 days"})


@pytest.mark.both_databases
def test_a_home_found_later_brings_its_policys_lengths_from_the_same_anchor(session):
    file = reported(session, MONDAY)
    happens(session, file, f.HomeIdentified, "Tue 2026-03-03", lengths={"survey": "4 days"})

    kept = clock(session, file, "survey")
    assert (kept.length, kept.due_version, last_day(kept.legal_due)) == ("4 days", 2, on("Fri 2026-03-06"))
    assert clock(session, file, "decision").due_version == 1


# --- met and breached ---------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_the_survey_meets_its_clock_at_the_visit(session):
    file = reported(session, MONDAY)
    happens(session, file, f.SiteSurveyed, "Tue 2026-03-03 15:00", learned="Tue 2026-03-03 18:00")

    kept = clock(session, file, "survey")
    assert (kept.state, kept.met_at, kept.next_look_at) == ("met", at("Tue 2026-03-03 15:00"), None)


def test_an_unanswered_call_meets_nothing(session):
    file = reported(session, MONDAY)
    happens(session, file, f.ContactTried, "Mon 2026-03-02 10:05")

    assert clock(session, file, "contact").state == "running"


def test_a_duty_done_late_stays_breached_and_is_done(session):
    file = denied(session, MONDAY)
    swept(session, "Fri 2026-03-06 00:00")
    happens(session, file, f.DenialNoticeDispatched, "Fri 2026-03-06 09:00")

    kept = clock(session, file, "denial_notice")
    assert (kept.state, kept.breached_at, kept.met_at) == (
        "breached",
        at("Fri 2026-03-06 00:00"),
        at("Fri 2026-03-06 09:00"),
    )


def test_each_decision_has_its_own_three_days_and_its_own_notice(session):
    file = surveyed(session, MONDAY)
    happens(session, file, f.CoverageDenied, MONDAY, subject=FIRST)
    happens(session, file, f.CoverageDenied, "Tue 2026-03-03 10:00", subject=SECOND)
    happens(session, file, f.DenialNoticeDispatched, "Wed 2026-03-04 10:00", subject=SECOND)

    assert clock(session, file, "denial_notice", str(FIRST)).state == "running"
    assert clock(session, file, "denial_notice", str(SECOND)).state == "met"
    assert file.urgent_at == at("Fri 2026-03-06 00:00")


def test_a_referred_claim_owes_nothing_more(session):
    file = reported(session, MONDAY)
    happens(session, file, f.ClaimReferred, MONDAY)

    states = {c.clock: c.state for c in session.exec(select(RunningClock))}
    assert states == dict.fromkeys(("contact", "survey", "decision", "advance"), "cancelled")
    assert file.urgent_at == NEVER


def test_a_clock_cancelled_after_its_last_instant_was_breached_all_the_same(session):
    file = surveyed(session, MONDAY)
    happens(session, file, f.EveryFindingDenied, "Thu 2026-05-07 10:00")

    breaches = [entry.at for entry in entries(session, file) if entry.fact == "ClockBreached"]
    assert breaches == [at("Thu 2026-04-02 00:00"), at("Thu 2026-05-07 00:00")]  # decision, advance
    assert clock(session, file, "advance").breached_at == at("Thu 2026-05-07 00:00")


# --- entered late -------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_late_entry_that_removes_a_breach_needs_a_lead(session):
    file = denied(session, MONDAY)
    swept(session, "Fri 2026-03-06 00:00")
    told = {"learned": "Mon 2026-03-09 09:00", "proof": "EMS 1234567890"}

    with pytest.raises(NeedsConfirmation, match="denial_notice"):
        happens(session, file, f.DenialNoticeDispatched, "Thu 2026-03-05 17:00", **told)

    assert clock(session, file, "denial_notice").state == "breached"


@pytest.mark.both_databases
def test_with_the_leads_word_the_breach_stays_on_record_and_is_withdrawn_after_it(session):
    file = denied(session, MONDAY)
    swept(session, "Fri 2026-03-06 00:00")
    told = {"learned": "Mon 2026-03-09 09:00", "proof": "EMS 1234567890", "confirmed_by": "staff:2"}
    happens(session, file, f.DenialNoticeDispatched, "Thu 2026-03-05 17:00", **told)

    breach = next(n for n, entry in enumerate(entries(session, file)) if entry.at == at("Fri 2026-03-06 00:00"))
    assert story(session, file)[breach:] == ["ClockBreached", "DenialNoticeDispatched", "BreachWithdrawn"]
    dispatched, withdrawn = entries(session, file)[-2:]
    assert (dispatched.at, dispatched.late) == (at("Thu 2026-03-05 17:00"), True)
    assert (withdrawn.at, withdrawn.by) == (at("Mon 2026-03-09 09:00"), "staff:2")
    kept = clock(session, file, "denial_notice")
    assert (kept.state, kept.met_at) == ("met", at("Thu 2026-03-05 17:00"))
    assert not list(verify(session))


def test_a_late_entry_needs_the_lead_even_where_no_sweep_has_seen_the_breach_yet(session):
    file = denied(session, MONDAY)
    told = {"learned": "Mon 2026-03-09 09:00", "proof": "EMS 1234567890"}

    with pytest.raises(NeedsConfirmation):
        happens(session, file, f.DenialNoticeDispatched, "Thu 2026-03-05 17:00", **told)


def test_a_late_entry_inside_the_time_needs_only_its_proof(session):
    file = denied(session, MONDAY)
    happens(session, file, f.TextReceived, "Wed 2026-03-04 12:00")
    told = {"learned": "Thu 2026-03-05 09:00", "proof": "EMS 1234567890"}
    happens(session, file, f.DenialNoticeDispatched, "Tue 2026-03-03 17:00", **told)

    assert clock(session, file, "denial_notice").state == "met"
    assert entries(session, file)[-1].late


# --- 解释（二）15: the 30 days stand still between notice and supplement -------------------------------------


def asked(session, when="Tue 2026-12-08 11:00", **told):
    file = surveyed(session, "Tue 2026-12-01 09:00")
    happens(session, file, f.SupplementNoticeArrived, when, **told)
    return file


@pytest.mark.both_databases
def test_worked_example_12_notice_arrives_the_8th_and_supplement_the_20th(session):
    file = asked(session)
    happens(session, file, f.SupplementReceived, "Sun 2026-12-20 16:00")

    kept = clock(session, file, "decision")
    assert (kept.state, last_days(kept)) == ("running", (on("Tue 2027-01-12"), on("Tue 2027-01-12")))
    assert kept.provisional  # 2027 isn't published
    assert kept.due_version == 3


@pytest.mark.both_databases
def test_while_it_stands_still_it_owes_nothing_and_says_what_it_would_owe(session):
    file = asked(session)
    now = at("Sun 2026-12-20 16:00")
    (shown,) = [c for c in clocks_of(session, file.id, now) if c["clock"] == "decision"]

    assert (shown["state"], shown["safe_due"], shown["legal_due"]) == ("paused", None, None)
    assert last_day(shown["if_resumed_now"].legal_due) == on("Tue 2027-01-12")
    assert file.urgent_at == clock(session, file, "advance").safe_due
    assert swept(session, "Thu 2027-01-28 12:00") and "ClockBreached" not in story(session, file)


def test_the_pause_is_kept_with_its_proof(session):
    asked(session, proof="EMS 99 signed for on 12-08")

    (kept,) = session.exec(select(ClockPause)).all()
    assert (kept.from_at, kept.to_at) == (at("Tue 2026-12-08 11:00"), None)
    assert (kept.reason, kept.proof, kept.by) == ("SupplementNoticeArrived", "EMS 99 signed for on 12-08", "staff:1")


def test_only_the_decision_stands_still(session):
    file = asked(session)

    assert {c.clock for c in session.exec(select(RunningClock)) if c.state == "paused"} == {"decision"}
    assert file.stage == "surveyed"


def test_a_pause_entered_late_needs_a_lead_for_it_moves_the_due_later(session):
    file = surveyed(session, "Tue 2026-12-01 09:00")
    happens(session, file, f.TextReceived, "Thu 2026-12-10 09:00")
    told = {"learned": "Fri 2026-12-11 09:00", "proof": "EMS 99"}

    with pytest.raises(NeedsConfirmation):
        happens(session, file, f.SupplementNoticeArrived, "Tue 2026-12-08 11:00", **told)
    happens(session, file, f.SupplementNoticeArrived, "Tue 2026-12-08 11:00", **told, confirmed_by="staff:2")
    assert clock(session, file, "decision").state == "paused"


def test_a_pause_learned_of_after_the_last_day_needs_a_lead_though_nobody_has_seen_the_breach(session):
    """The worker was down over New Year: who enters on 4 January that the notice came on 8 December undoes a breach."""
    file = surveyed(session, "Tue 2026-12-01 09:00")
    told = {"learned": "Mon 2027-01-04 09:00", "proof": "EMS 99"}

    with pytest.raises(NeedsConfirmation):
        happens(session, file, f.SupplementNoticeArrived, "Tue 2026-12-08 11:00", **told)
    happens(session, file, f.SupplementNoticeArrived, "Tue 2026-12-08 11:00", **told, confirmed_by="staff:2")
    assert clock(session, file, "decision").state == "paused"


@pytest.mark.both_databases
def test_a_supplement_for_which_no_clock_stood_still_changes_no_due(session):
    file = surveyed(session, "Tue 2026-12-01 09:00")
    happens(session, file, f.SupplementReceived, "Sun 2026-12-20 16:00")

    kept = clock(session, file, "decision")
    assert (kept.state, kept.due_version, last_day(kept.legal_due)) == ("running", 1, on("Thu 2026-12-31"))


@pytest.mark.both_databases
def test_a_supplement_after_the_breach_does_not_set_the_clock_running_again(session):
    file = surveyed(session, MONDAY)
    swept(session, "Thu 2026-04-02 00:00")
    happens(session, file, f.SupplementReceived, "Thu 2026-04-02 09:00")

    kept = clock(session, file, "decision")
    assert (kept.state, kept.breached_at, kept.next_look_at) == ("breached", at("Thu 2026-04-02 00:00"), None)
    assert last_day(kept.legal_due) == on("Wed 2026-04-01")


def test_a_notice_after_the_breach_does_not_stop_what_has_run_out(session):
    file = surveyed(session, MONDAY)
    happens(session, file, f.SupplementNoticeArrived, "Thu 2026-04-02 09:00")

    assert story(session, file)[-2:] == ["ClockBreached", "SupplementNoticeArrived"]
    assert clock(session, file, "decision").state == "breached"


# --- the queue's column -------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_urgent_at_is_the_nearest_safe_due_that_is_owed(session):
    file = reported(session, "Thu 2026-11-26 10:00")
    assert file.urgent_at == at("Thu 2026-11-26 12:00")  # contact

    happens(session, file, f.ContactMade, "Thu 2026-11-26 10:10")
    assert file.urgent_at == at("Sun 2026-11-29 00:00")  # survey: the safe day is a Saturday

    happens(session, file, f.SiteSurveyed, "Fri 2026-11-27 10:00")
    assert file.urgent_at == at("Sun 2026-12-27 00:00")  # decision


def test_what_is_breached_and_not_done_stays_the_most_urgent(session):
    file = reported(session, MONDAY)
    swept(session, "Mon 2026-03-02 12:00")

    assert clock(session, file, "contact").state == "breached"
    assert file.urgent_at == at("Mon 2026-03-02 12:00")


@pytest.mark.both_databases
@pytest.mark.parametrize("seed", range(4))
def test_urgent_at_is_right_after_any_history(session, seed):
    """Whatever happens in whatever order, the queue's column equals what the clocks say."""
    chance, file, when = random.Random(seed), reported(session, "Tue 2026-12-01 09:00"), at("Tue 2026-12-01 09:00")
    acts = (f.ContactMade, f.HomeIdentified, f.SiteSurveyed, f.SupplementNoticeArrived, f.SupplementReceived,
            f.TextReceived, f.CoverageDenied, f.DenialNoticeDispatched, f.CoverageConfirmed,
            f.CoverageNoticeDispatched, f.FurtherFindingRecorded, f.EveryFindingDecided, f.DangerFound,
            f.MadeSafe)  # fmt: skip
    for _ in range(25):
        when += timedelta(hours=chance.choice((1, 7, 30, 90)))
        if chance.random() < 0.3:
            swept(session, when)
        lengths = {"survey": "9 days"} if chance.random() < 0.1 else {}
        acting = a_fact(chance.choice(acts), when, lengths=lengths)
        with suppress(NotAllowed):
            record_many(session, [(file, acting)])
        session.expire_all()
        owed = select(RunningClock).where(RunningClock.file_id == file.id, RunningClock.met_at.is_(None))
        running = [c for c in session.exec(owed) if c.state in ("running", "breached") and c.safe_due]
        dues, dangers = [c.safe_due for c in running], [c for c in running if c.clock == "make_safe"]
        kept = session.get(type(file), file.id, populate_existing=True)
        assert kept.urgent_at == file.urgent_at == min(dues, default=NEVER), f"after {acting.name} at {when}"
        assert kept.stands_first == file.stands_first == bool(dangers), f"after {acting.name} at {when}"
    assert not list(verify(session))
