"""One policy function says who sees what: whole desks by district, the others what they take part in."""

import pytest
from sqlmodel import Session, select

from claims.access import Person, in_sight, take_part
from claims.casefile import CaseFile
from tests.makers import World, a_claim, a_person, at

pytestmark = pytest.mark.both_databases


def sees(session: Session, person: Person) -> int:
    return len(session.exec(select(CaseFile).where(in_sight(person))).all())


@pytest.mark.parametrize("role", ["adjuster", "lead", "manager", "finance", "auditor"])
@pytest.mark.parametrize(("districts", "claims"), [((), 2), (("浦东新区",), 2), (("闵行区",), 1)])
def test_a_desk_sees_its_districts_and_every_claim_without_a_home(
    session: Session, world: World, role: str, districts: tuple[str, ...], claims: int
):
    a_claim(session, world)
    a_claim(session, world, home=None)

    assert sees(session, a_person(session, role, districts=districts, email="x@insurer.example")) == claims


@pytest.mark.parametrize("role", ["surveyor", "channel", "firm", "appraiser", "operator"])
def test_the_others_see_nothing_by_their_role_alone(session: Session, world: World, role: str):
    a_claim(session, world)

    assert sees(session, a_person(session, role, email="x@insurer.example")) == 0


@pytest.mark.parametrize(("role", "claims"), [("surveyor", 1), ("channel", 1), ("firm", 1), ("operator", 0)])
def test_taking_part_shows_that_one_claim(session: Session, world: World, role: str, claims: int):
    mine, _ = a_claim(session, world), a_claim(session, world)
    person = a_person(session, role, email="x@insurer.example")

    take_part(session, file_id=mine.claim.id, person_id=person.id or 0, role=role, at=at("Mon 2026-03-02 12:00"))

    session.flush()
    assert sees(session, person) == claims


def test_an_assigned_claim_is_seen_outside_ones_districts(session: Session, world: World):
    made = a_claim(session, world)
    person = a_person(session, "adjuster", districts=("闵行区",), email="x@insurer.example")

    made.file.assignee_id = person.id

    session.flush()
    assert sees(session, person) == 1
