"""The sweep over clocks: rings every rung that is due. Safe to run twice, in parallel, late, and to be killed."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from claims.casefile.belongings import Ringing, listeners, rule_book
from claims.casefile.consequences import breach_of
from claims.casefile.firings import breach_firing, warning_firing
from claims.casefile.ladder import BREACH, END, ladder, look_after
from claims.casefile.model import CaseFile, RunningClock
from claims.casefile.record import record_many
from claims.casefile.rows import all_as_written, settle
from claims.casefile.rulebook import Rung
from claims.casefile.writing import RUNG, insert_firings, update_clocks
from config.database import table

BATCH = 500


def ring_due_rungs(session: Session, as_of: datetime, *, learned_at: datetime | None = None, batch: int = BATCH) -> int:
    """Ring what is due at `as_of` on at most `batch` clocks; answers how many clocks it looked at (0: all done).

    `learned_at`: when somebody looks, if later than `as_of`: nobody learns of a breach in the past. The caller
    commits. Files that somebody else holds are left to the next look. Where another worker has rung what was found
    due, between the finding and the holding, it answers how many files it held: there may be more.
    """
    learned_at = max(as_of, learned_at or as_of)
    files = _hold_files(session, as_of, batch)
    if not files:
        return 0
    clocks = _due_clocks(session, files, as_of)
    ringing = [(clock, rung, at) for clock in clocks for at, rung in _due_rungs(session, clock, as_of)]
    new = insert_firings(session, [_firing(clock, rung, at, learned_at) for clock, rung, at in ringing])
    rung_now = [(clock, rung, at) for clock, rung, at in ringing if (clock.id, rung.name) in new]
    breached = [clock for clock, rung, _ in rung_now if rung.on == BREACH]
    for clock in breached:
        settle(clock, state="breached", breached_at=clock.legal_due)
    for clock, rung, _ in rung_now:
        if rung.on == END:
            settle(clock, state="ended")
    update_clocks(session, clocks, RUNG)
    if breached:
        record_many(session, [(files[clock.file_id], breach_of(clock, learned_at)) for clock in breached])
    listeners(session).rang(
        session, [Ringing(files[clock.file_id], clock, rung, at, learned_at) for clock, rung, at in rung_now]
    )
    return len(clocks) or len(files)


def would_ring(session: Session, as_of: datetime) -> Iterator[tuple[RunningClock, Rung]]:
    """What `ring_due_rungs` would ring by then, if nothing happened meanwhile. Takes no lock, changes nothing."""
    due = select(RunningClock).where(col(RunningClock.next_look_at) <= as_of).order_by(col(RunningClock.id))
    for clock in session.exec(due.execution_options(yield_per=BATCH)):
        for at, rung in _ladder(session, clock):
            if clock.next_look_at is not None and clock.next_look_at <= at <= as_of:
                yield clock, rung


def _hold_files(session: Session, as_of: datetime, batch: int) -> dict[int, CaseFile]:
    query = (
        select(CaseFile)
        .join(RunningClock, col(RunningClock.file_id) == CaseFile.id)
        .where(col(RunningClock.next_look_at) <= as_of)
        .order_by(col(RunningClock.next_look_at))
        .limit(batch)
        .with_for_update(of=CaseFile, skip_locked=True)
    )
    return {
        file.id: file for file in session.exec(query.execution_options(populate_existing=True)) if file.id is not None
    }


def _due_clocks(session: Session, files: Iterable[int], as_of: datetime) -> list[RunningClock]:
    clocks = table(RunningClock)
    due = clocks.select().where(clocks.c.file_id.in_(files), clocks.c.next_look_at <= as_of).order_by(clocks.c.id)
    return all_as_written(session, RunningClock, due)


def _due_rungs(session: Session, clock: RunningClock, as_of: datetime) -> list[tuple[datetime, Rung]]:
    """What rings now; moves `next_look_at` past it. Rungs before `next_look_at` have rung or were skipped."""
    assert clock.next_look_at is not None
    timed = _ladder(session, clock)
    due = [(at, rung) for at, rung in timed if clock.next_look_at <= at <= as_of]
    settle(clock, next_look_at=look_after(timed, as_of))
    return due


def _ladder(session: Session, clock: RunningClock) -> list[tuple[datetime, Rung]]:
    assert clock.safe_due is not None and clock.legal_due is not None
    rule = rule_book(session).named(clock.rule_set).clocks[clock.clock]
    return ladder(rule, clock.anchor, clock.safe_due, clock.legal_due)


def _firing(clock: RunningClock, rung: Rung, at: datetime, fired_at: datetime) -> dict[str, object]:
    return breach_firing(clock, fired_at) if rung.on == BREACH else warning_firing(clock, rung.name, at, fired_at)
