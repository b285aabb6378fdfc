"""A look at a claim: one connection at a time, logged where it shows a name."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from claims.access import Reveal
from claims.casefile import Stage
from claims.sweeping import issue_letters
from config.time import now
from tests.faults.town import Town, told
from tests.makers import Made

pytestmark = pytest.mark.both_databases


@pytest.fixture
def held_at_once(town: Town) -> Iterator[list[int]]:
    """How many connections were out of the pool, after each that was taken."""
    out, counts = set[int](), list[int]()
    pool = town.database.engine.pool

    def taken(connection: object, *_: object) -> None:
        out.add(id(connection))
        counts.append(len(out))

    def given_back(connection: object, *_: object) -> None:
        out.discard(id(connection))

    event.listen(pool, "checkout", taken)
    event.listen(pool, "checkin", given_back)
    yield counts
    event.remove(pool, "checkout", taken)
    event.remove(pool, "checkin", given_back)


@pytest.fixture
def made(town: Town) -> Made:
    made = town.claim(Stage.COVERED)
    issue_letters(town.database, now())
    return made


@pytest.mark.parametrize("path", ["", "/timeline"])
def test_a_look_that_is_logged_holds_one_connection_at_a_time(town: Town, made: Made, held_at_once, path: str):
    answer = town.asks(town.world.adjuster, "GET", f"/claims/{made.file.reference}{path}")

    assert answer.status_code == 200
    assert max(held_at_once) == 1


def test_a_look_at_a_name_is_on_record_before_the_answer_leaves(town: Town, made: Made):
    shown = told(town.asks(town.world.adjuster, "GET", f"/claims/{made.file.reference}"))

    assert shown["reporter"]["name"] == "王小明"
    assert town.count(Reveal, person_id=town.world.adjuster.id, file_id=made.claim.id) == 1


def test_a_look_at_a_masked_name_leaves_no_line(town: Town, made: Made):
    town.asks(town.world.channel, "GET", f"/claims/{made.file.reference}")

    assert town.count(Reveal) == 0
