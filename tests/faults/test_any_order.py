"""Acts of every slice in any order, entered late or at once, on a real PostgreSQL: what must hold holds after each.

A failing walk is made as short as it can be, and printed as the steps that lead there.
"""

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from app import open_database
from config.settings import Settings
from tests.faults import random_acts as acts
from tests.faults.holding import check
from tests.faults.walking import Chance, Walk
from tests.ground import figure
from tests.postgres import Server, drop_database, new_database

pytestmark = pytest.mark.postgres

TOWNS, WALKS, STEPS = figure(4, 60), figure(3, 10), figure(30, 60)
MOST_CLAIMS = 3
SEEDS = st.integers(0, 2**32)
DAYS = (0, 0, 1, 1, 2, 4, 4, 10, 12, 31, 61, 181)


class Seeded:
    """The details of one act. Hypothesis finds the acts; details drawn by it would seldom be far from the first."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def pick(self, choices: Any) -> Any:
        return self._random.choice(list(choices))

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)


class AnyOrder(RuleBasedStateMachine):
    """A database of its own for each walk."""

    server: Server
    files: Path
    town: int
    """Other details in another town; within one, a walk can be walked again."""

    def __init__(self) -> None:
        super().__init__()
        self.url = new_database(self.server)
        self.database = open_database(
            Settings(database_url=self.url, files_url=self.files.as_uri(), secret_key="x" * 40)
        )
        self.walk = Walk(self.database)

    def teardown(self) -> None:
        self.database.dispose()
        drop_database(self.server, self.url)

    def holds(self) -> None:
        with self.database.session(reading=True) as session:
            check(session)

    @initialize(seed=SEEDS, along=st.integers(0, 20))
    def the_first_report(self, seed: int, along: int) -> None:
        """And some way along: most of what can go wrong lies far from the start."""
        self.walk.reports(acts.report, self._chance(seed))
        self.holds()
        self._goes_on(self._chance(seed), along)

    @precondition(lambda self: len(self.walk.claims) < MOST_CLAIMS)
    @rule(seed=SEEDS)
    def another_report(self, seed: int) -> None:
        """Of what was repaired before, where anything was."""
        self.walk.reports(acts.report_again, self._chance(seed))
        self.holds()

    @rule(seed=SEEDS, along=st.integers(1, 5))
    def a_few_steps_onward(self, seed: int, along: int) -> None:
        self._goes_on(self._chance(seed), along)

    @rule(seed=SEEDS)
    def an_act_by_the_way(self, seed: int) -> None:
        self._does(acts.does_something_by_the_way, self._chance(seed))

    @rule(seed=SEEDS)
    def any_act_at_all(self, seed: int) -> None:
        chance = self._chance(seed)
        self._does(chance.pick(acts.EVERY), chance)

    @rule(days=st.sampled_from(DAYS), hours=st.integers(0, 23), looks=st.booleans())
    def time_passes(self, days: int, hours: int, looks: bool) -> None:
        self.walk.goes_on(timedelta(days=days, hours=hours))
        self._worker(looks)

    @rule(seed=SEEDS, looks=st.booleans())
    def time_passes_to_the_end_of_a_clock(self, seed: int, looks: bool) -> None:
        self.walk.goes_on_to_a_due(self._chance(seed))
        self._worker(looks)

    def _chance(self, seed: int) -> Chance:
        """Other details at another time: hypothesis likes the same few numbers."""
        return Seeded(f"town {self.town}, {seed}, {self.walk.now.isoformat()}")

    def _goes_on(self, chance: Chance, along: int) -> None:
        for _ in range(along):
            self._does(acts.goes_onward, chance)

    def _does(self, act: acts.Act, chance: Chance) -> None:
        if self.walk.claims:
            self.walk.does(act, chance.pick(self.walk.claims), chance)
            self.holds()

    def _worker(self, looks: bool) -> None:
        if looks:
            self.walk.worker_looks()
            self.holds()


@pytest.mark.parametrize("town", range(TOWNS))
def test_whatever_happens_in_whatever_order_every_claim_holds_together(postgres: Server, tmp_path: Path, town: int):
    told = {"server": postgres, "files": tmp_path, "town": town}
    machine = hypothesis.seed(town)(type("AnyOrder", (AnyOrder,), told))
    walks = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=walks)
