"""What the spine finds in `session.info`: the app puts it there once, so that nothing is global."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import Session

if TYPE_CHECKING:
    from claims.casefile.calendar import Calendar
    from claims.casefile.fact import Fact
    from claims.casefile.holding import DueClock
    from claims.casefile.model import CaseFile, RunningClock
    from claims.casefile.published import PublishedYears
    from claims.casefile.rulebook import RuleBook, Rung
    from config.sealing import Sealer


class Happening(NamedTuple):
    """A fact that has just been recorded. `started`: the clocks that this passage through the door has started."""

    file: "CaseFile"
    fact: "Fact"
    seq: int
    started: "Sequence[RunningClock]" = ()


class Ringing(NamedTuple):
    """A rung that has just fired."""

    file: "CaseFile"
    clock: "DueClock"
    rung: "Rung"
    at: datetime
    """When it was due."""
    looked_at: datetime
    """When somebody looked: never earlier."""


class Listeners:
    """Who hears what, in the fact's own transaction. Belongs to the app object, not to a module."""

    def __init__(self) -> None:
        self._by_fact: dict[str, list[Callable[[Session, Sequence[Happening]], None]]] = defaultdict(list)
        self._by_rung: list[Callable[[Session, Sequence[Ringing]], None]] = []

    def on(self, *facts: "type[Fact]", tell: Callable[[Session, Sequence[Happening]], None]) -> None:
        for fact in facts:
            self._by_fact[fact.__name__].append(tell)

    def on_rung(self, tell: Callable[[Session, Sequence[Ringing]], None]) -> None:
        self._by_rung.append(tell)

    def happened(self, session: Session, happenings: Sequence[Happening]) -> None:
        groups: dict[str, list[Happening]] = defaultdict(list)
        for happening in happenings:
            groups[happening.fact.name].append(happening)
        for name, group in groups.items():
            for tell in self._by_fact[name]:
                tell(session, group)

    def rang(self, session: Session, ringings: Sequence[Ringing]) -> None:
        for tell in self._by_rung:
            tell(session, ringings)


def listeners(session: Session) -> Listeners:
    return _belonging(session, "listeners")  # type: ignore[no-any-return]


def rule_book(session: Session) -> "RuleBook":
    return _belonging(session, "rule_book")  # type: ignore[no-any-return]


def calendar(session: Session) -> "Calendar":
    return _belonging(session, "calendar")  # type: ignore[no-any-return]


def published(session: Session) -> "PublishedYears":
    return _belonging(session, "published")  # type: ignore[no-any-return]


def sealer(session: Session) -> "Sealer":
    return _belonging(session, "sealer")  # type: ignore[no-any-return]


def _belonging(session: Session, name: str) -> Any:
    return session.info[name]
