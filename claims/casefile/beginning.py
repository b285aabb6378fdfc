"""A clock's row as it begins; its dues are counted by whoever begins it."""

from datetime import datetime

from claims.casefile.model import CaseFile, RunningClock
from claims.casefile.rows import as_written
from claims.casefile.rule import ClockRule


def begun(file: CaseFile, rule: ClockRule, subject: str, length: str, anchor: datetime, calendar: str) -> RunningClock:
    """`subject`: the record that it is about, "" for the file; `calendar`: the version that it will be counted by."""
    return as_written(
        RunningClock,
        file_id=file.id,
        clock=rule.name,
        kind=rule.kind,
        subject=subject,
        rule_set=file.rule_set,
        calendar=calendar,
        length=length,
        anchor=anchor,
    )
