"""第七条(八): 9 makes safe, opens an emergency at once and rings whoever is on duty; 0 rings them at any time."""

from datetime import timedelta

import pytest

from tests.claims.intake.conftest import ON_DUTY

pytestmark = pytest.mark.both_databases


def test_9_is_an_emergency_before_anybody_answers(phone, staffed, ledger):
    phone.rings().presses("9")

    (claim,) = ledger.claims()
    assert (claim.danger, claim.phone_index != "") == (True, True)
    clock = ledger.contact(claim)
    assert clock.legal_due - clock.anchor == timedelta(minutes=30)
    assert phone.heard.startswith("请先保证人身安全")
    assert phone.verb.find("Number").text == ON_DUTY


def test_taken_by_whoever_is_on_duty_it_needs_no_call_back(phone, staffed, ledger):
    phone.rings().presses("9").is_put_through(answered=True)

    assert phone.over
    assert ledger.why_to_ring(ledger.claims()[0]) == []


@pytest.mark.parametrize("key", ["9", "0"])
def test_nobody_answers_and_a_message_is_taken(phone, staffed, ledger, key):
    phone.rings().presses(key).is_put_through(answered=False).records("RE1")

    (claim,) = ledger.claims()
    assert "给您回电" in phone.heard
    assert ledger.why_to_ring(claim) == ["voicemail"]
    assert [recording.sid for recording in ledger.recordings()] == ["RE1"]
    assert ledger.call().file_id == claim.id


@pytest.mark.parametrize("key", ["9", "0"])
def test_without_a_number_on_duty_the_message_is_asked_for_at_once(phone, ledger, key):
    phone.rings().presses(key).goes_on()

    assert phone.verb.tag == "Record"


def test_a_mailbox_that_answers_the_line_on_duty_is_no_person(phone, staffed):
    phone.rings().presses("0")
    assert phone._asks(phone.verb.get("action"), DialCallStatus="completed").verb.tag == "Record"


def test_a_person_reached_by_0_owes_nothing_more(phone, staffed, ledger):
    phone.rings().presses("0").is_put_through(answered=True)

    assert phone.over and not ledger.claims()


def test_what_was_said_before_0_becomes_a_claim_though_a_person_was_reached(phone, staffed, ledger):
    phone.rings().presses("1").says("示例花园1号楼1201室").presses("0").is_put_through(answered=True)

    (claim,) = ledger.claims()
    assert claim.address == "示例花园1号楼1201室"
    assert ledger.why_to_ring(claim) == []


@pytest.mark.parametrize("key", ["9", "0"])
def test_who_hangs_up_while_it_rings_is_rung_back(phone, staffed, ledger, key):
    phone.rings().presses(key).hangs_up()

    assert ledger.why_to_ring(ledger.claims()[0]) == ["hung up"]


def test_whoever_is_on_duty_is_asked_in_chinese_whatever_the_caller_speaks(phone, staffed):
    phone.rings().presses("#").presses("0")
    assert phone.heard.startswith("Please hold")

    other = type(phone)(phone.app, sid="CA1-duty")._asks(phone.verb.find("Number").get("url"))
    assert "请按1" in other.heard
