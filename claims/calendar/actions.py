"""A year arrives, or is corrected. The clocks follow by the worker's hand (claims/casefile/recounting.py)."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from claims.calendar.reading import BadFile
from claims.casefile.belongings import published
from claims.casefile.calendar import BadCalendar, Calendar, Year
from claims.casefile.published import CalendarYear, as_row, keep_seeds, laid_over, rows_of


class ImportedMeanwhile(Exception):
    """Somebody else imported the same year at the same moment: look again before you outrank them."""


def import_year(session: Session, year: Year, *, by: str, at: datetime) -> CalendarYear | None:
    """Keep `year` as its next edition; None where its newest edition says the same already.

    Raises BadFile where the year doesn't fit the others or the statute, ImportedMeanwhile.
    """
    days, editions = with_year(session, year, by=by, at=at)
    if days is None:
        return None
    keep_seeds(session, published(session).seeds, at)  # first: a notice is new to what was counted with these
    row = as_row(year, edition=editions + 1, calendar=days.version, by=by, at=at)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise ImportedMeanwhile(f"{year.year} was imported by somebody else at this moment; look again") from error
    return row


def with_year(session: Session, year: Year, *, by: str, at: datetime) -> tuple[Calendar | None, int]:
    """The calendar as it would be with `year`, None if as it is; and how many editions of that year there are."""
    seeds, rows = published(session).seeds, list(rows_of(session))
    stands = {known.year: known for known in laid_over(seeds, rows).years}.get(year.year)
    editions = max((row.edition for row in rows if row.year == year.year), default=0)
    if stands is not None and _said(stands) == _said(year):
        return None, editions
    row = as_row(year, edition=editions + 1, calendar="", by=by, at=at)
    try:
        return laid_over(seeds, [*rows, row]), editions
    except BadCalendar as error:
        raise BadFile(str(error)) from error


def _said(year: Year) -> tuple[object, ...]:
    return year.notice, sorted(year.rest), sorted(year.work)
