"""The sweep over clocks: rings every rung that is due. Safe to run twice, in parallel, late, and to be killed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from claims.casefile.belongings import Ringing, listeners, rule_book
from claims.casefile.consequences import breach_of
from claims.casefile.firings import breach_firing, warning_firing
from claims.casefile.holding import DueClock, hold_due
from claims.casefile.ladder import BREACH, END, ladder, look_after
from claims.casefile.model import RunningClock
from claims.casefile.record import record_many
from claims.casefile.rulebook import RuleBook, Rung
from claims.casefile.writing import insert_firings, update_rung_clocks

BATCH = 500


def ring_due_rungs(session: Session, as_of: datetime, *, learned_at: datetime | None = None, batch: int = BATCH) -> int:
    """Ring what is due at `as_of` on at most `batch` clocks; answers how many clocks it looked at (0: all done).

    `learned_at`: when somebody looks, if later than `as_of`: nobody learns of a breach in the past. The caller
    commits. Files that somebody else holds are left to the next look.
    """
    learned_at, rules = max(as_of, learned_at or as_of), rule_book(session)
    ringings: list[Ringing] = []
    next_looks: list[tuple[DueClock, datetime | None]] = []
    for file, clock in hold_due(session, as_of, batch):
        timed = _ladder(rules, clock)
        due = [(at, rung) for at, rung in timed if clock.next_look_at <= at <= as_of]  # before: rung, or skipped
        ringings += [Ringing(file, clock, rung, at, learned_at) for at, rung in due]
        next_looks.append((clock, look_after(timed, as_of)))
    new = insert_firings(session, [_firing(ringing) for ringing in ringings])
    rang = [ringing for ringing in ringings if (ringing.clock.id, ringing.rung.name) in new]
    settled = {r.clock.id: _settled(r) for r in rang if r.rung.on in (BREACH, END)}
    update_rung_clocks(session, [_looked_at(clock, at) | settled.get(clock.id, {}) for clock, at in next_looks])
    record_many(session, [(r.file, breach_of(r.clock, learned_at)) for r in rang if r.rung.on == BREACH])
    if rang:
        listeners(session).rang(session, rang)
    return len(next_looks)


def would_ring(session: Session, as_of: datetime) -> Iterator[tuple[RunningClock, Rung]]:
    """What `ring_due_rungs` would ring by then, if nothing happened meanwhile. Takes no lock, changes nothing."""
    due = select(RunningClock).where(col(RunningClock.next_look_at) <= as_of).order_by(col(RunningClock.id))
    for clock in session.exec(due.execution_options(yield_per=BATCH)):
        for at, rung in _ladder(rule_book(session), clock):
            if clock.next_look_at is not None and clock.next_look_at <= at <= as_of:
                yield clock, rung


def _ladder(rules: RuleBook, clock: RunningClock | DueClock) -> list[tuple[datetime, Rung]]:
    assert clock.safe_due is not None and clock.legal_due is not None
    return ladder(rules.named(clock.rule_set).clocks[clock.clock], clock.anchor, clock.safe_due, clock.legal_due)


def _firing(r: Ringing) -> dict[str, Any]:
    if r.rung.on == BREACH:
        return breach_firing(r.clock, r.looked_at)
    return warning_firing(r.clock, r.rung.name, r.at, r.looked_at)


def _looked_at(clock: DueClock, next_look_at: datetime | None) -> dict[str, Any]:
    return {
        "id": clock.id,
        "state": clock.state,
        "next_look_at": next_look_at,
        "breached_at": clock.breached_at,
    }


def _settled(r: Ringing) -> dict[str, Any]:
    return {"state": "breached", "breached_at": r.clock.legal_due} if r.rung.on == BREACH else {"state": "ended"}
