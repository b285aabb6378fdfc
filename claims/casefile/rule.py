"""One clock as config/clocks.toml tells it, and what no clock may be."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from claims.casefile.fact import Fact
from claims.casefile.period import Length
from config.time import day_start

UNTIL = "until "
PARTIES = frozenset({
    "insurer", "homeowner", "insured", "claimant", "complainant", "repair firm", "the other side", "whoever proposed",
    "developer", "builder", "risk manager", "testing firm", "client", "platform", "authority", "liable party",
})  # fmt: skip
"""Who can owe something, or be owed it. Each needs its word in both languages."""


class BadRules(ValueError):
    """config/clocks.toml can't be obeyed; says where and why."""


@dataclass(frozen=True)
class Rung:
    """One warning of a ladder. Exactly one of `share`, `before`, `on` is set."""

    tell: str
    share: float | None = None
    before: str | None = None
    on: str | None = None
    hour: int = 9

    @cached_property
    def name(self) -> str:
        if self.share is not None:
            return f"share {self.share:g}"
        return f"before {self.before}" if self.before else str(self.on)


@dataclass(frozen=True)
class ClockRule:
    """One clock of one rule set, with its legal basis."""

    name: str
    title: str
    title_en: str
    duty: str
    """What has to be done, so that a length can stand before it: 3日内 + 发出不予赔偿通知书."""
    duty_en: str
    kind: str
    force: str
    basis: str
    basis_en: str
    owed: str
    starts: tuple[str, ...]
    met_by: tuple[str, ...]
    length: str
    ladder: tuple[Rung, ...]
    cancelled_by: tuple[str, ...] = ()
    pauses_by: tuple[str, ...] = ()
    resumes_by: tuple[str, ...] = ()
    corrected_by: tuple[str, ...] = ()
    """Facts that say from where a pause really ran."""
    reanchored_by: tuple[str, ...] = ()
    whole_file: bool = False
    """About the file as a whole, whatever record the fact that starts it is about."""
    measure: bool = False
    """Reported, never breached: a stricter view of a duty that another clock stands for."""
    length_if: dict[str, str] = field(default_factory=dict)
    starts_if: dict[str, str] = field(default_factory=dict)
    """Fact → the flag without which it doesn't start the clock."""
    answers_anchor: bool = False
    """What meets it answers what it is anchored to: nothing that happened before the anchor does (ADR 0034)."""
    stands_first: bool = False
    """While it is owed, its file stands before all others in the queue."""
    direction: str = "forward"
    roll: str = "next"
    anchored: str = ""
    """The day of the fact that the length is counted from, or back from; empty: from the fact itself."""
    by_contract: bool = False
    """Statutory, but the law lets the contract set another length (保险法 23)."""

    def length_for(self, fact: Fact) -> str:
        """The length that `fact` starts this clock with: the contract's where the law leaves it, else the rule's."""
        if self.name in fact.lengths:
            if self.force == "statutory" and not self.by_contract:
                raise BadRules(f"{self.name} is statutory; a policy can't change its length")
            return fact.lengths[self.name]
        told = (length for flag, length in self.length_if.items() if getattr(fact, flag, False))
        length = next(told, self.length)
        if length.startswith(UNTIL):  # the day that the fact says was agreed
            return UNTIL + str(getattr(fact, length.removeprefix(UNTIL)))
        return length

    def anchor_for(self, fact: Fact) -> datetime:
        return day_start(date.fromisoformat(getattr(fact, self.anchored))) if self.anchored else fact.at

    def starts_on(self, fact: Fact) -> bool:
        """Whether `fact` starts this clock, by its flag where one is asked for.

        A clock until an agreed day needs the fact to have agreed on one; a fact with `clocks` starts those alone.
        """
        flag = self.starts_if.get(fact.name)
        if fact.name not in self.starts or (flag and not getattr(fact, flag)):
            return False
        if self.name not in getattr(fact, "clocks", (self.name,)):
            return False
        return not self.length.startswith(UNTIL) or getattr(fact, self.length.removeprefix(UNTIL)) is not None

    def is_printed(self, length: str) -> bool:
        """Whether `length` is the policy's own, none of the rule's."""
        return (self.force == "contract" or self.by_contract) and length not in (self.length, *self.length_if.values())

    @cached_property
    def acted_on_by(self) -> frozenset[str]:
        """The facts that act on this clock while it runs."""
        return frozenset(
            (
                *self.met_by,
                *self.cancelled_by,
                *self.pauses_by,
                *self.resumes_by,
                *self.corrected_by,
                *self.reanchored_by,
            )
        )

    @property
    def parties(self) -> tuple[str, str]:
        """Who owes it, and to whom."""
        owing, _, owed = self.owed.partition(" → ")
        return owing, owed

    @property
    def breaches(self) -> bool:
        return self.kind == "deadline" and not self.measure


def check(where: str, rule: ClockRule) -> None:
    """Raises BadRules, saying `where` and why."""
    for value, known in (
        (rule.kind, ("deadline", "term")),
        (rule.force, ("statutory", "contract", "house")),
        (rule.direction, ("forward", "backward")),
        (rule.roll, ("next", "none", "previous")),
    ):
        if value not in known:
            raise BadRules(f"{where}: {value!r} is none of {', '.join(known)}")
    for key in ("title", "title_en", "duty", "duty_en", "basis", "basis_en"):
        if not str(getattr(rule, key)).strip():
            raise BadRules(f"{where}: {key} is empty")
    if not set(rule.parties) <= PARTIES:
        raise BadRules(f"{where}: {rule.owed!r} is not 'A → B' with two of {', '.join(sorted(PARTIES))}")
    for fact in (*rule.starts, *rule.acted_on_by):
        if fact not in Fact.kinds:
            raise BadRules(f"{where}: no fact is called {fact}")
    for fact, flag in rule.starts_if.items():
        if fact not in rule.starts or flag not in Fact.kinds[fact].__dataclass_fields__:
            raise BadRules(f"{where}: {fact} doesn't start it, or carries no {flag}")
    if rule.stands_first and not rule.breaches:
        raise BadRules(f"{where}: only a duty can put its file before all others")
    if rule.breaches and rule.reanchored_by:
        raise BadRules(f"{where}: a deadline can't be counted from another day; a late entry would hide its breach")
    if rule.answers_anchor and (rule.anchored or rule.starts_if):
        raise BadRules(f"{where}: what is answered is the fact that starts it, no day and no flag of that fact")
    if rule.direction == "backward" and (not rule.anchored or rule.pauses_by):
        raise BadRules(f"{where}: counted backward, it needs the day that it is anchored to, and can't be paused")
    days = {rule.anchored, rule.length.removeprefix(UNTIL) if rule.length.startswith(UNTIL) else ""} - {""}
    for fact in rule.starts:
        for missing in days - Fact.kinds[fact].__dataclass_fields__.keys():
            raise BadRules(f"{where}: {fact} carries no {missing}")
    _check_ladder(where, rule, rule.ladder)


def _check_ladder(where: str, rule: ClockRule, ladder: tuple[Rung, ...]) -> None:
    for rung in ladder:
        if sum(x is not None for x in (rung.share, rung.before, rung.on)) != 1:
            raise BadRules(f"{where}: a rung needs exactly one of share, before, on")
        if rung.on not in (None, "last safe day", "breach", "end"):
            raise BadRules(f"{where}: a rung is on 'last safe day', 'breach' or 'end', not {rung.on!r}")
        if (rung.share is not None and not 0 < rung.share <= 1) or not 0 <= rung.hour < 24:
            raise BadRules(f"{where}: a share lies between 0 and 1, an hour between 0 and 23")
    shares = [rung.share for rung in ladder if rung.share is not None]
    befores = [Length.parse(rung.before).duration for rung in ladder if rung.before is not None]
    if shares != sorted(set(shares)) or befores != sorted(set(befores), reverse=True):
        raise BadRules(f"{where}: shares grow and befores shrink from rung to rung; these are out of order")
    if shares and rule.direction == "backward":
        raise BadRules(f"{where}: no share of the way: a length that is counted backward has no beginning")
    if any(rung.on in ("breach", "end") for rung in ladder[:-1]):
        raise BadRules(f"{where}: breach or end must be the last rung")
    if ladder and (ladder[-1].on, rule.kind) in (("end", "deadline"), ("breach", "term")):
        raise BadRules(f"{where}: a deadline is breached, a term ends")
    if len({rung.name for rung in ladder}) < len(ladder):
        raise BadRules(f"{where}: a rung stands on the ladder twice")
