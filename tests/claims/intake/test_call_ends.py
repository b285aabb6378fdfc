"""Hung up, repeated, late, out of order, unsigned, or broken by an error of ours: nobody is lost, nothing is twice."""

from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from claims.intake import make_contact
from claims.intake.call import end_silent_calls
from config.time import now
from notifications import inbox
from notifications.model import Message
from tests.claims.intake.calling import STRANGER, signed_post
from tests.faults.together import at_once
from tests.makers import a_claim, a_person, at
from tests.web.signed_in import signed_in

pytestmark = pytest.mark.both_databases
HOME = "示例花园1号楼1201室"


def test_hung_up_at_the_greeting_is_a_claim_to_ring_back_about(phone, ledger):
    phone.rings().hangs_up()

    (claim,) = ledger.claims()
    assert ledger.facts(claim) == ["ReportReceived", "CallBackAsked"]
    assert ledger.contact(claim).state == "running"


@pytest.mark.parametrize(("language", "told"), [("zh", "电话中途挂断"), ("en", "The caller hung up")])
def test_the_timeline_says_in_the_readers_words_why_to_ring(app, phone, session, ledger, language, told):
    phone.rings().hangs_up()
    lead = a_person(session, "lead", email="another@insurer.example")
    session.commit()
    page = signed_in(app, lead, language).get(f"/desk/{ledger.reference(ledger.claims()[0])}").text

    assert told in page and ("hung up" in page) == (language == "en")


def test_hung_up_in_the_middle_keeps_what_was_said(phone, ledger):
    phone.rings().presses("1").says(HOME).hangs_up()

    (claim,) = ledger.claims()
    assert claim.address == HOME
    assert ledger.why_to_ring(claim) == ["hung up"]


def test_hung_up_after_the_number_owes_nothing_more(phone, ledger):
    phone.rings().presses("1").says(HOME).says("漏水").hangs_up()

    assert ledger.facts(ledger.claims()[0]) == ["ReportReceived"]


def test_who_has_an_open_claim_is_rung_back_about_that(phone, session, world, ledger):
    reported = at("Mon 2026-03-02 10:00")
    open_one = a_claim(session, world, reported_at=reported, phone=STRANGER)
    make_contact(session, open_one.file, reached=True, note="", by="staff:1", at=reported, recorded_at=reported)
    session.commit()
    phone.rings().hangs_up()

    assert [claim.id for claim in ledger.claims()] == [open_one.claim.id]
    assert ledger.why_to_ring(open_one.claim) == ["hung up"]


def test_every_request_twice_is_one_claim_and_the_same_words(phone, ledger):
    for act in (phone.rings, lambda: phone.presses("1"), lambda: phone.says(HOME), lambda: phone.says("漏水")):
        act()
        phone.again()
    heard = phone.heard
    assert "报案号是" in heard and phone.again().status_code == 200
    phone.hangs_up().hangs_up()

    assert [ledger.facts(claim) for claim in ledger.claims()] == [["ReportReceived"]]
    assert len(ledger.arrivals()) == 5


def test_many_workers_that_read_one_call_at_once_open_one_claim(app, phone, by_worker, ledger):
    """Every step, the end and a recording wait in the inbox; four workers take them in any order."""
    phone.rings().presses("1").says(HOME).is_silent().records("RE1").hangs_up()
    phone.recording_is("completed", "RE1")
    database = app.extensions["database"]
    readers = database.belongings["arrival_readers"]
    at_once(*[lambda: [inbox.read_arrivals(database, now(), readers) for _ in range(4)]] * 4)
    inbox.read_arrivals(database, now() + timedelta(minutes=20), readers)

    assert {arrival.state for arrival in ledger.arrivals()} == {"read"}
    assert [ledger.facts(claim) for claim in ledger.claims()] == [["ReportReceived"]]
    assert [recording.sid for recording in ledger.recordings()] == ["RE1"]


def test_an_end_that_overtakes_the_last_words_keeps_them_and_has_somebody_ring(phone, ledger):
    with freeze_time(at("Mon 2026-03-02 10:00")):
        phone.rings().presses("1").says(HOME)
        action = phone.verb.get("action")
        phone.status("completed")
    with freeze_time(at("Mon 2026-03-02 10:01")):
        signed_post(phone.app, action, phone._frame | {"SpeechResult": "漏水"})

    (claim,) = ledger.claims()
    assert ledger.why_to_ring(claim) == ["hung up", "said more"]
    assert ledger.is_whole()


@pytest.mark.parametrize("word", ["ringing", "in-progress"])
def test_a_call_under_way_is_not_over(phone, ledger, word):
    phone.rings().status(word)

    assert not ledger.claims()


def test_a_state_that_nobody_knows_is_kept_to_be_seen(phone, ledger):
    phone.rings().status("moonshot")

    assert ledger.arrivals()[-1].state == "quarantined"


@pytest.mark.parametrize(("after", "claims"), [(timedelta(minutes=14, seconds=59), 0), (timedelta(minutes=15), 1)])
def test_a_call_of_which_nothing_more_is_heard_is_ended_by_the_worker(app, phone, ledger, after, claims):
    phone.rings()
    heard_at = ledger.call().heard_at
    ended = end_silent_calls(app.extensions["database"], heard_at + after)

    assert (ended, len(ledger.claims())) == (claims, claims)
    assert end_silent_calls(app.extensions["database"], heard_at + after) == 0


def test_an_unsigned_call_opens_no_claim_yet_may_leave_a_message(phone, ledger):
    phone.token = "another secret"
    phone.rings()

    assert "无法确认" in phone.heard and phone.verb.tag == "Record"
    phone.records()
    assert phone.over
    assert {arrival.state for arrival in ledger.arrivals()} == {"quarantined"}
    assert not ledger.claims()


@pytest.mark.parametrize("step", range(4))
def test_an_error_of_ours_is_a_message_and_a_call_back(app, phone, ledger, step, monkeypatch):
    acts = [phone.rings, lambda: phone.presses("1"), lambda: phone.says(HOME), lambda: phone.says("漏水")]
    for act in acts[:step]:
        act()
    with monkeypatch.context() as broken:
        broken.setitem(app.extensions, "conversation", _fails)
        acts[step]()
    assert "系统暂时出错" in phone.heard and phone.verb.tag == "Record"
    phone.records("RE1")

    (claim,) = ledger.claims()
    assert "voicemail" in ledger.why_to_ring(claim)
    assert [recording.sid for recording in ledger.recordings()] == ["RE1"]


def test_without_the_database_the_caller_may_still_leave_a_message(phone, ledger, monkeypatch):
    monkeypatch.setattr(inbox, "store", _fails)
    phone.rings()

    assert "系统暂时出错" in phone.heard
    assert phone.verb.get("recordingStatusCallback").endswith("/hotline/recordings")


def test_the_step_that_twilio_falls_back_to_takes_a_message(phone, ledger):
    assert phone._asks("/hotline/voice/fallback", ErrorCode="11200").verb.tag == "Record"


def test_on_a_holiday_night_a_report_is_taken_and_its_days_are_counted(phone, session, ledger):
    """The eve of the Spring Festival, 23:40: the line answers, the text goes out, the clocks run."""
    with freeze_time(at("Mon 2026-02-16 23:40")):
        phone.rings().presses("1").says(HOME).says("客厅漏水").hangs_up()
    (claim,) = ledger.claims()
    clock = ledger.contact(claim)

    assert claim.received_at == at("Mon 2026-02-16 23:40")
    assert clock.legal_due == at("Tue 2026-02-17 01:40")
    assert [message.message for message in session.exec(select(Message))] == ["report_received"]


def _fails(*_: object, **__: object) -> None:
    raise OperationalError("SELECT 1", {}, Exception(f"gone at {now():%H}"))
