"""Which home, insured how, owned by whom, on which day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import Session

from claims.registry import (
    Placed,
    cover_of,
    home_by_code,
    homes_by_address,
    homes_by_phone,
    insured_home,
    owner_of,
    policy_of,
)
from tests.claims.registry.conftest import Files

pytestmark = pytest.mark.both_databases

FORMER, PRESENT, NEIGHBOUR = "+8613800000101", "+8613800000901", "+8613800000102"
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def registered(session: Session, files: Files) -> None:
    files.load(session)


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    session.connection()
    event.listen(session.get_bind(), "before_cursor_execute", note)
    yield sent
    event.remove(session.get_bind(), "before_cursor_execute", note)


def codes(places: list[Placed]) -> list[str]:
    return [place.home.code for place in places]


@pytest.mark.parametrize("typed", ["P1-3-1201", "p1-3-1201", " Ｐ１－３－１２０１ "])
def test_a_home_is_found_by_its_code_in_one_query(session: Session, typed: str) -> None:
    with statements(session) as sent:
        place = home_by_code(session, typed)

    assert place is not None
    assert (place.home.code, place.building.name, place.project.name) == ("P1-3-1201", "3号楼", "示例花苑")
    assert place.address == "上海市浦东新区示例东路88弄3号楼1201室"
    assert len(sent) == 1


def test_no_home_has_this_code(session: Session) -> None:
    assert home_by_code(session, "P1-3-9999") is None
    assert insured_home(session, "", TODAY) is None


def test_codes_that_differ_by_case_alone_are_two_homes(session: Session, files: Files) -> None:
    files.put("homes", "project,building,code,room,floor,riser,area_m2\nP1,3,p1-3-1201,1301,13,,80\n")
    files.load(session, "homes")

    assert [home_by_code(session, code).home.room for code in ("P1-3-1201", "p1-3-1201")] == ["1201", "1301"]  # type: ignore[union-attr]


def test_home_policy_and_cover_come_in_one_query(session: Session) -> None:
    with statements(session) as sent:
        insured = insured_home(session, "P1-3-1201", TODAY)

    assert len(sent) == 1
    assert insured is not None
    assert insured.policy is not None
    assert (insured.policy.number, insured.project.builder) == ("N1", "示例建筑有限公司")
    assert {part: cover.ends_on for part, cover in insured.cover.items()} == {
        "structure": date(2035, 5, 20),
        "waterproofing": date(2030, 5, 20),
    }


@pytest.mark.parametrize(
    ("on", "number"),
    [(date(2021, 3, 14), None), (date(2021, 3, 15), "N1"), (date(2026, 1, 1), "N1"), (date(2026, 1, 2), "N2")],
)
def test_the_policy_issued_last_counts(session: Session, files: Files, on: date, number: str | None) -> None:
    files.put("policies", "number,project,insurer,insured_kind,issued_on,deductible_yuan,survey_days,decision_days\n"
              "N2,P1,示例财产保险,owner,2026-01-02,,,\n")  # fmt: skip
    files.load(session, "policies")
    insured = insured_home(session, "P1-3-1201", on)
    assert insured is not None

    policy = policy_of(session, insured.project.id or 0, on)

    assert (policy.number if policy else None) == number
    assert insured.policy == policy
    assert bool(insured.cover) == (number == "N1")


@pytest.mark.parametrize(
    ("on", "starts_on"),
    [
        (date(2025, 5, 20), date(2025, 5, 21)),
        (date(2035, 5, 20), date(2025, 5, 21)),
        (date(2035, 5, 21), date(2036, 1, 1)),
        (date(2036, 1, 1), date(2036, 1, 1)),
        (date(2040, 1, 1), date(2036, 1, 1)),
    ],
)
def test_of_two_covers_of_a_part_the_day_chooses(session: Session, files: Files, on: date, starts_on: date) -> None:
    files.put("cover", "policy,part,starts_on,ends_on\nN1,structure,2036-01-01,2038-12-31\n")
    files.load(session, "cover")
    policy = insured_home(session, "P1-3-1201", on).policy  # type: ignore[union-attr]

    assert cover_of(session, policy.id or 0, on)["structure"].starts_on == starts_on  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("day", "owner"),
    [
        ("Fri 2023-06-30", None),
        ("Sat 2023-07-01", FORMER),
        ("Thu 2025-08-14", FORMER),
        ("Fri 2025-08-15", PRESENT),
        ("Mon 2026-03-02", PRESENT),
    ],
)
def test_on_the_day_the_title_passes_the_number_of_the_new_owner_leads_to_the_home(
    session: Session, day: str, owner: str | None
) -> None:
    on = date.fromisoformat(day[4:])
    assert f"{on:%a}" == day[:3]
    home = home_by_code(session, "P1-3-1201")
    assert home is not None

    led = {phone: codes(homes_by_phone(session, phone, on)) for phone in (FORMER, PRESENT)}

    assert led == {phone: ["P1-3-1201"] if phone == owner else [] for phone in (FORMER, PRESENT)}
    ownership = owner_of(session, home.home.id or 0, on)
    assert (session.info["sealer"].open(ownership.phone_sealed) if ownership else None) == owner


def test_one_number_may_lead_to_several_homes(session: Session, files: Files) -> None:
    files.edit("owners", "13800000102", "13800000901")
    files.load(session, "owners")

    assert codes(homes_by_phone(session, PRESENT, TODAY)) == ["P1-3-1201", "P1-3-1202"]
    assert homes_by_phone(session, NEIGHBOUR, TODAY) == []
    assert homes_by_phone(session, "", TODAY) == []


def test_a_home_named_whole_is_the_only_answer(session: Session) -> None:
    told = [
        "上海市浦东新区示例东路88弄3号楼1201室",
        "示例东路８８弄 3幢 1201",
        "示例东路88弄三号12楼1201室",
        "示例花苑3号1201室",
        "浦东新区示例花苑3号楼1201",
        "示例东路88弄（示例花苑）3号1201室",
        "我家在示例东路88弄3号1201室",
    ]

    answers = {text: [(place.home.code, place.exact) for place in homes_by_address(session, text)] for text in told}

    assert answers == {text: [("P1-3-1201", True)] for text in told}


def test_a_home_only_hinted_at_is_a_candidate(session: Session) -> None:
    told = {
        "示例东路88弄3号1201室厨房漏水": ["P1-3-1201"],
        "你好，我家在示例东路88弄3号1201室，墙面渗水": ["P1-3-1201"],
        "闵行区示例东路88弄3号1201室": ["P1-3-1201"],
        "示例西路9弄示例花苑3号1201室": ["P1-3-1201"],
        "示例东路88弄3号楼": ["P1-3-1201", "P1-3-1202"],
        "示例东路88弄": ["P1-3-1201", "P1-3-1202"],
        "示例花苑": ["P1-3-1201", "P1-3-1202"],
        "示例东路88弄%": ["P1-3-1201", "P1-3-1202"],
        "示例东路88弄3号120": [],
        "老示例东路88弄3号1201室": [],
        "示例东路8弄": [],
        "示例东路": [],
        "%": [],
        "": [],
    }

    answers = {text: homes_by_address(session, text) for text in told}

    assert {text: codes(places) for text, places in answers.items()} == told
    assert not any(place.exact for places in answers.values() for place in places)


def test_no_more_than_the_limit(session: Session) -> None:
    assert codes(homes_by_address(session, "示例东路88弄", limit=1)) == ["P1-3-1201"]


def test_the_same_road_in_two_districts_is_decided_by_the_district_told(session: Session, files: Files) -> None:
    files.edit("projects", "P1,示例花苑,浦东新区", "P2,示例南苑,闵行区")
    files.edit("buildings", "P1,", "P2,")
    files.put("homes", "project,building,code,room,floor,riser,area_m2\nP2,3,P2-3-1201,1201,12,,80\n")
    files.load(session, "projects", "buildings", "homes")
    address = "示例东路88弄3号1201室"

    assert codes(homes_by_address(session, address)) == ["P1-3-1201", "P2-3-1201"]
    assert codes(homes_by_address(session, f"闵行区{address}")) == ["P2-3-1201"]
    assert codes(homes_by_address(session, f"浦东新区{address}")) == ["P1-3-1201"]
