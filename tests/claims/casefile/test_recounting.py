"""民法典 203 with a notice that came late: what was counted provisionally is counted again, and the file says so."""

import json
from dataclasses import replace

import pytest
from sqlmodel import select

from claims.casefile import CaseFile
from claims.casefile import facts as f
from claims.casefile.dues import count
from claims.casefile.model import NEVER, ClockFiring, ClockPause, RunningClock
from claims.casefile.recounting import count_anew, left_to_count
from claims.casefile.timeline import entries_of, verify
from tests.claims.casefile.arriving import CORRECTED_2027, CORRECTION, NOTICE, YEAR_2027, arrives, counted_anew, day
from tests.claims.casefile.spoken import at
from tests.claims.casefile.story import RULES, clock, entries, happens, reported, story, surveyed, swept

pytestmark = pytest.mark.both_databases
COMES = "Mon 2026-12-28 09:00"
ROLLED = "Wed 2026-12-02 10:00"  # the 30th day is Friday 1 January 2027
WAITING = ("decision", "advance")


def details(session, file, fact: str) -> list[dict]:
    return [json.loads(kept.details) for entry, kept in entries_of(session, file.id) if entry.fact == fact and kept]


@pytest.mark.parametrize(
    ("reported_at", "provisional", "published"),
    [
        ("Tue 2026-12-01 10:00", "Fri 2027-01-01 00:00", "Fri 2027-01-01 00:00"),  # 31 December, a working day
        (ROLLED, "Tue 2027-01-05 00:00", "Mon 2027-01-04 00:00"),  # 1 January → Monday → make-up Sunday
        ("Mon 2026-12-07 10:00", "Thu 2027-01-07 00:00", "Thu 2027-01-07 00:00"),  # 6 January, a working day
    ],
)
def test_the_last_day_rolls_by_the_notice_once_there_is_one(session, house, reported_at, provisional, published):
    file = surveyed(session, reported_at)
    assert clock(session, file, "decision").legal_due == at(provisional)

    arrives(session, house)
    counted_anew(session, COMES)

    kept = clock(session, file, "decision")
    assert (kept.legal_due, kept.provisional) == (at(published), False)


def test_a_clock_that_moved_leaves_one_fact_with_both_days_and_the_notice(session, house):
    file = surveyed(session, ROLLED)
    arrives(session, house)
    counted_anew(session, COMES)

    [told] = details(session, file, "ClockRecounted")
    assert (told["clock"], told["notice"]) == ("decision", NOTICE)
    assert told["legal_due_before"] == "2027-01-05T00:00:00+08:00"
    assert told["legal_due"] == "2027-01-04T00:00:00+08:00"
    assert told["safe_due_before"] == told["safe_due"]
    assert not list(verify(session))


def test_a_clock_that_stays_is_only_provisional_no_longer(session, house):
    file = surveyed(session, "Mon 2026-12-07 10:00")
    version = clock(session, file, "decision").due_version
    arrives(session, house)
    counted_anew(session, COMES)

    kept = clock(session, file, "decision")
    assert (kept.calendar, kept.due_version) == (house.belongings["calendar"].version, version)
    assert [told["clock"] for told in details(session, file, "ClockRecounted")] == ["advance"]  # 5 February rolls on


def test_counted_once_there_is_nothing_left_to_count(session, house):
    file = surveyed(session, ROLLED)
    arrives(session, house)
    assert left_to_count(session) == len(open_clocks(session))

    assert counted_anew(session, COMES) > 0
    before = story(session, file)
    assert (counted_anew(session, COMES), left_to_count(session), story(session, file)) == (0, 0, before)


def open_clocks(session) -> list[RunningClock]:
    return list(session.exec(select(RunningClock).where(RunningClock.state.in_(("running", "paused", "breached")))))


def test_the_same_days_under_another_notice_move_nothing(session, house):
    surveyed(session, ROLLED)
    arrives(session, house)
    counted_anew(session, COMES)
    arrives(session, house, replace(YEAR_2027, notice=CORRECTION))

    assert counted_anew(session, COMES) == 0


def test_a_correction_is_counted_too_and_cites_its_own_notice(session, house):
    file = surveyed(session, ROLLED)
    arrives(session, house)
    counted_anew(session, COMES)
    arrives(session, house, CORRECTED_2027)
    counted_anew(session, "Wed 2026-12-30 09:00")

    assert clock(session, file, "decision").legal_due == at("Thu 2027-01-07 00:00")
    assert [told["notice"] for told in details(session, file, "ClockRecounted")] == [NOTICE, CORRECTION]


def test_the_queue_sorts_by_the_new_day(session, house):
    """3 working days from Wednesday 30 December: 31 December, Monday, Tuesday; by the notice the Sunday counts."""
    file = reported(session, "Wed 2026-12-30 10:00", lengths={"survey": "3 working days"})
    happens(session, file, f.ContactMade, "Wed 2026-12-30 10:30")
    assert file.urgent_at == at("Wed 2027-01-06 00:00")

    arrives(session, house)
    counted_anew(session, "Wed 2026-12-30 12:00")

    [kept] = session.exec(select(CaseFile).execution_options(populate_existing=True)).all()
    assert kept.urgent_at == at("Tue 2027-01-05 00:00")


def test_what_was_met_or_cancelled_is_left_alone(session, house):
    file = surveyed(session, ROLLED)
    happens(session, file, f.EveryFindingDenied, "Thu 2026-12-24 10:00")  # meets decision, cancels advance
    before = [clock(session, file, name).model_dump() for name in WAITING]
    arrives(session, house)
    counted_anew(session, COMES)

    assert [clock(session, file, name).model_dump() for name in WAITING] == before


def test_a_clock_that_stands_still_goes_on_by_the_new_days(session, house):
    file = surveyed(session, ROLLED)
    happens(session, file, f.SupplementNoticeArrived, "Thu 2026-12-24 10:00")
    arrives(session, house)
    counted_anew(session, COMES)
    assert (clock(session, file, "decision").state, "ClockRecounted" in story(session, file)) == ("paused", False)

    happens(session, file, f.SupplementReceived, "Tue 2026-12-29 10:00")  # 5 days stood still: 6 January
    assert clock(session, file, "decision").legal_due == at("Thu 2027-01-07 00:00")


def test_what_rang_stays_and_the_new_day_has_its_own_warnings(session, house):
    file = surveyed(session, ROLLED)
    swept(session, "Fri 2026-12-18 10:00")
    rung = firings(session, file)
    assert [name for name, _ in rung] == ["share 0.5"]

    arrives(session, house)
    counted_anew(session, COMES)
    swept(session, "Fri 2027-01-01 09:00")
    assert firings(session, file)[: len(rung)] == rung
    assert ("last safe day", 2) in firings(session, file)


def firings(session, file) -> list[tuple[str, int]]:
    kept = clock(session, file, "decision")
    query = select(ClockFiring.rung, ClockFiring.due_version).where(ClockFiring.clock_id == kept.id)
    return list(session.exec(query.order_by(ClockFiring.id)))


# --- breaches -----------------------------------------------------------------------------------------------


@pytest.fixture
def breached(session, house):
    """By the notice the last day was Sunday 3 January; the breach is on record."""
    file = surveyed(session, ROLLED)
    arrives(session, house)
    counted_anew(session, COMES)
    swept(session, "Mon 2027-01-04 00:00")
    assert clock(session, file, "decision").breached_at == at("Mon 2027-01-04 00:00")
    return file


@pytest.mark.parametrize(
    ("corrected_at", "state", "ends"),
    [
        ("Wed 2027-01-06 23:59", "running", ["ClockRecounted", "BreachWithdrawn"]),
        ("Thu 2027-01-07 00:00", "breached", ["ClockRecounted", "BreachWithdrawn", "ClockBreached"]),
    ],
)
def test_a_breach_that_was_none_is_withdrawn_and_recorded_again_if_it_is_one_by_the_new_day(
    session, house, breached, corrected_at, state, ends
):
    arrives(session, house, CORRECTED_2027, corrected_at)
    counted_anew(session, corrected_at)

    assert (clock(session, breached, "decision").state, story(session, breached)[-len(ends) :]) == (state, ends)
    [withdrawn] = details(session, breached, "BreachWithdrawn")
    assert withdrawn["proof"] == CORRECTION
    assert not list(verify(session))


def test_a_withdrawn_breach_can_come_again_and_is_dated_to_the_new_instant(session, house, breached):
    arrives(session, house, CORRECTED_2027, "Tue 2027-01-05 09:00")
    counted_anew(session, "Tue 2027-01-05 09:00")
    swept(session, "Fri 2027-01-08 09:00")

    told = [entry.at for entry in entries(session, breached) if entry.fact == "ClockBreached"]
    assert told[-2:] == [at("Mon 2027-01-04 00:00"), at("Thu 2027-01-07 00:00")]


@pytest.mark.parametrize(
    ("met_at", "state"),
    [
        ("Wed 2027-01-06 23:59:59", "met"),
        ("Thu 2027-01-07 00:00", "breached"),
    ],
)
def test_a_duty_done_late_was_in_time_if_the_new_day_says_so(session, house, breached, met_at, state):
    happens(session, breached, f.EveryFindingDecided, met_at)
    arrives(session, house, CORRECTED_2027, "Fri 2027-01-08 09:00")
    counted_anew(session, "Fri 2027-01-08 09:00")

    kept = clock(session, breached, "decision")
    assert (kept.state, kept.met_at) == (state, at(met_at))
    assert kept.breached_at in (at("Mon 2027-01-04 00:00"), kept.legal_due)


def test_a_last_day_that_had_passed_by_the_notice_is_a_breach_from_its_first_late_instant(session, house):
    file = surveyed(session, ROLLED)
    arrives(session, house, when="Mon 2027-01-04 12:00")  # until then Monday was the last day
    counted_anew(session, "Mon 2027-01-04 12:00")
    swept(session, "Mon 2027-01-04 12:00")

    assert clock(session, file, "decision").breached_at == at("Mon 2027-01-04 00:00")


# --- who counts, and with what ------------------------------------------------------------------------------


def test_a_worker_that_has_not_seen_the_newest_year_counts_nothing_back(session, house):
    surveyed(session, ROLLED)
    session.commit()
    late = house.session()  # its calendar is the older one
    arrives(session, house)
    counted_anew(session, COMES)

    assert count_anew(late, at(COMES)) == 0
    late.close()


def test_a_small_batch_is_only_a_part_of_the_work(session, house):
    for _ in range(5):
        surveyed(session, ROLLED)
    arrives(session, house)
    assert 0 < count_anew(session, at(COMES), batch=1) < 10

    counted_anew(session, COMES, batch=1)
    assert left_to_count(session) == 0


def test_every_open_clock_equals_a_fresh_reckoning_afterwards(session, house):
    """Reports of forty days around the year's end, with every kind of length, some of them standing still."""
    for n in range(40):
        when = at("Sun 2026-11-22 09:00").replace(day=1 + n % 28, month=11 + n % 2, minute=n)
        told = {"survey": f"{1 + n % 20} working days", "decision": ("30 days", "2 months", "25 working days")[n % 3]}
        file = reported(session, when, lengths=told)
        happens(session, file, f.SiteSurveyed, when) if n % 2 else None
        happens(session, file, f.SupplementNoticeArrived, when) if n % 5 == 0 else None
        happens(session, file, f.SupplementReceived, when.replace(hour=20)) if n % 10 == 0 else None
    swept(session, "Mon 2026-12-28 08:00")
    arrives(session, house)
    counted_anew(session, COMES, batch=7)

    calendar, dues = house.belongings["calendar"], {}
    for each in open_clocks(session):
        pauses = session.exec(select(ClockPause).where(ClockPause.clock_id == each.id)).all()
        fresh = count(RULES.named(each.rule_set).clocks[each.clock], each.length, each.anchor, pauses, calendar)
        assert (each.safe_due, each.legal_due) == (fresh.safe_due, fresh.legal_due), each.clock
        assert (each.calendar, each.provisional) == (calendar.version, fresh.provisional)
        if each.state != "paused" and each.met_at is None and RULES.named(each.rule_set).clocks[each.clock].breaches:
            dues.setdefault(each.file_id, []).append(each.safe_due)
    for file in session.exec(select(CaseFile)).all():
        assert file.urgent_at == min(dues.get(file.id, []), default=NEVER)


def test_the_invented_year_is_a_year(house):
    assert day("01-03").isoweekday() == 7 and YEAR_2027.year not in house.belongings["calendar"].published_years
