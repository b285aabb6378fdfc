"""What no single cell can tell: repeats, references, the order of days, periods that overlap. Writes nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from claims.registry.bad_rows import BadRow
from claims.registry.layouts import LAYOUTS, Layout
from claims.registry.reading import Row, Sheet
from claims.registry.standing import Key, standing

Period = tuple[Mapping[str, Any], Row | None]
"""The values of a dated row, and the row itself where it comes with this run."""


class World:
    """The registry as it will be: the rows of this run (`coming`) over those that are there (`there`)."""

    def __init__(self, session: Session, sheets: Sequence[Sheet]) -> None:
        self.sheets = sheets
        self.bad: list[BadRow] = []
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for sheet in sheets:
            if sheet.layout is not None:
                self.rows[sheet.layout.name] += sheet.rows
        self.coming = {layout.name: self._named(layout) for layout in LAYOUTS}
        self.there = {layout.name: standing(session, layout, self._asked(layout)) for layout in LAYOUTS}

    def check(self) -> list[BadRow]:
        """Everything that is wrong, in the order of the files and their lines."""
        for layout in LAYOUTS:
            for row in self.rows[layout.name]:
                self._check_order(layout, row)
                self._check_reference(layout, row)
            self._check_single(layout)
            self._check_periods(layout)
        every = [bad for sheet in self.sheets for bad in sheet.bad] + self.bad
        places = {sheet.file: place for place, sheet in reversed(list(enumerate(self.sheets)))}
        return sorted(every, key=lambda bad: (places[bad.file], bad.line))

    def _refuse(self, row: Row, column: str, reason: str, expected: str) -> None:
        self.bad.append(BadRow(row.file, row.line, column, reason, expected))

    def _named(self, layout: Layout) -> dict[Key, Row]:
        named: dict[Key, Row] = {}
        for row in self.rows[layout.name]:
            if all(name in row.values for name in layout.key):
                first = named.setdefault(layout.key_of(row.values), row)
                if first is not row:
                    self._refuse(row, layout.key[-1], f"repeats {_where(first, row)}", f"each {_and(layout.key)} once")
        return named

    def _asked(self, layout: Layout) -> set[Key]:
        """Keys of this layout that the run brings or refers to."""
        asked = set(self.coming[layout.name])
        for other in LAYOUTS:
            if other.to is layout:
                rows = self.rows[other.name]
                asked |= {other.parent_of(row.values) for row in rows if all(n in row.values for n in other.refers)}
        return asked

    def _check_order(self, layout: Layout, row: Row) -> None:
        if layout.ordered is None:
            return
        first, last = (row.values.get(name) for name in layout.ordered)
        if first and last and last < first:
            earlier, later = layout.ordered
            self._refuse(row, later, f"{last} lies before {earlier} {first}", f"{earlier} first, or both on one day")

    def _check_reference(self, layout: Layout, row: Row) -> None:
        if layout.to is None or any(name not in row.values for name in layout.refers):
            return
        key = layout.parent_of(row.values)
        parent = self._found(layout.to, key)
        if parent is not None:
            self._check_bounds(layout, row, parent, _and(key))
        elif all(sheet.whole for sheet in self.sheets if sheet.layout in (layout.to, None)):
            expected = f"{_and(layout.to.key)} of a row in {layout.to.name}.csv or the registry"
            self._refuse(row, layout.refers[-1], f'"{_and(key)}" is not known', expected)

    def _check_bounds(self, layout: Layout, row: Row, parent: Mapping[str, Any], key: str) -> None:
        if layout.bounded:
            own, most = layout.bounded
            told, limit = row.values.get(own), parent.get(most)
            if told is not None and limit is not None and told > limit:
                self._refuse(row, own, f"{told} is above the {limit} {most} of {key}", f"at most {limit}")
        if layout.not_before:
            own, earliest = layout.not_before
            told, limit = row.values.get(own), parent.get(earliest)
            if told and limit and told < limit:
                self._refuse(row, own, f"{told} lies before {earliest} {limit} of {key}", f"{limit} or later")

    def _found(self, layout: Layout, key: Key) -> Mapping[str, Any] | None:
        row = self.coming[layout.name].get(key)
        return row.values if row is not None else self.there[layout.name].get(key)

    def _check_single(self, layout: Layout) -> None:
        first: dict[Key, Row] = {}
        for row in self.rows[layout.name] if layout.single else ():
            if row.sound:
                other = first.setdefault(tuple(row.values[name] for name in layout.single), row)
                if other is not row and layout.key_of(other.values) != layout.key_of(row.values):
                    self._refuse(
                        row, layout.single[-1], f"repeats {_where(other, row)}", f"each {_and(layout.single)} once"
                    )

    def _check_periods(self, layout: Layout) -> None:
        if layout.period is None:
            return
        begins, ends = layout.period
        for group in _by_owner(self.coming[layout.name], self.there[layout.name]).values():
            runs = sorted(group, key=lambda run: run[0][begins])
            lasting = runs[0]
            for run in runs[1:]:
                if _last(lasting[0][ends]) >= run[0][begins]:
                    self._refuse_overlap(layout, lasting, run)
                lasting = max(lasting, run, key=lambda run: _last(run[0][ends]))

    def _refuse_overlap(self, layout: Layout, earlier: Period, later: Period) -> None:
        begins, ends = layout.period or ("", "")
        (values, row), (later_values, later_row) = earlier, later
        if later_row is not None:
            span = f"{values[begins]} to {values[ends] or 'an open end'}"
            reason = f"{later_values[begins]} lies within {span} ({_where(row, later_row)})"
            expected = (
                f"one after the other: {ends} is the last day, and a row that is there may be given it in the same run"
            )
            self._refuse(later_row, begins, reason, expected)
        elif row is not None:
            reason = f"{values[ends] or 'an open end'} reaches into {later_values[begins]} (registered already)"
            self._refuse(row, ends, reason, f"a day before {later_values[begins]}")


def _by_owner(coming: Mapping[Key, Row], there: Mapping[Key, Mapping[str, Any]]) -> dict[Key, list[Period]]:
    """The periods of every home, or part of a policy, that the run touches."""
    groups: dict[Key, list[Period]] = defaultdict(list)
    for key, row in coming.items():
        if row.sound:
            groups[key[:-1]].append((row.values, row))
    for key, values in there.items():
        if key[:-1] in groups and key not in coming:
            groups[key[:-1]].append((values, None))
    return groups


def _last(day: date | None) -> date:
    return day or date.max


def _where(other: Row | None, row: Row) -> str:
    if other is None:
        return "registered already"
    return f"line {other.line}" if other.file == row.file else f"{other.file}, line {other.line}"


def _and(names: Sequence[Any]) -> str:
    return " + ".join(str(name) for name in names)
