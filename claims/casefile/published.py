"""Years that arrived after the release: rows laid over the files of config/calendar/, in every process (ADR 0025)."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Text, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from claims.casefile.calendar import Calendar, Year
from claims.casefile.fact import SYSTEM
from config.bulk import insert_once
from config.database import BigId, Database
from config.time import shanghai_day

LOOK_AGAIN = timedelta(seconds=5)
"""How long a process may count with a calendar that another one has replaced; the sweep mends what it counted."""
DECEMBER = 12


class CalendarYear(SQLModel, table=True):
    """A year as its notice announced it. A correction is the next `edition`; the older row stays."""

    __tablename__ = "calendar_year"
    __table_args__ = (UniqueConstraint("year", "edition"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    year: int
    edition: int
    notice: str = Field(max_length=200)
    rest: str = Field(sa_type=Text)
    """JSON: [[first, last], …]"""
    work: str = Field(sa_type=Text)
    """JSON: [day, …]"""
    calendar: str = Field(max_length=20)
    """Version of the whole calendar with this row in it."""
    imported_at: datetime
    by: str = Field(max_length=60)
    """`staff:ID`, `command`, or `system` for a year that a release brought along."""

    def as_year(self) -> Year:
        rest = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in json.loads(self.rest))
        return Year(self.year, self.notice, rest, tuple(map(date.fromisoformat, json.loads(self.work))))


class PublishedYears:
    """What this process knows of the table. `look` puts the calendar made of it where sessions find it."""

    def __init__(self, seeds: Calendar) -> None:
        self.seeds = self.calendar = seeds
        self.rows: tuple[CalendarYear, ...] = ()
        self._looked_at: datetime | None = None

    def look(self, database: Database, as_of: datetime, *, at_once: bool = False) -> None:
        """One indexed read every few seconds, or `at_once`. A session that is open already keeps its calendar."""
        if not at_once and self._looked_at and timedelta(0) <= as_of - self._looked_at < LOOK_AGAIN:
            return
        with database.session(reading=True) as session:
            if not self.is_newest(session, database.belongings["calendar"]):
                self.rows = tuple(rows_of(session))
                database.belongings["calendar"] = self.calendar = laid_over(self.seeds, self.rows)
        self._looked_at = as_of

    def is_newest(self, session: Session, calendar: Calendar) -> bool:
        """Whether `calendar` is what the table says. Rows are counted too: numbers needn't commit in their order."""
        if calendar.version != self.calendar.version:
            return False
        newest, number = session.exec(select(func.max(CalendarYear.id), func.count())).one()
        return (newest, number) == (self.rows[-1].id if self.rows else None, len(self.rows))

    def look_next_time(self) -> None:
        self._looked_at = None

    def keep_seeds(self, database: Database, as_of: datetime) -> None:
        """`keep_seeds`, where this process knows of one without a row."""
        if {year.year for year in self.seeds.years} <= {row.year for row in self.rows}:
            return
        with database.session() as session:
            keep_seeds(session, self.seeds, as_of)
            session.commit()
        self.look(database, as_of, at_once=True)

    def notices_since(self, version: str, first: int, last: int) -> str:
        """The notices of these years, both included, that came after the calendar of this version."""
        seen = max((row.id or 0 for row in self.rows if row.calendar == version), default=0)
        new = [row.notice for row in self.rows if (row.id or 0) > seen and first <= row.year <= last]
        return "、".join(dict.fromkeys(new))


def keep_seeds(session: Session, seeds: Calendar, at: datetime) -> None:
    """Write down the years that the release brought along, so that processes of another release count with them too.

    A year that has a row already is left alone: the table outranks the files.
    """
    rows = rows_of(session)
    known = {row.year for row in rows}
    version = laid_over(seeds, rows).version
    new = [as_row(y, edition=1, calendar=version, by=SYSTEM, at=at) for y in seeds.years if y.year not in known]
    if new:
        insert_once(session, CalendarYear, [row.model_dump(exclude={"id"}) for row in new], "year", "edition")


def rows_of(session: Session) -> Iterable[CalendarYear]:
    """Every row ever written, in the order in which they arrived."""
    return session.exec(select(CalendarYear).order_by(col(CalendarYear.id))).all()


def laid_over(seeds: Calendar, rows: Iterable[CalendarYear]) -> Calendar:
    """The newest edition of each year, and the release's own years where no row has arrived. Raises BadCalendar."""
    years = {year.year: year for year in seeds.years} | {row.year: row.as_year() for row in rows}
    return Calendar.from_years(years.values(), seeds.statute)


def as_row(year: Year, *, edition: int, calendar: str, by: str, at: datetime) -> CalendarYear:
    return CalendarYear(
        year=year.year,
        edition=edition,
        notice=year.notice,
        rest=json.dumps([[first.isoformat(), last.isoformat()] for first, last in year.rest]),
        work=json.dumps([day.isoformat() for day in year.work]),
        calendar=calendar,
        imported_at=at,
        by=by,
    )


def missing_year(calendar: Calendar, as_of: datetime) -> int | None:
    """The year whose notice should be here by now: this one, and from 1 December the next."""
    today = shanghai_day(as_of)
    wanted = [today.year] + [today.year + 1] * (today.month == DECEMBER)
    return next((year for year in wanted if year not in calendar.published_years), None)
