"""The registry files: their columns, what names a row, what a row refers to. In the order in which they are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel

from claims.access import ROLES, Person
from claims.registry.cells import (
    Column,
    code,
    coordinate,
    credit_code,
    day,
    email,
    hundredths,
    one_of,
    phone,
    several,
    whole,
    words,
)  # fmt: skip
from claims.registry.model import (
    FIRM_KINDS,
    INSURED_KINDS,
    PARTS,
    Building,
    Cover,
    Firm,
    Home,
    Ownership,
    Policy,
    Project,
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """One kind of file. `key` names a row for good; `refers` are the columns that name a row of `to`.

    `period` (first day, last day) may not overlap among rows whose key is otherwise the same; `ordered` dates
    may not lie the other way round; `bounded` (own column, column of the row referred to) may not exceed it, and
    `not_before` may not lie before it.
    """

    name: str
    model: type[SQLModel]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    refers: tuple[str, ...] = ()
    to: "Layout | None" = None
    period: tuple[str, str] | None = None
    ordered: tuple[str, str] | None = None
    bounded: tuple[str, str] | None = None
    not_before: tuple[str, str] | None = None
    single: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(column.name for column in self.columns)

    @property
    def needed(self) -> frozenset[str]:
        """The columns that no file may lack."""
        return frozenset(column.name for column in self.columns if not column.optional)

    @property
    def within_parent(self) -> bool:
        """Whether the row's key begins with the key of the row that it refers to."""
        return self.to is not None and self.refers == self.key[: len(self.refers)]

    @property
    def parent_field(self) -> str:
        return f"{self.to.model.__tablename__}_id" if self.to else ""

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(values[name] for name in self.key)

    def parent_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(values[name] for name in self.refers)


def _text(name: str, longest: int, *, needed: bool = True) -> Column:
    return Column(name, words(longest), f"at most {longest} characters", needed, empty="")


def _code(name: str, longest: int = 40, banned: str = ";") -> Column:
    signs = " ".join(banned)
    return Column(name, code(longest, banned), f"a code of at most {longest} characters, without space or {signs}")


def _day(name: str, *, needed: bool = True) -> Column:
    return Column(name, day, "a day such as 2026-03-02" if needed else "a day such as 2026-03-02, or nothing", needed)


def _choice(name: str, allowed: tuple[str, ...]) -> Column:
    return Column(name, one_of(allowed), f"one of {', '.join(allowed)}")


def _whole(name: str, least: int, most: int, *, needed: bool = True) -> Column:
    expected = f"a whole number from {least} to {most}"
    return Column(name, whole(least, most), expected if needed else f"{expected}, or nothing", needed)


def _days(name: str) -> Column:
    expected = "a number of days from 1 to 365 as printed on the policy, or nothing"
    return Column(name, whole(1, 365), expected, needed=False)


_PHONE = Column("phone", phone, "a number such as 13800001234 or 021-61234567, or nothing", needed=False, empty="")
_DEDUCTIBLE = Column(
    "deductible_yuan",
    hundredths(),
    "yuan such as 500.00, or nothing for 0",
    needed=False,
    empty=0,
    field="deductible_fen",
)
_PERFORMANCE = Column(
    "performance_days",
    whole(1, 10),
    "a number of days from 1 to 10 as printed on the policy, or nothing for the 10 of the Rules",
    needed=False,
    optional=True,
)
_HOME_SIGNS = ";,/\\?#%&\"'"

PROJECTS = Layout(
    "projects", Project, key=("code",), ordered=("completion_accepted_on", "completion_filed_on"),
    columns=(
        _code("code"), _text("name", 120), _text("district", 20), _text("address", 200), _day("completion_filed_on"),
        _day("completion_accepted_on"), _text("developer", 120), _text("builder", 120),
    ),
)  # fmt: skip
BUILDINGS = Layout(
    "buildings", Building, key=("project", "code"), refers=("project",), to=PROJECTS,
    columns=(
        _code("project"), _code("code"), _text("name", 60), _whole("floors", 1, 200),
        Column("longitude", coordinate(73, 136), "degrees east from 73 to 136, or nothing", needed=False),
        Column("latitude", coordinate(3, 54), "degrees north from 3 to 54, or nothing", needed=False),
    ),
)  # fmt: skip
HOMES = Layout(
    "homes", Home, key=("code",), refers=("project", "building"), to=BUILDINGS, bounded=("floor", "floors"),
    single=("project", "building", "room"),
    columns=(
        _code("project"), _code("building"), _code("code", banned=_HOME_SIGNS), _text("room", 20),
        _whole("floor", -9, 200), _text("riser", 20, needed=False),
        Column("area_m2", hundredths(1), "square metres such as 89.50", field="area_dm2"),
    ),
)  # fmt: skip
POLICIES = Layout(
    "policies", Policy, key=("number",), refers=("project",), to=PROJECTS,
    columns=(
        _code("number", 60), _code("project"), _text("insurer", 120), _choice("insured_kind", INSURED_KINDS),
        _day("issued_on"), _DEDUCTIBLE, _days("survey_days"), _days("decision_days"),
        _PERFORMANCE,
    ),
)  # fmt: skip
COVER = Layout(
    "cover", Cover, key=("policy", "part", "starts_on"), refers=("policy",), to=POLICIES,
    period=("starts_on", "ends_on"), ordered=("starts_on", "ends_on"), not_before=("starts_on", "issued_on"),
    columns=(_code("policy", 60), _choice("part", PARTS), _day("starts_on"), _day("ends_on")),
)  # fmt: skip
OWNERS = Layout(
    "owners", Ownership, key=("home", "from_on"), refers=("home",), to=HOMES, period=("from_on", "to_on"),
    ordered=("from_on", "to_on"),
    columns=(
        _code("home", banned=_HOME_SIGNS), _text("name", 80), _PHONE, _day("from_on"), _day("to_on", needed=False),
    ),
)  # fmt: skip
FIRMS = Layout(
    "firms", Firm, key=("code",),
    columns=(
        _code("code"), _text("name", 120), _choice("kind", FIRM_KINDS),
        Column("uscc", credit_code, "18 characters such as 91310000MA0000000Y that pass GB 32100"),
        Column("districts", several(), "districts divided by ;, or nothing for all", needed=False, empty=""),
        Column("trades", several(), "trades divided by ;, or nothing", needed=False, empty=""),
        _text("qualification", 200, needed=False), _day("valid_until", needed=False),
        _whole("daily_capacity", 0, 10_000, needed=False), _PHONE,
    ),
)  # fmt: skip
STAFF = Layout(
    "staff", Person, key=("email",),
    columns=(
        Column("email", email, "an address such as name@insurer.example"), _text("name", 80),
        Column("roles", several(ROLES, 200), f"roles divided by ;, out of {', '.join(ROLES)}"),
        Column("districts", several(), "districts divided by ;, or nothing for all", needed=False, empty=""), _PHONE,
    ),
)  # fmt: skip

LAYOUTS = (PROJECTS, BUILDINGS, HOMES, POLICIES, COVER, OWNERS, FIRMS, STAFF)
