"""Every cell that can't be is named: file, line, column, what is wrong, what was expected."""

# ruff: noqa: E501  (messages are shown as they are said)

from __future__ import annotations

import pytest

from claims.registry.reading import read_sheet
from tests.claims.registry.conftest import Files

A_CODE = "a code of at most 40 characters, without space or ;"
A_DAY = "a day such as 2026-03-02"
ROLES = "adjuster, surveyor, lead, manager, finance, operator, auditor, firm, appraiser, channel"
PARTS = "foundation, structure, insulation, waterproofing, finishes, wiring, plumbing, heating_cooling"
KINDS = "repair, appraiser, builder, developer, designer, supplier, property"
A_USCC = "18 characters such as 91310000MA0000000Y that pass GB 32100"
A_PHONE = "a number such as 13800001234 or 021-61234567, or nothing"
YUAN = "yuan such as 500.00, or nothing for 0"
DAMAGED = "holds characters that no text has: the file was damaged"

CASES = [
    ("homes", "89.50", "八十", 'area_m2: "八十" is not a number; expected square metres such as 89.50'),
    ("homes", "89.50", "89.505", 'area_m2: "89.505" has more than two decimal places; expected square metres such as 89.50'),
    ("homes", "89.50", "0", 'area_m2: "0" is out of range; expected square metres such as 89.50'),
    ("homes", "89.50", "-89.50", 'area_m2: "-89.50" is not a number; expected square metres such as 89.50'),
    ("homes", "89.50", "1e3", 'area_m2: "1e3" is not a number; expected square metres such as 89.50'),
    ("homes", "89.50", "", "area_m2: is empty; expected square metres such as 89.50"),
    ("homes", "1201,12,", "1201,十二,", 'floor: "十二" is not a whole number; expected a whole number from -9 to 200'),
    ("homes", "1201,12,", "1201,201,", 'floor: "201" is out of range; expected a whole number from -9 to 200'),
    ("homes", "P1-3-1201", "P1 3", f'code: "P1 3" holds a space; expected {A_CODE} , / \\ ? # % & " \''),
    ("homes", "P1-3-1201", "P1/3", f'code: "P1/3" holds "/"; expected {A_CODE} , / \\ ? # % & " \''),
    ("homes", "P1-3-1201", "P" * 41, f'code: "{"P" * 40}…" has 41 characters; expected {A_CODE} , / \\ ? # % & " \''),
    ("homes", "P1-3-1201,1201", "P1-3-1201,", "room: is empty; expected at most 20 characters"),
    ("homes", "P1,3,P1-3-1201", ",3,P1-3-1201", f"project: is empty; expected {A_CODE}"),
    ("projects", "浦东新区", "", "district: is empty; expected at most 20 characters"),
    ("projects", "浦东新区", "　", "district: is empty; expected at most 20 characters"),
    ("projects", "2023-05-20", "20/5/2023", f'completion_filed_on: "20/5/2023" is not a date; expected {A_DAY}'),
    ("projects", "2023-05-20", "2023-02-29", f'completion_filed_on: "2023-02-29" is no day of the calendar; expected {A_DAY}'),
    ("projects", "2023-05-20", "2203-05-20", f'completion_filed_on: "2203-05-20" lies outside 1990 to 2099; expected {A_DAY}'),
    ("projects", "2023-05-20", "2023-05/20", f'completion_filed_on: "2023-05/20" is not a date; expected {A_DAY}'),
    ("projects", "2023-05-20", "45066", f'completion_filed_on: "45066" is not a date; expected {A_DAY}'),
    ("projects", "示例花苑", "示例\x00花苑", f'name: "示例\ufffd花苑" {DAMAGED}; expected at most 120 characters'),
    ("projects", "示例花苑", "示例\ufffd苑", f'name: "示例\ufffd苑" {DAMAGED}; expected at most 120 characters'),
    ("projects", "示例花苑", "苑" * 121, f'name: "{"苑" * 40}…" has 121 characters; expected at most 120 characters'),
    ("buildings", "18", "0", 'floors: "0" is out of range; expected a whole number from 1 to 200'),
    ("buildings", "18", "18.5", 'floors: "18.5" is not a whole number; expected a whole number from 1 to 200'),
    ("buildings", "121.55", "31.21", 'longitude: "31.21" is out of range; expected degrees east from 73 to 136, or nothing'),
    ("buildings", "31.21", "北", 'latitude: "北" is not a number; expected degrees north from 3 to 54, or nothing'),
    ("policies", "owner", "业主", 'insured_kind: "业主" is not one of them; expected one of developer, owner'),
    ("policies", "500.00", "500.005", f'deductible_yuan: "500.005" has more than two decimal places; expected {YUAN}'),
    ("policies", "500.00", "￥500", f'deductible_yuan: "￥500" is not a number; expected {YUAN}'),
    ("policies", "500.00", '"5,00"', f'deductible_yuan: "5,00" is not a number; expected {YUAN}'),
    (
        "policies", "500.00,2,", "500.00,0,",
        'survey_days: "0" is out of range; expected a number of days from 1 to 365 as printed on the policy, or nothing',
    ),
    (
        "policies", "decision_days\nN1,P1,示例财产保险,owner,2021-03-15,500.00,2,",
        "decision_days,performance_days\nN1,P1,示例财产保险,owner,2021-03-15,500.00,2,,11",
        'performance_days: "11" is out of range; expected a number of days from 1 to 10 as printed on the policy, '
        "or nothing for the 10 of the Rules",
    ),
    ("cover", "structure", "roof", f'part: "roof" is not one of them; expected one of {PARTS}'),
    ("cover", "2025-05-21,2035-05-20", ",2035-05-20", f"starts_on: is empty; expected {A_DAY}"),
    ("owners", "13800000101", "12345", f'phone: "12345" is not a telephone number; expected {A_PHONE}'),
    ("owners", "13800000101", "13800000101/2", f'phone: "13800000101/2" is not a telephone number; expected {A_PHONE}'),
    ("owners", "赵示甲", "", "name: is empty; expected at most 80 characters"),
    ("owners", "2025-08-14", "至今", f'to_on: "至今" is not a date; expected {A_DAY}, or nothing'),
    ("firms", "repair", "plumber", f'kind: "plumber" is not one of them; expected one of {KINDS}'),
    (
        "firms", "91310000MA00000012", "91310000MA00000013",
        f'uscc: "91310000MA00000013" is not a unified social credit code, or its check character is wrong; expected {A_USCC}',
    ),
    ("staff", "adjuster;lead", "adjuster;boss", f'roles: "boss" is not one of them; expected roles divided by ;, out of {ROLES}'),
    ("staff", "adjuster;lead", ";", f'roles: ";" lists nothing; expected roles divided by ;, out of {ROLES}'),
    (
        "staff", "lead@insurer.example", "lead.insurer.example",
        'email: "lead.insurer.example" is not an e-mail address; expected an address such as name@insurer.example',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), CASES)
def test_a_cell_that_cannot_be_is_named(files: Files, name: str, old: str, new: str, said: str) -> None:
    files.edit(name, old, new)

    assert [str(bad) for bad in read_sheet(files[name]).bad] == [f"{name}.csv, line 2, column {said}"]


def test_every_bad_cell_of_every_row_is_named(files: Files) -> None:
    files.put(
        "homes", "code,room,floor,riser,area_m2,project,building\n,,x,,y,P1,3\nH1,101,1,,80,P1,3\nH 2,,1,,80,P1,3\n"
    )

    bad = read_sheet(files["homes"]).bad

    places = [(row.line, row.column) for row in bad]
    assert places == [(2, "code"), (2, "room"), (2, "floor"), (2, "area_m2"), (4, "code"), (4, "room")]


@pytest.mark.parametrize(
    ("name", "old", "new", "column", "value"),
    [
        ("projects", "2023-05-20", "2023/5/20", "completion_filed_on", "2023-05-20"),
        ("projects", "2023-05-20", "２０２３－０５－２０", "completion_filed_on", "2023-05-20"),
        ("projects", "示例花苑", "  示例\u3000花苑 ", "name", "示例 花苑"),
        ("projects", "示例东路88弄", '"示例东路88弄\n（东门）"', "address", "示例东路88弄 （东门）"),
        ("projects", "示例花苑", '"示例""花""苑"', "name", '示例"花"苑'),
        ("projects", "示例花苑", "\ufeff示例花苑", "name", "示例花苑"),
        ("homes", "89.50", "８９．５", "area_m2", "8950"),
        ("homes", "1201,12,", "1201,-1,", "floor", "-1"),
        ("policies", "500.00", '"12,500.5"', "deductible_yuan", "1250050"),
        ("policies", "500.00", "", "deductible_yuan", "0"),
        ("policies", "owner", "Owner", "insured_kind", "owner"),
        ("owners", "13800000101", "＋８６ 138-0000-0101", "phone", "+8613800000101"),
        ("owners", "赵示甲", "𠮷示䶮", "name", "𠮷示䶮"),
        ("firms", "浦东新区;闵行区", "浦东新区； 闵行区;;浦东新区", "districts", "浦东新区;闵行区"),
        ("firms", "91310000MA00000012", "91310000ma00000012", "uscc", "91310000MA00000012"),
    ],
)
def test_a_cell_in_another_spelling_is_read(
    files: Files, name: str, old: str, new: str, column: str, value: str
) -> None:
    files.edit(name, old, new)

    sheet = read_sheet(files[name])

    assert not sheet.bad
    assert str(sheet.rows[0].values[column]) == value
