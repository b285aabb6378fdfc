"""What a lead finds at the queue: a denial that waits for a second person (第十一、十三条)."""

import pytest

from claims.casefile import Stage, lock
from claims.intake import Claim
from config.time import now
from tests.claims.desk.conftest import Colleague
from tests.faults.town import Town
from tests.makers import a_proposed_denial

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


def test_somebody_at_a_shut_door_can_sign_out(town: Town) -> None:
    refused = Colleague(town, town.another("surveyor", 7)).client.get("/oversight")

    assert refused.status_code == 403
    assert 'action="/staff/sign-out"' in refused.text
