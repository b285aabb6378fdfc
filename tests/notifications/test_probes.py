"""A call and a text of ours prove every hour that the hotline works; what doesn't arrive is an alarm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import Session, select

from claims.sweeping import prove_the_hotline
from notifications.model import Message, Probe
from notifications.probes import WITHIN
from tests.claims.intake.calling import Telephone, signed_post
from tests.claims.intake.ledger import Ledger
from tests.faults.together import at_once
from tests.makers import at
from tests.notifications.provider import ADouble

pytestmark = pytest.mark.both_databases
NOON = at("Mon 2026-03-02 12:00")
OURS = "+862100000001"


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"probe_number": OURS})


@pytest.fixture
def provider(app: Flask) -> ADouble:
    """The app's own, in place of Twilio."""
    provider = ADouble()
    app.extensions["database"].belongings["provider"] = provider
    return provider


@pytest.fixture
def ledger(session: Session) -> Ledger:
    return Ledger(session)


def looks(app: Flask, when) -> int:
    return sum(prove_the_hotline(app.extensions["database"], when) for _ in range(2))


def alarms(session: Session) -> int:
    session.rollback()
    told = len(session.exec(select(Message).where(Message.message == "hotline_silent")).all())
    session.rollback()
    return told


def arrive(app: Flask, provider: ADouble, when) -> None:
    with freeze_time(when):
        signed_post(app, "/hotline/messages", {"MessageSid": "SM1", "From": OURS, "Body": provider.sent[0]})
        Telephone(app, number=OURS).rings().hangs_up()


def test_both_go_out_once_an_hour_whatever_the_number_of_workers(app, provider, session):
    at_once(*[lambda: prove_the_hotline(app.extensions["database"], NOON)] * 4)
    looks(app, NOON + timedelta(minutes=59))
    assert len(provider.sent) == 2

    looks(app, NOON + timedelta(minutes=60))
    assert len(provider.sent) == 4


def test_what_arrives_proves_the_chain_and_opens_no_claim(app, provider, session, ledger):
    looks(app, NOON)
    arrive(app, provider, NOON + timedelta(seconds=20))

    session.rollback()
    assert [probe.read_at is not None for probe in session.exec(select(Probe))] == [True, True]
    session.rollback()
    assert (ledger.claims(), ledger.calls()) == ([], [])
    looks(app, NOON + WITHIN + timedelta(minutes=1))
    assert alarms(session) == 0


@pytest.mark.parametrize(("later", "told"), [(WITHIN - timedelta(seconds=1), 0), (WITHIN, 2)])
def test_silence_for_five_minutes_is_an_alarm_for_each(app, provider, session, later, told):
    looks(app, NOON)
    looks(app, NOON + later)

    assert alarms(session) == told


def test_an_alarm_rings_once(app, provider, session):
    looks(app, NOON)
    for minutes in (5, 6, 7):
        looks(app, NOON + timedelta(minutes=minutes))

    assert alarms(session) == 2


def test_a_provider_that_takes_nothing_is_an_alarm_too(app, provider, session):
    provider.down = True
    looks(app, NOON)
    looks(app, NOON + WITHIN)

    assert alarms(session) == 2
    assert {probe.error for probe in session.exec(select(Probe))} == {"Twilio 20503: Service unavailable"}


def test_another_number_that_repeats_our_words_is_a_report(app, provider, ledger):
    looks(app, NOON)
    with freeze_time(NOON):
        signed_post(app, "/hotline/messages", {"MessageSid": "SM1", "From": "+8613900000009", "Body": provider.sent[0]})

    assert len(ledger.claims()) == 1


def test_without_a_number_for_it_nothing_is_tried(app, provider, session):
    belongings = app.extensions["database"].belongings
    belongings["settings"] = belongings["settings"].model_copy(update={"probe_number": ""})

    assert looks(app, NOON) == 0
    assert provider.sent == []


def test_a_text_of_the_probes_number_without_a_mark_is_a_report(app, provider, ledger):
    """Somebody may hold that telephone in their hand."""
    looks(app, NOON)
    with freeze_time(NOON):
        signed_post(app, "/hotline/messages", {"MessageSid": "SM1", "From": OURS, "Body": "卧室天花板漏水"})

    assert len(ledger.claims()) == 1


# --- what a watchman outside is told ----------------------------------------------------------------------------


@pytest.mark.parametrize(("looked_at", "alarmed"), [
    (WITHIN, []),                               # still on its way
    (WITHIN + timedelta(seconds=1), ["call probe has not arrived", "text probe has not arrived"]),
])  # fmt: skip
def test_readyz_tells_of_a_probe_that_did_not_arrive_and_stays_ready(app, provider, looked_at, alarmed):
    looks(app, NOON)

    with freeze_time(NOON + looked_at):
        answer = app.test_client().get("/readyz")

    assert (answer.status_code, answer.json["hotline"]["alarms"]) == (200, alarmed)


@pytest.mark.parametrize(("silent_for", "alarms"), [(timedelta(hours=2), 0), (timedelta(hours=2, seconds=1), 2)])
def test_readyz_tells_of_probes_that_are_no_longer_sent(app, provider, silent_for, alarms):
    looks(app, NOON)
    arrive(app, provider, NOON + timedelta(seconds=20))

    with freeze_time(NOON + silent_for):
        told = app.test_client().get("/readyz").json["hotline"]

    assert (len(told["alarms"]), told["probes"]["text"]["error"]) == (alarms, "")


def test_readyz_says_where_no_probes_are_sent_at_all(app):
    assert app.test_client().get("/readyz").json["hotline"] == {"probes": None, "alarms": []}
