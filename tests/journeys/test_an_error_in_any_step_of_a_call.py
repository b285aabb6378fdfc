"""第十三条: an error of ours, planted in each step of the call in turn, over the wire.

The caller still hears a sentence and may leave a message; we still have a claim and owe a call back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlmodel import Session

from claims.intake.call.steps import ENTRANCES, STEPS, Ends
from config.settings import Settings
from tests.claims.intake.ledger import Ledger
from tests.makers import OWNERS_PHONE, World
from tests.standin import Standin, a_standin
from tests.standin.call import Call
from tests.standin.placing import incoming
from tests.standin.webhooks import Line
from tests.web.driving import served

pytestmark = pytest.mark.sqlite
STRANGER, ON_DUTY = "+8613900000009", "+8613700000007"
SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\0" * 32
HOME, WORDS = "示例花园1号楼1201室", "卧室天花板滴水"
Act = Callable[[Call], object]


def press(keys: str) -> Act:
    return lambda line: line.presses(keys)


def say(words: str) -> Act:
    return lambda line: line.says(words)


def silence(line: Call) -> object:
    return line.is_silent()


def leave(line: Call) -> object:
    return line.leaves(SOUND, 3)


def not_taken(line: Call) -> object:
    return line.is_not_taken()


def ring(line: Call) -> object:
    return line.rings()


def their_reference(line: Call) -> object:
    return line.presses(str(line.standin.reference))  # type: ignore[attr-defined]


PATHS: dict[str, list[Act]] = {  # step → what the caller does; the last of it asks the step
    "greeting": [ring],
    "menu": [ring, press("1")],
    "home": [ring, press("1"), press("1")],
    "where": [ring, press("1"), press("8"), say(HOME)],
    "where_recorded": [ring, press("1"), press("8"), silence, leave],
    "what": [ring, press("1"), press("1"), say(WORDS)],
    "what_recorded": [ring, press("1"), press("1"), silence, leave],
    "told": [ring, press("1"), press("1"), say(WORDS), press("1")],
    "reference": [ring, press("2"), press("260300000011")],
    "progress": [ring, press("2"), their_reference, press("1")],
    "danger": [ring, press("9"), not_taken],
    "person": [ring, press("0"), not_taken],
    "voicemail": [ring, press("0"), not_taken, leave],
}
ELSEWHERE = {"whisper", "accept"}  # on the leg of whoever is on duty: below
BY_WORKER = {"registering"}  # reached only where the worker reads: tests/claims/intake/test_call_reports.py


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"on_duty_number": ON_DUTY})


@pytest.fixture
def standin(app: Flask, world: World, settings: Settings) -> Iterator[Standin]:
    with served(app) as address, a_standin() as standin:
        standin.webhooks.line = Line(public=settings.public_url, address=address)
        yield standin


@pytest.fixture
def ledger(session: Session) -> Ledger:
    return Ledger(session)


@pytest.fixture
def breaks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on every step fails."""
    return lambda: monkeypatch.setitem(app.extensions, "conversation", lambda *_: 1 // 0)


def owed(ledger: Ledger) -> list[str]:
    """Why somebody has to be rung back, whatever the claim."""
    return [why for claim in ledger.claims() for why in ledger.why_to_ring(claim)]


def test_every_step_that_can_be_asked_is_tried() -> None:
    asked = {step for step, kind in STEPS.items() if not isinstance(kind, Ends)} | ENTRANCES.keys()
    assert PATHS.keys() | ELSEWHERE | BY_WORKER == asked


@pytest.mark.parametrize("step", PATHS)
def test_the_caller_hears_a_sentence_and_we_owe_a_call_back(standin, ledger, breaks, step):
    if step == "progress":
        incoming(standin, OWNERS_PHONE).rings().presses("1").presses("1").says(WORDS).hang_up()
        standin.reference = ledger.reference(ledger.claims()[0])
    line = incoming(standin, OWNERS_PHONE)
    *before, last = PATHS[step]
    for act in before:
        act(line)
    breaks()
    last(line)

    assert standin.webhooks.log[-1].what.split("?")[0].endswith("/hotline/voice" if step == "greeting" else step)
    assert line.heard[line.fresh :], "silence on the line"
    if step != "voicemail":
        assert line.waits_for == "Record"
        line.leaves(SOUND, 3)
    standin.webhooks.go_out()
    assert line.over
    assert owed(ledger) == ["progress withheld" if step == "reference" else "voicemail"]


@pytest.mark.parametrize("keys", ["", "1"])
def test_whoever_is_on_duty_is_put_through_all_the_same(standin, ledger, breaks, keys):
    """The whisper fails, or what follows its key: the two talk, and what the key can't prove is rung back about."""
    line = incoming(standin, STRANGER).rings().presses("0")
    if keys:
        leg = line.is_taken()
        breaks()
        leg.presses(keys)
    else:
        breaks()
        leg = line.is_taken()

    assert leg.connected
    leg.hang_up()
    line.hang_up()
    standin.webhooks.go_out()
    assert owed(ledger) == ([] if keys else ["hung up"])
