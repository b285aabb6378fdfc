"""Two of the house who send a sheet at the same instant, on a real PostgreSQL."""

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from claims.casefile import Stage, lock
from claims.decision import Decision
from claims.intake import Claim
from claims.settlement import LedgerEntry
from config.time import now
from tests.claims.desk.conftest import Colleague, filled
from tests.faults.together import at_once
from tests.faults.town import Town
from tests.makers import a_proposed_denial

pytestmark = pytest.mark.postgres


def sent_at_once(*sheets: tuple[FlaskClient, str, dict]) -> list[int]:
    acts = [lambda c=client, p=path, d=data: c.post(p, data=d).status_code for client, path, data in sheets]
    return sorted(at_once(*acts))


def test_of_two_second_signatures_one_counts(town: Town) -> None:
    made = town.claim(Stage.SURVEYED)
    with town.database.session() as session:
        claim = session.get_one(Claim, made.claim.id)
        made.file, made.claim = lock(session, claim.id), claim
        a_proposed_denial(session, town.world, made, at=now())
        session.commit()
    path = f"/desk/{made.file.reference}/decision/approval"
    two = [Colleague(town, town.world.lead), Colleague(town, town.another("lead", 2))]

    answers = sent_at_once(*[(one.client, path, filled(one.page(path)) | {"approve": "true"}) for one in two])

    assert answers[0] == 303
    assert answers[1] in (409, 412)
    with town.database.session() as session:
        assert session.exec(select(Decision)).one().state == "made"


def test_one_bank_reference_is_paid_once_however_many_claims_it_is_entered_on(town: Town) -> None:
    sheets = []
    for _ in range(2):
        lead, path = Colleague(town, town.world.lead), f"/desk/{town.claim(Stage.COVERED).file.reference}/payments"
        paid = {"amount": "100.00", "bank_reference": "B-0001"}
        sheets.append((lead.client, path, filled(lead.page(path)) | paid))

    answers = sent_at_once(*sheets)

    assert answers == [303, 409]
    assert len(town.rows(LedgerEntry)) == 1
