"""What only the other rows tell: repeats, references, order of days, periods that overlap."""

# ruff: noqa: E501  (messages are shown as they are said)

from __future__ import annotations

import pytest
from sqlmodel import Session

from tests.claims.registry.conftest import Files

ONE_AFTER_THE_OTHER = "is the last day, and a row that is there may be given it in the same run"

CASES = [
    (
        "buildings", "31.21\n", "31.21\nP9,3,3号楼,18,,\n",
        ['buildings.csv, line 3, column project: "P9" is not known; expected code of a row in projects.csv or the registry'],
    ),
    (
        "homes", "P1,3,P1-3-1202", "P1,4,P1-3-1202",
        [
            'homes.csv, line 3, column building: "P1 + 4" is not known; '
            "expected project + code of a row in buildings.csv or the registry"
        ],
    ),
    (
        "cover", "N1,waterproofing", "N2,waterproofing",
        ['cover.csv, line 3, column policy: "N2" is not known; expected number of a row in policies.csv or the registry'],
    ),
    (
        "owners", "P1-3-1202", "P1-3-1203",
        ['owners.csv, line 4, column home: "P1-3-1203" is not known; expected code of a row in homes.csv or the registry'],
    ),
    (
        "homes", "112.36\n", "112.36\nP1,3,P1-3-1201,1203,12,03,80\n",
        ["homes.csv, line 4, column code: repeats line 2; expected each code once"],
    ),
    (
        "homes", "P1-3-1202,1202", "P1-3-1202,1201",
        ["homes.csv, line 3, column room: repeats line 2; expected each project + building + room once"],
    ),
    (
        "cover", "waterproofing", "structure",
        ["cover.csv, line 3, column starts_on: repeats line 2; expected each policy + part + starts_on once"],
    ),
    (
        "homes", "1202,12,", "1202,19,",
        ["homes.csv, line 3, column floor: 19 is above the 18 floors of P1 + 3; expected at most 18"],
    ),
    (
        "projects", "2023-04-28", "2023-05-21",
        [
            "projects.csv, line 2, column completion_filed_on: 2023-05-20 lies before completion_accepted_on 2023-05-21; "
            "expected completion_accepted_on first, or both on one day"
        ],
    ),
    (
        "cover", "2025-05-21,2035-05-20", "2025-05-21,2025-05-20",
        [
            "cover.csv, line 2, column ends_on: 2025-05-20 lies before starts_on 2025-05-21; "
            "expected starts_on first, or both on one day"
        ],
    ),
    (
        "cover", "2025-05-21,2035-05-20", "2021-03-14,2035-05-20",
        ["cover.csv, line 2, column starts_on: 2021-03-14 lies before issued_on 2021-03-15 of N1; expected 2021-03-15 or later"],
    ),
    (
        "cover", "waterproofing,2025-05-21", "structure,2035-05-20",
        [
            "cover.csv, line 3, column ends_on: 2030-05-20 lies before starts_on 2035-05-20; "
            "expected starts_on first, or both on one day",
            "cover.csv, line 3, column starts_on: 2035-05-20 lies within 2025-05-21 to 2035-05-20 (line 2); "
            f"expected one after the other: ends_on {ONE_AFTER_THE_OTHER}",
        ],
    ),
    (
        "owners", "2025-08-14", "2025-08-15",
        [
            "owners.csv, line 3, column from_on: 2025-08-15 lies within 2023-07-01 to 2025-08-15 (line 2); "
            f"expected one after the other: to_on {ONE_AFTER_THE_OTHER}"
        ],
    ),
    (
        "owners", "2025-08-14", "",
        [
            "owners.csv, line 3, column from_on: 2025-08-15 lies within 2023-07-01 to an open end (line 2); "
            f"expected one after the other: to_on {ONE_AFTER_THE_OTHER}"
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), CASES)
def test_rows_that_contradict_each_other_are_named(
    session: Session, files: Files, name: str, old: str, new: str, said: list[str]
) -> None:
    files.edit(name, old, new)

    assert files.bad(session) == said


@pytest.mark.both_databases
def test_rows_are_checked_against_what_is_registered(session: Session, files: Files) -> None:
    files.load(session)
    files.put("homes", "project,building,code,room,floor,riser,area_m2\nP1,3,P1-3-1901,1901,19,01,80\n")
    files.put("cover", "policy,part,starts_on,ends_on\nN1,structure,2021-03-14,2025-05-21\n")
    files.put(
        "owners",
        "home,name,phone,from_on,to_on\nP1-3-1201,李示甲,,2025-08-14,2025-08-14\nP1-3-9999,李示甲,,2025-08-14,\n",
    )

    assert files.bad(session, "owners", "cover", "homes") == [
        'owners.csv, line 2, column from_on: 2025-08-14 lies within 2023-07-01 to 2025-08-14 (registered already); '
        f"expected one after the other: to_on {ONE_AFTER_THE_OTHER}",
        'owners.csv, line 3, column home: "P1-3-9999" is not known; expected code of a row in homes.csv or the registry',
        "cover.csv, line 2, column starts_on: 2021-03-14 lies before issued_on 2021-03-15 of N1; expected 2021-03-15 or later",
        "cover.csv, line 2, column ends_on: 2025-05-21 reaches into 2025-05-21 (registered already); "
        "expected a day before 2025-05-21",
        "homes.csv, line 2, column floor: 19 is above the 18 floors of P1 + 3; expected at most 18",
    ]  # fmt: skip


def test_a_period_inside_a_long_one_does_not_hide_the_next(session: Session, files: Files) -> None:
    rows = ["2020-01-01,2020-12-31", "2020-02-01,2020-02-29", "2020-06-01,2020-06-30"]
    files.put("owners", "home,name,phone,from_on,to_on\n" + "".join(f"P1-3-1201,赵示甲,,{days}\n" for days in rows))

    assert [line.split(":")[0] for line in files.bad(session)] == [
        "owners.csv, line 3, column from_on",
        "owners.csv, line 4, column from_on",
    ]


def test_a_bad_row_is_named_once_and_not_again_by_all_that_refer_to_it(session: Session, files: Files) -> None:
    files.edit("projects", "2023-05-20", "soon")
    files.edit("buildings", "18", "many")

    assert [line.split(":")[0] for line in files.bad(session)] == [
        "buildings.csv, line 2, column floors",
        "projects.csv, line 2, column completion_filed_on",
    ]


def test_a_file_that_cannot_be_read_does_not_make_strangers_of_the_others(session: Session, files: Files) -> None:
    files.put("projects", "")

    assert [line.split(":")[0] for line in files.bad(session)] == ["projects.csv"]


def test_a_repeat_in_another_file_names_that_file(session: Session, files: Files) -> None:
    files.put("more", "project,building,code,room,floor,riser,area_m2\nP1,3,P1-3-1201,1299,12,,80\n")

    assert files.bad(session) == ["more.csv, line 2, column code: repeats homes.csv, line 2; expected each code once"]
