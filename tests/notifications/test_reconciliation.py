"""Every hour the provider's log is compared with ours; what never came is fetched, once, and becomes a report."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import Session, select

from claims.sweeping import read_arrivals
from config.ticker import drain
from notifications.model import Arrival, Reconciliation
from notifications.reconciliation import AGAIN_AFTER, EVERY, LOOKS_BACK, PATIENCE, reconcile
from tests.claims.intake.calling import Telephone, signed_post
from tests.claims.intake.ledger import Ledger
from tests.faults.together import at_once
from tests.makers import at
from tests.notifications.provider import ADouble, a_call, a_recording, a_text

pytestmark = pytest.mark.both_databases
NOON = at("Mon 2026-03-02 12:00")
EARLIER = NOON - timedelta(minutes=30)


@pytest.fixture
def ledger(session: Session) -> Ledger:
    return Ledger(session)


def compares(app: Flask, provider: ADouble, when=NOON) -> int:
    """One look of the worker; then what was fetched is read."""
    database = app.extensions["database"]
    done = reconcile(database, provider, when)
    drain(database, read_arrivals, when)
    return done


def runs(session: Session) -> list[Reconciliation]:
    session.rollback()
    found = list(session.exec(select(Reconciliation).order_by(Reconciliation.id)))
    for each in found:
        session.expunge(each)
    session.rollback()
    return found


def test_a_text_that_never_reached_us_becomes_a_claim_as_of_when_the_provider_took_it(app, session, ledger):
    compares(app, ADouble(log=[a_text(EARLIER)]))

    (claim,) = ledger.claims()
    assert (claim.description, claim.received_at) == ("卧室天花板滴水", EARLIER)
    assert [(each.fetched, each.state, each.received_at) for each in ledger.arrivals()] == [(True, "read", EARLIER)]
    assert [(each.found, each.fetched, each.error) for each in runs(session)] == [(1, 1, "")]


def test_what_had_come_is_found_and_not_fetched(app, session, ledger):
    with freeze_time(EARLIER):
        signed_post(app, "/hotline/messages", {"MessageSid": "SM1", "From": "+8613900000009", "Body": "滴水"})
        Telephone(app).rings().hangs_up()
    before = len(ledger.arrivals())
    compares(app, ADouble(log=[a_text(EARLIER), a_call(EARLIER)]))

    assert [(each.found, each.fetched) for each in runs(session)] == [(2, 0)]
    assert len(ledger.arrivals()) == before


def test_a_webhook_that_comes_after_all_is_a_repeat(app, ledger):
    compares(app, ADouble(log=[a_text(EARLIER)]))
    with freeze_time(NOON + timedelta(minutes=1)):
        signed_post(app, "/hotline/messages", {"MessageSid": "SM1", "From": "+8613900000009", "Body": "卧室天花板滴水"})

    assert (len(ledger.arrivals()), len(ledger.claims())) == (1, 1)


def test_a_call_that_rang_out_unheard_is_owed_a_call_back(app, ledger):
    compares(app, ADouble(log=[a_call(EARLIER)]))

    (claim,) = ledger.claims()
    assert ledger.why_to_ring(claim) == ["hung up"]
    assert ledger.contact(claim).state == "running"


def test_a_recording_whose_callback_was_lost_is_kept_for_fetching(app, ledger):
    with freeze_time(EARLIER):
        Telephone(app).rings().hangs_up()
    compares(app, ADouble(log=[a_call(EARLIER), a_recording(EARLIER)]))

    assert [(each.sid, each.state) for each in ledger.recordings()] == [("RE1", "waiting")]


def test_a_recording_of_a_call_that_wasnt_ours_is_left_alone(app, ledger):
    compares(app, ADouble(log=[a_recording(EARLIER, call="CA-other")]))

    assert (ledger.recordings(), ledger.calls()) == ([], [])


def test_a_call_that_still_goes_on_is_left_for_the_next_time(app, ledger):
    compares(app, ADouble(log=[a_call(EARLIER, status="in-progress")]))

    assert ledger.arrivals() == []


@pytest.mark.parametrize(("age", "fetched"), [(PATIENCE - timedelta(seconds=1), 0), (PATIENCE, 1)])
def test_what_is_younger_than_five_minutes_may_still_be_on_its_way(app, session, age, fetched):
    compares(app, ADouble(log=[a_text(NOON - age)]))

    assert [each.fetched for each in runs(session)] == [fetched]


@pytest.mark.parametrize(("later", "due"), [(EVERY - timedelta(seconds=1), 0), (EVERY, 1)])
def test_it_is_due_every_hour_and_looks_a_day_further_back(app, later, due):
    provider = ADouble()
    compares(app, provider)

    assert compares(app, provider, NOON + later) == due
    assert provider.asked == [NOON - LOOKS_BACK] * (1 + due)


@pytest.mark.parametrize(("later", "due"), [(AGAIN_AFTER - timedelta(seconds=1), 0), (AGAIN_AFTER, 1)])
def test_a_provider_that_doesnt_answer_is_asked_again_in_ten_minutes(app, session, ledger, later, due):
    provider = ADouble(log=[a_text(EARLIER)], down=True)
    compares(app, provider)
    assert [(each.error, each.fetched) for each in runs(session)] == [("Twilio 20503: Service unavailable", 0)]

    provider.down = False
    assert compares(app, provider, NOON + later) == due
    assert len(ledger.claims()) == due


def test_eight_workers_at_the_same_instant_compare_once(app, session, ledger):
    provider = ADouble(log=[a_text(EARLIER), a_call(EARLIER, caller="+8613900000008")])
    done = at_once(*[lambda: reconcile(app.extensions["database"], provider, NOON)] * 8)
    drain(app.extensions["database"], read_arrivals, NOON)

    assert (sum(done), len(runs(session)), len(provider.asked)) == (1, 1, 1)
    assert len(ledger.claims()) == 2


def test_without_a_provider_nothing_is_compared(app, session):
    assert reconcile(app.extensions["database"], None, NOON) == 0
    assert session.exec(select(Arrival)).all() == []
