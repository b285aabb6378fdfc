"""The three tables fit together: facts and moves, clocks and facts, messages and letters and what they must say."""

from __future__ import annotations

import inspect

from claims import messages, replies
from claims.announce import TO_THE_REPORTER, TO_THE_SLICES
from claims.casefile import MOVES, NEVER, Fact, RuleBook, Stage
from claims.letters import DRAFTED_ON, contracts
from claims.warning import TOLD
from config.schedule import SCHEDULE
from config.ticker import sweep_named
from tests.architecture.house import ROOT

RULES = RuleBook.from_file(ROOT / "config/clocks.toml")


def test_every_fact_can_happen_to_some_kind_of_file() -> None:
    moving = {fact for moves in MOVES.values() for fact in moves}

    assert set(Fact.kinds.values()) == moving
    assert all(rule.allowed for moves in MOVES.values() for rule in moves.values())


def test_every_stage_is_reached_from_a_new_file() -> None:
    reached, before = {Stage.NEW}, set()
    while reached != before:
        before = set(reached)
        reached |= {m.next for moves in MOVES.values() for m in moves.values() if m.next and m.allowed & before}

    assert reached == set(Stage)


def test_every_sweep_of_the_schedule_is_there_and_takes_as_of() -> None:
    for name, every in SCHEDULE.items():
        assert list(inspect.signature(sweep_named(every.sweep)).parameters) == ["database", "as_of"], name
        assert every.seconds > 0


def test_every_clock_is_started_and_ends_by_facts_that_can_happen() -> None:
    """Names are checked at load; here, that a fact of the right kind of file can start it and then end it."""
    moving = {fact.__name__ for moves in MOVES.values() for fact in moves}
    for rules in RULES.sets:
        for clock in rules.clocks.values():
            assert clock.starts, clock.name
            assert {*clock.starts, *clock.met_by, *clock.cancelled_by, *clock.pauses_by, *clock.resumes_by} <= moving
            assert clock.met_by or clock.cancelled_by or clock.kind == "term", f"{clock.name} never ends"
            assert bool(clock.pauses_by) == bool(clock.resumes_by), f"{clock.name} stops and never goes on"


def test_every_clock_says_what_it_rests_on_and_whom_it_tells() -> None:
    for rules in RULES.sets:
        for clock in rules.clocks.values():
            assert clock.title and clock.basis and clock.owed, clock.name
            assert {rung.tell for rung in clock.ladder} <= TOLD.keys(), clock.name
            last = [rung.on for rung in clock.ladder[-1:]]
            assert clock.measure or last == ["breach" if clock.kind == "deadline" else "end"], f"{clock.name}: silent"


def test_every_message_has_its_contract_and_every_contract_its_message() -> None:
    folders = {folder.name for folder in (ROOT / "templates/messages").iterdir() if folder.is_dir()}
    own = {
        kind
        for room in (messages, replies)
        for _, kind in inspect.getmembers(room, inspect.isclass)
        if kind.__module__ == room.__name__
    }

    without_words = {messages.Message, messages.InTheirLanguage, replies.TextReply}
    assert {kind.folder for kind in own - without_words} == folders


def test_every_letter_has_its_contract_and_every_contract_its_letter() -> None:
    templates = {path.stem for path in (ROOT / "templates/letters").glob("*.typ")} - {"letterhead"}
    own = {kind for _, kind in inspect.getmembers(contracts, inspect.isclass) if issubclass(kind, contracts.Letter)}

    assert {kind.folder for kind in own - {contracts.Letter}} == templates


def test_what_is_announced_can_happen() -> None:
    for fact in (*TO_THE_SLICES, *TO_THE_REPORTER, *DRAFTED_ON):
        assert fact in MOVES["claim"]


def test_nothing_running_sorts_after_every_due() -> None:
    assert NEVER.year == 9999
