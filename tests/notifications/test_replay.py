"""`inbox replay`: what a mended reader now understands is done; what was done before isn't done again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import Session, func, select

from claims.casefile.model import TimelineEntry
from notifications.inbox import CannotRead
from notifications.model import Message
from tests.claims.intake.calling import STRANGER, Telephone, signed_post
from tests.claims.intake.ledger import Ledger
from tests.makers import World, a_world, at

pytestmark = pytest.mark.both_databases
MONDAY = at("Mon 2026-03-02 10:00")
SPAN = ["--from", "2026-03-02T00:00:00+08:00", "--to", "2026-03-03T00:00:00+08:00"]


@pytest.fixture
def world(app: Flask) -> World:
    with app.extensions["database"].session() as session:
        world = a_world(session)
        session.commit()
    return world


@pytest.fixture
def ledger(session: Session) -> Ledger:
    return Ledger(session)


def texts(app: Flask, number: int, body: str, minutes: int = 0) -> None:
    with freeze_time(MONDAY + timedelta(minutes=minutes)):
        signed_post(app, "/hotline/messages", {"MessageSid": f"SM{number}", "From": STRANGER, "Body": body})


def replays(app: Flask, *more: str, span: list[str] = SPAN):
    with freeze_time(MONDAY + timedelta(hours=3)):
        return app.test_cli_runner().invoke(args=["inbox", "replay", *span, *more])


def everything(session: Session) -> tuple[int, int]:
    """How many entries all timelines have, and how many messages were queued."""
    session.rollback()
    entries, messages = (
        session.exec(select(func.count()).select_from(model)).one() for model in (TimelineEntry, Message)
    )
    session.rollback()
    return entries, messages


def a_broken_reader(app: Flask, kind: str = "twilio message"):
    """Puts a reader in place that understands nothing; answers how to mend it."""
    readers = dict(app.extensions["arrival_readers"])
    app.extensions["arrival_readers"] = app.extensions["database"].belongings["arrival_readers"] = readers
    whole = readers[kind]

    def read(*_: object) -> None:
        raise CannotRead("a fault of ours")

    readers[kind] = read
    return lambda: readers.__setitem__(kind, whole)


def test_what_was_read_is_read_again_and_nothing_happens_twice(app, world, session, ledger):
    texts(app, 1, "卧室天花板滴水")
    texts(app, 2, "今天又漏得更厉害了", minutes=30)
    with freeze_time(MONDAY):
        Telephone(app, number="+8613900000008").rings().presses("0").goes_on().is_silent().hangs_up()
    before = everything(session)
    answers = [replays(app) for _ in range(3)]

    assert {answer.exit_code for answer in answers} == {0}, answers[0].output
    assert everything(session) == before
    assert "0 changed, 0 can't be read" in answers[0].output
    assert ledger.is_whole()


def test_what_a_mended_reader_understands_becomes_a_claim_of_its_own_day(app, world, ledger):
    mend = a_broken_reader(app)
    texts(app, 1, "卧室天花板滴水")
    assert [arrival.state for arrival in ledger.arrivals()] == ["quarantined"]
    assert ledger.claims() == []

    mend()
    answer = replays(app)
    (claim,) = ledger.claims()
    assert claim.received_at == MONDAY
    assert f"quarantined → claim:{claim.id}" in answer.output


def test_a_dry_run_says_what_would_come_of_it_and_changes_nothing(app, world, session, ledger):
    mend = a_broken_reader(app)
    texts(app, 1, "卧室天花板滴水")
    mend()
    before = everything(session)
    answer = replays(app, "--dry-run")

    assert "1 would change" in answer.output
    assert (everything(session), ledger.claims()) == (before, [])
    assert [arrival.state for arrival in ledger.arrivals()] == ["quarantined"]


def test_what_still_cant_be_read_stays_where_it_is_and_the_command_fails(app, world, ledger):
    a_broken_reader(app)
    texts(app, 1, "卧室天花板滴水")
    answer = replays(app)

    assert answer.exit_code == 1 and "a fault of ours" in answer.output
    assert [arrival.state for arrival in ledger.arrivals()] == ["quarantined"]


@pytest.mark.parametrize(("last", "read"), [("10:00:00", 0), ("10:00:01", 1)])
def test_the_stretch_ends_before_its_last_instant(app, world, last, read):
    texts(app, 1, "卧室天花板滴水")
    answer = replays(app, span=["--from", "2026-03-02T09:00:00+08:00", "--to", f"2026-03-02T{last}+08:00"])

    assert f"{read} arrivals read again" in answer.output


def test_what_is_unsigned_is_never_read_by_a_command(app, world, ledger):
    with freeze_time(MONDAY):
        signed_post(app, "/hotline/messages", {"MessageSid": "SM1", "From": STRANGER, "Body": "x"}, token="another")
    answer = replays(app)

    assert "0 arrivals read again" in answer.output
    assert ledger.claims() == []


@pytest.mark.parametrize("wrong", ["2026-03-02", "yesterday", "2026-03-02T10:00:00"])
def test_an_instant_without_its_offset_is_refused(app, wrong):
    assert replays(app, span=["--from", wrong, "--to", "2026-03-03T00:00:00+08:00"]).exit_code == 1
