"""The later letters of a claim: work order, completion, appraisal, complaint, and a whole journey of letters."""

import json

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from claims.appraisal import propose_appraisers, raise_appraisal
from claims.casefile import Stage
from claims.complaint import decide_complaint, extend_complaint, receive_complaint
from claims.danger import make_safe
from claims.letters import Letter, issue_letters
from config.database import Database
from notifications.model import Message
from tests.claims.letters.acting import (
    ANSWERED,
    COMPLETED,
    ORDERED,
    PROPOSED,
    REPORTED,
    a_firm,
    agreed,
    drafted,
    ordered,
    paid,
    repaired,
    the_letter,
)  # fmt: skip
from tests.later_makers import a_proof, an_emergency
from tests.makers import OWNERS_PHONE, World, a_claim, a_person, a_world, at

pytestmark = pytest.mark.usefixtures("every_letter_is_drafted")


def test_the_firm_is_told_only_what_it_needs(session: Session, world: World):
    made = a_claim(session, world, Stage.COVERED, reported_at=REPORTED)
    agreed(session, made, "repair")
    a_firm(session)

    ordered(session, made)

    letter = the_letter(session, "work_order")
    assert (letter["firm_name"], letter["phone"]) == ("示例RF01", "+8613900000009")
    assert letter["contact"].startswith("13800000001")
    assert "王小明" not in json.dumps(letter, ensure_ascii=False)
    assert not {"owner_name", "policy_number", "reported_at"} & letter.keys()


@pytest.mark.parametrize(("danger", "emergency", "place"), [
    (True, False, "这套房屋"), (False, True, "这套房屋所在的小区"), (True, True, "这套房屋和所在的小区"),
    (False, False, None),
])  # fmt: skip
def test_the_firm_is_warned_of_a_danger_at_the_home_or_in_its_project(session, world, danger, emergency, place):
    """第七条(八): until it is proved to be over, the order says so."""
    if emergency:
        an_emergency(session, "Mon 2026-03-02 09:00")
    made = a_claim(session, world, Stage.COVERED, reported_at=REPORTED, danger=danger)
    agreed(session, made, "repair")
    a_firm(session)

    ordered(session, made)

    assert the_letter(session, "work_order")["danger"] == (place and {"place": place, "made_safe_at": None})


@pytest.mark.parametrize(("emergency", "told"), [
    (True, {"place": "这套房屋所在的小区", "made_safe_at": None}),
    (False, {"place": "这套房屋", "made_safe_at": "2026年3月2日（周一）16:00:00"}),
])  # fmt: skip
def test_what_is_over_at_the_home_is_told_unless_the_project_is_in_danger_now(session, world, emergency, told):
    made = a_claim(session, world, Stage.COVERED, reported_at=REPORTED, danger=True)
    shown, when = a_proof(session, made.file, at("Mon 2026-03-02 16:00")), at("Mon 2026-03-02 16:00")
    make_safe(session, made.file, made_safe_at=when, note="已断电", evidence=[shown], by="staff:1", recorded_at=when)
    if emergency:
        an_emergency(session, "Mon 2026-03-02 09:00")
    agreed(session, made, "repair")
    a_firm(session)

    ordered(session, made)

    assert the_letter(session, "work_order")["danger"] == told


def test_the_record_of_completion_prints_the_warranty_to_its_last_day(session: Session, world: World):
    made = a_claim(session, world, Stage.COVERED, reported_at=REPORTED)
    agreed(session, made, "repair")
    a_firm(session)

    repaired(session, made, "fixed")

    letter = the_letter(session, "completion_record")
    assert [letter[name] for name in ("started_on", "completed_on", "answered_on")] == [
        "2026年3月9日（周一）", "2026年3月13日（周五）", "2026年3月16日（周一）",
    ]  # fmt: skip
    assert letter["warranties"] == [
        {
            "part": "防水工程", "item": "卧室天花板渗水1",
            "first_day": "2026年3月17日（周二）", "last_day": "2026年9月14日（周一）",  # Saturday 12, rolled
        }
    ]  # fmt: skip


def test_the_owners_no_is_recorded_too_and_only_what_is_fixed_has_its_warranty(session: Session, world: World):
    made = a_claim(session, world, Stage.COVERED, reported_at=REPORTED, findings=2)
    agreed(session, made, "repair", "repair")
    a_firm(session)

    repaired(session, made, "fixed", "not_fixed")

    letter = the_letter(session, "completion_record")
    assert [(item["word"], item["remark"]) for item in letter["items"]] == [
        ("已修复", None), ("未修复", "窗台还有水痕"),
    ]  # fmt: skip
    assert [term["item"] for term in letter["warranties"]] == ["卧室天花板渗水1"]


def test_a_report_under_warranty_is_told_that_we_repair_and_decide_nothing_anew(session: Session, world: World):
    made = a_claim(session, world, Stage.COVERED, reported_at=REPORTED)
    agreed(session, made, "repair")
    a_firm(session)
    repaired(session, made, "fixed")

    again = a_claim(session, world, reported_at=at("Mon 2026-06-01 10:00"), item="卧室天花板渗水1")

    letter = drafted(session, "acknowledgement")[-1]
    assert (again.file.stage, letter["warranty_of"]) == ("repairing", made.file.reference)
    assert [duty["act"] for duty in letter["duties"]] == ["安排维修单位，并与您约定上门时间"]


def test_our_proposal_of_appraisers_goes_to_the_other_side_each_time_and_theirs_is_not_ours(
    session: Session, world: World
):
    made = a_claim(session, world, Stage.DENIED, reported_at=REPORTED)
    for code in ("AP01", "AP02"):
        a_firm(session, code, "appraiser")
    appraisal = raise_appraisal(
        session, made.file, made.claim, side="owner", statement="不是我改的水管", findings=[], by="staff:1", at=ORDERED
    )

    for side, code in (("owner", "AP01"), ("insurer", "AP01"), ("insurer", "AP01"), ("insurer", "AP02")):
        propose_appraisers(session, made.file, made.claim, appraisal, side=side, firms=[code], by="staff:1", at=ORDERED)

    first, second = drafted(session, "appraisal_proposal")
    assert [one["appraisers"][0]["name"] for one in (first, second)] == ["示例AP01", "示例AP02"]
    assert (first["role"], first["addressee"], first["phone"]) == ("房屋所有权人", "王小明", OWNERS_PHONE)
    assert (first["statement"], first["findings"][0]["decided"]) == ("不是我改的水管", "不属于保险责任")
    assert first["reply_by"] == "2026年3月23日（周一）"  # 15 days: Saturday 21, rolled


@pytest.mark.parametrize(("complainant", "phone"), [("王小明", OWNERS_PHONE), ("李四", "")])
def test_a_complaint_is_answered_to_whoever_complained(session: Session, world: World, complainant: str, phone: str):
    made = a_claim(session, world, reported_at=REPORTED)
    judge = a_person(session, "manager")
    complaint = receive_complaint(
        session, made.file, complainant=complainant, text="没有人上门", by="staff:1",
        received_at=PROPOSED, recorded_at=PROPOSED,
    )  # fmt: skip
    extend_complaint(session, made.file, complaint, reason="要核实通话记录", by=f"staff:{judge.id}", at=ORDERED)

    decide_complaint(
        session, made.file, complaint, upheld=True, decision="道歉并立即上门。", reasons="漏记了电话。",
        by=f"staff:{judge.id}", at=COMPLETED,
    )  # fmt: skip

    letter = the_letter(session, "complaint_decision")
    assert (letter["complainant_name"], letter["phone"]) == (complainant, phone)
    assert (letter["outcome"], letter["extension"][-11:]) == ("投诉成立", "的理由：要核实通话记录")
    assert letter["decided_by"]["name"] == "manager甲"


@pytest.mark.both_databases
def test_every_letter_of_a_whole_journey_is_issued_and_texted(app: Flask):
    database: Database = app.extensions["database"]
    with database.session() as session:
        world = a_world(session)
        made = a_claim(session, world, Stage.COVERED, reported_at=REPORTED, findings=2, description="漏水😀")
        agreed(session, made, "repair", "cash")
        a_firm(session)
        paid(session, made, 120050, "ICBC-1")
        repaired(session, made, "fixed")
        session.commit()

    while issue_letters(database, ANSWERED):
        pass

    with database.session() as session:
        states = {letter.kind: (letter.state, letter.error) for letter in session.exec(select(Letter))}
        texts = set(session.exec(select(Message.message).where(col(Message.about).startswith("letter:"))))
    assert states == dict.fromkeys(
        [
            "acknowledgement", "coverage_notice", "settlement_agreement", "payment_notice", "work_order",
            "completion_record",
        ],
        ("issued", ""),
    )  # fmt: skip
    assert texts == {"coverage_notice", "settlement_agreement", "payment_notice", "completion_record"}
