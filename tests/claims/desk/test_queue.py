"""What a lead finds at the queue: a denial that waits for a second person (第十一、十三条)."""

from datetime import timedelta

import pytest

from claims.casefile import Stage, lock
from claims.intake import Claim
from config.time import now
from tests.claims.desk.conftest import Colleague
from tests.faults.town import Town
from tests.later_makers import an_emergency
from tests.makers import PHOTO, a_proposed_denial, at

pytestmark = pytest.mark.both_databases


def test_a_denial_that_waits_for_its_signature_is_found_by_a_link_and_nothing_else_with_it(town: Town) -> None:
    other, made = town.claim(Stage.SURVEYED), town.claim(Stage.SURVEYED)
    with town.database.session() as session:
        claim = session.get_one(Claim, made.claim.id)
        made.file, made.claim = lock(session, claim.id), claim
        a_proposed_denial(session, town.world, made, at=now())
        session.commit()

    page = Colleague(town, town.world.lead).page("/desk?waiting=signature")

    assert [e.text for e in page.elements if e.attrs.get("class") == "reference"] == [made.file.reference]
    assert other.file.reference not in page.words


def test_an_open_danger_is_on_top_and_says_so_in_words(town: Town, adjuster: Colleague) -> None:
    late = town.claim(Stage.REPORTED, reported_at=at("Mon 2026-02-02 10:00"))
    danger = town.claim(Stage.REPORTED, reported_at=now(), danger=True)

    first, last = [e.text for e in adjuster.page("/desk").all("tr")][1:]

    assert danger.file.reference in first and "险情未排除" in first
    assert "临近" in first and "从容" not in first
    assert late.file.reference in last and "险情" not in last


def test_once_it_is_made_safe_it_takes_its_place_by_date(town: Town, adjuster: Colleague) -> None:
    danger = town.claim(Stage.REPORTED, reported_at=now() - timedelta(hours=1), danger=True)
    town.claim(Stage.REPORTED, reported_at=at("Mon 2026-02-02 10:00"))

    path = f"/desk/{danger.file.reference}/safety"
    assert adjuster.sends(path, ("evidence", PHOTO, "警戒线.jpg"), note="已断电").status_code == 303

    first, last = [e.text for e in adjuster.page("/desk").all("tr")][1:]
    assert danger.file.reference in last
    assert "险情未排除" not in first + last
    assert "报过险情" in last


def test_somebody_at_a_shut_door_can_sign_out(town: Town) -> None:
    refused = Colleague(town, town.another("surveyor", 7)).client.get("/oversight")

    assert refused.status_code == 403
    assert 'action="/staff/sign-out"' in refused.text


def test_no_clock_of_a_claim_is_at_ease_while_a_danger_is_open(town: Town, adjuster: Colleague) -> None:
    """The survey's day is told all the same, and once the home is safe it is an ordinary day again."""
    made = town.claim(Stage.REPORTED, reported_at=now(), danger=True)
    path = f"/desk/{made.file.reference}"

    in_danger = adjuster.page(path).words
    assert adjuster.sends(f"{path}/safety", ("evidence", PHOTO, "警戒线.jpg"), note="已断电").status_code == 303

    assert "现场查勘 险情优先" in in_danger and "从容" not in in_danger
    assert "现场查勘 从容" in adjuster.page(path).words


@pytest.mark.parametrize("attended", ["", "Mon 2026-03-02 12:00"])
def test_an_emergency_in_the_whole_project_marks_its_claims_until_it_is_attended(
    town: Town, adjuster: Colleague, attended: str
) -> None:
    """第七条(八): wherever the claim is shown, with a way to the project for whoever may open it."""
    made, near = town.claim(Stage.REPORTED, reported_at=now()), town.claim(Stage.REPORTED, home=None, address="某小区")
    with town.session() as session:
        reference = an_emergency(session, "Mon 2026-03-02 10:00", attended=attended).reference
        session.commit()

    rows = {e.text for e in adjuster.page("/desk").all("tr")}
    page = adjuster.page(f"/desk/{made.file.reference}")

    marked = {row for row in rows if "小区险情未处置" in row}
    assert len(marked) == (not attended) and all(made.file.reference in row and "从容" not in row for row in marked)
    assert not any(near.file.reference in row for row in marked)
    assert ("小区险情未处置" in page.words and "从容" not in page.words) is (not attended)
    assert bool([e for e in page.all("a") if e.attrs["href"].endswith(f"/desk/projects/{reference}")]) is (not attended)


@pytest.mark.parametrize("limit", [1, 2, 50])
@pytest.mark.parametrize("attended", ["", "Mon 2026-03-02 12:00"])
def test_what_is_no_claim_takes_no_place_on_a_page(town: Town, limit: int, attended: str) -> None:
    """A project's emergency stands before all, and once attended by its date: no page is cut short by it."""
    made = [town.claim(stage).file.reference for stage in (Stage.REPORTED, Stage.SURVEYED, Stage.COVERED)]
    with town.session() as session:
        an_emergency(session, "Mon 2026-03-02 10:00", attended=attended)
        session.commit()

    seen, way = [], f"/claims?limit={limit}"
    while way:
        page = town.asks(town.world.lead, "GET", way).json
        seen += [row["reference"] for row in page["claims"]]
        way = f"/claims?limit={limit}&cursor={page['next']}" if page["next"] else ""

    assert sorted(seen) == sorted(made)
