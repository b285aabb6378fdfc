"""A calendar file that can't be right is refused at load, with its name and the entry."""

import shutil
from pathlib import Path

import pytest

from claims.casefile.calendar import BadCalendar, Calendar, Year
from tests.claims.casefile.spoken import ROOT

FOLDER = ROOT / "config/calendar"

MAY = "[2026-05-01, 2026-05-05]"
YEAR_MISTAKES = [
    # find             put                            said
    (MAY,              "[2026-04-06, 2026-05-05]",     "rest 2026-04-06 to 2026-05-05 overlaps"),
    (MAY,              "[2026-05-05, 2026-05-01]",     "ends before it begins"),
    (MAY,              "[2026-05-01, 2026-10-05]",     "longer than 31 days"),
    (MAY,              "[2026-05-01]",                 "not a pair of dates"),
    (MAY,              '["2026-05-01", 2026-05-05]',   "rest: '2026-05-01' is not a date"),
    ("[2026-01-01",    "[2025-12-31",                  "belongs in the file of its own year"),
    ("2026-05-09",     "2026-05-03",                   "work 2026-05-03 is a day of rest as well"),
    ("2026-05-09",     "2026-05-08",                   "work 2026-05-08 is a Friday"),
    ("2026-05-09",     "2027-05-09",                   "work 2027-05-09 is outside 2026"),
    ("2026-05-09",     "2026-02-14",                   "work 2026-02-14 is named twice"),
    ("2026-05-09",     "2026-05-09T00:00:00",          "work: datetime.datetime(2026, 5, 9, 0, 0)"),
    ("year = 2026",    "year = 2025",                  "2025"),
    ("year = 2026",    "year = true",                  "year: True is no int"),
    ("year = 2026",    "year = 2026\narea = 'CN'",     "area is not known here"),
    ("国办发明电〔2025〕7号", " ",                       "notice is empty"),
    ("notice =",       "notices =",                    "notice is missing"),
    ("rest = [",       "rest = [[",                    "2026.toml"),
]  # fmt: skip
STATUTE_MISTAKES = [
    ("mid_autumn = 2031-10-01", "mid_autumn = 2032-10-01", "lunar 2031 mid_autumn: 2032-10-01"),
    ("mid_autumn = 2031-10-01", "midautumn = 2031-10-01",  "lunar 2031"),
    ('"05-01"',                 '"13-01"',                 "every_year: '13-01'"),
    ("in_force_from",           "in_force",                "in_force is not known here"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "calendar"))


@pytest.mark.parametrize(
    ("file", "find", "put", "said"),
    [("2026.toml", *row) for row in YEAR_MISTAKES] + [("statutory.toml", *row) for row in STATUTE_MISTAKES],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_entry(folder, file, find, put, said):
    text = (folder / file).read_text(encoding="utf-8")
    assert find in text
    (folder / file).write_text(text.replace(find, put), encoding="utf-8")

    with pytest.raises(BadCalendar) as refusal:
        Calendar.from_folder(folder)

    assert file in str(refusal.value)
    assert said in str(refusal.value)


def test_a_hole_in_the_sequence_is_refused(folder):
    (folder / "2022.toml").unlink()

    with pytest.raises(BadCalendar, match="2023 follows 2021"):
        Calendar.from_folder(folder)


def test_a_year_that_forgets_a_holiday_by_statute_is_refused(folder):
    text = (folder / "2026.toml").read_text(encoding="utf-8")
    (folder / "2026.toml").write_text(text.replace("[2026-10-01, 2026-10-07],", ""), encoding="utf-8")

    with pytest.raises(BadCalendar, match="2026-10-01 works, but is a holiday by statute"):
        Calendar.from_folder(folder)


def test_a_year_that_comes_twice_is_refused():
    year = Year.from_file(FOLDER / "2026.toml")

    with pytest.raises(BadCalendar, match="2026 follows 2026"):
        Calendar.from_years([year, year])


def test_a_file_under_another_years_name_is_refused(folder):
    shutil.copy(folder / "2026.toml", folder / "2027.toml")

    with pytest.raises(BadCalendar, match=r"2027\.toml: year is 2026"):
        Calendar.from_folder(folder)


def test_a_folder_without_a_year_or_a_statute_is_refused(folder, tmp_path):
    with pytest.raises(BadCalendar, match="no published year"):
        Calendar.from_folder(tmp_path)
    (folder / "statutory.toml").unlink()
    with pytest.raises(BadCalendar, match=r"statutory\.toml"):
        Calendar.from_folder(folder)
