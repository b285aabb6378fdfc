"""Whatever the service keeps as a word of its own, in the words of people."""

from claims.desk.words.facts import FACTS
from claims.desk.words.tables import (
    ACTORS,
    CHANNELS,
    DUTIES,
    FILTERS,
    GATES,
    LETTERS,
    LINKS,
    MESSAGES,
    MODES,
    OUTCOMES,
    PAYMENTS,
    REASONS,
    RELATIONS,
    SENT,
    SIDES,
    STAGES,
    STATES,
    WORDS_ON_WORKS,
)
from claims.registry import grounds
from claims.web.language import language

__all__ = [
    "ACTORS",
    "CHANNELS",
    "DUTIES",
    "FACTS",
    "FILTERS",
    "GATES",
    "LETTERS",
    "LINKS",
    "MESSAGES",
    "MODES",
    "OUTCOMES",
    "PAYMENTS",
    "REASONS",
    "RELATIONS",
    "SENT",
    "SIDES",
    "STAGES",
    "STATES",
    "WORDS_ON_WORKS",
    "actor",
    "duty",
    "fact",
    "ground",
    "letter",
    "money",
    "outcome",
    "reason",
    "side",
    "size",
    "stage",
    "state",
    "way",
]


def fact(name: str) -> str:
    """A fact as people call it."""
    return str(FACTS.get(name, name))


def actor(by: str) -> str:
    """Who did it: a person's name as it is, anybody else in words."""
    return str(ACTORS.get(by, by))


def duty(what: str) -> str:
    """What a duty is about: a thing that the law names, a fact of a claim, or as somebody called it."""
    return str(DUTIES.get(what) or FACTS.get(what, what))


def outcome(of: str) -> str:
    return str(OUTCOMES.get(of, of))


def side(of: str) -> str:
    return str(SIDES.get(of, of))


def way(name: str) -> str:
    """Of a report or a letter."""
    return str(CHANNELS.get(name, name))


def reason(why: str) -> str:
    return str(REASONS.get(why, why))


def state(record: str, name: str) -> str:
    return str(STATES[record].get(name, name))


def stage(name: str) -> str:
    return str(STAGES.get(name, name))


def letter(kind: str) -> str:
    return str(LETTERS.get(kind, kind))


def ground(code: str) -> str:
    """Of a denial; the law's own words, or our English of them."""
    known = grounds().get(code)
    return code if known is None else known.name if language() == "zh" else known.english


def money(fen: int) -> str:
    """120050 → `¥1,200.50`."""
    return f"¥{fen // 100:,}.{fen % 100:02d}" if fen >= 0 else f"-{money(-fen)}"


def size(of: int) -> str:
    """Bytes as people read them."""
    return f"{of / 1_000_000:.1f} MB" if of >= 1_000_000 else f"{max(1, round(of / 1000))} KB"
