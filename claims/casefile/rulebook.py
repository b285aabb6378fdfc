"""THE SECOND TABLE, read: config/clocks.toml as typed rules, refused at load where it can't be right."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from claims.casefile.period import BadLength, Length
from claims.casefile.rule import PARTIES, UNTIL, BadRules, ClockRule, Rung, check

__all__ = ["PARTIES", "UNTIL", "BadRules", "ClockRule", "RuleBook", "RuleSet", "Rung"]


@dataclass(frozen=True)
class RuleSet:
    name: str
    starts_on: date
    ends_on: date | None
    basis: str
    clocks: dict[str, ClockRule]

    @cached_property
    def touching(self) -> frozenset[str]:
        """The facts that act on a clock already running."""
        return frozenset().union(*(rule.acted_on_by for rule in self.clocks.values()))

    @cached_property
    def correcting(self) -> frozenset[str]:
        """The facts that may act on what was met long since."""
        return frozenset().union(*(rule.corrected_by for rule in self.clocks.values()))

    @cached_property
    def started_by(self) -> dict[str, tuple[ClockRule, ...]]:
        facts = {fact for rule in self.clocks.values() for fact in rule.starts}
        return {fact: tuple(c for c in self.clocks.values() if fact in c.starts) for fact in facts}


@dataclass(frozen=True)
class RuleBook:
    sets: tuple[RuleSet, ...]

    @cached_property
    def _by_name(self) -> dict[str, RuleSet]:
        return {rules.name: rules for rules in self.sets}

    def on(self, day: date) -> RuleSet:
        """The set in force on `day`; the last one stays in force past its end.

        Raises BadRules before the first.
        """
        for rules in reversed(self.sets):
            if rules.starts_on <= day:
                return rules
        raise BadRules(f"no rule set is in force on {day}; the first begins on {self.sets[0].starts_on}")

    def named(self, name: str) -> RuleSet:
        return self._by_name[name]

    @classmethod
    def from_file(cls, path: Path) -> "RuleBook":
        """Raises BadRules, naming the clock and the mistake."""
        return cls.from_toml(path.read_text(encoding="utf-8"))

    @classmethod
    def from_toml(cls, text: str) -> "RuleBook":
        sets = sorted((_rule_set(n, t) for n, t in tomllib.loads(text).items()), key=lambda s: s.starts_on)
        if not sets:
            raise BadRules("no rule set")
        for earlier, later in pairwise(sets):
            if earlier.ends_on is None or earlier.ends_on + timedelta(days=1) != later.starts_on:
                between = f"{earlier.name} ends on {earlier.ends_on}, {later.name} begins on {later.starts_on}"
                raise BadRules(f"{between}: gap or overlap")
        return cls(tuple(sets))


def _rule_set(name: str, table: dict[str, Any]) -> RuleSet:
    starts_on, ends_on = table.get("from"), table.get("until")
    if not isinstance(starts_on, date) or not isinstance(ends_on, date | None) or not table.get("basis"):
        raise BadRules(f"{name}: a rule set says its basis, and `from` and `until` as dates such as 2025-04-13")
    clocks = {key: _clock(f"{name}.{key}", key, value) for key, value in table.items() if isinstance(value, dict)}
    return RuleSet(name, starts_on, ends_on, table["basis"], clocks)


def _clock(where: str, name: str, table: dict[str, Any]) -> ClockRule:
    try:
        ladder = tuple(Rung(**rung) for rung in table.pop("ladder", []))
        lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
        rule = ClockRule(name=name, ladder=ladder, **lists)
        for length in (rule.length, *rule.length_if.values()):
            _ = length.startswith(UNTIL) or Length.parse(length)
        for rung in ladder:
            _ = Length.parse(rung.before).duration if rung.before is not None else None
    except (TypeError, BadLength) as error:
        raise BadRules(f"{where}: {error}") from error
    check(where, rule)
    return rule
