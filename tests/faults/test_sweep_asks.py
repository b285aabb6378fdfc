"""What a look at the clocks asks of the database, and whom it lets wait: it comes round every second."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, text

from claims.casefile import Stage
from claims.casefile.files import lock
from claims.casefile.model import RunningClock
from claims.casefile.sweeps import ring_due_rungs as ring_a_batch
from claims.sweeping import ring_due_rungs
from tests.faults.town import Town
from tests.makers import at

REPORTED, HALF_WAY, OVER = "Mon 2026-03-02 10:00", "Mon 2026-03-02 11:00", "Mon 2026-03-02 12:00"
"""The contact clock of a report: two hours."""


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The verb and the first words of each statement from now on."""
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        told.append(" ".join(statement.split()[:3]))

    event.listen(Engine, "before_cursor_execute", note)
    yield told
    event.remove(Engine, "before_cursor_execute", note)


def test_an_idle_look_asks_once(town: Town, asked: list[str]):
    town.claim(Stage.REPORTED, reported_at=at(REPORTED))
    asked.clear()

    assert (ring_due_rungs(town.database, at(REPORTED)), len(asked)) == (0, 1)


@pytest.mark.parametrize("when", [HALF_WAY, OVER])
def test_many_due_clocks_ask_no_more_than_two(town: Town, asked: list[str], when: str):
    how_often = []
    for claims in (2, 9):
        for _ in range(claims):
            town.claim(Stage.REPORTED, reported_at=at(REPORTED))
        asked.clear()
        ring_due_rungs(town.database, at(when))
        how_often.append(len(asked))

    assert how_often[0] == how_often[1]


def test_of_a_claim_that_somebody_holds_the_sweep_rings_nothing_and_holds_nothing(town: Town):
    made = town.claim(Stage.REPORTED, reported_at=at(REPORTED))
    with town.session() as acting, town.session() as sweeping:
        lock(acting, made.claim.id)

        assert ring_a_batch(sweeping, at(HALF_WAY)) == 0
        acting.exec(text("SET LOCAL lock_timeout = '200ms'"))
        acting.exec(text(f"UPDATE running_clock SET clock = clock WHERE file_id = {made.claim.id}"))


def test_what_another_worker_has_in_hand_is_left_to_it_and_rings_no_more_once_it_has_rung(town: Town):
    town.claim(Stage.REPORTED, reported_at=at(REPORTED))
    with town.session() as first, town.session() as second:
        assert ring_a_batch(first, at(HALF_WAY)) == 1
        assert ring_a_batch(second, at(HALF_WAY)) == 0
        first.commit()
        second.rollback()
        assert ring_a_batch(second, at(HALF_WAY)) == 0
    assert [row.next_look_at for row in town.rows(RunningClock) if row.clock == "contact"] == [at(OVER)]
