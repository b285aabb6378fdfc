"""Every page of the desk in both languages, and the number of questions that each asks of its database."""

import pytest

from claims.casefile import Stage
from claims.desk.sheets import SHEETS
from tests.claims.desk.conftest import Colleague
from tests.faults.town import Town
from tests.makers import Made
from tests.web.signed_in import asked
from tests.web.test_language import chinese_left

SIGNED_IN = 1
"""Each page first asks whose browser it is."""


@pytest.fixture
def made(town: Town) -> list[Made]:
    """One claim at every stage that the makers know."""
    return [town.claim(stage) for stage in (Stage.REPORTED, Stage.SURVEYED, Stage.COVERED, Stage.DENIED)] + [
        town.proposed_denial()
    ]


def pages(made: list[Made]) -> list[str]:
    return ["/desk", "/desk?due=late", "/desk/homes", "/desk/homes?q=H-1201", "/desk/homes/H-1201", "/desk/outbox"] + [
        f"/desk/{each.file.reference}{act}"
        for each in made
        for act in ("", *(f"/{act}" for act, sheet in SHEETS.items() if not sheet.argument))
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_sound_and_speaks_one_language(lead: Colleague, made: list[Made], language: str) -> None:
    lead.client.get(f"/staff?lang={language}")
    seen = {path: lead.page(path) for path in pages(made)}

    left = {path: chinese_left(page) for path, page in seen.items()} if language == "en" else {}
    assert {path: words for path, words in left.items() if words} == {}


def test_in_english_only_what_people_wrote_and_their_names_are_marked_as_chinese(
    town: Town, lead: Colleague, made: list[Made]
) -> None:
    lead.client.get("/staff?lang=en")

    page = lead.page(f"/desk/{made[1].file.reference}")
    details = [e for e in page.elements if e.attrs.get("class") == "details"]
    inside = [e for e in page.elements if any(up.attrs.get("class") == "details" for up in e.above)]
    marked = {e.text for e in inside if e.attrs.get("lang") == "zh-Hans"}

    assert not [e for e in details if "lang" in e.attrs]
    assert "卧室天花板渗水1" in marked
    assert "Waterproofing" in {word.strip() for e in details for word in e.text.split("·")} - marked


@pytest.mark.both_databases
def test_the_queue_asks_three_questions_however_long_it_is(town: Town, lead: Colleague, made: list[Made]) -> None:
    with asked(town.app) as said:
        lead.page("/desk")

    questions = [statement for statement in said if statement.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert len(questions) <= 3 + SIGNED_IN, questions


@pytest.mark.both_databases
def test_a_longer_story_costs_a_claims_page_nothing_more(town: Town, lead: Colleague) -> None:
    short, long = (town.claim(Stage.SURVEYED, findings=number) for number in (1, 4))

    counts = []
    for each in (short, long):
        lead.page(f"/desk/{each.file.reference}")
        with asked(town.app) as said:
            lead.page(f"/desk/{each.file.reference}")
        counts.append(len(said))

    assert counts[0] == counts[1]
