"""A year arrives while everybody works: nobody waits long, nothing is counted twice, a killed worker leaves no half."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from sqlmodel import select

from claims.calendar import ImportedMeanwhile, import_year, read_year
from claims.casefile import CaseFile, lock, open_file, record, record_many
from claims.casefile import facts as f
from claims.casefile.model import RunningClock, TimelineEntry
from claims.intake import Claim
from claims.sweeping import count_clocks_anew
from config.settings import Settings
from config.ticker import drain
from tests.claims.calendar.conftest import FILE
from tests.faults.holding import Held, dues_follow_from_anchor_length_and_pauses, the_queue_sorts_by_the_nearest_due
from tests.faults.processes import Process, dies_holding, recount
from tests.faults.together import at_once
from tests.faults.town import Town
from tests.ground import figure
from tests.makers import at

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
FILES = figure(150, 2000)
REPORTED, ARRIVES = at("Wed 2026-12-02 10:00"), at("Mon 2026-12-28 09:00")
CLOCKS = 4
"""Of each report: first contact, survey, decision, advance. The decision's day moves, and the advance's doesn't."""


@pytest.fixture
def waiting(town: Town) -> Town:
    """Reports whose 30th day is 1 January 2027, counted before anybody knew that year's notice."""
    with town.session() as session:
        files = [open_file(session, kind="claim", opened_at=REPORTED, district=None) for _ in range(FILES)]
        told = {
            "gate": "no_home",
            "channel": "web",
            "relation": "owner",
            "description": "漏水",
            "track_code_sealed": "x",
        }
        claims = [Claim(id=file.id, received_at=REPORTED, **told) for file in files]
        fact = f.ReportReceived(at=REPORTED, by="homeowner", channel="web", relation="owner")
        record_many(session, [(file, fact) for file in files], along=claims)
        session.commit()
    return town


def a_year_arrives(town: Town) -> None:
    with town.session() as session:
        import_year(session, read_year(FILE.encode()), by="command", at=ARRIVES)
        session.commit()


@pytest.fixture
def run(settings: Settings) -> Iterator[Callable[..., Process]]:
    """Starts processes, and leaves none behind."""
    started: list[Process] = []

    def start(act: Callable[..., None], *words: object, **told: object) -> Process:
        started.append(Process(act, settings, *words, **told))
        return started[-1]

    yield start
    for process in started:
        process.kill()


def recounted(town: Town) -> Counter[str]:
    """How often each clock was told to have moved."""
    with town.database.session(reading=True) as session:
        query = select(TimelineEntry.subject).where(TimelineEntry.fact == "ClockRecounted")
        return Counter(session.exec(query))


def assert_counted_once(town: Town, *, moved: int) -> None:
    town.database.belongings["published"].look(town.database, ARRIVES, at_once=True)
    version = town.database.belongings["calendar"].version
    with town.session() as session:
        open_ones = session.exec(select(RunningClock).where(RunningClock.state.in_(("running", "paused")))).all()
        assert {clock.calendar for clock in open_ones} == {version}
        for held in Held.each(session):
            dues_follow_from_anchor_length_and_pauses(held)
            the_queue_sorts_by_the_nearest_due(held)
    told = recounted(town)
    assert (len(told), set(told.values())) == (moved, {1})
    assert town.is_whole()


def test_many_workers_at_once_count_every_clock_once(waiting: Town):
    a_year_arrives(waiting)
    done = at_once(*[lambda: drain(waiting.database, count_clocks_anew, ARRIVES)] * 4)

    assert sum(done) == FILES * CLOCKS
    assert_counted_once(waiting, moved=FILES)


@pytest.mark.parametrize("batches_before", [0, 2])
def test_a_worker_killed_inside_its_batch_leaves_it_to_the_next(waiting: Town, run, batches_before: int):
    """The killed one has counted, told and queued a batch, and dies before its commit."""
    a_year_arrives(waiting)
    victim, survivor = (run(recount, ARRIVES.isoformat(), 40, alone=False) for _ in range(2))
    dies_holding(victim, beside=survivor, after=batches_before)

    assert survivor.ends() == 0
    last = run(recount, ARRIVES.isoformat(), 1000, alone=True)
    assert last.ends() == 0
    assert_counted_once(waiting, moved=FILES)


def test_an_act_that_meets_the_clock_meanwhile_wins_or_loses_whole(waiting: Town):
    """Each decision is either met by the old day and left alone, or counted anew first and met by the new one."""
    with waiting.database.session(reading=True) as session:
        files = list(session.exec(select(CaseFile.id).order_by(CaseFile.id).limit(40)))

    def decide() -> int:
        for number in files:
            with waiting.session() as session:
                file = lock(session, number)
                record(session, file, f.ClaimWithdrawn(at=ARRIVES, by="staff:1", reason="已自行修好"))
                session.commit()
        return 0

    a_year_arrives(waiting)
    at_once(decide, *[lambda: drain(waiting.database, count_clocks_anew, ARRIVES)] * 2)

    drain(waiting.database, count_clocks_anew, ARRIVES)
    told = recounted(waiting)
    assert set(told.values()) == {1}
    with waiting.session() as session:
        for held in Held.each(session):
            story = waiting.story(held.file)
            if "ClaimWithdrawn" in story and "ClockRecounted" in story:
                assert story.index("ClockRecounted") < story.index("ClaimWithdrawn")
            dues_follow_from_anchor_length_and_pauses(held)
            the_queue_sorts_by_the_nearest_due(held)
    assert waiting.is_whole()


def test_two_people_who_import_the_same_year_at_once_leave_one_edition(waiting: Town):
    results = at_once(*[lambda: _imports(waiting)] * 4)

    assert sorted(results) == ["imported", "refused", "refused", "refused"]


def _imports(town: Town) -> str:
    with town.session() as session:
        try:
            row = import_year(session, read_year(FILE.encode()), by="command", at=ARRIVES)
            session.commit()
        except ImportedMeanwhile:
            return "refused"
    return "imported" if row is not None else "refused"
