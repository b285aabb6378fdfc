"""A caller who needs a person: everybody on duty is rung, one after the other, and then a message is taken."""

from __future__ import annotations

import pytest

from claims.roster.actions import add_shift
from tests.claims.intake.conftest import ON_DUTY
from tests.makers import at

pytestmark = pytest.mark.both_databases
FIRST, SECOND = "+8613700000001", "+8613700000002"


@pytest.fixture
def rostered(session, phone):
    """Two people, the second by their place; every hour of every day since 2025."""
    told = {"kind": "rota", "first_on": at("Wed 2025-01-01 00:00").date(), "last_on": None, "days": "all"}
    told |= {"run_days": 1, "cycle_days": 1, "from_time": "09:00", "to_time": "09:00", "by": "staff:1"}
    for rank, number in ((2, SECOND), (1, FIRST)):
        add_shift(session, **told, name=f"第{rank}", phone=number, rank=rank, at=at("Wed 2025-01-01 00:00"))
    session.commit()


def rung(phone) -> str:
    return phone.verb.find("Number").text


@pytest.mark.parametrize("key", ["0", "9"])
def test_who_doesnt_answer_is_followed_by_the_next_and_then_by_a_message(rostered, phone, ledger, key):
    phone.rings().presses(key)
    assert (rung(phone), phone.verb.get("timeout")) == (FIRST, "25")
    phone.is_put_through(answered=False)
    assert rung(phone) == SECOND
    assert "下一位" in phone.heard
    phone.is_put_through(answered=False)

    assert phone.verb.tag == "Record"
    phone.records().hangs_up()
    (claim,) = ledger.claims()
    assert ledger.why_to_ring(claim) == ["voicemail"]


def test_the_number_of_the_settings_is_rung_last(rostered, staffed, phone):
    phone.rings().presses("0").is_put_through(answered=False).is_put_through(answered=False)

    assert rung(phone) == ON_DUTY


def test_when_the_second_takes_the_call_nobody_has_to_ring_back(rostered, phone, ledger):
    phone.rings().presses("9").is_put_through(answered=False).is_put_through(answered=True)
    phone.hangs_up()

    (claim,) = ledger.claims()
    assert ledger.why_to_ring(claim) == []


def test_english_callers_are_told_in_english(rostered, phone):
    phone.rings().presses("#").presses("0").is_put_through(answered=False)

    assert "next person" in phone.heard
