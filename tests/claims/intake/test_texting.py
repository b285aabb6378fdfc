"""A report by text: at most three questions, in the sender's language, and no text is lost whatever its order."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import Session, select

from claims.casefile import CaseFile, is_reference, lock
from claims.intake.actions import identify_home
from claims.intake.model import Claim
from claims.intake.texting import read_text
from claims.intake.texting.asking import LIVES, TOO_QUICK
from claims.registry import Home
from claims.sweeping import deliver_messages
from notifications.inbox import read_arrivals
from notifications.model import Message
from notifications.outbox import Draft, queue
from notifications.rendering import render_message
from notifications.texts import ADAPTERS
from tests.claims.intake.calling import LINE, STRANGER, signed_post
from tests.later_makers import another_home
from tests.makers import OWNERS_PHONE, a_claim, at
from tests.notifications.gateway import brings, from_gateway

pytestmark = pytest.mark.both_databases
MONDAY = at("Mon 2026-03-02 10:00")
LEAK = "卧室天花板滴水，越来越大"
ADDRESS = "示例路1弄1号楼1201室"


@dataclass
class Texter:
    """Somebody's phone: `texts(…)` answers what came back for it, message by message, as (folder, words)."""

    app: Flask
    session: Session
    number: str = STRANGER
    sent: int = 0

    def texts(self, words: str, minutes: float = 0, sid: str = "") -> list[str]:
        before = len(self.heard())
        self.sent += 1
        with freeze_time(MONDAY + timedelta(minutes=minutes)):
            said = {"From": self.number, "To": LINE, "Body": words}
            form = {"MessageSid": sid or f"SM{self.number[-4:]}{self.sent}"} | said
            assert signed_post(self.app, "/hotline/messages", form).status_code == 200
        return [folder for folder, _ in self.heard()[before:]]

    def heard(self) -> list[tuple[str, str]]:
        sealer, found = self.session.info["sealer"], []
        self.session.rollback()
        for message in self.session.exec(select(Message).where(Message.way == "sms").order_by(Message.id)):
            if sealer.open(message.recipient_sealed) == self.number:
                content = json.loads(sealer.open(message.content_sealed))
                found.append((message.message, render_message(message.message, "sms", content)))
        self.session.rollback()
        return found

    def last(self) -> str:
        return self.heard()[-1][1]


@pytest.fixture
def texter(app: Flask, session: Session, phone) -> Texter:
    return Texter(app, session)


def owner(app: Flask, session: Session) -> Texter:
    return Texter(app, session, OWNERS_PHONE)


def references(session: Session) -> list[str]:
    session.rollback()
    found = list(session.exec(select(CaseFile.reference).order_by(CaseFile.id)))
    session.rollback()
    return found


def test_a_stranger_reports_in_free_words_and_answers_home_and_danger(texter, ledger, session):
    assert texter.texts(LEAK) == ["report_received", "ask_home"]
    assert references(session)[0] in texter.last()
    assert texter.texts(ADDRESS, 1) == ["ask_danger"]
    assert texter.texts("2", 2) == ["text_noted"]

    (claim,) = ledger.claims()
    assert (claim.description, claim.home_id is not None, claim.danger) == (LEAK, True, False)
    assert ledger.facts(claim) == ["ReportReceived", "TextReceived", "HomeIdentified", "TextReceived"]
    assert ledger.is_whole()


def test_the_claim_counts_from_the_first_text_whatever_is_answered_later(texter, ledger):
    texter.texts(LEAK)
    texter.texts(ADDRESS, 60 * 5)

    assert ledger.claims()[0].received_at == MONDAY


def test_a_known_number_chooses_its_home_by_a_digit(app, session, phone, world, ledger):
    texter = owner(app, session)
    assert texter.texts(LEAK) == ["report_received", "ask_which_home"]
    assert "1 1号楼1201室" in texter.last() and "示例路" not in texter.last()
    assert texter.texts("1", 1) == ["ask_danger"]

    assert ledger.claims()[0].home_id == world.home.id


def test_an_answer_moves_no_claim_whose_home_a_person_has_found_meanwhile(texter, ledger, session, world):
    texter.texts(LEAK)
    home = session.get_one(Home, session.merge(world.home).id, populate_existing=True)
    other = another_home(session, replace(world, home=home))
    other.search_address = "示例路-1-1-1202"
    session.commit()
    number = ledger.claims()[0].id
    claim = session.get_one(Claim, number)
    identify_home(session, lock(session, number), claim, home=other.code, by="staff:1", at=MONDAY)
    session.commit()

    assert texter.texts(ADDRESS, minutes=5) == ["ask_danger"]
    assert ledger.claims()[0].home_id == other.id


def test_a_greeting_alone_is_asked_for_home_what_and_danger_and_for_nothing_more(texter, ledger):
    assert texter.texts("你好，我要报案") == ["report_received", "ask_home"]
    assert texter.texts(ADDRESS, 1) == ["ask_what"]
    assert texter.texts("卫生间漏水", 2) == ["ask_danger"]
    assert texter.texts("没有", 3) == ["text_noted"]
    assert texter.texts("谢谢", 4) == ["text_added"]

    (claim,) = ledger.claims()
    assert claim.description == "卫生间漏水"


def test_nonsense_in_answer_to_all_three_is_kept_and_no_question_is_put_twice(texter, ledger):
    asked = [texter.texts(words, minute) for minute, words in enumerate(("喂", "???", "哈哈", "呵呵", "嗯嗯"))]

    assert asked == [["report_received", "ask_home"], ["ask_what"], ["ask_danger"], ["text_noted"], ["text_added"]]
    (claim,) = ledger.claims()
    assert ledger.facts(claim).count("TextReceived") == 4


def test_an_empty_text_is_a_report_too(texter, ledger):
    assert texter.texts("") == ["report_received", "ask_home"]

    assert [claim.description for claim in ledger.claims()] == ["（短信没有文字）"]


@pytest.mark.parametrize(
    "words",
    [
        "水漏到电线上了",
        "天花板漏水，滴到插座上",
        "水渗进客厅的灯里",
        "外墙瓷砖掉下来砸到人",
        "楼道起火了",
        "smoke from the wall",
    ],
)
def test_danger_is_understood_at_once_and_the_claim_stands_first(texter, ledger, session, words):
    assert texter.texts(words)[:2] == ["report_received", "make_safe"]

    assert [claim.danger for claim in ledger.claims()] == [True]
    assert session.exec(select(CaseFile.stands_first)).one()


def test_danger_told_by_the_third_answer_stands_first_too(texter, ledger, session):
    texter.texts(LEAK)
    texter.texts(ADDRESS, 1)
    assert texter.texts("1", 2) == ["make_safe"]

    (claim,) = ledger.claims()
    assert ledger.facts(claim)[-1] == "DangerFound"


@pytest.mark.parametrize(
    ("later", "answers"), [(LIVES, ["ask_danger"]), (LIVES + timedelta(seconds=1), ["text_added"])]
)
def test_days_later_an_answer_is_a_text_like_any_other(texter, ledger, later, answers):
    texter.texts(LEAK)

    assert texter.texts(ADDRESS, later.total_seconds() / 60) == answers
    (claim,) = ledger.claims()
    assert ledger.facts(claim)[1] == "TextReceived"


@pytest.mark.parametrize(("later", "answers"), [(TOO_QUICK, []), (TOO_QUICK + timedelta(seconds=1), ["ask_danger"])])
def test_the_rest_of_what_was_being_written_is_no_answer(texter, later, answers):
    texter.texts(LEAK)

    assert texter.texts("已经三天了", later.total_seconds() / 60) == answers


def test_what_comes_twice_counts_once(texter, ledger):
    first = texter.texts(LEAK, sid="SM1"), texter.texts(LEAK, sid="SM1")
    second = texter.texts(ADDRESS, 1, sid="SM2"), texter.texts(ADDRESS, 1, sid="SM2")

    assert (first[1], second[1]) == ([], [])
    (claim,) = ledger.claims()
    assert ledger.facts(claim).count("TextReceived") == 1


def test_an_answer_that_overtakes_its_report_still_ends_in_one_claim(texter, ledger):
    texter.texts(ADDRESS)
    texter.texts(LEAK, 1)

    (claim,) = ledger.claims()
    assert ledger.facts(claim)[:2] == ["ReportReceived", "TextReceived"]


def test_with_two_claims_open_a_text_joins_the_newest_and_says_which(texter, session, world, ledger):
    for hours in (2, 1):
        a_claim(session, world, phone=STRANGER, reported_at=MONDAY - timedelta(hours=hours))
    session.commit()
    old, new = references(session)

    assert texter.texts("今天又漏了") == ["text_joined"] and new in texter.last()
    assert texter.texts(f"{old} 今天又漏了", 1) == ["text_added"] and old in texter.last()
    assert [ledger.facts(claim).count("TextReceived") for claim in ledger.claims()] == [1, 1]


@pytest.fixture
def reported(session, world) -> CaseFile:
    """An open claim of the stranger's number, reported on the Sunday before."""
    made = a_claim(session, world, phone=STRANGER, reported_at=MONDAY - timedelta(days=1))
    session.commit()
    return made.file


def test_danger_told_in_a_text_to_an_open_claim_stands_first_and_is_told_what_to_do(texter, reported, ledger, session):
    assert texter.texts("家里卧室天花板漏水，滴到插座上") == ["make_safe"]

    assert "120" in texter.last() and "24小时保险服务电话" in texter.last()
    assert ledger.facts(ledger.claims()[0])[-2:] == ["TextReceived", "DangerFound"]
    assert session.exec(select(CaseFile.stands_first)).one()


def test_a_second_word_of_the_same_danger_is_answered_and_finds_none_anew(texter, reported, ledger):
    texter.texts("滴到插座上了")

    assert texter.texts("插座冒烟", 5) == ["make_safe"]
    assert ledger.facts(ledger.claims()[0]).count("DangerFound") == 1


def test_a_text_to_an_open_claim_is_told_where_it_went_and_whom_to_ring(texter, reported):
    reference = reported.reference

    assert texter.texts("今天又漏了") == ["text_added"]
    assert reference in texter.last() and "24小时保险服务电话" in texter.last()


@pytest.mark.parametrize(("hours", "answers"), [(13.99, []), (14, ["text_added"])])
def test_that_is_told_once_a_day(texter, reported, hours, answers):
    texter.texts("今天又漏了")

    assert texter.texts("还在漏", hours * 60) == answers


def test_after_stop_where_a_text_went_is_told_no_more(app, texter, reported, session):
    texter.texts("退订")
    texter.texts("今天又漏了", 1)
    deliver_messages(app.extensions["database"], MONDAY + timedelta(minutes=2))
    session.rollback()
    row = session.exec(select(Message).where(Message.message == "text_added")).one()

    assert (row.state, "no more texts" in row.error) == ("dropped", True)


def test_an_answer_that_names_another_claim_goes_there(texter, session, world, ledger):
    a_claim(session, world, phone=STRANGER, reported_at=MONDAY - timedelta(hours=1))
    session.commit()
    (old,) = references(session)
    texter.texts(f"{old} 补充：客厅也漏", 1)

    assert ledger.facts(ledger.claims()[0])[-1] == "TextReceived"


@pytest.mark.parametrize("words", ["进度", "查进度", "进度 {}", "{}进度", "{}", "Progress {}", "status"])
def test_progress_is_told_to_the_number_that_reported(texter, session, words):
    texter.texts(LEAK)
    (reference,) = references(session)

    assert texter.texts(words.format(reference), 5) == ["text_progress"]
    assert reference in texter.last()


def test_progress_tells_stage_and_the_next_date(texter, session):
    texter.texts(LEAK)
    texter.texts("进度", 5)

    assert "2026年3月" in texter.last() and "24小时保险服务电话" in texter.last()


def test_progress_is_told_to_the_owner_of_the_home_whoever_reported(app, session, phone, world):
    a_claim(session, world, phone=STRANGER, relation="tenant", reported_at=MONDAY - timedelta(hours=1))
    session.commit()
    (reference,) = references(session)

    assert owner(app, session).texts(f"进度{reference}") == ["text_progress"]


def test_to_a_stranger_the_same_is_said_of_a_claim_and_of_none(app, session, phone, world):
    a_claim(session, world, reported_at=MONDAY - timedelta(hours=1))
    session.commit()
    (reference,) = references(session)
    texter = Texter(app, session)
    there = texter.texts(f"进度{reference}"), texter.last()
    invented = next(str(n) for n in range(260300999990, 260301000010) if is_reference(str(n)))
    nowhere = texter.texts(f"进度{invented}", 1), texter.last()

    assert there[0] == nowhere[0] == ["progress_withheld"]
    assert there[1].replace(reference, "") == nowhere[1].replace(invented, "")


def test_a_long_text_that_mentions_progress_is_a_text(texter, ledger):
    texter.texts(LEAK)
    texter.texts("维修进度太慢了，天花板还在漏", 60)

    assert ledger.facts(ledger.claims()[0])[1] == "TextReceived"


def test_asking_for_progress_opens_no_claim(texter, ledger):
    assert texter.texts("进度") == ["nothing_reported"]

    assert ledger.claims() == []


@pytest.mark.parametrize("stop", ["STOP", "退订", "td", " Stop. "])
def test_after_stop_only_what_the_law_wants_goes_out(app, texter, session, stop):
    assert texter.texts(stop) == ["opted_out"]
    notices = ("denial_notice", "settlement_reached")
    with freeze_time(MONDAY + timedelta(minutes=1)):
        queue(session, [Draft(each, "claim:1", each, "sms", STRANGER, {}) for each in notices], MONDAY)
        session.commit()
        deliver_messages(app.extensions["database"], MONDAY + timedelta(minutes=1))
    session.rollback()
    rows = {row.message: row for row in session.exec(select(Message))}

    assert (rows["settlement_reached"].state, "no more texts" in rows["settlement_reached"].error) == ("dropped", True)
    assert "no more texts" not in rows["denial_notice"].error


def test_after_stop_a_report_is_a_report_and_start_brings_the_texts_back(app, texter, session, ledger):
    texter.texts("退订")
    texter.texts(LEAK, 1)
    assert len(ledger.claims()) == 1

    assert texter.texts("恢复", 2) == ["opted_in"]
    queue(session, [Draft("s", "claim:1", "settlement_reached", "sms", STRANGER, {})], MONDAY)
    session.commit()
    deliver_messages(app.extensions["database"], MONDAY + timedelta(minutes=3))
    session.rollback()
    row = session.exec(select(Message).where(Message.message == "settlement_reached")).one()
    assert "no more texts" not in row.error


def test_english_texts_get_english_answers(texter):
    texter.texts("The bedroom ceiling is dripping")
    assert "We have your report" in texter.heard()[0][1]
    assert "please reply with the address" in texter.last()
    texter.texts(ADDRESS, 1)
    texter.texts("2", 2)

    assert "noted, thank you" in texter.last()


def test_a_sender_that_is_no_number_is_heard_and_asked_nothing(app, session, phone, ledger):
    texter = Texter(app, session, "Verify")

    assert texter.texts(LEAK) == ["report_received"]
    assert len(ledger.claims()) == 1


def test_no_reply_has_a_link(texter):
    for minute, words in enumerate((LEAK, ADDRESS, "1", "进度", "退订")):
        texter.texts(words, minute)

    assert not [said for _, said in texter.heard() if "http" in said or "www" in said or "//" in said]


def test_a_second_provider_is_one_adapter_and_the_same_conversation(app, session, phone, ledger):
    database = app.extensions["database"]
    database.belongings["text_adapters"] = {**ADAPTERS, "gateway": from_gateway}
    readers = {**database.belongings["arrival_readers"], "gateway message": read_text}
    with database.session() as there:
        brings(there, "1", {"mobile": "13900000009", "content": LEAK}, MONDAY)
        brings(there, "1", {"mobile": "13900000009", "content": LEAK}, MONDAY)
        brings(there, "2", {"content": "no number"}, MONDAY)
        there.commit()
    read_arrivals(database, MONDAY, readers)

    assert [folder for folder, _ in Texter(app, session).heard()] == ["report_received", "ask_home"]
    assert [(arrival.provider_id, arrival.state) for arrival in ledger.arrivals()] == [
        ("1", "read"),
        ("2", "quarantined"),
    ]
