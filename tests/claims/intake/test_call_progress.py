"""Progress by the 12 digits: told to the number that reported, withheld from every other, who is rung back."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from claims.casefile import Stage, record
from claims.casefile.facts import ClaimWithdrawn
from claims.casefile.files import reference_for
from claims.intake import make_contact
from tests.makers import a_claim, at

pytestmark = pytest.mark.both_databases
REPORTED = at("Mon 2026-03-02 10:00")
REPORTER = "+8613800000077"


@pytest.fixture
def reported(session, world):
    """A claim whose reporter has been rung, so that nothing but a new call back can run."""
    made = a_claim(session, world, reported_at=REPORTED, phone=REPORTER)
    spoke = REPORTED + timedelta(minutes=30)
    make_contact(session, made.file, reached=True, note="", by="staff:1", at=spoke, recorded_at=spoke)
    session.commit()
    return made


def asks(phone, reference: str, when: str = "Mon 2026-03-02 12:00"):
    with freeze_time(at(when)):
        return phone.rings().presses("2").presses(reference)


def test_the_reporter_hears_the_stage_and_the_last_day(phone, reported, ledger):
    phone.number = REPORTER
    heard = asks(phone, reported.file.reference).heard

    assert "接下来派人上门查勘" in heard and "最迟2026年3月4日（周三）" in heard
    assert ledger.why_to_ring(reported.claim) == []


@pytest.mark.parametrize(("when", "late"), [("Wed 2026-03-04 23:59:59", False), ("Thu 2026-03-05 00:00:00", True)])
def test_a_step_that_is_overdue_is_said_to_be(phone, reported, when, late):
    phone.number = REPORTER

    assert ("已经超过期限" in asks(phone, reported.file.reference, when).heard) == late


def test_in_english_too(phone, reported):
    phone.number = REPORTER
    with freeze_time(at("Mon 2026-03-02 12:00")):
        heard = phone.rings().presses("#").presses("2").presses(reported.file.reference).heard

    assert "a surveyor comes" in heard and "By Wednesday 4 March 2026" in heard


@pytest.mark.parametrize("keys", ["123", "260300000010"])
def test_keys_that_are_no_claims_number_are_told_what_one_is_and_the_way_to_a_person(phone, reported, keys):
    heard = asks(phone, keys).heard

    assert heard == "报案号是12位数字，请核对后重新输入。没有报案号，请按0转人工。"


def test_that_is_told_in_english_too(phone):
    heard = phone.rings().presses("#").presses("2").presses("123").heard

    assert "has 12 digits" in heard and "press 0" in heard


def test_another_number_hears_nothing_of_it_and_is_rung_back(phone, reported, ledger):
    heard = asks(phone, reported.file.reference).heard

    assert "查勘" not in heard and "给您回电" in heard
    assert ledger.why_to_ring(reported.claim) == ["progress withheld"]
    assert ledger.contact(reported.claim).state == "running"
    assert len(ledger.claims()) == 1


def test_of_a_claim_that_does_not_exist_the_same_is_said(phone, reported, ledger):
    theirs = asks(phone, reported.file.reference).heard
    phone.sid = "CA2"
    nobodys = asks(phone, reference_for(9_999_999, REPORTED)).heard

    assert nobodys == theirs
    (claim,) = [claim for claim in ledger.claims() if claim.id != reported.claim.id]
    assert ledger.why_to_ring(claim) == ["progress withheld"]


def test_a_hidden_number_is_another_number(phone, reported):
    phone.number = "anonymous"

    assert "给您回电" in asks(phone, reported.file.reference).heard


@pytest.mark.parametrize("stage", [Stage.SURVEYED, Stage.COVERED, Stage.DENIED])
def test_every_stage_has_its_words(phone, session, world, stage):
    made = a_claim(session, world, stage, reported_at=REPORTED, phone=REPORTER)
    session.commit()
    phone.number = REPORTER
    words = {Stage.SURVEYED: "已经查勘", Stage.COVERED: "属于保险责任", Stage.DENIED: "不予赔偿通知书"}

    assert words[stage] in asks(phone, made.file.reference, "Tue 2026-03-03 12:00").heard


def test_who_has_heard_the_progress_and_hangs_up_is_not_rung(phone, reported, ledger):
    phone.number = REPORTER
    asks(phone, reported.file.reference)
    with freeze_time(at("Mon 2026-03-02 12:01")):
        phone.hangs_up()

    assert ledger.why_to_ring(reported.claim) == []
    assert len(ledger.claims()) == 1


def test_a_slip_of_the_finger_before_the_answer_owes_nothing_either(phone, reported, ledger):
    phone.number = REPORTER
    with freeze_time(at("Mon 2026-03-02 12:00")):
        phone.rings().presses("2").presses("123").presses(reported.file.reference).hangs_up()

    assert ledger.why_to_ring(reported.claim) == []
    assert len(ledger.claims()) == 1


def test_a_claim_that_is_over_is_told_of_and_opens_none(phone, session, reported, ledger):
    record(session, reported.file, ClaimWithdrawn(at=REPORTED + timedelta(hours=1), by="homeowner", reason="repaired"))
    session.commit()
    phone.number = REPORTER
    asks(phone, reported.file.reference).hangs_up()

    assert len(ledger.claims()) == 1
    assert ledger.why_to_ring(reported.claim) == []


def test_who_hangs_up_before_the_digits_has_had_no_answer_and_is_rung_back(phone, ledger):
    phone.rings().presses("2").hangs_up()

    (claim,) = ledger.claims()
    assert ledger.why_to_ring(claim) == ["hung up"]
