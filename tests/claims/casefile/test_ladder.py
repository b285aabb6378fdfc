"""Warnings and breaches: each once, whenever somebody looks, however often."""

from datetime import timedelta

import pytest
from sqlmodel import select

from claims.casefile import Ringing, Subject
from claims.casefile import facts as f
from claims.casefile.ladder import ladder, rung_at
from claims.casefile.model import ClockFiring, RunningClock
from claims.casefile.rulebook import Rung
from claims.casefile.timeline import verify
from config.time import last_day
from tests.claims.casefile.spoken import at, on
from tests.claims.casefile.story import RULES, clock, denied, entries, happens, reported, story, surveyed, swept

MONDAY = "Mon 2026-03-02 10:00"
NOTICE = RULES.sets[0].clocks["denial_notice"]
DECISION = RULES.sets[0].clocks["decision"]


@pytest.fixture
def rang(listeners):
    """What rang, as (clock, rung), in order."""
    heard: list[tuple[str, str]] = []

    def hear(_, ringings: list[Ringing]) -> None:
        heard.extend((ringing.clock.clock, ringing.rung.name) for ringing in ringings)

    listeners.on_rung(hear)
    return heard


# --- when a rung is due -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rung", "rings"), [
    (Rung(tell="adjuster", share=0.5),                    "Sun 2026-02-15 05:00"),     # half way to safe_due
    (Rung(tell="lead", before="12 hours"),                "Mon 2026-02-16 12:00"),     # before safe_due
    (Rung(tell="lead", on="last safe day", hour=9),       "Mon 2026-02-16 09:00"),
    (Rung(tell="manager", on="breach"),                   "Wed 2026-02-25 00:00"),     # at legal_due, after the break
])  # fmt: skip
def test_warnings_count_to_the_safe_due_and_a_breach_to_the_legal_one(rung, rings):
    """Decided on Fri 2026-02-13 at 10:00: safe until Mon 02-16, in law until Tue 02-24 (Spring Festival)."""
    dues = at("Tue 2026-02-17 00:00"), at("Wed 2026-02-25 00:00")

    assert rung_at(rung, at("Fri 2026-02-13 10:00"), *dues) == at(rings)


def test_a_ladder_is_climbed_from_the_earliest_rung():
    timed = ladder(DECISION, at(MONDAY), at("Thu 2026-04-02 00:00"), at("Thu 2026-04-02 00:00"))

    assert [(rung.name, when) for when, rung in timed] == [
        ("share 0.5", at("Tue 2026-03-17 17:00")),
        ("before 5 days", at("Sat 2026-03-28 00:00")),
        ("last safe day", at("Wed 2026-04-01 09:00")),
        ("breach", at("Thu 2026-04-02 00:00")),
    ]


# --- ringing ------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_each_rung_rings_once_at_its_time(session, rang):
    denied(session, MONDAY)
    heard = {}
    for looked_at in ("Wed 2026-03-04 04:59", "Wed 2026-03-04 05:00", "Wed 2026-03-04 12:00", "Thu 2026-03-05 08:59",
                      "Thu 2026-03-05 09:00", "Thu 2026-03-05 23:59:59", "Fri 2026-03-06 00:00"):  # fmt: skip
        rang.clear()
        swept(session, looked_at)
        swept(session, looked_at)
        heard[looked_at] = [rung for name, rung in rang if name == "denial_notice"]

    assert heard == {
        "Wed 2026-03-04 04:59": [],
        "Wed 2026-03-04 05:00": ["share 0.5"],
        "Wed 2026-03-04 12:00": [],
        "Thu 2026-03-05 08:59": [],
        "Thu 2026-03-05 09:00": ["last safe day"],
        "Thu 2026-03-05 23:59:59": [],
        "Fri 2026-03-06 00:00": ["breach"],
    }


@pytest.mark.both_databases
def test_after_a_week_without_a_worker_everything_missed_rings_once(session, rang):
    file = denied(session, MONDAY)
    swept(session, "Fri 2026-03-13 15:00")
    swept(session, "Fri 2026-03-13 15:01")

    assert rang == [("denial_notice", "share 0.5"), ("denial_notice", "last safe day"), ("denial_notice", "breach")]
    assert [e.at for e in entries(session, file) if e.fact == "ClockBreached"] == [at("Fri 2026-03-06 00:00")]


def test_a_rung_past_at_the_start_is_skipped_but_for_the_highest(session, rang):
    """Reported on Monday, entered on Wednesday at noon: half way and 9 o'clock are past; one warning, not two."""
    reported(session, MONDAY, learned="Wed 2026-03-04 12:00")
    swept(session, "Wed 2026-03-04 12:00")

    assert [rung for name, rung in rang if name == "survey"] == ["last safe day"]
    assert [rung for name, rung in rang if name == "contact"] == ["breach"]


def test_entered_after_its_last_instant_only_the_breach_rings(session, rang):
    file = reported(session, MONDAY, learned="Fri 2026-03-06 12:00")
    swept(session, "Fri 2026-03-06 12:00")

    assert [rung for name, rung in rang if name == "survey"] == ["breach"]
    assert story(session, file) == ["ReportReceived", "ClockBreached", "ClockBreached"]


@pytest.mark.both_databases
def test_a_new_due_is_warned_of_again(session, rang):
    """The home is found after the first warning: the policy gives 6 days, and half of them is a new half."""
    file = reported(session, MONDAY)
    swept(session, "Wed 2026-03-04 09:00")
    happens(session, file, f.HomeIdentified, "Wed 2026-03-04 09:30", lengths={"survey": "6 days"})
    swept(session, "Sun 2026-03-08 09:00")

    assert [rung for name, rung in rang if name == "survey"] == [
        "share 0.5", "last safe day", "share 0.5", "last safe day"]  # fmt: skip
    assert [f.due_version for f in session.exec(select(ClockFiring)) if f.rung == "share 0.5"] == [
        1,
        1,
        2,
    ]  # and contact's


def test_a_pause_silences_and_a_resumption_warns_anew(session, rang):
    file = surveyed(session, "Tue 2026-12-01 09:00")
    swept(session, "Wed 2026-12-16 22:00")
    happens(session, file, f.SupplementNoticeArrived, "Thu 2026-12-17 09:00")
    swept(session, "Mon 2027-01-25 09:00")
    assert [rung for name, rung in rang if name == "decision"] == ["share 0.5"]

    happens(session, file, f.SupplementReceived, "Mon 2027-01-25 10:00")
    swept(session, "Mon 2027-01-25 10:00")
    rang.remove(("decision", "share 0.5"))
    assert [rung for name, rung in rang if name == "decision"] == ["share 0.5"]  # past at the new start: the highest


def test_a_breach_is_recorded_once_per_clock_however_often_it_is_looked_for(session, rang):
    file = denied(session, MONDAY)
    for hours in (0, 0, 1, 24, 24 * 30):
        swept(session, at("Fri 2026-03-06 00:00") + timedelta(hours=hours))
    happens(session, file, f.DenialNoticeDispatched, "Thu 2026-05-07 09:00")

    assert rang.count(("denial_notice", "breach")) == 1
    assert [n for n in story(session, file) if n == "ClockBreached"] == ["ClockBreached"]


def test_what_an_act_has_found_breached_no_sweep_finds_again(session, rang):
    file = reported(session, MONDAY)
    happens(session, file, f.SiteSurveyed, "Fri 2026-03-06 16:00")
    swept(session, "Fri 2026-03-06 16:00")

    assert ("survey", "breach") not in rang
    assert story(session, file).count("ClockBreached") == 2


def test_a_duty_done_rings_no_more(session, rang):
    file = denied(session, MONDAY)
    happens(session, file, f.DenialNoticeDispatched, "Tue 2026-03-03 09:00")
    swept(session, "Mon 2026-03-09 09:00")

    assert rang == []


@pytest.mark.both_databases
def test_small_batches_ring_the_same(session, rang):
    from claims.casefile.sweeps import ring_due_rungs

    files = [denied(session, MONDAY) for _ in range(5)]
    looked = []
    while did := ring_due_rungs(session, at("Fri 2026-03-06 00:00"), batch=2):
        looked.append(did)

    assert looked == [2, 2, 1]
    assert sorted(rang) == sorted([("denial_notice", rung.name) for rung in NOTICE.ladder] * 5)
    assert {story(session, file).count("ClockBreached") for file in files} == {1}
    assert not list(verify(session))


# --- the three days of 第十三条, both sides, through the door and the sweep ---------------------------------


@pytest.mark.both_databases
@pytest.mark.parametrize(("decided", "safe", "legal", "provisional"), [
    ("Mon 2026-03-02 00:00",    "Thu 2026-03-05", "Thu 2026-03-05", False),     # the day itself isn't counted
    ("Mon 2026-03-02 23:59:59", "Thu 2026-03-05", "Thu 2026-03-05", False),
    ("Thu 2026-11-26 10:00",    "Sun 2026-11-29", "Mon 2026-11-30", False),     # over a weekend
    ("Wed 2026-02-11 10:00",    "Sat 2026-02-14", "Sat 2026-02-14", False),     # make-up Saturday: no roll
    ("Fri 2026-02-13 10:00",    "Mon 2026-02-16", "Tue 2026-02-24", False),     # over Spring Festival
    ("Wed 2026-09-23 10:00",    "Sat 2026-09-26", "Mon 2026-09-28", False),     # over Mid-Autumn
    ("Tue 2026-12-29 10:00",    "Fri 2027-01-01", "Mon 2027-01-04", True),      # into a year not yet published
    ("Thu 2026-12-31 23:59",    "Sun 2027-01-03", "Mon 2027-01-04", True),
    ("Mon 2026-12-28 10:00",    "Thu 2026-12-31", "Thu 2026-12-31", False),     # ends with the published year
])  # fmt: skip
def test_three_days_to_send_the_denial_notice(session, decided, safe, legal, provisional):
    file = denied(session, decided)
    kept = clock(session, file, "denial_notice")

    assert (last_day(kept.safe_due), last_day(kept.legal_due)) == (on(safe), on(legal))
    assert kept.provisional is provisional
    assert file.urgent_at == kept.safe_due
    swept(session, kept.legal_due - timedelta(microseconds=1))
    assert "ClockBreached" not in story(session, file)
    swept(session, kept.legal_due)
    breach = entries(session, file)[-1]
    assert (breach.fact, breach.at) == ("ClockBreached", kept.legal_due)
    assert clock(session, file, "denial_notice").state == "breached"


@pytest.mark.both_databases
@pytest.mark.parametrize(("sent", "state"), [
    ("Thu 2026-03-05 23:59:59.999999", "met"),
    ("Fri 2026-03-06 00:00:00",        "breached"),
])  # fmt: skip
def test_a_notice_sent_in_the_last_instant_is_in_time_and_in_the_next_is_not(session, sent, state):
    file = denied(session, MONDAY)
    happens(session, file, f.DenialNoticeDispatched, sent)

    assert clock(session, file, "denial_notice").state == state
    assert ("ClockBreached" in story(session, file)) is (state == "breached")


@pytest.mark.parametrize(("sent", "state"), [
    ("Mon 2026-02-16 23:59:59", "met"),          # the safe day
    ("Tue 2026-02-24 23:59:59", "met"),          # the first working day after the break is still in time
    ("Wed 2026-02-25 00:00:00", "breached"),
])  # fmt: skip
def test_between_the_safe_and_the_legal_day_a_notice_is_in_time(session, sent, state):
    file = denied(session, "Fri 2026-02-13 10:00")
    happens(session, file, f.DenialNoticeDispatched, sent)

    assert clock(session, file, "denial_notice").state == state


def test_a_breach_names_its_clock(session):
    file = denied(session, MONDAY, subject=Subject("decision", 7))
    swept(session, "Fri 2026-03-06 00:00")

    breached = session.exec(select(RunningClock).where(RunningClock.state == "breached")).one()
    assert breached.subject == "decision:7"
    assert entries(session, file)[-1].subject == f"clock:{breached.id}"
