"""The registry's CSV files into its tables: all or nothing per run, and safe to run again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from claims.registry.bad_rows import BadRow, BadRows
from claims.registry.checking import World
from claims.registry.layouts import LAYOUTS
from claims.registry.reading import Sheet, read_sheet
from claims.registry.writing import Writer

__all__ = ["BadRow", "BadRows", "FileReport", "ImportReport", "ImportUnderWay", "import_files"]

_ONE_AT_A_TIME = 0x1D1_0001


class ImportUnderWay(RuntimeError):
    """Another process is importing; two at once could write periods that overlap."""


@dataclass(frozen=True)
class FileReport:
    """What became of the rows of one file, which was read as `kind` (`homes`, `cover`, …)."""

    file: str
    kind: str
    inserted: int
    updated: int
    unchanged: int


@dataclass(frozen=True)
class ImportReport:
    """By file, in the order in which they were written."""

    files: tuple[FileReport, ...]


def import_files(session: Session, paths: Sequence[Path | str], at: datetime) -> ImportReport:
    """Insert and update what the files say, in any order of `paths`; the caller commits.

    Raises BadRows, with nothing written, if anything is wrong anywhere; ImportUnderWay.
    """
    sheets = [read_sheet(Path(path)) for path in dict.fromkeys(paths)]
    _alone(session)
    world = World(session, sheets)
    if bad := world.check():
        raise BadRows(bad)
    writer = Writer(session, world, at)
    writer.write()
    session.expire_all()
    return ImportReport(tuple(_report(sheet, writer) for sheet in sorted(sheets, key=_place)))


def _alone(session: Session) -> None:
    """Until the transaction ends. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        mine = session.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME}).scalar_one()
        if not mine:
            raise ImportUnderWay("Another import is under way; run this one again when it has ended.")


def _place(sheet: Sheet) -> int:
    return LAYOUTS.index(sheet.layout) if sheet.layout else len(LAYOUTS)


def _report(sheet: Sheet, writer: Writer) -> FileReport:
    counts = writer.counts[sheet.file]
    kind = sheet.layout.name if sheet.layout else ""
    return FileReport(sheet.file, kind, counts["inserted"], counts["updated"], counts["unchanged"])
