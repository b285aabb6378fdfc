"""How a year arrives while the spine is at work: an invented 2027, and a correction of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session

from claims.casefile.calendar import Year
from claims.casefile.published import as_row, laid_over, rows_of
from claims.casefile.recounting import count_anew
from config.database import Database
from tests.claims.casefile.spoken import at

NOTICE, CORRECTION = "示例〔2026〕1号", "示例〔2027〕2号"


def day(text: str) -> date:
    return date.fromisoformat(f"2027-{text}")


YEAR_2027 = Year(
    2027,
    NOTICE,
    rest=tuple(
        (day(first), day(last))
        for first, last in (
            ("01-01", "01-02"), ("02-05", "02-12"), ("04-03", "04-05"), ("05-01", "05-05"),
            ("06-09", "06-09"), ("09-15", "09-15"), ("10-01", "10-07"),
        )
    ),
    work=(day("01-03"), day("02-20"), day("05-08"), day("10-09")),
)  # fmt: skip
"""New Year's make-up day is the Sunday right after it; the Spring Festival goes on for a week."""
CORRECTED_2027 = replace(
    YEAR_2027, notice=CORRECTION, rest=((day("01-01"), day("01-05")), *YEAR_2027.rest[1:]), work=YEAR_2027.work[1:]
)
"""New Year until Tuesday 5 January, without a make-up day."""


def arrives(session: Session, house: Database, year: Year = YEAR_2027, when: str = "Mon 2026-12-28 09:00") -> None:
    """The row is written by somebody else, and this process has looked."""
    session.commit()
    published = house.belongings["published"]
    with house.session() as own:
        rows = list(rows_of(own))
        edition = 1 + sum(row.year == year.year for row in rows)
        told: dict[str, Any] = {"by": "command", "at": at(when)}
        row = as_row(year, edition=edition, calendar="", **told)
        row.calendar = laid_over(published.seeds, [*rows, row]).version
        own.add(row)
        own.commit()
    published.look(house, at(when), at_once=True)
    session.info.update(house.belongings)


def counted_anew(session: Session, when: str, *, batch: int = 1000) -> int:
    """Everything that is left; answers how many clocks that were."""
    counted = 0
    while did := count_anew(session, at(when), batch=batch):
        counted += did
        session.commit()
    session.commit()
    return counted
