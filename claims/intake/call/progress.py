"""How far a claim is, in plain words for the ear: its number digit by digit, its stage, the next date."""

from datetime import datetime

from sqlmodel import Session

from claims.casefile import CaseFile, Stage
from claims.casefile.model import RunningClock
from claims.casefile.queries import running_clock
from config.spelling import spelled_due
from notifications.prompts import line
from notifications.voice import Line

NEXT_CLOCK = {
    Stage.REPORTED: "survey",
    Stage.SURVEYED: "decision",
    Stage.COVERED: "settlement_offer",
    Stage.SETTLED: "performance",
    Stage.REPAIRING: "repair_finish",
    Stage.PAYING: "performance",
}
"""The clock whose last day answers "by when"; the other stages owe the homeowner no date."""


def progress_of(session: Session, file: CaseFile, language: str, at: datetime) -> tuple[Line, ...]:
    """Two sentences at most: where the claim stands, and until when the next step is owed."""
    stage = Stage(file.stage)
    told = line("progress", language, digits=spoken(file.reference), stage=line(f"stage_{stage}", language).text)
    clock = running_clock(session, file.id or 0, NEXT_CLOCK[stage]) if stage in NEXT_CLOCK else None
    if clock is None or clock.met_at is not None or clock.state in ("cancelled", "paused") or clock.legal_due is None:
        return (told,)
    if clock.legal_due <= at:
        return told, line("progress_late", language)
    return told, line("progress_by", language, day=last_day_of(clock, language))


def last_day_of(clock: RunningClock, language: str) -> str:
    assert clock.legal_due is not None
    return spelled_due(clock.legal_due, provisional=clock.provisional, english=language == "en")


def spoken(reference: str) -> str:
    """`260300000011` → `2 6 0 3, 0 0 0 0, 0 0 1 1`: digit by digit, in groups that can be written down."""
    return ", ".join(" ".join(reference[start : start + 4]) for start in range(0, len(reference), 4))
