"""The page of one claim: what its homeowner is told, and what only the homeowner may say."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlmodel import Session, select

from claims.attachments import Attachment, keep
from claims.casefile import CaseFile, Stage
from claims.danger import make_safe
from claims.decision.supplement import Missing, notice_arrived, request_supplement
from claims.letters import issue_letters
from claims.settlement import Part, consents_of
from tests.later_makers import Later, a_proof, an_appraiser, an_emergency, covered, story_of
from tests.makers import Made, World, a_claim, a_proposed_denial, a_world, at
from tests.web.checking import Page
from tests.web.conftest import JPEG, Homeowner
from tests.web.tracking import Tracker, track_code

NEAR = (JPEG + b"near", "近照.jpg")


@pytest.fixture
def tracker(app: Flask, frozen) -> Tracker:
    return Tracker(app)


@pytest.fixture
def world(session: Session) -> World:
    return a_world(session)


def opened(tracker: Tracker, session: Session, file: CaseFile, *, way: str = "code") -> Page:
    session.commit()
    issue_letters(tracker.app.extensions["database"], at("Mon 2026-03-02 14:05:33"))
    code = track_code(session, file)
    answer = tracker.enters_by_text(file.reference) if way == "text" else tracker.enters(file.reference, code)
    assert answer.status_code == 303
    return tracker.page(file.reference)


def steps(page: Page) -> list[str]:
    return [" ".join(e.text.split()) for e in page.all("li") if e.attrs.get("class", "").startswith("is-")]


def test_a_new_report_is_at_its_survey_and_says_until_when_and_why(tracker, session, world) -> None:
    page = opened(tracker, session, a_claim(session, world).file)

    assert steps(page) == ["已报案 已完成", "查勘 正在进行", "核定 还没到", "维修或赔付 还没到", "保修 还没到"]
    assert "3月4日（周三）24:00" in page.words
    assert "上海市浦东新区示例路1弄1号楼1201室" in page.words


@pytest.mark.parametrize(
    ("reported", "call", "come"),
    [
        ("Mon 2026-03-02 13:50", "我们最迟3月2日（周一）14:20给您回电。", "我们最迟3月3日（周二）13:50到场排除险情。"),
        (
            "Sun 2026-03-01 13:00",
            "我们承诺3月1日（周日）13:30前给您回电，现在已经超时",
            "13:00前到场排除险情，现在已经超时",
        ),
    ],
)
def test_an_open_danger_stands_on_top_with_what_to_do_and_by_when_we_come(
    tracker, session, world, reported, call, come
) -> None:
    page = opened(tracker, session, a_claim(session, world, danger=True, reported_at=at(reported)).file)
    box = page.at("danger").above[-1].text

    assert "险情还没有排除：先离开，再打电话" in box and "021-0000-0000" in box and "马上离开" in box
    assert call in box and come in box
    assert page.words.index("险情还没有排除") < page.words.index("已经收到您的报案")


def test_no_danger_is_shown_where_none_is_open(tracker: Tracker, session: Session, world: World) -> None:
    made = a_claim(session, world, danger=True, reported_at=at("Mon 2026-03-02 10:00"))
    shown, when = a_proof(session, made.file, at("Mon 2026-03-02 12:00")), at("Mon 2026-03-02 12:00")
    make_safe(session, made.file, made_safe_at=when, note="已支护", evidence=[shown], by="staff:1", recorded_at=when)

    assert "险情还没有排除" not in opened(tracker, session, made.file).words


@pytest.mark.parametrize(("attended", "is_told"), [("", True), ("Mon 2026-03-02 11:00", False)])
def test_an_emergency_in_the_whole_project_is_told_until_it_is_attended(tracker, session, world, attended, is_told):
    an_emergency(session, "Mon 2026-03-02 10:30", attended=attended)
    words = opened(tracker, session, a_claim(session, world, reported_at=at("Mon 2026-03-02 13:50")).file).words

    assert ("您所在的小区有险情，还没有处置" in words and "马上离开" in words) is is_told
    assert ("从容" in words) is not is_told


@pytest.mark.parametrize(("danger", "at_ease"), [(True, False), (False, True)])
def test_no_date_is_at_ease_while_a_danger_is_open(tracker, session, world, danger, at_ease) -> None:
    """The survey's day is told all the same."""
    page = opened(tracker, session, a_claim(session, world, danger=danger, reported_at=at("Mon 2026-03-02 13:50")).file)

    assert ("从容" in page.words) is at_ease
    assert "上门查勘" in page.words and "3月4日（周三）24:00" in page.words


@pytest.mark.parametrize(
    ("stage", "now", "said"),
    [
        (Stage.SURVEYED, "核定 正在进行", "正在核定是不是保险责任"),
        (Stage.COVERED, "维修或赔付 正在进行", "核定属于保险责任"),
        (Stage.DENIED, "维修或赔付 不再进行", "核定的结果是不予赔偿"),
    ],
)
def test_each_stage_is_told_in_words_and_in_its_step(tracker, session, world, stage, now, said) -> None:
    page = opened(tracker, session, a_claim(session, world, stage, reported_at=at("Mon 2026-03-02 09:00")).file)

    assert now in steps(page)
    assert said in page.words


def test_a_denial_that_waits_for_its_second_person_is_told_to_nobody(tracker, session, world) -> None:
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at("Mon 2026-03-02 09:00"))
    a_proposed_denial(session, world, made, at=at("Mon 2026-03-02 13:00"))
    words = opened(tracker, session, made.file).words

    assert "卧室天花板渗水1 正在核定" in words
    assert "不予赔偿" not in words and "物业报告" not in words and "给水管" not in words


def test_what_is_decided_is_told_once_its_letter_is_made(tracker, session, world) -> None:
    made = a_claim(session, world, Stage.DENIED, reported_at=at("Mon 2026-03-02 09:00"))
    page = opened(tracker, session, made.file)

    assert "卧室天花板渗水1 不予赔偿" in page.words
    (way,) = [e.attrs["href"] for e in page.all("a") if "不予赔偿通知书" in e.text]
    assert tracker.client.get(way).data.startswith(b"%PDF")


def test_nobody_who_works_on_it_is_named_and_what_staff_keep_is_not_shown(tracker, session, world) -> None:
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at("Mon 2026-03-02 09:00"))
    keep(
        session,
        JPEG,
        name="内部.jpg",
        uploaded_by=world.adjuster.id,
        at=at("Mon 2026-03-02 13:00"),
        file_id=made.file.id,
    )
    text = opened(tracker, session, made.file).words

    assert not [name for name in ("adjuster甲", "surveyor甲", "内部.jpg", "建议认定") if name in text]


def test_a_file_of_another_claim_or_of_staff_cant_be_fetched(tracker, session, world) -> None:
    made = a_claim(session, world)
    theirs = keep(
        session, JPEG, name="x.jpg", uploaded_by=world.adjuster.id, at=at("Mon 2026-03-02 11:00"), file_id=made.file.id
    )
    opened(tracker, session, made.file)

    for token in (theirs.token, "nothing"):
        assert tracker.client.get(f"/track/{made.file.reference}/files/{token}").status_code == 404
    assert tracker.client.get(f"/track/{made.file.reference}/letters/x.pdf").status_code == 404


def test_photos_and_words_can_be_added_and_are_single(tracker: Tracker, session: Session, world: World) -> None:
    made = a_claim(session, world)
    page = opened(tracker, session, made.file)
    key = page.all("input", name="key")[0].attrs["value"]
    for _ in range(2):
        tracker.post(f"/track/{made.file.reference}/files", words="又漏了一处", key=key)
    answer = tracker.post(f"/track/{made.file.reference}/files", NEAR, (b"PK", "合同.docx"))
    tracker.worker()

    assert answer.status_code == 422 and "“合同.docx”没有收" in Page(answer.text).at("errors").text
    assert "近照.jpg" in tracker.page(made.file.reference).words
    session.expire_all()
    assert story_of(session, made.file).count("TextReceived") == 1


def test_nothing_at_all_is_no_supplement(tracker: Tracker, session: Session, world: World) -> None:
    made = a_claim(session, world)
    opened(tracker, session, made.file)

    assert tracker.post(f"/track/{made.file.reference}/files", words=" ").status_code == 422


def asked_for(session: Session, world: World) -> Made:
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at("Mon 2026-03-02 08:00"))
    request_supplement(
        session,
        made.file,
        items=[Missing("房屋买卖合同", why="核对所有权人", how="拍照"), "漏水照片"],
        by="staff:1",
        at=at("Mon 2026-03-02 11:00"),
    )
    when = at("Mon 2026-03-02 12:00")
    notice_arrived(session, made.file, arrived_at=when, proof="短信回执", by="staff:1", recorded_at=when)
    return made


@pytest.mark.parametrize(("complete", "told"), [("yes", 1), ("no", 0)])
def test_the_thirty_days_go_on_once_the_homeowner_says_that_it_is_all(tracker, session, world, complete, told) -> None:
    made = asked_for(session, world)
    page = opened(tracker, session, made.file)
    assert "房屋买卖合同为什么要：核对所有权人怎么交：拍照" in page.words and "暂停" in page.words

    answer = tracker.post(f"/track/{made.file.reference}/supplement", NEAR, complete=complete)
    assert answer.status_code == 303
    session.expire_all()
    assert story_of(session, made.file).count("SupplementReceived") == told
    assert session.exec(
        select(Attachment.name).where(Attachment.file_id == made.file.id, Attachment.name == "近照.jpg")
    ).one()


@pytest.mark.parametrize("sent", [{}, {"complete": "yes"}, {"complete": "perhaps"}])
def test_a_supplement_needs_a_file_and_a_word(tracker, session, world, sent) -> None:
    made = asked_for(session, world)
    opened(tracker, session, made.file)

    assert tracker.post(f"/track/{made.file.reference}/supplement", **sent).status_code == 422


def offered(session: Session, world: World) -> Later:
    later = covered(session, world, "Mon 2026-03-02 08:00")
    later.proposed("Mon 2026-03-02 12:00", Part(later.made.findings[0].id or 0, "cash", 123_450))
    return later


def test_the_owner_whose_phone_is_proved_agrees_to_the_offer(tracker, session, world) -> None:
    later = offered(session, world)
    page = opened(tracker, session, later.file, way="text")
    assert "赔付1234.50元" in page.words

    offer = page.all("input", name="offer")[0].attrs["value"]
    answer = tracker.post(f"/track/{later.file.reference}/settlement", agrees="yes", offer=offer)
    assert answer.status_code == 303
    session.expire_all()
    (mine,) = [word for word in consents_of(session, later.settlement) if word.who == "owner"]
    assert mine.recorded_by == "homeowner" and mine.proof.endswith("opened by a code by text")


def test_a_track_code_alone_binds_nobody(tracker: Tracker, session: Session, world: World) -> None:
    later = offered(session, world)
    page = opened(tracker, session, later.file)
    assert not page.all("input", name="offer")
    assert "这一步要确认是业主本人" in page.words

    answer = tracker.post(f"/track/{later.file.reference}/settlement", agrees="yes", offer=str(later.settlement.id))
    assert answer.status_code == 403
    session.expire_all()
    assert "SettlementConsented" not in story_of(session, later.file)


def test_whoever_came_by_track_code_gets_the_code_by_text_from_the_page_itself(tracker, session, world) -> None:
    later = repaired(session, world)
    page = opened(tracker, session, later.file)
    (form,) = [e for e in page.all("form") if e.attrs["action"].startswith("/track/text")]
    sent = {e.attrs["name"]: e.attrs.get("value", "13800000001") for e in page.all("input") if form in e.above}

    assert tracker.client.post(form.attrs["action"].partition("#")[0], data=sent).status_code == 303
    tracker.worker()
    assert tracker.enters(later.file.reference, tracker.texts()[-1]["code"], way="text").status_code == 303
    assert tracker.page(later.file.reference).all("input", value="not_fixed")


def test_a_phone_that_isnt_the_owners_is_asked_for_no_code(tracker, session, world) -> None:
    later = repaired(session, world, phone="+8613900000009")
    page = opened(tracker, session, later.file)

    assert not [e for e in page.all("form") if e.attrs["action"].startswith("/track/text")]
    assert "不是业主登记的那个，请打电话办" in page.words


def test_a_tenant_sees_no_money_and_no_letter(tracker: Tracker, session: Session, world: World) -> None:
    later = covered(session, world, "Mon 2026-03-02 08:00", phone="+8613900000009", relation="tenant", name="李租客")
    later.proposed("Mon 2026-03-02 12:00", Part(later.made.findings[0].id or 0, "cash", 123_450))
    page = opened(tracker, session, later.file)

    assert "1234.50" not in page.words
    assert not [e for e in page.all("a") if "PDF" in e.text]


@pytest.mark.parametrize("sent", [{}, {"agrees": "no"}, {"agrees": "no", "reason": " "}])
def test_a_refusal_says_why(tracker, session, world, sent) -> None:
    later = offered(session, world)
    opened(tracker, session, later.file, way="text")

    answer = tracker.post(f"/track/{later.file.reference}/settlement", offer=str(later.settlement.id), **sent)
    assert answer.status_code == 422


def test_an_offer_that_is_no_longer_the_one_shown_is_not_agreed_to(tracker, session, world) -> None:
    later = offered(session, world)
    opened(tracker, session, later.file, way="text")

    assert tracker.post(f"/track/{later.file.reference}/settlement", agrees="yes", offer="0").status_code == 409


def repaired(session: Session, world: World, **report: str) -> Later:
    later = covered(session, world, "Mon 2026-03-02 06:00", **report)
    later.settled("Mon 2026-03-02 09:00")
    later.ordered("Mon 2026-03-02 10:00")
    later.started("Mon 2026-03-02 11:00")
    later.completed("Mon 2026-03-02 12:00")
    return later


@pytest.mark.parametrize(
    ("word", "stage"), [("fixed", "warranty"), ("partly", "repairing"), ("not_fixed", "repairing")]
)
def test_the_owners_word_on_finished_works(tracker, session, world, word, stage) -> None:
    later = repaired(session, world)
    page = opened(tracker, session, later.file, way="text")
    (item,) = {e.attrs["name"] for e in page.all("input", type="radio") if e.attrs["name"].startswith("item-")}

    there = f"/track/{later.file.reference}/works/{later.orders[0].id}"
    assert tracker.post(there).status_code == 422
    assert tracker.post(there, **{item: word}).status_code == 303
    session.expire_all()
    assert session.get_one(CaseFile, later.file.id).stage == stage


def test_finished_works_wait_for_the_owners_word_before_anything_can_break_again(tracker, session, world) -> None:
    page = opened(tracker, session, repaired(session, world).file)

    assert "维修已完工，等您确认。" in page.words and "正在安排维修" not in page.words
    assert "它又坏了" not in page.words


def test_what_isnt_fixed_is_being_repaired_again(tracker: Tracker, session: Session, world: World) -> None:
    later = repaired(session, world)
    later.answered("Mon 2026-03-02 13:00", "not_fixed")
    page = opened(tracker, session, later.file)

    assert "正在安排维修" in page.words and "等您确认" not in page.words


def test_what_broke_again_is_reported_with_its_home_part_and_item(tracker, session, world) -> None:
    later = repaired(session, world)
    later.answered("Mon 2026-03-02 13:00")
    page = opened(tracker, session, later.file)
    assert "保修到2026年8月31日（周一）" in page.words
    (form,) = [e for e in page.all("form") if e.attrs["action"] == "/report"]
    sent = {e.attrs["name"]: e.attrs["value"] for e in page.all("input") if form in e.above}

    report = Page(tracker.client.post("/report", data=sent).text)
    carried = report.filled()
    assert report.all("form", id="report")[0].attrs["data-step"] == "danger"
    assert (carried["home"], carried["part"], carried["item"]) == ("H-1201", "waterproofing", "卧室天花板渗水1")


def test_the_owner_chooses_an_appraiser(tracker: Tracker, session: Session, world: World) -> None:
    from claims.appraisal import propose_appraisers, raise_appraisal

    made = a_claim(session, world, Stage.DENIED, reported_at=at("Mon 2026-03-02 06:00"))
    firm, when = an_appraiser(session), at("Mon 2026-03-02 12:00")
    appraisal = raise_appraisal(
        session, made.file, made.claim, side="owner", statement="有异议", findings=[], by="staff:1", at=when
    )
    propose_appraisers(
        session, made.file, made.claim, appraisal, side="insurer", firms=[firm.code], by="staff:1", at=when
    )
    page = opened(tracker, session, made.file, way="text")
    assert firm.name in page.words and "鉴定机构的名单已经提出" in page.words

    there = f"/track/{made.file.reference}/appraisals/{appraisal.id}"
    assert tracker.post(there, firm="x").status_code == 422
    assert tracker.post(there, firm=firm.code).status_code == 303
    session.expire_all()
    assert "AppraiserChosen" in story_of(session, made.file)


def test_inside_the_builders_two_years_it_says_who_repairs(site: Flask, session: Session) -> None:
    tracker = Tracker(site)
    Homeowner(tracker.client).report(home="SL2-3-101", address="")
    page = opened(tracker, session, session.exec(select(CaseFile)).one())

    assert "由示例第二建筑工程有限公司维修，到2027年9月10日（周五）为止。" in page.words
    assert "查勘 不再进行" in steps(page)
    assert not [e for e in page.all("form") if "files" in e.attrs["action"]]


def test_english_pages_are_english(tracker: Tracker, session: Session, world: World) -> None:
    from tests.web.test_language import chinese_left

    tracker.client.get("/?lang=en")
    later = offered(session, world)
    assert [chinese_left(tracker.client.page(path)) for path in ("/track", "/track/text")] == [[], []]
    assert chinese_left(opened(tracker, session, later.file, way="text")) == []


def test_letters_have_the_names_that_the_desk_gives_them(tracker: Tracker, session: Session, world: World) -> None:
    tracker.client.get("/?lang=en")
    page = opened(tracker, session, a_claim(session, world).file)

    assert [e.text for e in page.all("a") if "PDF" in e.text] == ["Acknowledgement of the report (PDF)"]


def test_a_page_asks_the_database_a_fixed_number_of_questions(tracker, session, world, app) -> None:
    from sqlalchemy import event

    later = repaired(session, world)
    opened(tracker, session, later.file)
    asked: list[str] = []
    event.listen(app.extensions["database"].engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    tracker.page(later.file.reference)

    assert len(asked) <= 35, "\n".join(asked)
