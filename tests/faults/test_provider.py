"""The provider fails, hangs, forgets to answer: the report stands, and its text goes out once.

The clock stands still, so that an instant is met however long this machine takes to come there.
"""

from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlmodel import select

from claims.intake import Claim, receive_report
from config import time as clock
from config.settings import Settings
from config.time import now
from notifications.channels import channels_for, twilio
from notifications.model import Message
from notifications.outbox import LEASE, NotHandedOver, deliver
from tests.faults.together import at_once, until
from tests.faults.town import Town
from tests.makers import a_report, at
from tests.standin import ACCOUNT, NUMBER, TOKEN, Standin, a_standin

REPORT = {
    "home": "H-1201",
    "reporter": {"name": "王小明", "phone": "13800000001", "relation": "owner"},
    "part": "waterproofing",
    "description": "卧室天花板滴水",
}
pytestmark = pytest.mark.both_databases


@pytest.fixture
def standin():
    with a_standin() as standin:
        yield standin


@pytest.fixture
def settings(settings: Settings, standin: Standin, monkeypatch):
    monkeypatch.setattr(twilio, "TIMEOUT_SECONDS", 120)  # nobody is given up for being slow
    return settings.model_copy(
        update={
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": TOKEN,
            "twilio_number": NUMBER,
            "twilio_api_url": standin.url,
        }
    )


@pytest.fixture
def began(town: Town):
    with freeze_time(at("Mon 2026-03-02 10:00")):
        yield now()


@pytest.fixture
def look(town: Town, began):
    """The worker looks so many seconds after the report; answers the message as it then is."""

    def looks(after: float) -> Message:
        deliver(town.database, began + timedelta(seconds=after), channels_for(town.app.extensions["settings"]))
        return the_message(town)

    return looks


@pytest.fixture
def look_at_one_that_hangs(look, monkeypatch):
    """The same, and what doesn't answer is given up after a second."""

    def looks(after: float) -> Message:
        with monkeypatch.context() as impatient:
            impatient.setattr(twilio, "TIMEOUT_SECONDS", 1)
            return look(after)

    return looks


def the_message(town: Town) -> Message:
    with town.database.session(reading=True) as session:
        return session.exec(select(Message).where(Message.message == "report_received")).one()


def report(town: Town) -> int:
    return town.asks(town.world.channel, "POST", "/claims", REPORT).status_code


def test_a_report_is_taken_while_the_provider_is_down_and_its_text_goes_out_later_once(town, standin, look, began):
    standin.down = True
    assert report(town) == 201
    waits, after = [], 5.0
    for _ in range(4):
        message = look(after)
        assert (message.state, standin.texts) == ("queued", [])
        assert "20503" in message.error
        waits.append((message.next_try_at - began).total_seconds() - after)
        after += waits[-1] + 1
    assert waits == [30, 60, 120, 240]  # each longer than the one before

    standin.down = False
    message = look(after + 1)
    assert (message.state, message.channel) == ("handed over", "sms")
    assert look(after + 3600).provider_id == standin.texts[0]["sid"]
    assert [text["to"] for text in standin.texts] == ["+8613800000001"]
    assert town.count(Claim) == 1


@pytest.mark.parametrize("fault", ["500", "429", "deaf"])
def test_what_the_provider_did_not_take_is_sent_again(town, standin, look, look_at_one_that_hangs, fault):
    standin.faults = [fault]
    report(town)

    assert (look_at_one_that_hangs if fault == "deaf" else look)(5).state == "queued"
    until(lambda: not standin.faults)
    assert look(40).state == "handed over"
    assert len(standin.texts) == 1


def test_what_it_took_without_answering_is_found_in_its_log_and_not_sent_twice(
    town, standin, look, look_at_one_that_hangs
):
    standin.faults = ["silent"]
    report(town)

    message = look_at_one_that_hangs(5)
    until(lambda: standin.texts)
    assert (message.state, len(standin.texts)) == ("queued", 1)
    message = look(40)
    assert (message.state, message.provider_id) == ("handed over", standin.texts[0]["sid"])
    assert (len(standin.texts), standin.posts) == (1, 1)


def test_a_number_that_cannot_be_texted_is_given_up_at_once_and_seen(town, standin, look):
    standin.faults = ["21211"]
    report(town)

    message = look(5)
    assert (message.state, standin.texts) == ("failed", [])
    assert "21211" in message.error
    look(3600)
    assert standin.posts == 1


def test_before_its_time_nothing_is_tried_again(town, standin, look):
    standin.faults = ["500"]
    report(town)
    look(5)

    assert look(20).state == "queued"
    assert standin.posts == 1


def test_a_wrong_password_is_no_reason_to_give_a_text_up(town, standin, look):
    channels = channels_for(town.app.extensions["settings"].model_copy(update={"twilio_auth_token": "wrong"}))
    report(town)
    deliver(town.database, now(), channels)

    assert the_message(town).state == "queued"
    assert "20003" in the_message(town).error
    assert look(3600).state == "handed over"


def test_many_workers_at_once_send_each_text_once(town, standin, look, began):
    """The storm's afternoon: the same queue, four workers."""
    with town.session() as session:
        for number in range(20):
            receive_report(session, a_report(phone=f"+861380002{number:04d}"), by="homeowner", at=began)
        session.commit()
    channels = channels_for(town.app.extensions["settings"])
    at_once(*[lambda: [deliver(town.database, now(), channels) for _ in range(8)]] * 4)

    assert len(standin.texts) == len({text["to"] for text in standin.texts}) == 20
    assert town.count(Message, state="handed over") == 20


def test_a_worker_that_lost_its_lease_to_a_slow_provider_does_not_send_after_all(town, standin, look, began):
    """The first text hangs for so long that the second one's lease runs out: another worker takes it meanwhile."""
    with town.session() as session:
        for number in range(2):
            receive_report(session, a_report(phone=f"+861380002{number:04d}"), by="homeowner", at=began)
        session.commit()
    real = channels_for(town.app.extensions["settings"])
    later = began + LEASE + timedelta(seconds=1)

    class Slow:
        name = "sms"

        def send(self, parcel):
            sid = real["sms"].send(parcel)
            deliver(town.database, later, real)  # two minutes have passed: somebody else looks
            return sid

    deliver(town.database, began, {"sms": Slow()})

    assert len(standin.texts) == len({text["to"] for text in standin.texts}) == 2


def test_a_failure_learned_late_does_not_undo_what_another_worker_has_handed_over(town, standin, look, began):
    report(town)
    real = channels_for(town.app.extensions["settings"])

    class HangsAndFails:
        name = "sms"

        def send(self, parcel):
            deliver(town.database, now() + LEASE + timedelta(seconds=1), real)
            raise NotHandedOver("timed out")

    deliver(town.database, now(), {"sms": HangsAndFails()})

    assert the_message(town).state == "handed over"
    assert len(standin.texts) == 1


def test_a_text_counts_as_handed_over_when_the_provider_took_it_not_when_the_look_began(
    town, standin, began, monkeypatch
):
    """A look that begins at 23:59:50 and ends after midnight sends the notice of the next day (第十三条 发出)."""
    report(town)
    real = channels_for(town.app.extensions["settings"])["sms"]

    class TakesAMinute:
        name = "sms"

        def send(self, parcel):
            sid = real.send(parcel)
            passed = clock.time_module.monotonic
            monkeypatch.setattr(clock.time_module, "monotonic", lambda: passed() + 60)
            return sid

    deliver(town.database, began, {"sms": TakesAMinute()})

    assert the_message(town).handed_over_at - began >= timedelta(seconds=60)
