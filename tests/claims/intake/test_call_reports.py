"""报案 by telephone (第十三条, 24 hours): press 1, say where and what, hear the number of the claim."""

import json
from datetime import date

import pytest
from sqlmodel import select

from claims.casefile import CaseFile
from claims.registry import Cover, Home
from config.time import now
from notifications.inbox import read_arrivals
from notifications.model import Message
from tests.claims.intake.calling import STRANGER, Telephone
from tests.makers import OWNERS_PHONE, an_owner

pytestmark = pytest.mark.both_databases
OUR_HOME = "示例花园1号楼1201室"


def test_the_greeting_names_the_insurer_and_the_24_hours_and_danger_comes_first(phone):
    heard = phone.rings().heard

    assert "示例财产保险股份有限公司上海分公司" in heard and "24小时" in heard
    assert heard.index("请按9") < heard.index("请按1") < heard.index("请按2") < heard.index("请按0")


def test_a_stranger_says_where_and_what_and_hears_the_number_digit_by_digit(phone, ledger):
    phone.rings().presses("1").says("浦东新区示例路1弄1号楼1201室").says("下雨后卧室滴水")

    (claim,) = ledger.claims()
    assert (claim.channel, claim.address, claim.description) == (
        "voice", "浦东新区示例路1弄1号楼1201室", "下雨后卧室滴水")  # fmt: skip
    assert list(ledger.reference(claim)) == [c for c in phone.heard.split("报案号是：")[1] if c.isdecimal()][:12]
    assert ledger.facts(claim) == ["ReportReceived"]


def test_the_number_comes_by_text_too(phone, session):
    phone.rings().presses("1").says(OUR_HOME).says("漏水")

    assert "短信" in phone.heard
    assert [message.message for message in session.exec(select(Message))] == ["report_received"]


@pytest.mark.parametrize(("hashes", "language"), [(0, "zh"), (1, "en"), (2, "zh")])
def test_the_text_speaks_the_language_that_the_caller_chose(phone, session, ledger, hashes, language):
    phone.rings()
    for _ in range(hashes):
        phone.presses("#")
    phone.presses("1").says(OUR_HOME).says("漏水")

    [receipt] = session.exec(select(Message))
    said = json.loads(session.info["sealer"].open(receipt.content_sealed))
    assert (said["language"], ledger.claims()[0].language) == (language, language)


def test_a_hidden_number_reports_as_well_and_no_text_is_promised(phone, ledger):
    phone.number = "anonymous"
    phone.rings().presses("1").says(OUR_HOME).says("漏水")

    assert len(ledger.claims()) == 1
    assert "短信" not in phone.heard


def test_an_owners_number_is_asked_for_the_home_by_a_key_without_its_road(phone, ledger, world):
    phone.number = OWNERS_PHONE
    heard = phone.rings().presses("1").heard
    phone.presses("1").says("漏水")

    assert "1号楼1201室，请按1" in heard and "示例路" not in heard
    (claim,) = ledger.claims()
    assert (claim.home_id, claim.gate) == (world.home.id, "in_force")


@pytest.mark.parametrize(("key", "chosen"), [("1", "H-1201"), ("2", "H-1202")])
def test_an_owner_of_two_homes_chooses(phone, session, ledger, world, key, chosen):
    second = Home(**world.home.model_dump(exclude={"id", "code", "room"}), code="H-1202", room="1202")
    session.add(second)
    session.flush()
    session.add(an_owner(session, second))
    session.commit()
    codes = {world.home.id: "H-1201", second.id: "H-1202"}
    phone.number = OWNERS_PHONE
    phone.rings().presses("1").presses(key).says("漏水")

    assert codes[ledger.claims()[0].home_id] == chosen


def test_an_owner_who_calls_about_another_home_says_where_and_keeps_the_own_one_as_candidate(phone, ledger, world):
    phone.number = OWNERS_PHONE
    phone.rings().presses("1").presses("8").says("说不清楚").says("漏水")

    (claim,) = ledger.claims()
    assert (claim.home_id, claim.candidate_home_id, claim.address) == (None, world.home.id, "说不清楚")


def test_who_is_not_understood_is_recorded_instead(phone, ledger):
    phone.rings().presses("1").is_silent().records("RE1").is_silent().records("RE2")

    (claim,) = ledger.claims()
    assert "报案号" in phone.heard
    assert "录音" in claim.description
    assert [recording.sid for recording in ledger.recordings()] == ["RE1", "RE2"]


def test_a_report_without_a_word_is_a_claim_and_a_call_back(phone, ledger):
    phone.rings().presses("1").is_silent().is_silent().is_silent().is_silent()

    (claim,) = ledger.claims()
    assert ledger.why_to_ring(claim) == ["nothing said"]


def test_inside_the_builders_two_years_the_caller_hears_who_repairs(phone, session, ledger, world):
    for cover in session.exec(select(Cover)):
        cover.starts_on, cover.ends_on = date(2090, 1, 1), date(2095, 1, 1)
    session.commit()
    phone.number = OWNERS_PHONE
    phone.rings().presses("1").presses("1").says("漏水")

    assert ledger.facts(ledger.claims()[0]) == ["ReportReceived", "ClaimReferred"]
    assert "施工单位" in phone.heard


def test_with_the_pound_key_the_call_goes_on_in_english(phone, ledger):
    phone.rings().presses("#")
    assert "To report a defect, press 1." in phone.heard

    phone.presses("1").says("Building 1, room 1201").says("The ceiling leaks")
    assert "Your report is registered" in phone.heard
    assert ledger.claims()[0].description == "The ceiling leaks"


def test_the_number_is_said_again_on_1(phone):
    first = phone.rings().presses("1").says(OUR_HOME).says("漏水").heard

    assert phone.presses("1").heard == first


def test_where_the_worker_reads_the_caller_waits_for_the_number(phone, by_worker, app, ledger):
    phone.rings().presses("1").says(OUR_HOME).says("漏水")
    assert phone.verb.tag == "Redirect" and "请稍候" in phone.heard and not ledger.claims()

    phone.goes_on()
    the_worker_reads(app)
    assert "报案号是" in phone.goes_on().heard


def test_a_worker_that_does_not_come_leaves_nobody_hanging_on(phone, by_worker, app, ledger):
    phone.rings().presses("1").says(OUR_HOME).says("漏水")
    for _ in range(5):
        phone.goes_on()

    assert phone.over and "已经收到" in phone.heard
    the_worker_reads(app)
    assert ledger.facts(ledger.claims()[0]) == ["ReportReceived"]


def test_every_call_has_a_claim_of_its_own(app, phone, session, ledger):
    for sid in ("CA1", "CA2"):
        Telephone(app, sid=sid, number=STRANGER).rings().presses("1").says(OUR_HOME).says("漏水")

    assert len(ledger.claims()) == 2
    assert {file.stage for file in session.exec(select(CaseFile))} == {"reported"}


def the_worker_reads(app) -> None:
    database = app.extensions["database"]
    read_arrivals(database, now(), database.belongings["arrival_readers"])
