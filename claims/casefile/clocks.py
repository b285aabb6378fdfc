"""Clocks while facts happen: started, met, paused, resumed, cancelled; written once at the end of the door."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from claims.casefile.beginning import begun
from claims.casefile.belongings import calendar, rule_book
from claims.casefile.consequences import near_miss_of, withdrawal_of
from claims.casefile.correcting import correct, standing_pauses
from claims.casefile.dues import count
from claims.casefile.fact import SYSTEM, Fact
from claims.casefile.firings import breach_firing
from claims.casefile.holding import clocks_of
from claims.casefile.ladder import first_look, is_near_miss, ladder
from claims.casefile.model import CaseFile, ClockPause, RunningClock
from claims.casefile.refusals import NeedsConfirmation
from claims.casefile.rows import settle
from claims.casefile.rulebook import ClockRule
from claims.casefile.timeline import first_after
from claims.casefile.urgency import urgency_of
from claims.casefile.writing import insert_firings, update_clocks

ACTIVE = ("running", "paused", "breached")


class ClockWork:
    """The active clocks of the files that facts are happening to."""

    def __init__(self, session: Session, files: Iterable[CaseFile], facts: Sequence[Fact]) -> None:
        self.session, self.rules, self.calendar = session, rule_book(session), calendar(session)
        self._of: dict[int, list[RunningClock]] = defaultdict(list)
        self._pauses: dict[int, list[ClockPause]] = defaultdict(list)
        self._changed: dict[int, RunningClock] = {}
        self.started: list[RunningClock] = []
        self._breaches: list[dict[str, Any]] = []
        self._touched: dict[int, CaseFile] = {}
        names = {fact.name for fact in facts}
        relengthened = any(fact.lengths for fact in facts)
        states = (*ACTIVE, "met") if any(names & rules.correcting for rules in self.rules.sets) else ACTIVE
        # one met too late is breached still, and may prove not to be
        self._load([f for f in files if f.version > 0 and (relengthened or self._touches(f, names))], states)

    def overdue(self, file: CaseFile, fact: Fact) -> list[RunningClock]:
        """Running deadlines that `fact` would end, stop or lengthen, but whose last instant had passed by then."""
        return [
            clock
            for clock in self._of[_id(file)]
            if clock.state == "running"
            and self._rule(clock).breaches
            and clock.legal_due is not None
            and clock.legal_due <= fact.at
            and (self._concerns(file, clock, fact) or self._lengthens(clock, fact))
        ]

    def breach(self, clock: RunningClock, learned_at: datetime) -> None:
        clock.state, clock.breached_at, clock.next_look_at = "breached", clock.legal_due, None
        self._breaches.append(breach_firing(clock, learned_at))
        self._change(clock)

    def happen(self, file: CaseFile, fact: Fact, *, late: bool) -> list[Fact]:
        """Let `fact` act on the file's clocks; answers what follows: breaches proved wrong, a near miss."""
        following: list[Fact] = []
        for clock in [c for c in self._of[_id(file)] if self._concerns(file, c, fact)]:
            rule = self._rule(clock)
            self._touched[_id(file)] = file
            if clock.met_at is not None and fact.name not in (*rule.pauses_by, *rule.corrected_by):
                continue
            if fact.name in rule.corrected_by:
                following += correct(self, clock, rule, self._pauses[_id(clock)], fact)
            elif fact.name in rule.met_by:
                following += self._meet(clock, fact)
                if late and rule.answers_anchor:
                    self._begin_again(file, clock, rule, fact)
            elif fact.name in rule.cancelled_by:
                clock.state, clock.next_look_at = "cancelled", None
            elif fact.name in rule.reanchored_by:
                clock.anchor = fact.at
                self.recount(clock, rule, self._pauses[_id(clock)], fact.learned_at)
            elif fact.name in rule.pauses_by:
                following += self._pause(clock, rule, fact, late=late)
            elif fact.name in rule.resumes_by:
                self._resume(clock, rule, fact)
            self._change(clock)
        for clock in self._of[_id(file)]:
            if self._lengthens(clock, fact) and clock.state in ("running", "paused"):
                self._relengthen(file, clock, fact)
        self._start(file, fact)
        return following

    def write_changes(self) -> None:
        """Clocks that were there before to the database, and how they stand in the queue to the files."""
        update_clocks(self.session, list(self._changed.values()))
        insert_firings(self.session, self._breaches)
        for number, file in self._touched.items():
            settle(file, **urgency_of(self.rules, self._of[number]))

    def _touches(self, file: CaseFile, names: set[str]) -> bool:
        rules = self.rules.named(file.rule_set)
        return not names.isdisjoint(rules.touching) or not names.isdisjoint(rules.started_by)

    def _relengthen(self, file: CaseFile, clock: RunningClock, fact: Fact) -> None:
        """The contract's own length became known only now (the home was found after the report)."""
        rule = self._rule(clock)
        clock.length = rule.length_for(fact)
        self.recount(clock, rule, self._pauses[_id(clock)], fact.learned_at)
        self._touched[_id(file)] = file
        self._change(clock)

    def _load(self, files: list[CaseFile], states: Sequence[str]) -> None:
        if not files:
            return
        loaded = clocks_of(self.session, files, states)
        for clock in loaded:
            self._of[clock.file_id].append(clock)
        pausable = [c.id for c in loaded if self._rule(c).pauses_by]
        if pausable:
            for pause in self.session.exec(standing_pauses(pausable)):
                self._pauses[pause.clock_id].append(pause)

    def _concerns(self, file: CaseFile, clock: RunningClock, fact: Fact) -> bool:
        rule = self._rule(clock)
        too_early = rule.answers_anchor and fact.name in rule.met_by and fact.at < clock.anchor
        return _same_subject(clock, fact) and fact.name in rule.acted_on_by and not too_early

    def _lengthens(self, clock: RunningClock, fact: Fact) -> bool:
        return _same_subject(clock, fact) and clock.clock in fact.lengths

    def _rule(self, clock: RunningClock) -> ClockRule:
        return self.rules.named(clock.rule_set).clocks[clock.clock]

    def _start(self, file: CaseFile, fact: Fact) -> None:
        rules = self.rules.named(file.rule_set).started_by.get(fact.name)
        if rules is None:
            return
        running = {(c.clock, c.subject) for c in self._of[_id(file)] if c.state in ACTIVE and c.met_at is None}
        for rule in rules:
            subject = "" if rule.whole_file or fact.subject is None else str(fact.subject)
            if (rule.name, subject) in running or not rule.starts_on(fact):
                continue
            length, anchor = rule.length_for(fact), rule.anchor_for(fact)
            self._begin(file, begun(file, rule, subject, length, anchor, self.calendar.version), fact.learned_at)

    def _begin(self, file: CaseFile, clock: RunningClock, learned_at: datetime) -> None:
        self.recount(clock, self._rule(clock), (), learned_at)
        self._of[_id(file)].append(clock)
        self._touched[_id(file)] = file
        self.started.append(clock)

    def _begin_again(self, file: CaseFile, clock: RunningClock, rule: ClockRule, fact: Fact) -> None:
        """From what `fact`, entered late, can't have answered: while this clock ran, that began no second one."""
        anchor = first_after(self.session, _id(file), rule.starts, fact.at)
        if anchor is not None:
            again = begun(file, rule, clock.subject, rule.length, anchor, self.calendar.version)
            self._begin(file, again, fact.learned_at)

    def _meet(self, clock: RunningClock, fact: Fact) -> list[Fact]:
        due = clock.legal_due
        removes_a_breach = due is not None and fact.at < due <= fact.learned_at
        if removes_a_breach and self._rule(clock).breaches and not fact.confirmed_by and fact.by != SYSTEM:
            raise NeedsConfirmation(clock, fact)
        following: list[Fact] = []
        if clock.state == "breached" and removes_a_breach:
            following.append(withdrawal_of(clock, fact))
        elif self._is_near_miss(clock, fact):
            following.append(near_miss_of(clock, fact))
        if clock.state != "breached" or removes_a_breach:
            clock.state = "met"
        clock.met_at, clock.next_look_at = fact.at, None
        return following

    def _is_near_miss(self, clock: RunningClock, fact: Fact) -> bool:
        if clock.id is None or clock.breached_at is not None or not self._rule(clock).breaches:
            return False
        return is_near_miss(fact.at, clock.anchor, clock.safe_due, clock.legal_due)

    def _pause(self, clock: RunningClock, rule: ClockRule, fact: Fact, *, late: bool) -> list[Fact]:
        """A recorded breach that the pause began before was none: answered to be withdrawn, and the clock goes on.

        A duty that was done since, too late as it seemed, was done while the clock stood still.
        """
        was_none = clock.state == "breached" and _before_the_breach(clock, fact)
        if clock.state != "running" and not was_none:
            return []
        removes_a_breach = clock.legal_due is not None and clock.legal_due <= fact.learned_at
        if (late or removes_a_breach) and not fact.confirmed_by:
            raise NeedsConfirmation(clock, fact)
        pause = ClockPause(
            clock_id=_id(clock),
            from_at=fact.at,
            reason=fact.name,
            proof=fact.proof,
            recorded_at=fact.learned_at,
            by=fact.by,
        )
        self.session.add(pause)
        self._pauses[_id(clock)].append(pause)
        if clock.met_at is not None:
            clock.state = "met"
        else:
            self.recount(clock, rule, self._pauses[_id(clock)], fact.learned_at)
        return [withdrawal_of(clock, fact)] if was_none else []

    def _resume(self, clock: RunningClock, rule: ClockRule, fact: Fact) -> None:
        open_ones = [pause for pause in self._pauses[_id(clock)] if pause.to_at is None]
        for pause in open_ones:
            pause.to_at = fact.at
        if open_ones and clock.state in ("running", "paused"):  # what has run out doesn't run again
            self.recount(clock, rule, self._pauses[_id(clock)], fact.learned_at)

    def recount(self, clock: RunningClock, rule: ClockRule, pauses: Iterable[ClockPause], learned_at: datetime) -> None:
        result = count(rule, clock.length, clock.anchor, pauses, self.calendar)
        due_version = clock.due_version + (clock.id is not None)
        settle(clock, safe_due=result.safe_due, legal_due=result.legal_due, provisional=result.provisional)
        settle(clock, calendar=self.calendar.version, due_version=due_version)
        if result.safe_due is None or result.legal_due is None:
            settle(clock, state="paused", next_look_at=None)
        else:
            timed = ladder(rule, clock.anchor, result.safe_due, result.legal_due)
            settle(clock, state="running", next_look_at=first_look(timed, learned_at))

    def _change(self, clock: RunningClock) -> None:
        if clock.id is not None:
            self._changed[clock.id] = clock


def _before_the_breach(clock: RunningClock, fact: Fact) -> bool:
    return clock.breached_at is not None and fact.at < clock.breached_at


def _same_subject(clock: RunningClock, fact: Fact) -> bool:
    return not clock.subject or fact.subject is None or clock.subject == str(fact.subject)


def _id(row: CaseFile | RunningClock) -> int:
    assert row.id is not None
    return row.id
