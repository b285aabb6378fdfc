"""What is wrong in the files, told so that somebody with a spreadsheet open can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class BadRow:
    """One thing to mend. `line` counts from 1, the header being the first; 0 and no column: the file as a whole."""

    file: str
    line: int
    column: str
    reason: str
    expected: str

    def __str__(self) -> str:
        place = (
            self.file
            + (f", line {self.line}" if self.line else "")
            + (f", column {self.column}" if self.column else "")
        )
        return f"{place}: {self.reason}" + (f"; expected {self.expected}" if self.expected else "")


class BadRows(ValueError):
    """Nothing was written; `rows` says why, in the order of the files and their lines."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        self.rows = tuple(rows)
        super().__init__(f"{len(self.rows)} bad rows, the first being: {self.rows[0]}")
