"""From what happened on a claim to its letters: each drafted in the fact's own transaction, from the records."""

from datetime import date

import pytest
from sqlmodel import Session, select

from claims.casefile import Refused, Stage
from claims.decision.supplement import request_supplement
from claims.intake import receive_report
from claims.registry import Cover, Project
from tests.claims.letters.acting import ORDERED, REPORTED, agreed, drafted, paid, the_letter
from tests.makers import OWNERS_PHONE, World, a_claim, a_report

pytestmark = pytest.mark.usefixtures("every_letter_is_drafted")


def test_a_report_is_acknowledged_with_what_we_owe_and_until_when(session: Session, world: World):
    a_claim(session, world, reported_at=REPORTED)

    letter = the_letter(session, "acknowledgement")
    assert letter["reported_at"] == "2026年3月2日（周一）10:00:00"
    assert (letter["owner_name"], letter["policy_number"]) == ("王小明", "IDI-2022-0001")
    assert (letter["relation"], letter["part"]) == ("房屋所有权人本人", "防水工程")
    assert letter["said"] == "卧室天花板渗水\n下雨后卧室天花板滴水"
    assert [(duty["act"][:2], duty["by"]) for duty in letter["duties"]] == [
        ("派人", "2026年3月4日（周三）"), ("作出", "2026年4月1日（周三）"), ("赔偿", "2026年5月6日（周三）"),
    ]  # fmt: skip  # 60 days: Friday 1 May, in the break


@pytest.mark.parametrize("told", ["？？", "😀", "漏水😀"])
def test_no_receipt_undoes_a_report_whatever_it_says(session: Session, world: World, told: str):
    report = a_report(
        home=None, address="——", part=None, item=None, description=told, name="", phone="", relation="other"
    )

    receive_report(session, report, by="sms", at=REPORTED)

    letter = the_letter(session, "acknowledgement")
    assert letter["home_address"] == "报案时说明的房屋（待核实）"
    assert (letter["owner_name"], letter["policy_number"], letter["phone"]) == (None, None, "")


@pytest.fixture
def builders_two_years(session: Session, world: World) -> None:
    """Liability begins on 21 May 2026."""
    session.exec(select(Project)).one().completion_filed_on = date(2024, 5, 20)
    for cover in session.exec(select(Cover)):
        cover.starts_on, cover.ends_on = date(2026, 5, 21), date(2036, 5, 20)
    session.flush()


@pytest.mark.usefixtures("builders_two_years")
def test_a_report_in_the_builders_two_years_gets_the_referral_and_no_receipt(session: Session, world: World):
    a_claim(session, world, reported_at=REPORTED, relation="tenant", phone="+8613900000002")

    letter = the_letter(session, "referral")
    assert drafted(session, "acknowledgement") == []
    assert (letter["builder"], letter["developer"]) == ("示例建设集团有限公司", "示例置业有限公司")
    assert (letter["completion_filed_on"], letter["builder_until"], letter["liability_starts_on"]) == (
        "2024年5月20日（周一）", "2026年5月20日（周三）", "2026年5月21日（周四）",
    )  # fmt: skip
    assert letter["phone"] == OWNERS_PHONE


@pytest.mark.usefixtures("builders_two_years")
def test_who_reported_has_had_the_text_of_a_referral_already(session: Session, world: World):
    a_claim(session, world, reported_at=REPORTED)

    assert the_letter(session, "referral")["phone"] == ""


def test_what_is_missing_is_asked_for_item_by_item_with_why_and_how(session: Session, world: World):
    made = a_claim(session, world, reported_at=REPORTED)

    request_supplement(session, made.file, items=["房产证", "装修合同"], by=f"staff:{world.adjuster.id}", at=ORDERED)

    letter = the_letter(session, "supplement_notice")
    assert [item["what"] for item in letter["items"]] == ["房产证", "装修合同"]
    assert all("保险法" in item["why"] and "拍照" in item["how"] for item in letter["items"])
    assert (letter["decision_period"], letter["decision_due_on"]) == ("30日", "2026年4月1日（周三）")
    assert (letter["contact"]["name"], letter["phone"]) == ("adjuster甲", OWNERS_PHONE)


def test_a_second_question_is_no_notice(session: Session, world: World):
    made = a_claim(session, world, reported_at=REPORTED)

    for _ in range(2):
        request_supplement(session, made.file, items=["房产证"], by="staff:1", at=ORDERED)

    assert len(drafted(session, "supplement_notice")) == 1


def test_an_item_that_says_nothing_is_refused_and_nothing_is_asked(session: Session, world: World):
    made = a_claim(session, world, reported_at=REPORTED)

    with pytest.raises(Refused) as refusal:
        request_supplement(session, made.file, items=["？？"], by="staff:1", at=ORDERED)

    assert set(refusal.value.errors) == {"what"}


def test_an_offer_is_drawn_up_for_those_whose_consent_is_needed(session: Session, world: World):
    made = a_claim(session, world, Stage.COVERED, reported_at=REPORTED, findings=2)

    agreed(session, made, "repair", "cash")

    letter = the_letter(session, "settlement_agreement")
    assert [offer["remedy"] for offer in letter["offers"]] == [
        "由我公司维修", "支付赔款人民币壹仟贰佰元零伍角（¥1,200.50）",
    ]  # fmt: skip
    assert letter["works"] == {"starts_on": "2026年3月9日（周一）", "finishes_on": "2026年3月20日（周五）"}
    assert letter["cash"] == "人民币壹仟贰佰元零伍角（¥1,200.50）"
    assert [(party["role"], party["name"][:4]) for party in letter["parties"]] == [
        ("房屋所有权人", "王小明"), ("被保险人", "示例置业"), ("保险公司", "示例财产"),
    ]  # fmt: skip


def test_each_payment_has_its_notice_with_what_is_left(session: Session, world: World):
    made = a_claim(session, world, Stage.COVERED, reported_at=REPORTED)
    agreed(session, made, "cash")

    paid(session, made, 100000, "ICBC-1")
    paid(session, made, 20050, "ICBC-2")

    first, second = drafted(session, "payment_notice")
    assert (first["amount"], first["left"]) == ("人民币壹仟元整（¥1,000.00）", "人民币贰佰元零伍角（¥200.50）")
    assert (second["paid_so_far"], second["left"]) == ("人民币壹仟贰佰元零伍角（¥1,200.50）", "人民币零元整（¥0.00）")
    assert (first["title"], first["basis"][:20]) == ("赔款支付通知书", "2026年3月5日（周四）达成的赔偿协议")


def test_an_advance_says_that_the_difference_is_still_to_come(session: Session, world: World):
    made = a_claim(session, world, Stage.COVERED, reported_at=REPORTED)

    paid(session, made, 50000, "ICBC-1")

    letter = the_letter(session, "payment_notice")
    assert (letter["title"], letter["left"]) == ("先予支付通知书", "最终确定赔偿数额以后应付的差额")
    assert "第二十五条" in letter["basis"]
