"""Rungs that fired, each once by its unique key, on whatever process."""

from datetime import datetime
from typing import Any

from claims.casefile.holding import DueClock
from claims.casefile.ladder import BREACH
from claims.casefile.model import RunningClock


def breach_firing(clock: RunningClock | DueClock, fired_at: datetime) -> dict[str, Any]:
    """Once for each due version. A breached clock is counted anew only when its breach is withdrawn (ADR 0004)."""
    return warning_firing(clock, BREACH, clock.legal_due, fired_at)


def warning_firing(
    clock: RunningClock | DueClock, rung: str, due_at: datetime | None, fired_at: datetime
) -> dict[str, Any]:
    return {
        "clock_id": clock.id,
        "rung": rung,
        "due_version": clock.due_version,
        "due_at": due_at,
        "fired_at": fired_at,
    }
