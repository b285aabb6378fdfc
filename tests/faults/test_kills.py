"""SIGKILL at the worst moment: nothing is lost, and nothing happens twice."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import requests
from sqlmodel import select
from twilio.request_validator import RequestValidator

from claims.casefile import CaseFile, open_file, record_many
from claims.casefile.facts import ReportReceived
from claims.casefile.model import ClockFiring, RunningClock, TimelineEntry
from claims.casefile.timeline import verify
from claims.intake import Claim
from config.settings import Settings
from config.time import now
from notifications.channels import channels_for
from notifications.inbox import read_arrivals
from notifications.model import Arrival, Message
from notifications.outbox import LEASE
from notifications.outbox import deliver as look
from tests.faults.processes import PATIENCE, Process, deliver, dies_holding, ring, serve
from tests.faults.town import Town
from tests.ground import figure
from tests.makers import at
from tests.standin import ACCOUNT, NUMBER, TOKEN, Standin, a_standin
from tests.standin.records import Record

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

FILES = 400  # each with 5 rungs due: first contact 2, survey 3
RUNGS, BREACHES = 5 * FILES, 2 * FILES
REPORTED, LOOKED = at("Mon 2026-03-02 10:00"), at("Thu 2026-03-05 00:00")


# --- 2,000 rungs, two workers, one killed -------------------------------------------------------------------


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


@pytest.fixture
def due(town: Town) -> Town:
    """2,000 rungs are due."""
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
        fact = ReportReceived(at=REPORTED, by="homeowner", channel="web", relation="owner")
        record_many(session, [(file, fact) for file in files], along=claims)
        session.commit()
    return town


def assert_each_rang_once(town: Town) -> None:
    with town.database.session(reading=True) as session:
        firings = session.exec(select(ClockFiring)).all()
        keys = session.exec(select(Message.key).where(Message.message == "rung")).all()
        breaches = session.exec(select(TimelineEntry.subject).where(TimelineEntry.fact == "ClockBreached")).all()
        clocks = session.exec(select(RunningClock).where(RunningClock.state == "breached")).all()
        assert not list(verify(session))
    assert len({(firing.clock_id, firing.rung) for firing in firings}) == len(firings) == RUNGS
    assert len(set(keys)) == len(keys) == RUNGS
    assert {key.split(":")[1] for key in keys} == {str(firing.clock_id) for firing in firings}
    assert set(Counter(breaches).values()) == {1}
    assert set(breaches) == {f"clock:{clock.id}" for clock in clocks}
    assert len(clocks) == BREACHES


@pytest.mark.parametrize("batches_before", random.Random(0).sample(range(6), figure(2, 6)))
def test_two_workers_and_one_killed_inside_its_batch_ring_every_rung_once(due: Town, run, batches_before: int):
    """The killed one has marked, told and queued a batch, and dies before its commit."""
    victim, survivor = (run(ring, LOOKED.isoformat(), 20, alone=False) for _ in range(2))
    dies_holding(victim, beside=survivor, after=batches_before)

    assert survivor.ends() == 0
    last = run(ring, LOOKED.isoformat(), 500, alone=True)
    assert last.ends() == 0
    assert_each_rang_once(due)


@pytest.mark.parametrize("seed", range(figure(1, 20)))
def test_killed_at_any_moment_the_others_finish(due: Town, run, seed: int):
    chance = random.Random(seed)
    for _ in range(figure(2, 3)):
        victim = run(ring, LOOKED.isoformat(), chance.choice((7, 60, 500)), alone=True)
        assert victim.says() == "ready"
        time.sleep(chance.random() * 0.4)
        victim.kill()
    survivors = [run(ring, LOOKED.isoformat(), 100, alone=True) for _ in range(2)]

    assert [survivor.ends() for survivor in survivors] == [0, 0]
    assert_each_rang_once(due)


# --- a text stored and not yet read -------------------------------------------------------------------------


def test_a_text_whose_web_process_died_before_reading_it_is_read_later_once(town: Town, run, settings: Settings):
    web = run(serve)
    address = f"http://127.0.0.1:{web.says()}/hotline/messages"
    form = {"MessageSid": "SM1", "From": "+8613900000009", "To": NUMBER, "Body": "漏水"}
    signature = RequestValidator(settings.twilio_auth_token).compute_signature(
        f"{settings.public_url}/hotline/messages", form
    )
    with pytest.raises(requests.ConnectionError):
        requests.post(address, form, headers={"X-Twilio-Signature": signature}, timeout=PATIENCE)
    assert web.ends() == -9
    assert (town.count(Arrival, state="stored"), town.count(Claim)) == (1, 0)

    for _ in range(2):
        read_arrivals(town.database, now(), town.database.belongings["arrival_readers"])
    assert town.texts("漏水", sid="SM1", phone="+8613900000009").status_code == 200  # Twilio tries again

    assert (town.count(Arrival, state="read"), town.count(Claim), town.count(CaseFile)) == (1, 1, 1)
    assert town.is_whole()


# --- a text sent and not yet noted --------------------------------------------------------------------------


@pytest.fixture
def standin():
    with a_standin() as standin:
        yield standin


@pytest.fixture
def settings(settings: Settings, standin: Standin) -> Settings:
    return settings.model_copy(
        update={
            "twilio_account_sid": ACCOUNT,
            "twilio_auth_token": TOKEN,
            "twilio_number": NUMBER,
            "twilio_api_url": standin.url,
        }
    )


@pytest.mark.parametrize(("moment", "taken"), [("before", 0), ("after", 1)])
def test_a_worker_killed_while_sending_leaves_one_text(
    town: Town, run, settings, standin: Standin, moment: str, taken: int
):
    town.texts("漏水", sid="SM1", phone="+8613900000009")
    assert run(deliver, moment).ends() == -9
    assert len(receipts(standin)) == taken
    channels, message = channels_for(settings), the_text(town)
    assert (message.state, message.attempts) == ("sending", 1)

    look(town.database, now(), channels)
    assert the_text(town).state == "sending"  # somebody may still be at it
    look(town.database, now() + LEASE + timedelta(seconds=1), channels)

    message = the_text(town)
    assert (message.state, message.provider_id) == ("handed over", receipts(standin)[0]["sid"])
    assert len(receipts(standin)) == 1
    assert len(standin.texts) == standin.posts == 2  # the receipt, and the question which home it is


def receipts(standin: Standin) -> list[Record]:
    return [text for text in standin.texts if "查询码" in text["body"]]


def the_text(town: Town) -> Message:
    with town.database.session(reading=True) as session:
        return session.exec(select(Message).where(Message.message == "report_received")).one()
