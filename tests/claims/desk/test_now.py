"""What a claim's page says is to be done now, and by whom (第十三条: ten days to perform)."""

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import select

from claims.access import Person
from claims.settlement import Part
from tests.later_makers import covered, swept
from tests.makers import a_person, a_world
from tests.web.checking import Page
from tests.web.signed_in import signed_in

pytestmark = pytest.mark.sqlite


@pytest.fixture
def claim(app: Flask) -> str:
    """10,000 yuan agreed on Monday 23 November 2026, to be paid by Thursday 3 December."""
    with app.extensions["database"].session() as session:
        made = covered(session, a_world(session), "Mon 2026-11-16 09:00")
        made.settled("Mon 2026-11-23 10:00", Part(made.made.findings[0].id or 0, "cash", 1_000_000))
        a_person(session, "finance")
        session.commit()
        return made.file.reference


def shown(app: Flask, role: str, path: str) -> Page:
    with app.extensions["database"].session() as session:
        person = session.exec(select(Person).where(Person.roles == role)).first()
        assert person is not None
    return signed_in(app, person).page(path)


def bar(page: Page) -> list[tuple[str, bool]]:
    """The acts of the bar, and which of them is open."""
    return [(e.text, "aria-current" in e.attrs) for e in page.all("a") if e.attrs.get("class") == "act"]


@freeze_time("2026-12-04 01:00")
@pytest.mark.parametrize(("role", "waits"), [("adjuster", True), ("finance", False)])
def test_who_may_not_pay_is_told_who_must(app: Flask, claim: str, role: str, waits: bool) -> None:
    assert ("等财务：付款¥10,000.00" in shown(app, role, f"/desk/{claim}").words) is waits


@freeze_time("2026-12-04 01:00")
def test_the_open_act_stands_first_in_the_bar_and_once(app: Flask, claim: str) -> None:
    acts = bar(shown(app, "adjuster", f"/desk/{claim}/withdrawal"))

    assert acts[0][1] and [current for _, current in acts].count(True) == 1
    assert len({act for act, _ in acts}) == len(acts)


@freeze_time("2026-12-04 01:00")
def test_a_breach_tells_the_last_day_as_its_clock_does(app: Flask, claim: str) -> None:
    with app.extensions["database"].session() as session:
        swept(session, "Fri 2026-12-04 00:00")
        session.commit()

    words = shown(app, "adjuster", f"/desk/{claim}").words

    assert "应于2026年12月3日（周四）24:00前" in words
    assert "00:00:00前" not in words
