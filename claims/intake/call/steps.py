"""The call, as a table: step → what is said → what may be pressed or spoken → where it leads.

Read it top to bottom as a caller hears it. Whatever the caller does or doesn't do leads to a claim, to an answer, to a
person, or to a message and a call back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from claims.casefile import is_reference
from notifications.voice import Turn

PERSON = "0"
OTHER_LANGUAGE = "#"
MOST_HOMES = 5
TWICE = 2
"""Silence or a key that means nothing: asked again once, then on to a message."""


@dataclass(frozen=True)
class Asks:
    """`keys`: key → step. `spoken`: where words lead. `reference`: where a claim's 12 digits lead. `silent`: where
    anything else leads at once; empty: the question is asked again, and after two misses a message is taken."""

    keys: Mapping[str, str] = field(default_factory=dict)
    spoken: str = ""
    reference: str = ""
    silent: str = ""


@dataclass(frozen=True)
class Records:
    then: str


@dataclass(frozen=True)
class Dials:
    """Whoever is on duty. `reached`: a person has taken the call."""

    reached: str
    otherwise: str


@dataclass(frozen=True)
class Ends:
    connects: bool = False


Step = Asks | Records | Dials | Ends

ENTRANCES = {"greeting": "menu", "whisper": "accept", "registering": "told"}
"""Requests that answer no question (the first of each leg of a call, and one after some waiting) lead here."""

STEPS: dict[str, Step] = {
    "menu": Asks(keys={"9": "danger", "1": "home", "2": "reference", "0": "person", "#": "menu"}),
    # 1, report: which home, where else, what
    "home": Asks(keys={"8": "where", "0": "person"}),  # and 1 to 5, the homes of this number
    "where": Asks(keys={"0": "person"}, spoken="what", silent="where_recorded"),
    "where_recorded": Records(then="what"),
    "what": Asks(keys={"0": "person"}, spoken="told", silent="what_recorded"),
    "what_recorded": Records(then="told"),
    "told": Asks(keys={"1": "told", "0": "person"}, silent="goodbye"),  # the claim is open
    # 2, progress
    "reference": Asks(keys={"0": "person"}, reference="progress"),
    "progress": Asks(keys={"1": "progress", "0": "person"}, silent="goodbye"),
    # 9 and 0, a person
    "danger": Dials(reached="goodbye", otherwise="voicemail"),  # the claim is open
    "person": Dials(reached="goodbye", otherwise="voicemail"),
    "voicemail": Records(then="thanks"),
    "thanks": Ends(),  # the call back is owed
    "goodbye": Ends(),
    # the person on duty, on the other leg
    "accept": Asks(keys={"1": "accepted"}, silent="declined"),
    "accepted": Ends(connects=True),
    "declined": Ends(),
}


class Next(NamedTuple):
    step: str
    misses: int = 0


def after(turn: Turn, *, homes: int = MOST_HOMES, reached: bool = False, on_duty: int = 0) -> Next:
    """Where the answer to a step leads. `homes`: how many were offered; `on_duty`: how many can be rung, one after the
    other (the turn's misses: how many were). A step that nobody knows leads to a message."""
    if turn.step in ENTRANCES:
        return Next(ENTRANCES[turn.step])
    match STEPS.get(turn.step):
        case Asks() as asks:
            return _answered(asks, turn, homes)
        case Records(then):
            return Next("person" if turn.keys == PERSON else then)
        case Dials(found, otherwise):
            if not reached and turn.misses < on_duty:
                return Next(turn.step, turn.misses)
            return Next(found if reached else otherwise)
        case Ends():
            return Next("goodbye")
    return Next("voicemail")


def _answered(asks: Asks, turn: Turn, homes: int) -> Next:
    if turn.keys in asks.keys:
        return Next(asks.keys[turn.keys])
    if turn.step == "home" and turn.keys in offered(homes):
        return Next("what")
    if asks.spoken and turn.speech:
        return Next(asks.spoken)
    if asks.reference and is_reference(turn.keys):
        return Next(asks.reference)
    if asks.silent:
        return Next(asks.silent)
    return Next(turn.step, turn.misses + 1) if turn.misses + 1 < TWICE else Next("voicemail")


def offered(homes: int) -> list[str]:
    """The keys of the homes that are read out."""
    return [str(number) for number in range(1, homes + 1)]
