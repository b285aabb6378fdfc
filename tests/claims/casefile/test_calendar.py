"""The calendar files are right, and a year that is not published says so."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from claims.casefile.calendar import Calendar, DayKind, Statute, Year
from tests.claims.casefile.spoken import CALENDAR, ROOT

FOLDER = ROOT / "config/calendar"
PUBLISHED = range(2019, 2027)
LUNAR_TABLE = range(2027, 2041)


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def test_2019_to_2026_are_published():
    assert set(PUBLISHED) <= set(CALENDAR.published_years), "a calendar file has been lost"


@pytest.mark.parametrize("year", PUBLISHED)
def test_published_days_are_those_of_two_independent_packages(year):
    official = holidays.country_holidays("CN", years=[year])

    for day in days_of(year):
        assert CALENDAR.works(day) == chinese_calendar.is_workday(day) == official.is_working_day(day), day


@pytest.mark.parametrize("year", LUNAR_TABLE)
def test_unpublished_years_rest_on_weekends_and_on_the_days_of_the_statute_only(year):
    unpublished = Calendar.from_years([], CALENDAR.statute)
    certain = holidays.country_holidays("CN", years=[year], observed=False)

    for day in days_of(year):
        assert unpublished.works(day) == (day.weekday() < 5 and day not in certain), day
        assert unpublished.is_provisional(day)


@pytest.mark.parametrize(("day", "works", "kind"), [
    ("Thu 2026-01-01", False, DayKind.HOLIDAY_BREAK),
    ("Sun 2026-01-04", True,  DayKind.MAKE_UP_DAY),
    ("Mon 2026-01-05", True,  DayKind.WEEKDAY),
    ("Sat 2026-01-10", False, DayKind.WEEKEND),
    ("Sat 2026-02-21", False, DayKind.HOLIDAY_BREAK),        # a weekend inside the break is the break's
    ("Mon 2026-02-23", False, DayKind.HOLIDAY_BREAK),
    ("Fri 2024-02-09", True,  DayKind.WEEKDAY),              # 除夕 was no holiday before 2025
    ("Wed 2019-05-01", False, DayKind.HOLIDAY_BREAK),
    ("Thu 2019-05-02", False, DayKind.HOLIDAY_BREAK),        # by the second notice of 2019
    ("Sat 2020-02-01", False, DayKind.HOLIDAY_BREAK),        # a make-up day until the second notice of 2020
])  # fmt: skip
def test_days_of_published_years(day, works, kind):
    on = date.fromisoformat(day.split()[1])

    assert f"{on:%a %Y-%m-%d}" == day
    assert (CALENDAR.works(on), CALENDAR.reason(on), CALENDAR.is_provisional(on)) == (works, kind, False)


@pytest.mark.parametrize(("day", "works", "kind"), [
    ("Fri 2027-01-01", False, DayKind.STATUTORY_HOLIDAY),
    ("Fri 2027-02-05", False, DayKind.STATUTORY_HOLIDAY),    # 除夕
    ("Mon 2027-02-08", False, DayKind.STATUTORY_HOLIDAY),    # 初三
    ("Tue 2027-02-09", True,  DayKind.WEEKDAY),              # will rest, but only the notice can say so
    ("Sat 2027-05-01", False, DayKind.STATUTORY_HOLIDAY),
    ("Mon 2027-05-03", True,  DayKind.WEEKDAY),
    ("Sun 2027-02-14", False, DayKind.WEEKEND),
    ("Mon 2046-10-01", False, DayKind.STATUTORY_HOLIDAY),    # fixed days hold beyond the lunar table
])  # fmt: skip
def test_days_of_years_that_are_not_published(day, works, kind):
    on = date.fromisoformat(day.split()[1])
    calendar = Calendar.from_years([Year.from_file(FOLDER / "2026.toml")], CALENDAR.statute)

    assert f"{on:%a %Y-%m-%d}" == day
    assert (calendar.works(on), calendar.reason(on), calendar.is_provisional(on)) == (works, kind, True)


def test_the_statute_says_nothing_of_years_before_its_revision():
    old = Calendar.from_years([], CALENDAR.statute)

    assert old.works(date(2018, 5, 2))
    assert old.is_provisional(date(2018, 5, 2))


def test_a_published_year_outranks_the_statute():
    certain = CALENDAR.statute.days_of(2027)
    made_up = Year(2027, "made up for this test", tuple((day, day) for day in certain))
    calendar = Calendar.from_years([made_up], CALENDAR.statute)

    assert {calendar.reason(day) for day in certain} == {DayKind.HOLIDAY_BREAK}
    assert not calendar.is_provisional(date(2027, 1, 1))


def test_a_days_basis_is_its_notice_or_the_statute():
    assert CALENDAR.basis(date(2026, 2, 16)) == "国办发明电〔2025〕7号"
    assert CALENDAR.basis(date(2026, 2, 14)) == "国办发明电〔2025〕7号"
    assert CALENDAR.basis(date(2026, 11, 28)) == ""
    assert CALENDAR.basis(date(2040, 10, 1)) == CALENDAR.statute.basis


def test_the_version_follows_the_days_and_nothing_else():
    year = Year.from_file(FOLDER / "2026.toml")
    version = Calendar.from_years([year]).version
    cut = ((date(2026, 1, 1), date(2026, 1, 1)), (date(2026, 1, 2), date(2026, 1, 3)), *year.rest[1:])

    assert Calendar.from_years([Year(2026, "another name", cut, year.work[::-1])]).version == version
    assert Calendar.from_years([Year(2026, year.notice, year.rest, year.work[1:])]).version != version
    assert Calendar.from_years([Year(2026, year.notice, year.rest[1:], year.work)]).version != version
    assert Calendar.from_years([year], CALENDAR.statute).version != version
    assert Calendar.from_folder(FOLDER).version == CALENDAR.version


def test_a_calendar_is_frozen():
    with pytest.raises(AttributeError):
        CALENDAR.years = ()


def test_without_a_statute_no_day_is_certain():
    assert not Statute().holds(date(2030, 1, 1))
    assert Calendar.from_years([]).works(date(2030, 1, 1))
