"""The registry files go in whole or not at all, and may be given again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import func
from sqlmodel import Session, SQLModel, select

from claims.access import Person
from claims.registry import (
    Building,
    Cover,
    Firm,
    Home,
    ImportReport,
    ImportUnderWay,
    Ownership,
    Policy,
    Project,
    home_by_code,
    homes_by_address,
    import_files,
)
from tests.claims.registry.conftest import AT, Files

EVERYTHING = (Project, Building, Home, Policy, Cover, Ownership, Firm, Person)


def counted(session: Session, *models: type[SQLModel]) -> dict[str, int]:
    return {m.__name__: session.exec(select(func.count()).select_from(m)).one() for m in models or EVERYTHING}


def became(report: ImportReport) -> dict[str, tuple[int, int, int]]:
    return {file.kind: (file.inserted, file.updated, file.unchanged) for file in report.files}


@pytest.mark.both_databases
def test_every_kind_of_file_goes_in_whatever_the_order_of_the_arguments(session: Session, files: Files) -> None:
    report = import_files(session, files.every()[::-1], AT)

    assert became(report) == {
        "projects": (1, 0, 0), "buildings": (1, 0, 0), "homes": (2, 0, 0), "policies": (1, 0, 0),
        "cover": (2, 0, 0), "owners": (3, 0, 0), "firms": (1, 0, 0), "staff": (1, 0, 0),
    }  # fmt: skip
    assert [file.file for file in report.files][:3] == ["projects.csv", "buildings.csv", "homes.csv"]
    home, policy = session.exec(select(Home).where(Home.room == "1201")).one(), session.exec(select(Policy)).one()
    assert (home.address, home.area_m2, home.floor) == ("上海市浦东新区示例东路88弄3号楼1201室", Decimal("89.50"), 12)
    assert (policy.deductible_fen, policy.survey_days, policy.decision_days) == (50000, 2, None)


@pytest.mark.parametrize(("header", "cell", "days"), [
    ("", "", None),                                  # a file of before knows no such column
    (",performance_days", ",", None),
    (",performance_days", ",5", 5),
])  # fmt: skip
def test_a_policies_file_may_say_how_fast_the_policy_performs(session, files, header, cell, days) -> None:
    files.load(session)
    head, *rows = files["policies"].read_text().splitlines()

    files.put("policies", "\n".join([head + header, *(row + cell for row in rows)]))
    files.load(session)

    assert session.exec(select(Policy.performance_days)).one() == days


@pytest.mark.both_databases
def test_the_same_files_again_change_nothing(session: Session, files: Files) -> None:
    files.load(session)
    before = counted(session)

    again = became(files.load(session))

    assert all((inserted, updated) == (0, 0) for inserted, updated, _ in again.values())
    assert again["owners"] == (0, 0, 3)
    assert counted(session) == before


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("projects", "示例建筑有限公司", "示例建筑集团有限公司"),
        ("buildings", ",18,121.55", ",20,"),
        ("homes", "112.36", "112.37"),
        ("policies", "500.00,2,", ",,30"),
        ("cover", "2030-05-20", "2031-05-20"),
        ("owners", "钱示甲", "钱 示乙"),
        ("owners", "13800000102", ""),
        ("firms", "二级（示例）", ""),
        ("staff", "adjuster;lead", "lead"),
        ("staff", "13800000804", "13800000805"),
    ],
)
def test_a_row_given_anew_is_updated_by_its_key(session: Session, files: Files, name: str, old: str, new: str) -> None:
    files.load(session)
    before = counted(session)
    files.edit(name, old, new)

    inserted, updated, _ = became(files.load(session, name))[name]

    assert (inserted, updated) == (0, 1)
    assert counted(session) == before
    assert became(files.load(session, name))[name][1] == 0


@pytest.mark.both_databases
def test_one_bad_row_anywhere_and_nothing_is_written(session: Session, files: Files) -> None:
    files.edit("staff", "adjuster;lead", "adjuster;boss")

    files.bad(session)

    assert set(counted(session).values()) == {0}


@pytest.mark.both_databases
def test_one_bad_row_and_nothing_is_updated_either(session: Session, files: Files) -> None:
    files.load(session)
    files.edit("projects", "示例花苑", "示例新苑")
    files.edit("homes", "P1-3-1202,1202,12", "P1-3-1202,1202,19")

    files.bad(session)

    assert session.exec(select(Project.name)).one() == "示例花苑"


def test_names_and_numbers_of_owners_are_sealed(session: Session, files: Files) -> None:
    files.load(session)
    sealer = session.info["sealer"]

    owner = session.exec(
        select(Ownership).where(Ownership.phone_index == sealer.index("+8613800000901", "phone"))
    ).one()

    assert sealer.open(owner.name_sealed) == "欧阳示丙"
    assert sealer.open(owner.phone_sealed) == "+8613800000901"
    assert owner.last4_index == sealer.index("0901", "last4")
    assert "示" not in owner.name_sealed and "0901" not in owner.phone_sealed


def test_an_owner_without_a_number_is_found_by_none(session: Session, files: Files) -> None:
    files.edit("owners", "13800000102", "")
    files.load(session)

    owner = session.exec(select(Ownership).where(Ownership.phone_index == "")).one()

    assert (owner.phone_sealed, owner.last4_index) == ("", "")


def test_staff_given_again_stays_dismissed(session: Session, files: Files) -> None:
    files.load(session)
    person = session.exec(select(Person)).one()
    assert (person.active, person.created_at, person.roles) == (True, AT, "adjuster;lead")
    person.active = False
    session.commit()
    files.edit("staff", "沈组长", "沈主任")

    files.load(session)

    assert not session.exec(select(Person)).one().active


@pytest.mark.both_databases
def test_a_transfer_of_title_closes_one_ownership_and_opens_the_next(session: Session, files: Files) -> None:
    files.put("owners", "home,name,phone,from_on,to_on\nP1-3-1202,钱示甲,13800000102,2023-07-01,\n")
    files.load(session)
    new = "P1-3-1202,孙示甲,13800000103,2026-03-01,\n"

    files.put("owners", "home,name,phone,from_on,to_on\n" + new)
    refused = files.bad(session, "owners")
    files.put("owners", f"home,name,phone,from_on,to_on\n{new}P1-3-1202,钱示甲,13800000102,2023-07-01,2026-02-28\n")
    report = files.load(session, "owners")

    assert refused == [
        "owners.csv, line 2, column from_on: 2026-03-01 lies within 2023-07-01 to an open end (registered already); "
        "expected one after the other: to_on is the last day, and a row that is there may be given it in the same run"
    ]
    assert became(report)["owners"] == (1, 1, 0)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("name", "old", "new"), [("projects", "示例东路88弄", "示例西路9弄"), ("buildings", "3号楼", "7号楼")]
)
def test_a_project_or_building_told_anew_moves_homes_that_the_run_does_not_bring(
    session: Session, files: Files, name: str, old: str, new: str
) -> None:
    files.load(session)
    was = home_by_code(session, "P1-3-1201")
    assert was
    files.edit(name, old, new)

    files.load(session, name)

    assert homes_by_address(session, was.address.replace(old, new))[0].exact
    assert not [place for place in homes_by_address(session, was.address) if place.exact]


def test_several_files_of_one_kind_are_told_apart_by_their_header(session: Session, files: Files) -> None:
    more = files.put("more homes", "area_m2,riser,floor,room,code,building,project\n70,03,12,1203,P1-3-1203,3,P1\n")

    report = import_files(session, files.every(), AT)

    assert [(file.file, file.inserted) for file in report.files if file.kind == "homes"] == [
        ("homes.csv", 2),
        (more.name, 1),
    ]


def test_two_imports_at_once_are_refused(session: Session, files: Files, app: object) -> None:
    import_files(session, files.every(), AT)

    with app.extensions["database"].session() as other, pytest.raises(ImportUnderWay):  # type: ignore[attr-defined]
        import_files(other, files.every(), AT)
