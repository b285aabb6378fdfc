"""Sound rows into the tables, by Core in bulk: one pass of inserts and one of updates per kind of file."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from claims.registry.addresses import address_key, full_address, home_key
from claims.registry.checking import World
from claims.registry.layouts import BUILDINGS, HOMES, LAYOUTS, PROJECTS, STAFF, Layout
from claims.registry.model import Building, Home, Project
from claims.registry.reading import Row
from claims.registry.sealed_columns import opened, sealed
from claims.registry.standing import Stored, chunks, standing
from config.database import table


class Writer:
    """Writes a checked world. `counts[file]` says how many rows were inserted, updated, unchanged."""

    def __init__(self, session: Session, world: World, at: datetime) -> None:
        self.session, self.world, self.at = session, world, at
        self.sealer = session.info["sealer"]
        self.counts: dict[str, Counter[str]] = {sheet.file: Counter() for sheet in world.sheets}
        self._moved: set[int] = set()

    def write(self) -> None:
        """Every layout, what is referred to before what refers; then the addresses of homes that moved with it."""
        for layout in LAYOUTS:
            if self.world.coming[layout.name]:
                self._write(layout)
        self._readdress()

    def _write(self, layout: Layout) -> None:
        rows, there = self.world.coming[layout.name], self.world.there[layout.name]
        new: list[Stored] = []
        changed: list[Stored] = []
        for (key, row), values in zip(rows.items(), self._stored(layout, list(rows.values())), strict=True):
            old = there.get(key)
            if old is None:
                new.append(self._complete(layout, values))
                self.counts[row.file]["inserted"] += 1
            elif _differs(opened(self.sealer, layout, old), values):
                changed.append({"b_id": old["id"], **sealed(self.sealer, layout, values)})
                self.counts[row.file]["updated"] += 1
            else:
                self.counts[row.file]["unchanged"] += 1
        self._insert(layout, new)
        self._update(layout, changed)
        if layout in (PROJECTS, BUILDINGS):
            self._note_moved(layout, [row["b_id"] for row in changed])

    def _stored(self, layout: Layout, rows: Sequence[Row]) -> list[Stored]:
        """Each row as the table's columns, people's names and numbers still in clear."""
        own = [(c.name, c.field or c.name) for c in layout.columns if c.name not in layout.refers]
        stored = [{field: row.values[name] for name, field in own} for row in rows]
        if layout.to is not None:
            parents = [layout.parent_of(row.values) for row in rows]
            ids = {key: row["id"] for key, row in standing(self.session, layout.to, set(parents)).items()}
            for values, parent in zip(stored, parents, strict=True):
                values[layout.parent_field] = ids[parent]
        if layout is PROJECTS:
            for values in stored:
                values["search_name"] = address_key(values["name"])
        if layout is HOMES:
            self._address(stored)
        return stored

    def _complete(self, layout: Layout, values: Stored) -> Stored:
        row = sealed(self.sealer, layout, values)
        return {**row, "active": True, "created_at": self.at} if layout is STAFF else row

    def _insert(self, layout: Layout, rows: Sequence[Stored]) -> None:
        for chunk in chunks(rows):
            self.session.execute(insert(table(layout.model)), list(chunk))

    def _update(self, layout: Layout, rows: Sequence[Stored]) -> None:
        target = table(layout.model)
        for chunk in chunks(rows):
            names = [name for name in chunk[0] if name != "b_id"]
            values: Stored = {name: bindparam(f"b_{name}") for name in names}
            statement = update(target).where(target.c.id == bindparam("b_id")).values(values)
            bound = [{"b_id": row["b_id"], **{f"b_{name}": row[name] for name in names}} for row in chunk]
            self.session.connection().execute(statement, bound)

    def _address(self, homes: Iterable[Stored]) -> None:
        homes = list(homes)
        places = self._places({home["building_id"] for home in homes})
        for home in homes:
            district, street, house = places[home["building_id"]]
            home["address"] = full_address(district, street, house, home["room"])
            home["search_address"] = home_key(street, house, home["room"])

    def _places(self, buildings: Iterable[int]) -> dict[int, tuple[str, str, str]]:
        """Building id → district, project's address, building's name."""
        house, project = table(Building), table(Project)
        query = select(house.c.id, project.c.district, project.c.address, house.c.name)
        query = query.join(project, house.c.project_id == project.c.id)
        rows = [
            row
            for chunk in chunks(sorted(buildings))
            for row in self.session.execute(query.where(house.c.id.in_(chunk)))
        ]
        return {number: (district, street, name) for number, district, street, name in rows}

    def _note_moved(self, layout: Layout, ids: Sequence[int]) -> None:
        house = table(Building)
        column = house.c.project_id if layout is PROJECTS else house.c.id
        for chunk in chunks(ids):
            self._moved |= set(self.session.execute(select(house.c.id).where(column.in_(chunk))).scalars())

    def _readdress(self) -> None:
        """A project or building told anew renames the homes in it, whether the run brings them or not."""
        home = table(Home)
        query = select(home.c.id.label("b_id"), home.c.building_id, home.c.room, home.c.address, home.c.search_address)
        for chunk in chunks(sorted(self._moved)):
            rows = [dict(row) for row in self.session.execute(query.where(home.c.building_id.in_(chunk))).mappings()]
            was = {row["b_id"]: (row["address"], row["search_address"]) for row in rows}
            self._address(rows)
            self._update(HOMES, [row for row in rows if was[row["b_id"]] != (row["address"], row["search_address"])])


def _differs(old: Mapping[str, Any], new: Stored) -> bool:
    return any(old[name] != value for name, value in new.items())
