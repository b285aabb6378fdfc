"""Files as spreadsheets and people leave them: encodings, quotes, empty lines, things that aren't CSV."""

from __future__ import annotations

import pytest

from claims.registry.reading import read_sheet
from tests.claims.registry.conftest import SMALL, Files

HOMES = SMALL["homes"]
CLOSED = 'a closed quote, "" for a quote inside, and no cell above 131,072 characters'
TEXT = "CSV text in UTF-8 or GB18030"
COLUMNS = "the columns project,building,code,room,floor,riser,area_m2 in any order, divided by commas"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_the_encodings_of_spreadsheets_are_read(files: Files, encoding: str) -> None:
    sheet = read_sheet(files.put("projects", SMALL["projects"].encode(encoding)))

    assert not sheet.bad
    assert sheet.rows[0].values["district"] == "浦东新区"


def test_gb18030_is_read_beyond_gbk(files: Files) -> None:
    files.edit("owners", "赵示甲", "𠮷示䶮")

    sheet = read_sheet(files.put("owners", files["owners"].read_text().encode("gb18030")))

    assert sheet.rows[0].values["name"] == "𠮷示䶮"


@pytest.mark.parametrize(
    "text",
    [
        HOMES.replace("\n", "\r\n"),
        HOMES.replace("\n", "\r"),
        HOMES + "\n\n",
        HOMES + ",,,,,,\r\n , ,\n",
        HOMES.rstrip("\n"),
        "\ufeff\ufeff" + HOMES,
        HOMES.replace("\n", ",,\n"),
        HOMES.replace("code", " CODE ").replace(",", " , "),
        "\n".join(",".join(line.split(",")[::-1]) for line in HOMES.splitlines()),
        "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in HOMES.splitlines()),
    ],
    ids=["CRLF", "CR", "empty lines", "only commas", "no end", "two marks", "more commas", "spaces", "order", "quotes"],
)  # fmt: skip
def test_what_spreadsheets_add_is_forgiven(files: Files, text: str) -> None:
    sheet = read_sheet(files.put("homes", text.encode()))

    assert not sheet.bad
    assert [(row.line, row.values["code"]) for row in sheet.rows] == [(2, "P1-3-1201"), (3, "P1-3-1202")]


def test_a_header_alone_is_a_file_without_rows(files: Files) -> None:
    sheet = read_sheet(files.put("homes", HOMES.splitlines()[0]))

    assert (sheet.rows, sheet.bad) == ([], [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "homes.csv: is empty; expected a header row and the rows below it"),
        (b"\xef\xbb\xbf\r\n\r\n", "homes.csv: is empty; expected a header row and the rows below it"),
        (b"PK\x03\x04 and so on", f"homes.csv: is an Excel workbook; expected {TEXT}: save it as CSV UTF-8"),
        ("示例".encode("utf-16"), f"homes.csv: is neither UTF-8 nor GB18030 text; expected {TEXT}"),
        (b"code,room\nH1,101\n", f"homes.csv: has no column project; has no column building; has no column floor; "
         f"has no column riser; has no column area_m2; expected {COLUMNS}"),
        (HOMES.replace("riser", "rizer").encode(),
         f'homes.csv: has no column riser; has an unknown column "rizer"; expected {COLUMNS}'),
        (HOMES.replace("riser", "floor").encode(),
         f"homes.csv: has no column riser; has the column floor twice; expected {COLUMNS}"),
        (HOMES.replace(",01,89.50", ",89.50").encode(), "homes.csv, line 2: has 6 cells; expected 7, as in the header"),
        (HOMES.replace("89.50", "89.50,x").encode(), "homes.csv, line 2: has 8 cells; expected 7, as in the header"),
        (HOMES.replace("P1-3-1202", '"P1-3-1202').encode(),
         f"homes.csv, line 3: isn't CSV: unexpected end of data; expected {CLOSED}"),
        (HOMES.replace("P1-3-1201", "P" * 10_000_000).encode(),
         f"homes.csv, line 2: isn't CSV: field larger than field limit (131072); expected {CLOSED}"),
        (HOMES.replace("89.50\n", '"89.50" m2\n').encode(),
         f"""homes.csv, line 2: isn't CSV: ',' expected after '"'; expected {CLOSED}"""),
    ],
)  # fmt: skip
def test_a_file_that_is_not_one_is_named(files: Files, content: bytes, said: str) -> None:
    assert [str(bad) for bad in read_sheet(files.put("homes", content)).bad] == [said]


def test_rows_after_a_broken_one_are_still_looked_at(files: Files) -> None:
    text = HOMES.replace("89.50\n", '"89.50" m2\n').replace("112.36", "many")

    assert [bad.line for bad in read_sheet(files.put("homes", text.encode())).bad] == [2, 3]


def test_one_damaged_character_is_not_taken_for_another_encoding(files: Files) -> None:
    content = (SMALL["projects"] * 2).encode().replace("置业".encode(), b"\xe7\xbd\xe4\xb8\x9a")

    assert [str(bad) for bad in read_sheet(files.put("projects", content)).bad] == [
        f"projects.csv: is UTF-8 but for a damaged character in line 2; expected {TEXT}"
    ]


def test_lines_are_counted_through_cells_of_several_lines(files: Files) -> None:
    text = HOMES.replace("1201,12,01", '"1201\n\n",12,01').replace("112.36", "x")

    assert [bad.line for bad in read_sheet(files.put("homes", text)).bad] == [5]


def test_a_file_that_is_not_there_is_named(files: Files) -> None:
    [bad] = read_sheet(files["nowhere"]).bad

    assert str(bad).startswith("nowhere.csv: can't be read: No such file or directory; expected")


def test_a_file_of_no_known_kind_is_named(files: Files) -> None:
    assert [str(bad) for bad in read_sheet(files.put("cars", "plate,colour\nA,red\n")).bad] == [
        "cars.csv: is none of the registry's files, by name or by header; expected projects.csv, buildings.csv, "
        "homes.csv, policies.csv, cover.csv, owners.csv, firms.csv, staff.csv"
    ]
