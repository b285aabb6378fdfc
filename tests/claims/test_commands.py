"""The operator's commands: the timelines proved, the sweeps run or rehearsed."""

import pytest
from click.testing import Result
from flask import Flask
from freezegun import freeze_time
from sqlmodel import select

from claims.casefile import Stage
from claims.casefile.model import ClockFiring, TimelineDetails, TimelineEntry
from claims.letters.model import Letter
from config.time import instant
from notifications.model import Message
from tests.claims.casefile.tampering import tamper
from tests.makers import Made, a_claim, a_person

pytestmark = pytest.mark.both_databases
LATER = "2026-03-10T09:00:00+08:00"


@pytest.fixture
def made(session, world) -> Made:
    """Denied on Mon 2026-03-02 at 12:00: the notice is due until Thu 03-05, 24:00."""
    made = a_claim(session, world, Stage.DENIED)
    session.commit()
    return made


@pytest.fixture
def run(app: Flask, session):
    def runs(*words: str) -> Result:
        session.commit()  # SQLite has one writer at a time
        result = app.test_cli_runner().invoke(args=words)
        session.expire_all()
        return result

    return runs


def count(session, model) -> int:
    return len(session.exec(select(model)).all())


def test_whole_timelines_are_said_to_be_whole(made, run):
    """The claim's, and that of what is to be uploaded of it."""
    for words, number in ((("timeline", "verify"), 2), (("timeline", "verify", made.file.reference), 1)):
        result = run(*words)
        assert (result.exit_code, result.output) == (0, f"{number} timelines are whole\n")


def test_a_broken_one_is_named_by_claim_and_entry_and_the_command_fails(made, run, session):
    tamper(session, f"UPDATE timeline_entry SET fact = 'x' WHERE seq = 2 AND file_id = {made.file.id}")
    result = run("timeline", "verify")

    assert result.exit_code == 1
    assert f"{made.file.reference} entry 2: entry was altered" in result.output
    assert "1 faults in 1 of 2 timelines" in result.output


@pytest.mark.parametrize("reference", ["260300000000", "x", "2603000000110"])
def test_a_timeline_that_is_not_there_is_no_whole_one(made, run, reference):
    result = run("timeline", "verify", reference)

    assert result.exit_code == 1
    assert reference in result.output


@pytest.fixture
def operator(session):
    return a_person(session, "operator")


def erases(run, made, entry: str, by: str = "operator@insurer.example"):
    asked = ("--entry", entry, "--by", by, "--reason", "本人 3 月 9 日来函请求")
    return run("timeline", "erase", made.file.reference, *asked, "--yes")


def test_what_an_entry_says_of_a_person_is_erased_and_the_chain_stays_whole(made, operator, run, session):
    result = erases(run, made, "1")

    assert (result.exit_code, "is on record" in result.output) == (0, True)
    assert session.get(TimelineDetails, (made.file.id, 1)) is None
    assert run("timeline", "verify", made.file.reference).exit_code == 0


@pytest.mark.parametrize(
    ("entry", "by", "told"),
    [("99", "operator@insurer.example", "no entry of this timeline"), ("1", "nobody@insurer.example", "nobody active")],
)
def test_an_erasure_of_nothing_or_by_nobody_is_none(made, operator, run, session, entry, by, told):
    result = erases(run, made, entry, by)

    assert (result.exit_code, told in result.output) == (1, True)
    assert session.get(TimelineDetails, (made.file.id, 1)) is not None


def test_nothing_is_erased_before_it_is_confirmed(made, operator, run, session):
    asked = ("--entry", "1", "--by", "operator@insurer.example", "--reason", "本人请求")
    result = run("timeline", "erase", made.file.reference, *asked)

    assert result.exit_code == 1
    assert session.get(TimelineDetails, (made.file.id, 1)) is not None


def test_a_future_instant_only_rehearses(made, run, session):
    before = count(session, Message)
    with freeze_time("2026-03-02 05:00:00"):
        result = run("sweep", "--as-of", "2026-03-06T00:00:00+08:00")

    assert result.exit_code == 0
    assert "nothing was changed" in result.output
    assert "denial_notice, breach: 1" in result.output
    assert (count(session, ClockFiring), count(session, Message)) == (0, before)


def test_a_past_instant_rings_what_was_due_by_then_but_issues_and_sends_nothing_in_the_past(made, run, session):
    """第十三条 发出: a notice can't be dispatched on a day that is over."""
    with freeze_time(instant(LATER)):
        result = run("sweep", "--as-of", "2026-03-05T23:59:59+08:00")

    assert result.exit_code == 0, result.output
    assert "breach" not in {firing.rung for firing in session.exec(select(ClockFiring))}
    assert {letter.issued_at for letter in session.exec(select(Letter))} == {instant(LATER)}


def test_a_breach_found_as_of_a_past_instant_is_learned_of_now(made, run, session):
    """ADR 0004: it happened then; nobody knew before today."""
    with freeze_time(instant(LATER)):
        run("sweep", "--as-of", "2026-03-06T00:00:00+08:00")

    [breach] = session.exec(select(TimelineEntry).where(TimelineEntry.fact == "ClockBreached")).all()
    assert (breach.at, breach.recorded_at) == (instant("2026-03-06T00:00:00+08:00"), instant(LATER))
    assert {firing.fired_at for firing in session.exec(select(ClockFiring))} == {instant(LATER)}


def test_the_present_rings_everything_that_is_due(made, run, session):
    with freeze_time(instant(LATER)):
        run("sweep")

    facts = session.exec(select(TimelineEntry).where(TimelineEntry.fact == "ClockBreached")).all()
    assert [fact.at for fact in facts] == [instant("2026-03-06T00:00:00+08:00")]


@pytest.mark.parametrize("words", ["soon", "2026-03-05", "2026-03-05T10:00:00"])
def test_an_instant_that_could_mean_two_things_is_refused(made, run, words):
    result = run("sweep", "--as-of", words)

    assert result.exit_code == 1
    assert words in result.output
