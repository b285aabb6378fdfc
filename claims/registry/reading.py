"""From the bytes of a registry file to its rows. Pure but for reading the file; what is wrong is collected."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims.registry.bad_rows import BadRow
from claims.registry.cells import Column, clean, shown
from claims.registry.layouts import LAYOUTS, Layout

_SIGNATURES = {b"PK\x03\x04": "an Excel workbook", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}
_ABROAD = re.compile(r"[^\x00-\x7f]")


class Unreadable(ValueError):
    """The file as a whole can't be read. `args`: reason, what was expected."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose cells were read. `sound`: all of them; otherwise `values` lacks those that couldn't be."""

    file: str
    line: int
    values: dict[str, Any]
    sound: bool


@dataclass
class Sheet:
    """One file. `layout` is None where it isn't known what the file is; not `whole`: rows may be missing."""

    file: str
    layout: Layout | None = None
    rows: list[Row] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    whole: bool = True

    def refuse(self, line: int, column: str, reason: str, expected: str) -> None:
        self.bad.append(BadRow(self.file, line, column, reason, expected))


def read_sheet(path: Path) -> Sheet:
    """Read one file to its end, whatever is wrong in it."""
    sheet = Sheet(path.name, _by_name(path))
    try:
        lines = _numbered(sheet, decoded(path))
        _, header = next(lines, (0, []))
        if not header:
            raise Unreadable("is empty", "a header row and the rows below it")
        columns = _columns(sheet, [clean(cell).lower() for cell in header])
    except (Unreadable, ValueError) as error:
        reason, expected = error.args if isinstance(error, Unreadable) else (str(error), "a header row")
        sheet.refuse(0, "", reason, expected)
        sheet.whole = False
        return sheet
    for number, cells in lines:
        _read_row(sheet, columns, number, cells)
    return sheet


def decoded(path: Path) -> str:
    """The text of the file, UTF-8 with or without a byte order mark, or GB18030. Raises Unreadable."""
    expected = "CSV text in UTF-8 or GB18030"
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"can't be read: {error.strerror or error}", "a file that is there and may be read") from None
    for signature, kind in _SIGNATURES.items():
        if raw.startswith(signature):
            raise Unreadable(f"is {kind}", f"{expected}: save it as CSV UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        near = raw[max(error.start - 10_000, 0) : error.start + 10_000].decode(errors="replace")
        line = raw.count(b"\n", 0, error.start) + 1
    if 4 * near.count("\ufffd") < len(_ABROAD.findall(near)):
        raise Unreadable(f"is UTF-8 but for a damaged character in line {line}", expected)
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        raise Unreadable("is neither UTF-8 nor GB18030 text", expected) from None


def _by_name(path: Path) -> Layout | None:
    return next((layout for layout in LAYOUTS if layout.name == path.stem.lower()), None)


def _numbered(sheet: Sheet, text: str) -> Iterator[tuple[int, list[str]]]:
    """(line on which the row begins, its cells); rows without a word are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"isn't CSV: {error}"
            sheet.refuse(
                line, "", reason, 'a closed quote, "" for a quote inside, and no cell above 131,072 characters'
            )
            sheet.whole = False
            continue
        if any(cell.strip(" \t\r\n\ufeff\u3000") for cell in cells):
            yield line, cells


def _columns(sheet: Sheet, header: list[str]) -> list[Column]:
    """The column of each place in a row. Raises Unreadable, naming what is missing, unknown or there twice."""
    while header and not header[-1]:
        header.pop()
    if sheet.layout is None:
        alike = [layout for layout in LAYOUTS if layout.needed <= set(header) <= layout.names]
        if not alike:
            names = ", ".join(f"{layout.name}.csv" for layout in LAYOUTS)
            raise Unreadable("is none of the registry's files, by name or by header", names)
        sheet.layout = alike[0]
    known = {column.name: column for column in sheet.layout.columns}
    wrong = [f"has no column {name}" for name in known if name not in header and name in sheet.layout.needed]
    wrong += [f"has an unknown column {shown(name)}" for name in header if name not in known]
    wrong += [f"has the column {name} twice" for name in known if header.count(name) > 1]
    if wrong:
        raise Unreadable("; ".join(wrong), f"the columns {','.join(known)} in any order, divided by commas")
    return [known[name] for name in header]


def _read_row(sheet: Sheet, columns: list[Column], line: int, cells: list[str]) -> None:
    extra = [cell for cell in cells[len(columns) :] if cell.strip()]
    if len(cells) < len(columns) or extra:
        sheet.refuse(line, "", f"has {len(cells)} cells", f"{len(columns)}, as in the header")
        sheet.whole = False
        return
    assert sheet.layout is not None
    values: dict[str, Any] = {column.name: column.empty for column in sheet.layout.columns if column.optional}
    bad = len(sheet.bad)
    for column, cell in zip(columns, cells, strict=False):
        try:
            values[column.name] = _read_cell(column, cell)
        except ValueError as error:
            sheet.refuse(line, column.name, str(error), column.expected)
    sheet.rows.append(Row(sheet.file, line, values, sound=len(sheet.bad) == bad))


def _read_cell(column: Column, cell: str) -> Any:
    cell = clean(cell)
    if cell:
        return column.read(cell)
    if column.needed:
        raise ValueError("is empty")
    return column.empty
