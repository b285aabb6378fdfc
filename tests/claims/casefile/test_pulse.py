"""Who watches the watchman: the last look, today's lateness, and a clock that is missed when it is silent."""

from datetime import timedelta

import pytest
from sqlmodel import func, select

from claims.casefile import CaseFile
from claims.casefile.canary import REFERENCE, release_canary
from claims.casefile.model import ClockFiring, RunningClock
from claims.casefile.pulse import Lateness, lateness, pulse
from claims.casefile.timeline import verify
from config.ticks import SignsOfLife
from tests.claims.casefile.spoken import at
from tests.claims.casefile.story import denied, reported, story, swept

MONDAY = "Mon 2026-03-02 10:00"
SECOND = timedelta(seconds=1)


def later(seconds: float):
    return at(MONDAY) + timedelta(seconds=seconds)


# --- how late -------------------------------------------------------------------------------------------------


def test_without_a_rung_there_is_no_lateness(session):
    assert lateness(session, at(MONDAY)) is None


@pytest.mark.both_databases
def test_lateness_is_told_by_nearest_rank(session):
    """A hundred firings, 1 to 100 tenths of a second late: the 50th, the 99th, and the last."""
    file = reported(session, MONDAY)
    number = session.exec(select(RunningClock.id).where(RunningClock.file_id == file.id)).first()
    for tenths in range(1, 101):
        fired_at = later(60 + tenths / 10)
        session.add(ClockFiring(clock_id=number, rung="r", due_version=tenths, due_at=later(60), fired_at=fired_at))
    session.flush()
    told = lateness(session, later(120))

    assert told is not None
    assert told.rungs == 100
    assert [round(each / SECOND, 2) for each in (told.p50, told.p99, told.most)] == [5.0, 9.9, 10.0]


@pytest.mark.both_databases
def test_what_rang_late_is_late_by_as_much_as_nobody_looked(session):
    denied(session, MONDAY)
    swept(session, "Mon 2026-03-02 23:59")
    swept(session, "Wed 2026-03-04 05:10")  # half of the three days was at 05:00

    assert lateness(session, at("Wed 2026-03-04 06:00")) == Lateness(1, *[timedelta(minutes=10)] * 3)


@pytest.mark.both_databases
def test_what_was_entered_late_rang_in_time(session):
    """Reported on Monday, entered on Tuesday at noon: the first call was due on Monday, and nobody could know."""
    reported(session, MONDAY, learned="Tue 2026-03-03 12:00")
    swept(session, later(26 * 3600 + 1))
    told = lateness(session, at("Tue 2026-03-03 13:00"))

    assert told is not None and told.most == SECOND


@pytest.mark.parametrize(("asked_at", "rungs"), [
    ("Wed 2026-03-04 23:59:59", 1),
    ("Thu 2026-03-05 00:00",    0),    # another day
])  # fmt: skip
def test_only_todays_rungs_count(session, asked_at, rungs):
    denied(session, MONDAY)
    swept(session, "Mon 2026-03-02 23:59")
    swept(session, "Wed 2026-03-04 05:00")
    told = lateness(session, at(asked_at))

    assert (told.rungs if told else 0) == rungs


# --- the last look ----------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.parametrize(("age", "stopped"), [(119, False), (120, True)])
def test_two_minutes_without_a_look_are_an_alarm(house, session, age, stopped):
    SignsOfLife(house).tell("ring due rungs", at(MONDAY))

    assert ("nothing has swept for 2 minutes" in pulse(session, later(age)).alarms) is stopped


def test_a_worker_that_never_looked_is_an_alarm(session):
    assert pulse(session, at(MONDAY)).alarms == ("nothing has swept for 2 minutes", "the canary clock is silent")


# --- the canary ---------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_the_canary_rings_half_way_and_at_the_end_of_its_hour_and_is_released_anew(session):
    heard = {}
    for minutes in (0, 29, 30, 59, 60, 61, 90):
        released = release_canary(session, later(60 * minutes))
        swept(session, later(60 * minutes))
        heard[minutes] = (released, session.exec(select(func.count()).select_from(ClockFiring)).one())

    assert heard == {0: (1, 0), 29: (0, 0), 30: (0, 1), 59: (0, 1), 60: (0, 2), 61: (1, 2), 90: (0, 2)}
    file = session.exec(select(CaseFile).where(CaseFile.reference == REFERENCE)).one()
    assert (file.kind, story(session, file)) == ("canary", ["CanaryReleased", "CanaryReleased"])
    assert not list(verify(session))


@pytest.mark.parametrize(("minutes", "silent"), [(95, False), (96, True)])
def test_an_hour_and_some_patience_without_a_sound_is_an_alarm(session, minutes, silent):
    """Released at 10:00, heard at 10:30; then the sweep stands still."""
    release_canary(session, at(MONDAY))
    swept(session, later(30 * 60))

    assert pulse(session, later(60 * minutes)).silent is silent


@pytest.mark.parametrize(("minutes", "silent"), [(65, False), (66, True)])
def test_a_canary_that_flew_and_was_never_heard_is_an_alarm(session, minutes, silent):
    release_canary(session, at(MONDAY))

    assert pulse(session, later(60 * minutes)).silent is silent


def test_the_canary_is_no_breach_and_stands_in_nobodys_queue(session):
    release_canary(session, at(MONDAY))
    swept(session, later(3600 * 24))
    file = session.exec(select(CaseFile).where(CaseFile.reference == REFERENCE)).one()

    assert "ClockBreached" not in story(session, file)
    assert file.urgent_at.year == 9999
