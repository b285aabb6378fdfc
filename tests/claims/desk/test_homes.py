"""`/desk/homes`: what is insured until when, what was reported there, and its owner, masked unless a claim needs it."""

from datetime import date

import pytest
from sqlmodel import select

from claims.access import Person, Reveal
from claims.casefile import Stage
from claims.registry import Cover, Home, Ownership, Policy
from tests.claims.desk.conftest import Colleague
from tests.faults.town import Town
from tests.makers import OWNERS_PHONE, a_person
from tests.web.checking import Page

HOME = "/desk/homes/H-1201"


def codes(page: Page) -> list[str]:
    return [e.text for e in page.all("a") if e.attrs.get("class") == "reference"]


def somebody(town: Town, role: str, *districts: str) -> Colleague:
    with town.database.session() as session:
        person: Person = a_person(session, role, districts=districts, email=f"{role}-of-homes@insurer.example")
        session.commit()
    return Colleague(town, person)


def a_neighbour(town: Town, code: str, riser: str) -> None:
    """Another home of the same building, with a claim of its own."""
    with town.database.session() as session:
        one = session.exec(select(Home).where(Home.code == "H-1201")).one()
        told = one.model_dump(exclude={"id"}) | {"code": code, "room": code, "riser": riser}
        session.add(Home(**told | {"address": f"{one.address}{code}", "search_address": f"{one.search_address}{code}"}))
        session.commit()
    town.claim(Stage.REPORTED, home=code)


def test_before_anything_is_asked_the_page_says_what_can_be(adjuster: Colleague) -> None:
    page = adjuster.page("/desk/homes")

    assert not codes(page)
    assert "按房屋编号或者地址查" in page.words


@pytest.mark.parametrize("asked", ["H-1201", "示例路1弄1号楼1201室", "示例路1弄"])
def test_a_home_is_found_by_its_code_and_by_its_address(adjuster: Colleague, asked: str) -> None:
    assert codes(adjuster.page(f"/desk/homes?q={asked}")) == ["H-1201"]


def test_what_isnt_found_is_said_with_a_hint(adjuster: Colleague) -> None:
    assert "没有找到" in adjuster.page("/desk/homes?q=不存在路9弄").words


@pytest.mark.parametrize(("district", "found"), [("浦东新区", ["H-1201"]), ("黄浦区", [])])
def test_a_home_is_found_by_those_who_look_after_its_district(town: Town, district: str, found: list[str]) -> None:
    assert codes(somebody(town, "adjuster", district).page("/desk/homes?q=H-1201")) == found


@pytest.mark.parametrize(("district", "status"), [("浦东新区", 200), ("黄浦区", 404)])
def test_a_home_is_shown_to_those_who_look_after_its_district(town: Town, district: str, status: int) -> None:
    assert somebody(town, "adjuster", district).client.get(HOME).status_code == status


def test_a_code_that_nobody_has_is_no_page(adjuster: Colleague) -> None:
    assert adjuster.client.get("/desk/homes/H-0000").status_code == 404


@pytest.mark.parametrize(("ends_on", "words"), [
    (date(2000, 1, 1), "已届满"),
    (date(2999, 1, 1), "在期限内"),
])  # fmt: skip
def test_each_part_says_whether_its_term_runs_today(town: Town, adjuster: Colleague, ends_on: date, words: str) -> None:
    with town.database.session() as session:
        for cover in session.exec(select(Cover)):
            cover.starts_on, cover.ends_on = date(1999, 1, 1), ends_on
        session.commit()

    assert adjuster.page(HOME).words.count(words) == 3


def test_a_home_without_a_policy_says_so(town: Town, adjuster: Colleague) -> None:
    with town.database.session() as session:
        for row in [*session.exec(select(Cover)), *session.exec(select(Policy))]:
            session.delete(row)
            session.flush()
        session.commit()

    assert "登记库里没有这个小区的保单。" in adjuster.page(HOME).words


def test_a_home_of_which_nobody_has_reported_anything_says_so(adjuster: Colleague) -> None:
    assert "没有报案。" in adjuster.page(HOME).words


def test_a_home_without_an_owner_on_record_says_so(town: Town, adjuster: Colleague) -> None:
    with town.database.session() as session:
        session.delete(session.exec(select(Ownership)).one())
        session.commit()

    assert "登记库里没有。" in adjuster.page(HOME).words


@pytest.mark.parametrize(("riser", "is_near"), [("01", True), ("02", False)])
def test_water_comes_down_a_riser_so_its_other_homes_are_told_of(
    town: Town, adjuster: Colleague, riser: str, is_near: bool
) -> None:
    a_neighbour(town, "H-1301", riser)

    assert ("同一立管上下邻居的报案" in adjuster.page(HOME).words) is is_near


def test_an_owner_is_masked_and_nobody_is_noted(town: Town, adjuster: Colleague) -> None:
    town.claim(Stage.REPORTED)

    words = adjuster.page(HOME).words

    assert "王**" in words
    assert "王小明" not in words and OWNERS_PHONE not in words
    assert town.count(Reveal) == 0


def test_a_claim_of_this_home_is_a_reason_and_the_look_is_noted(town: Town, adjuster: Colleague) -> None:
    made = town.claim(Stage.REPORTED)

    words = adjuster.page(f"{HOME}?claim={made.file.reference}").words

    assert "王小明" in words and OWNERS_PHONE in words
    assert "这次查看已记录在案。" in words
    assert town.count(Reveal, file_id=made.claim.id, fields="owners' names, phones") == 1


def test_a_claim_of_another_home_is_no_reason(town: Town, adjuster: Colleague) -> None:
    a_neighbour(town, "H-1301", "01")
    other = town.files()[-1]

    assert "王小明" not in adjuster.page(f"{HOME}?claim={other.reference}").words
    assert town.count(Reveal) == 0


def test_a_manager_reads_no_name_whatever_the_reason(town: Town) -> None:
    made = town.claim(Stage.REPORTED)

    assert "王小明" not in somebody(town, "manager").page(f"{HOME}?claim={made.file.reference}").words
    assert town.count(Reveal) == 0
