"""A pause that began at another instant than was entered: its row is struck, and another takes its place."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from claims.casefile.consequences import breach_of, withdrawal_of
from claims.casefile.fact import Fact
from claims.casefile.model import ClockPause, RunningClock
from claims.casefile.refusals import NeedsConfirmation
from claims.casefile.rows import settle
from claims.casefile.rule import ClockRule
from config.time import instant

if TYPE_CHECKING:
    from claims.casefile.clocks import ClockWork


def standing_pauses(clocks: Iterable[int | None]) -> Any:
    """The rows that count: those that nobody has struck."""
    return select(ClockPause).where(col(ClockPause.clock_id).in_(clocks), col(ClockPause.struck_at).is_(None))


def correct(
    work: "ClockWork", clock: RunningClock, rule: ClockRule, pauses: list[ClockPause], fact: Fact
) -> list[Fact]:
    """Count anew with the pause from where it really began, whatever that makes of a breach, or of what was met.

    Always by a lead's word: a due moves. The breach on record stays, followed by its withdrawal; one that only the
    correction shows is recorded.
    """
    if not fact.confirmed_by:
        raise NeedsConfirmation(clock, fact)
    if not _replaced(work, pauses, fact):
        return []
    breached_at = clock.breached_at if clock.state == "breached" else None
    work.recount(clock, rule, pauses, fact.learned_at)
    following: list[Fact] = []
    if breached_at is not None and clock.legal_due != breached_at:
        following.append(withdrawal_of(clock, fact))
    late = clock.legal_due is not None and clock.legal_due <= (clock.met_at or fact.learned_at)
    if late and clock.legal_due == breached_at:
        settle(clock, state="breached", next_look_at=None)
    elif late:
        following.append(breach_of(clock, fact.learned_at))
        work.breach(clock, fact.learned_at)
    elif clock.met_at is not None:
        settle(clock, state="met", next_look_at=None)
    return following


def _replaced(work: "ClockWork", pauses: list[ClockPause], fact: Fact) -> bool:
    """Whether there was a pause to correct."""
    if not pauses:
        return False
    wrong = pauses.pop()
    wrong.struck_at, wrong.struck_by = fact.learned_at, fact.by
    right = ClockPause(
        clock_id=wrong.clock_id,
        from_at=instant(fact.arrived_at),  # type: ignore[attr-defined]
        to_at=wrong.to_at,
        reason=wrong.reason,
        proof=fact.proof,
        recorded_at=fact.learned_at,
        by=fact.by,
    )
    work.session.add(right)
    pauses.append(right)
    return True
