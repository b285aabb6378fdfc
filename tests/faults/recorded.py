"""What a provider told an application in a few calls and texts, and the same told of as many others as are wanted."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from flask import Flask

from config.settings import Settings
from tests.standin import Standin, a_standin
from tests.standin.call import Call
from tests.standin.placing import incoming
from tests.standin.sounds import a_tone
from tests.standin.webhooks import Line
from tests.web.driving import served

SOMEBODY = "+8613900000009"
SID = re.compile(r"\b(?:CA|SM|RE)[0-9a-f]{32}\b")
SHARED = 5
"""Every so manieth has the number of one before it: what it says joins or opens, and either is right."""
TONE = a_tone(1)


@dataclass(frozen=True)
class Told:
    """One request of the provider: `path` with its query, and the fields."""

    path: str
    form: dict[str, str]


Story = tuple[Told, ...]
"""All that was told of one call, or of one text."""

CALLS: dict[str, Callable[[Call], object]] = {
    "reports": lambda line: line.presses("1").says("示例东路88弄1号501室").says("下雨后卧室天花板滴水").hang_up(),
    "reports in English": lambda line: line.presses("#").presses("1").says("room 501").says("a wet wall").hang_up(),
    "is in danger, and nobody answers": lambda line: line.presses("9").is_not_taken().leaves(TONE, 1),
    "reports by recordings": lambda line: line.presses("1").is_silent().leaves(TONE, 1).is_silent().leaves(TONE, 1),
    "asks for progress that isn't theirs": lambda line: line.presses("2").presses("260300000011").hang_up(),
    "is silent, then leaves a message": lambda line: line.is_silent().is_silent().leaves(TONE, 1),
    "hangs up while speaking": lambda line: line.presses("0").is_not_taken("busy").leaves(TONE, 1, keys="hangup"),
    "hangs up at the first word": lambda line: line.hang_up(),
}
TEXTS = ("卫生间顶棚漏水，越来越大 100%", "The ceiling of the bedroom drips & the wall is wet", "")


@contextmanager
def playing(app: Flask) -> Iterator[Standin]:
    """The stand-in beside this application."""
    settings: Settings = app.extensions["settings"]
    with served(app) as address, a_standin() as standin:
        standin.webhooks.line = Line(public=settings.public_url, address=address)
        yield standin


def record_stories(app: Flask) -> tuple[list[Story], list[Story], Story]:
    """Calls, texts, and what became of one text of ours, as an application was told them."""
    with playing(app) as standin:
        calls, texts = [], []
        for act in CALLS.values():
            act(incoming(standin, SOMEBODY).rings())
            calls.append(_what_was_told(standin))
        for body in TEXTS:
            standin.arrives(SOMEBODY, body)
            texts.append(_what_was_told(standin))
        sid = standin.take(to=SOMEBODY, sender="+862100000000", body="x", callback="/hotline/status")["sid"]
        for state in ("sent", "delivered"):
            standin.becomes(sid, state)
        return calls, texts, _what_was_told(standin)


def _what_was_told(standin: Standin) -> Story:
    standin.webhooks.go_out()
    log, public = standin.webhooks.log, standin.webhooks.line.public
    story = tuple(Told(said.what.removeprefix(public), said.fields) for said in log if not said.ours)
    log.clear()
    return story


def retold(story: Story, number: int) -> Story:
    """The same of another call or text, by another number."""
    caller = f"+86139{number if number % SHARED else max(number - 1, 0):08d}"
    names = {sid for told in story for sid in SID.findall(f"{told.path} {told.form}")}
    others = {name: f"{name[:2]}{sha256(f'{name} {number}'.encode()).hexdigest()[:32]}" for name in names}

    def renamed(text: str) -> str:
        return SID.sub(lambda found: others[found[0]], text.replace(SOMEBODY, caller))

    return tuple(Told(renamed(told.path), {key: renamed(value) for key, value in told.form.items()}) for told in story)


def stories_of(
    calls: list[Story], texts: list[Story], status: Story, arrivals: int, chance: random.Random
) -> list[Story]:
    """Stories until so many arrivals are together, calls and texts and states as they come."""
    kinds, told = [*calls, *texts * 4, *[status] * 6], 0
    found: list[Story] = []
    while told < arrivals:
        found.append(retold(chance.choice(kinds), len(found) + 1))
        told += len(found[-1])
    return found
