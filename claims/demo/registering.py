"""The demo's registry, imported by files as an operator would. Its days hang on today, so that it never ages."""

import csv
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session, select

from claims.access import Person
from claims.demo.town import ESTATES, cover_of_estate, home_codes, owner_of_home, years_after
from claims.registry import Firm, import_files
from claims.registry.uscc import check_character

Rows = Iterator[Sequence[object]]

INSURER = "示例财产保险股份有限公司上海分公司"

_PEOPLE = tomllib.loads(Path(__file__).with_name("people.toml").read_text(encoding="utf-8"))


def build_town(session: Session, today: date, at: datetime) -> None:
    """Import the registry as an operator would, by files, and say which people work for which firm."""
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"{name}.csv" for name in TABLES]
        for path, (header, rows) in zip(files, TABLES.values(), strict=True):
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([header.split(","), *rows(today)])
        import_files(session, files, at)
    firms = {firm.code: firm.id for firm in session.exec(select(Firm))}
    people = {person.email: person for person in session.exec(select(Person))}
    for told in _PEOPLE["staff"]:
        people[told["email"]].firm_id = firms.get(told.get("firm"))
    session.flush()


def _projects(today: date) -> Rows:
    for e in ESTATES:
        filed = e.filed_on(today)
        yield e.code, e.name, e.district, e.road, filed, filed - timedelta(days=24), e.developer, e.builder


def _buildings(today: date) -> Rows:
    for e in ESTATES:
        for n in range(1, e.buildings + 1):
            longitude, latitude = e.place[0] + n % 4 * 0.0006, e.place[1] + n // 4 * 0.0004
            yield e.code, n, f"{n}号楼", e.floors, f"{longitude:.4f}", f"{latitude:.4f}"


def _homes(today: date) -> Rows:
    for e in ESTATES:
        for building, floor, riser, code in home_codes(e):
            yield e.code, building, code, f"{floor}{riser:02d}", floor, f"{riser:02d}", f"{70 + 19.5 * riser:.2f}"


def _policies(today: date) -> Rows:
    for e in ESTATES:
        issued = years_after(e.filed_on(today), -3)
        yield e.policy(today), e.code, INSURER, e.insured, issued, e.deductible, e.survey_days or "", ""


def _cover(today: date) -> Rows:
    for e in ESTATES:
        for part, (first, last) in cover_of_estate(e, today).items():
            yield e.policy(today), part, first, last


def _owners(today: date) -> Rows:
    """One home in forty has been sold since; the buyer has owned it for a year and a half."""
    codes = [(e, code) for e in ESTATES for _, _, _, code in home_codes(e)]
    sold_on = today - timedelta(days=550)
    for number, (e, code) in enumerate(codes):
        name, phone = owner_of_home(number)
        since = e.filed_on(today) + timedelta(days=45)
        if number % 40 == 39 and since < sold_on:
            yield code, owner_of_home(number + 7)[0], f"1380000{4000 + number}", since, sold_on - timedelta(days=1)
            since = sold_on
        yield code, name, phone, since, ""


def _firms(today: date) -> Rows:
    for number, told in enumerate(_PEOPLE["firm"], start=1):
        first = f"91310000MA{number:07d}"
        qualification = told.get("qualification", "")
        yield (
            told["code"],
            told["name"],
            told["kind"],
            first + check_character(first),
            told.get("districts", ""),
            told.get("trades", ""),
            qualification,
            years_after(today, 2) + timedelta(days=30 * number) if qualification else "",
            8 if told["kind"] == "repair" else "",
            f"1380000{8700 + number}",
        )


def _staff(today: date) -> Rows:
    for number, told in enumerate(_PEOPLE["staff"], start=1):
        yield told["email"], told["name"], told["roles"], told.get("districts", ""), f"1380000{8800 + number}"


TABLES = {
    "projects": ("code,name,district,address,completion_filed_on,completion_accepted_on,developer,builder", _projects),
    "buildings": ("project,code,name,floors,longitude,latitude", _buildings),
    "homes": ("project,building,code,room,floor,riser,area_m2", _homes),
    "policies": ("number,project,insurer,insured_kind,issued_on,deductible_yuan,survey_days,decision_days", _policies),
    "cover": ("policy,part,starts_on,ends_on", _cover),
    "owners": ("home,name,phone,from_on,to_on", _owners),
    "firms": ("code,name,kind,uscc,districts,trades,qualification,valid_until,daily_capacity,phone", _firms),
    "staff": ("email,name,roles,districts,phone", _staff),
}
