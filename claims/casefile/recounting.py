"""When a calendar arrives: open clocks that were counted with another one are counted anew, in batches of files.

Safe to run twice, in parallel, late, and to be killed: what is left is what still bears another calendar's version.
A breach is dated to the first late instant. Where that instant moves, the breach on record is withdrawn aloud, and
recorded again at the new instant if the duty is late by that too (ADR 0025).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from claims.casefile.belongings import calendar, published, rule_book
from claims.casefile.calendar import Calendar
from claims.casefile.clocks import ACTIVE
from claims.casefile.consequences import breach_of, recount_of, withdrawal_of
from claims.casefile.correcting import standing_pauses
from claims.casefile.dues import count
from claims.casefile.fact import Fact
from claims.casefile.firings import breach_firing
from claims.casefile.ladder import first_look, ladder
from claims.casefile.model import CaseFile, ClockPause, RunningClock
from claims.casefile.period import Reckoning
from claims.casefile.record import record_many
from claims.casefile.rows import all_as_written, as_written, settle
from claims.casefile.rulebook import ClockRule
from claims.casefile.urgency import urgency_of
from claims.casefile.writing import insert_firings, update_clocks
from config.database import table
from config.time import last_day, shanghai_day

BATCH = 1000


class Counted(NamedTuple):
    """An open clock, and what it comes to by today's calendar."""

    clock: RunningClock
    rule: ClockRule
    now: Reckoning

    @property
    def moved(self) -> bool:
        return (self.clock.safe_due, self.clock.legal_due) != (self.now.safe_due, self.now.legal_due)

    @property
    def proves_no_breach(self) -> bool:
        """Its breach on record is dated to an instant that was none."""
        return self.clock.state == "breached" and self.now.legal_due != self.clock.breached_at


def count_anew(session: Session, as_of: datetime, *, batch: int = BATCH) -> int:
    """Count at most `batch` clocks; answers how many (0: nothing is left that nobody else holds). The caller commits.

    0 as well where another calendar arrived since this session began: what was counted with that isn't counted back.
    """
    files = _hold_files(session, calendar(session).version, batch)
    if not files or not published(session).is_newest(session, calendar(session)):
        return 0
    clocks = _active_clocks(session, files)
    outdated = [clock for clock in clocks if clock.calendar != calendar(session).version]
    counted = count_again(session, outdated, calendar(session))
    moved = [each for each in counted if each.moved]
    stayed = [each.clock for each in counted if not each.moved]
    happenings = _move(session, files, clocks, moved, as_of)
    for each in counted:
        settle(each.clock, calendar=calendar(session).version, provisional=each.now.provisional)
    update_clocks(session, stayed, ("calendar", "provisional"))
    update_clocks(session, [each.clock for each in moved])
    record_many(session, happenings)
    return len(counted)


def left_to_count(session: Session) -> int:
    """How many open clocks still bear another calendar's version."""
    query = select(func.count()).select_from(RunningClock).where(outdated_by(calendar(session).version))
    return session.exec(query).one()


def count_again(session: Session, clocks: Sequence[RunningClock], days: Calendar) -> list[Counted]:
    """What each comes to by this calendar. Changes nothing."""
    pauses: dict[int, list[ClockPause]] = defaultdict(list)
    rules = {id(clock): rule_book(session).named(clock.rule_set).clocks[clock.clock] for clock in clocks}
    pausable = [clock.id for clock in clocks if rules[id(clock)].pauses_by]
    if pausable:
        for pause in session.exec(standing_pauses(pausable)):
            pauses[pause.clock_id].append(pause)
    return [
        Counted(clock, rule, count(rule, clock.length, clock.anchor, pauses[clock.id or 0], days))
        for clock, rule in ((clock, rules[id(clock)]) for clock in clocks)
    ]


def outdated_by(version: str) -> ColumnElement[bool]:
    """By two ranges, because an index knows no "other than"."""
    other = or_(col(RunningClock.calendar) < version, col(RunningClock.calendar) > version)
    return and_(col(RunningClock.state).in_(ACTIVE), other)


def _hold_files(session: Session, version: str, batch: int) -> dict[int, CaseFile]:
    query = (
        select(CaseFile)
        .join(RunningClock, col(RunningClock.file_id) == CaseFile.id)
        .where(outdated_by(version))
        .limit(batch)
        .with_for_update(of=CaseFile, skip_locked=True)
    )
    held = session.exec(query.execution_options(populate_existing=True))
    return {file.id: file for file in held if file.id is not None}


def _active_clocks(session: Session, files: dict[int, CaseFile]) -> list[RunningClock]:
    clocks = table(RunningClock)
    query = clocks.select().where(clocks.c.file_id.in_(files), clocks.c.state.in_(ACTIVE)).order_by(clocks.c.id)
    return all_as_written(RunningClock, session.execute(query).all())


def _move(
    session: Session,
    files: dict[int, CaseFile],
    clocks: Sequence[RunningClock],
    moved: Sequence[Counted],
    as_of: datetime,
) -> list[tuple[CaseFile, Fact]]:
    """New dues, and the nearest of a file's dues to the file; answers the facts."""
    happenings: list[tuple[CaseFile, Fact]] = []
    breached: list[RunningClock] = []
    for each in moved:
        facts, again = _settle_anew(session, each, as_of)
        happenings += [(files[each.clock.file_id], fact) for fact in facts]
        breached += [each.clock] * again
    of_file: dict[int, list[RunningClock]] = defaultdict(list)
    for clock in clocks:
        of_file[clock.file_id].append(clock)
    for number in {each.clock.file_id for each in moved}:
        settle(files[number], **urgency_of(rule_book(session), of_file[number]))
    insert_firings(session, [breach_firing(clock, as_of) for clock in breached])
    return happenings


def _settle_anew(session: Session, each: Counted, as_of: datetime) -> tuple[list[Fact], bool]:
    """The facts, and whether a breach was recorded again at another instant."""
    clock, before = each.clock, as_written(RunningClock, **each.clock.model_dump())
    was_none = each.proves_no_breach
    settle(clock, safe_due=each.now.safe_due, legal_due=each.now.legal_due, due_version=clock.due_version + 1)
    recounted = recount_of(clock, before, _notice(session, clock, before), as_of)
    if clock.state == "breached" and not was_none:
        return [recounted], False
    facts: list[Fact] = [recounted]
    if was_none:
        facts.append(withdrawal_of(clock, recounted, proof=recounted.notice))
        late = clock.legal_due is not None and clock.legal_due <= (clock.met_at or as_of)
        if late:
            settle(clock, breached_at=clock.legal_due)
            return [*facts, breach_of(clock, as_of)], True
        if clock.met_at is not None:
            settle(clock, state="met")
            return facts, False
    _run_on(each, as_of)
    return facts, False


def _run_on(each: Counted, as_of: datetime) -> None:
    """Running, or standing still; the warnings of the new due ring from here on."""
    clock = each.clock
    if clock.safe_due is None or clock.legal_due is None:
        settle(clock, state="paused", next_look_at=None)
    else:
        timed = ladder(each.rule, clock.anchor, clock.safe_due, clock.legal_due)
        settle(clock, state="running", next_look_at=first_look(timed, as_of))


def _notice(session: Session, clock: RunningClock, before: RunningClock) -> str:
    dues = [due for due in (before.safe_due, before.legal_due, clock.safe_due, clock.legal_due) if due is not None]
    years = [shanghai_day(clock.anchor).year, *(last_day(due).year for due in dues)]
    return published(session).notices_since(before.calendar, min(years), max(years))
