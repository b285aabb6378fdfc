"""第十三条: the homeowner reads what was agreed and by when it is performed, at the last consent."""

import json
from typing import Any

import pytest
from sqlmodel import Session, select

from claims.settlement import Part
from notifications.model import Message
from tests.later_makers import Later, covered
from tests.makers import OWNERS_PHONE, World

REPORTED, AGREED = "Mon 2026-09-14 10:00", "Thu 2026-09-24 10:00"


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    return covered(session, world, REPORTED, relation="tenant", phone="+8613800000077")


def texts(session: Session) -> list[tuple[str, dict[str, Any]]]:
    """To whom, and what."""
    sealer = session.info["sealer"]
    rows = session.exec(select(Message).where(Message.message == "settlement_reached"))
    return [(sealer.open(m.recipient_sealed), json.loads(sealer.open(m.content_sealed))) for m in rows]


def test_cash_is_told_with_the_last_of_the_ten_days(session: Session, claim: Later):
    claim.settled(AGREED, Part(claim.made.findings[0].id or 0, "cash", 1_200_00))

    [(phone, said)] = texts(session)
    assert phone == OWNERS_PHONE  # the owner's, though a tenant reported
    assert "1,200.00" in said["cash"] or "1200.00" in said["cash"]
    assert (said["works"], said["perform_by"]) == (None, "2026年10月8日（周四）")  # 4 October rolls over the holiday


def test_a_repair_is_told_with_its_days(session: Session, claim: Later):
    claim.settled(AGREED)

    [(_, said)] = texts(session)
    assert said["works"].startswith("2026年9月24日") and said["works"].endswith("完工")
    assert said["cash"] is None


def test_an_offer_that_one_has_not_agreed_to_is_no_agreement(session: Session, claim: Later):
    claim.proposed(AGREED)
    claim.consented("owner", AGREED)

    assert texts(session) == []
