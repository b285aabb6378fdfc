"""第十三条: whatever happens to our processes and to the database, no call and no text is lost, and none counts twice.

Arrivals recorded from the stand-in are told of many callers, each three times, in any order, by eight hands at once:
first each once, so that nothing which was acknowledged and lost hides behind its repeats, then each twice more.
Meanwhile the web process is killed, PostgreSQL is ended and recovers, answers are cut off, and forged copies are mixed
in. The provider's part is played as it is: it tries again what wasn't acknowledged. Whether a caller was told "sorry,
our system has a problem" is such a case: nothing was stored then, which reconciliation has to find in the real world.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from sqlmodel import col, func, select
from twilio.request_validator import RequestValidator

from app import create_app
from claims.casefile.model import TimelineDetails, TimelineEntry
from claims.casefile.timeline import verify
from claims.intake import Claim
from claims.intake.call import end_silent_calls
from claims.intake.call.model import PhoneCall
from claims.sweeping import read_arrivals
from config.database import Database
from config.settings import Settings
from config.time import now
from notifications.model import Arrival, Message
from notifications.outbox import Draft, queue
from notifications.prompts import line
from tests import launcher
from tests.faults.processes import PATIENCE, Process, answer
from tests.faults.recorded import Story, Told, record_stories, stories_of
from tests.ground import figure
from tests.postgres import Server, new_database
from tests.standin import TOKEN

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

ARRIVALS = figure(300, 10_000)
TIMES = 3
HANDS = 8
KILLS, RESTARTS = figure(2, 20), figure(1, 5)
SORRY = (line("sorry", "zh").text[:12], line("sorry", "en").text[:12])


@pytest.fixture
def running() -> Iterator[launcher.Cluster]:
    with launcher.cluster(launcher.programs(), launcher.SETTINGS | launcher.SURVIVES_ITS_OWN_END) as running:
        yield running


@pytest.fixture
def settings(running: launcher.Cluster, tmp_path: Path) -> Settings:
    return Settings(
        database_url=new_database(Server(running.url)),
        files_url=(tmp_path / "files").as_uri(),
        secret_key="a secret for tests and for nothing else",
        public_url="https://claims.example",
        twilio_auth_token=TOKEN,
        on_duty_number="+8613700000007",
    )


@pytest.fixture
def stories(migrated_sqlite: Path, tmp_path: Path, settings: Settings) -> list[Story]:
    """Recorded once from an application on a small database of its own."""
    (tmp_path / "recorded.db").write_bytes(migrated_sqlite.read_bytes())
    app = create_app(settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'recorded.db'}"}))
    told = record_stories(app)
    app.extensions["database"].dispose()
    return stories_of(*told, ARRIVALS, random.Random(0))


@dataclass
class Web:
    """The web process: killed at any moment, and there again, on another port: nobody else may have taken it."""

    settings: Settings

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.process = Process(answer, self.settings)
        self.port = self.process.says()
        assert isinstance(self.port, int)

    def dies(self) -> None:
        self.process.kill()
        self.start()


@dataclass
class Provider:
    """Tells until it is acknowledged. `chance` decides what goes wrong on the wire."""

    web: Web
    chance: random.Random
    tries: list[str] = field(default_factory=list)

    def tells(self, told: Told) -> None:
        last_moment = time.monotonic() + PATIENCE
        while time.monotonic() < last_moment:
            happening = self.chance.choices(("told", "cut off", "forged"), (90, 7, 3))[0]
            self.tries.append(happening)
            with suppress(requests.RequestException):
                acknowledged = self._post(told, happening)
                if happening != "told":
                    continue
                if acknowledged:
                    return
            time.sleep(0.1)  # nobody is there
        raise AssertionError(f"never acknowledged: {told}")

    def _post(self, told: Told, happening: str) -> bool:
        settings = self.web.settings
        form = told.form | ({"Forged": "1"} if happening == "forged" else {})
        signature = RequestValidator(settings.twilio_auth_token).compute_signature(
            settings.public_url + told.path, told.form
        )
        timeout = (PATIENCE, 0.001) if happening == "cut off" else PATIENCE
        answered = requests.post(
            f"http://127.0.0.1:{self.web.port}{told.path}",
            form,
            headers={"X-Twilio-Signature": signature},
            timeout=timeout,
        )
        answered.encoding = "utf-8"
        return answered.ok and not any(word in answered.text for word in SORRY)


def tell(everything: list[Told], provider: Provider, troubles: list[Callable[[], None]]) -> None:
    """Everything in any order, while the processes die, evenly spread."""
    provider.chance.shuffle(everything)
    share = len(everything) // (len(troubles) + 1)
    reached = [threading.Event() for _ in troubles]

    def tells(place: int) -> None:
        number, rest = divmod(place, share)
        if not rest and 0 < number <= len(troubles):
            reached[number - 1].set()
        provider.tells(everything[place])

    with ThreadPoolExecutor(HANDS) as hands:
        telling = [hands.submit(tells, place) for place in range(len(everything))]
        for come, trouble in zip(reached, troubles, strict=True):  # here: a server dies with the thread that started it
            come.wait()
            trouble()
        for one in telling:
            one.result()


def stored(database: Database) -> int:
    with database.session(reading=True) as session:
        return session.exec(select(func.count()).select_from(Arrival).where(col(Arrival.signed))).one()


def texts_of_ours(database: Database, stories: list[Story]) -> set[str]:
    """The texts whose states are told, handed over before."""
    sids = {told.form["MessageSid"] for story in stories for told in story if told.path == "/hotline/status"}
    content = {"insurer_short": "示例财险", "reference": "260300000011"}
    with database.session() as session:
        drafts = [Draft(sid, "claim:1", "claim_referred", "sms", "+8613900000009", content) for sid in sorted(sids)]
        queue(session, drafts, now())
        for message in session.exec(select(Message)):
            message.state, message.provider_id = "handed over", message.key
        session.commit()
    return sids


def the_worker_catches_up(database: Database) -> None:
    """Whatever a dead process left unread; and the calls of which nothing more will come."""
    for later in (0, 60, 600, 3600):
        while read_arrivals(database, now() + timedelta(seconds=later)):
            pass
    end_silent_calls(database, now() + timedelta(hours=2))


def test_each_call_and_each_text_is_in_exactly_one_claim(stories: list[Story], settings: Settings, running) -> None:
    database: Database = create_app(settings).extensions["database"]
    ours = texts_of_ours(database, stories)
    told = [each for story in stories for each in story]
    single = len({told_once(each) for each in told})
    web, chance = Web(settings), random.Random(1)
    provider, troubles = Provider(web, chance), [web.dies] * KILLS + [running.restart] * RESTARTS
    chance.shuffle(troubles)
    try:
        tell([*told], provider, troubles[::2])
        assert stored(database) == single, "what was acknowledged is stored, once"
        tell(told * (TIMES - 1), provider, troubles[1::2])
    finally:
        web.process.kill()
    the_worker_catches_up(database)

    tries = Counter(provider.tries)
    assert tries["told"] >= TIMES * ARRIVALS and tries["cut off"] and tries["forged"]
    assert stored(database) == single
    assert_each_is_in_one_claim(database, stories)
    assert_what_became_of_our_texts_is_known(database, ours)
    database.dispose()


def assert_each_is_in_one_claim(database: Database, stories: list[Story]) -> None:
    with database.session(reading=True) as session:
        assert not list(verify(session))
        arrivals = session.exec(select(Arrival).where(col(Arrival.signed))).all()
        calls = session.exec(select(PhoneCall)).all()
        keys = Counter(session.exec(select(Claim.key)).all())
        joined = joined_texts(session)
    texts = [arrival for arrival in arrivals if arrival.kind == "message"]
    assert {arrival.state for arrival in arrivals} == {"read"}
    assert {call.sid for call in calls} == sids_of(stories, "/hotline/voice", "CallSid")
    assert all(call.file_id is not None for call in calls)
    assert {text.provider_id for text in texts} == sids_of(stories, "/hotline/messages", "MessageSid")
    assert {keys[f"twilio:{text.provider_id}"] + joined[text.id] for text in texts} == {1}
    assert keys.keys() <= {f"twilio:{arrival.provider_id}" for arrival in arrivals}
    assert set(keys.values()) == {1}


def assert_what_became_of_our_texts_is_known(database: Database, ours: set[str]) -> None:
    with database.session(reading=True) as session:
        states = session.exec(select(Message.state).where(col(Message.key).in_(ours))).all()
    assert states == ["delivered"] * len(ours)


def joined_texts(session) -> Counter[int]:
    """Arrival → how many entries of claims it made beside opening one."""
    same = (TimelineDetails.file_id == TimelineEntry.file_id) & (TimelineDetails.seq == TimelineEntry.seq)
    query = select(TimelineDetails.details).join(TimelineEntry, same).where(TimelineEntry.fact == "TextReceived")
    return Counter(json.loads(details)["arrival"] for details in session.exec(query))


def sids_of(stories: list[Story], path: str, name: str) -> set[str]:
    return {told.form[name] for story in stories for told in story if told.path == path}


def told_once(told: Told) -> str:
    """What makes an arrival single: its address, whose it is, and the state that it tells."""
    named = ("MessageSid", "CallSid", "RecordingSid", "MessageStatus", "RecordingStatus")
    states = [told.form.get("CallStatus")] if told.path == "/hotline/voice/status" else []
    return json.dumps([told.path, *(told.form.get(name) for name in named), *states])
