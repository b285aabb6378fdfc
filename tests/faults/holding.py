"""What holds of every claim after every act, told again from the tables, not by the code that wrote them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from claims.casefile import ENDED, MOVES, NEVER, CaseFile, Fact, Stage
from claims.casefile.dues import count
from claims.casefile.model import ClockFiring, ClockPause, RunningClock, TimelineEntry
from claims.casefile.rulebook import ClockRule
from claims.casefile.timeline import verify
from claims.settlement import LedgerEntry, Settlement, SettlementPart
from claims.survey import Finding
from claims.warranty import Warranty


@dataclass(frozen=True)
class Held:
    """One claim as its tables have it."""

    session: Session
    file: CaseFile
    clocks: Sequence[RunningClock]

    @classmethod
    def each(cls, session: Session) -> list[Held]:
        files = session.exec(select(CaseFile).order_by(col(CaseFile.id))).all()
        clocks = session.exec(select(RunningClock).order_by(col(RunningClock.id))).all()
        return [cls(session, file, [c for c in clocks if c.file_id == file.id]) for file in files]

    def rule(self, clock: RunningClock) -> ClockRule:
        return self.session.info["rule_book"].named(clock.rule_set).clocks[clock.clock]  # type: ignore[no-any-return]

    def owed(self) -> list[RunningClock]:
        """Deadlines that run, stand still, or were breached and not met; mere measures aside."""
        return [
            c
            for c in self.clocks
            if c.state in ("running", "paused", "breached") and c.met_at is None and self.rule(c).breaches
        ]

    def settlements(self, *states: str) -> list[Settlement]:
        query = select(Settlement).where(Settlement.claim_id == self.file.id, col(Settlement.state).in_(states))
        return list(self.session.exec(query.order_by(col(Settlement.id))))


REASONS: dict[str, tuple[frozenset[Stage], Callable[[Held], bool]]] = {
    "its notices are out, and the owner may dispute, complain or sue": (
        frozenset({Stage.DENIED}),
        lambda held: all(c.met_at is not None for c in held.clocks if c.clock == "denial_notice"),
    ),
    "an offer waits for the word of those who must agree": (
        frozenset({Stage.COVERED, Stage.SETTLED, Stage.REPAIRING, Stage.PAYING, Stage.WARRANTY}),
        lambda held: bool(held.settlements("proposed")),
    ),
    "the 180 days of a repair run": (
        frozenset({Stage.WARRANTY}),
        lambda held: any(c.clock == "repair_warranty" and c.state == "running" for c in held.clocks),
    ),
    "an upload without a day in law is only measured": (
        frozenset({Stage.UNDER_WAY}),
        lambda held: any(c.clock == "claim_upload" and c.met_at is None for c in held.clocks),
    ),
}
"""Why an open claim may owe nothing at the moment: the stages where that is a reason, and how it is seen."""


def check(session: Session) -> None:
    assert not list(verify(session))
    for held in Held.each(session):
        stage_follows_from_the_timeline(held)
        somebody_owes_something_or_a_reason_is_stated(held)
        the_queue_sorts_by_the_nearest_due(held)
        dues_follow_from_anchor_length_and_pauses(held)
        a_breach_is_recorded_once_and_dated_to_its_first_instant(held)
        a_duty_met_late_was_breached(held)
        the_ledger_adds_up(held)
        what_was_performed_is_dated_to_its_last_part(held)
        an_ended_claim_has_nothing_left(held)
    one_warranty_runs_for_each_key(session)


def stage_follows_from_the_timeline(held: Held) -> None:
    """Told again from NEW, each fact was allowed where the one before it had led."""
    stage = Stage.NEW
    query = select(TimelineEntry.fact).where(TimelineEntry.file_id == held.file.id).order_by(col(TimelineEntry.seq))
    for fact in held.session.exec(query):
        move = MOVES[held.file.kind][Fact.kinds[fact]]
        assert stage in move.allowed, f"{fact} at {stage}"
        stage = stage if move.next is None or stage in move.keeps else move.next
    assert stage == held.file.stage


def somebody_owes_something_or_a_reason_is_stated(held: Held) -> None:
    stage = Stage(held.file.stage)
    if stage in ENDED or held.owed():
        return
    reasons = [words for words, (stages, holds) in REASONS.items() if stage in stages and holds(held)]
    assert reasons, f"{held.file.reference} is {stage}, and nobody owes anything"


def the_queue_sorts_by_the_nearest_due(held: Held) -> None:
    dues = [c.safe_due for c in held.owed() if c.state != "paused" and c.safe_due is not None]
    assert held.file.urgent_at == min(dues, default=NEVER)
    assert held.file.stands_first == any(held.rule(c).stands_first for c in held.owed() if c.state != "paused")


def dues_follow_from_anchor_length_and_pauses(held: Held) -> None:
    for clock in held.clocks:
        if clock.state not in ("running", "paused"):
            continue
        pauses = held.session.exec(select(ClockPause).where(ClockPause.clock_id == clock.id)).all()
        told = count(held.rule(clock), clock.length, clock.anchor, pauses, held.session.info["calendar"])
        assert (clock.safe_due, clock.legal_due) == (told.safe_due, told.legal_due), clock.clock
        assert (clock.state == "paused") == told.paused


def a_breach_is_recorded_once_and_dated_to_its_first_instant(held: Held) -> None:
    breached = [c for c in held.clocks if c.breached_at is not None]
    entries = select(TimelineEntry.subject, TimelineEntry.at).where(
        TimelineEntry.file_id == held.file.id, TimelineEntry.fact == "ClockBreached"
    )
    assert Counter(held.session.exec(entries).all()) == Counter((f"clock:{c.id}", c.breached_at) for c in breached)
    assert all(held.rule(c).breaches for c in breached), "a mere measure was breached"
    firings = select(ClockFiring.clock_id).where(
        ClockFiring.rung == "breach", col(ClockFiring.clock_id).in_([c.id for c in held.clocks])
    )
    assert Counter(held.session.exec(firings).all()) == Counter(c.id for c in breached)


def a_duty_met_late_was_breached(held: Held) -> None:
    """Whoever entered it, and whenever: met at or after its last instant means that the breach is on record."""
    for clock in held.clocks:
        if held.rule(clock).breaches and clock.met_at is not None and clock.legal_due is not None:
            assert clock.met_at < clock.legal_due or clock.breached_at is not None, clock.clock


def what_was_performed_is_dated_to_its_last_part(held: Held) -> None:
    for settlement in held.settlements("reached"):
        if settlement.performed_at is None:
            continue
        begun = select(SettlementPart.begun_at).where(
            SettlementPart.settlement_id == settlement.id, SettlementPart.mode == "repair"
        )
        paid = select(LedgerEntry.paid_at).where(LedgerEntry.settlement_id == settlement.id)
        parts = [settlement.reached_at, *held.session.exec(begun).all(), *held.session.exec(paid).all()]
        assert settlement.performed_at == max(at for at in parts if at is not None)
        assert None not in parts


def the_ledger_adds_up(held: Held) -> None:
    """Never more than was agreed; an advance alone may turn out to have been more."""
    entries = held.session.exec(select(LedgerEntry).where(LedgerEntry.claim_id == held.file.id)).all()
    assert {e.kind for e in entries if e.settlement_id is None} <= {"advance"}
    advance = sum(e.amount_fen for e in entries if e.settlement_id is None)
    for place, settlement in enumerate(held.settlements("reached")):
        paid = sum(e.amount_fen for e in entries if e.settlement_id == settlement.id)
        before = advance if place == 0 else 0
        assert paid + before <= max(settlement.cash_fen, before)
        if settlement.performed_at is not None:
            assert paid + before >= settlement.cash_fen
    assert all(e.amount_fen > 0 for e in entries)


def an_ended_claim_has_nothing_left(held: Held) -> None:
    if held.file.stage != Stage.CLOSED:
        return
    findings = held.session.exec(select(Finding).where(Finding.claim_id == held.file.id)).all()
    assert not [f for f in findings if f.outcome in ("undecided", "proposed")]
    assert not [s for s in held.settlements("reached") if s.fulfilled_at is None]
    assert not held.settlements("proposed")
    assert not [c for c in held.clocks if c.clock == "repair_warranty" and c.state == "running"]


def one_warranty_runs_for_each_key(session: Session) -> None:
    running = session.exec(select(Warranty).where(Warranty.state == "running")).all()
    keys = Counter((w.home_id, w.part, w.item_key) for w in running)
    assert max(keys.values(), default=1) == 1
