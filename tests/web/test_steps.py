"""/report asks one question at a time: on, back, straight to one answer, and nothing lost or stored on the way."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from claims.attachments import Attachment
from claims.casefile import CaseFile
from claims.intake.steps import STEPS
from tests.web.checking import CheckingClient
from tests.web.conftest import JPEG, TOLD, Homeowner, claims

VAGUE = "我家漏水，示例东路88弄1号501室，请快来"


def shown_homes(homeowner: Homeowner) -> list[str]:
    return [e.attrs["value"] for e in homeowner.page.all("input", name="match")]


def test_each_step_says_where_we_are(homeowner: Homeowner) -> None:
    said = []
    for step in STEPS:
        homeowner.come_to(step)
        said.append(homeowner.page.all("span", **{"class": "step-count"})[0].text)

    assert said == [f"第{number}步，共6步" for number in range(1, 7)]


def test_going_back_loses_nothing(homeowner: Homeowner) -> None:
    homeowner.come_to("check")
    for step in reversed(STEPS[:-1]):
        homeowner.press("back")
        assert homeowner.step == step
    assert homeowner.page.filled() | TOLD == homeowner.page.filled()


def test_going_back_takes_along_what_was_just_typed_even_if_it_is_wrong(homeowner: Homeowner) -> None:
    homeowner.come_to("who")
    homeowner.press("back", reporter__name="郑示甲", reporter__phone="1")

    assert (homeowner.step, homeowner.wrong()) == ("photos", "")
    assert homeowner.page.filled()["reporter.phone"] == "1"


def test_a_photo_chosen_just_before_going_back_is_kept(homeowner: Homeowner) -> None:
    homeowner.come_to("photos")
    homeowner.press("back", (JPEG, "近照.jpg"))

    assert homeowner.step == "what"
    assert len(homeowner.page.filled()["kept"]) == 1


def test_an_answer_can_be_changed_from_the_end_and_leads_back_there(homeowner: Homeowner, session: Session) -> None:
    homeowner.come_to("check")
    homeowner.press("what")
    assert homeowner.step == "what"

    homeowner.press("on", description="其实是阳台。")
    assert homeowner.step == "check"
    assert homeowner.press("send").status_code == 303
    assert claims(session)[0].description == "其实是阳台。"


def test_the_end_shows_every_answer_with_its_way_back(homeowner: Homeowner) -> None:
    homeowner.come_to("photos")
    homeowner.press("on", (JPEG, "近照.jpg"))
    homeowner.come_to("check")

    for words in ("示例东路88弄1号501室", "防水工程", "北卫生间天花板", "近照.jpg", "郑示甲", "业主本人"):
        assert words in homeowner.page.words
    ways = {e.attrs["value"] for e in homeowner.page.all("button", name="go")}
    assert ways == {"danger", "where", "what", "photos", "who", "send", "back"}


def test_nothing_about_a_person_is_stored_before_the_end(homeowner: Homeowner, session: Session) -> None:
    homeowner.come_to("check")

    assert not claims(session)
    assert not session.exec(select(CaseFile)).all()
    assert not session.exec(select(Attachment)).all()
    assert "郑示甲" not in str(homeowner.client.get_cookie("session"))


def test_the_end_sent_with_an_answer_taken_out_leads_to_its_step(homeowner: Homeowner, session: Session) -> None:
    homeowner.come_to("check")
    answer = homeowner.press("send", description="", reporter__phone="1")

    assert (answer.status_code, homeowner.step) == (422, "what")
    assert homeowner.wrong().split() == ["有1处要改", "发生了什么：请填写这一项。"]
    assert not claims(session)

    homeowner.press("on", description="漏水")
    assert homeowner.step == "who"
    assert "电话号码不对" in homeowner.wrong()


@pytest.mark.parametrize(
    ("go", "step"), [("check", "danger"), ("nowhere", "danger"), ("who", "who"), ("back", "danger")]
)
def test_a_step_that_is_asked_for_too_early_loses_nothing_and_breaks_nothing(homeowner, go, step) -> None:
    homeowner.press(go)

    assert homeowner.step == step


def test_a_step_that_there_is_not_is_the_first(visitor: CheckingClient) -> None:
    homeowner = Homeowner(visitor)
    homeowner.press("back", step="../../etc")

    assert homeowner.step == "danger"


def test_a_code_that_no_home_has_is_told_at_its_step(homeowner: Homeowner) -> None:
    homeowner.come_to("where")
    homeowner.press("on", home="SL9-9-999")

    assert (homeowner.step, "没有这个房屋编号" in homeowner.wrong()) == ("where", True)


def test_an_address_of_several_homes_offers_them_without_a_name_or_a_code(homeowner: Homeowner) -> None:
    homeowner.come_to("where")
    homeowner.press("on", address=VAGUE)

    assert homeowner.step == "match"
    assert shown_homes(homeowner) == ["上海市浦东新区示例东路88弄1号楼501室", "none"]
    assert "SL1" not in homeowner.page.words


def test_the_home_that_is_chosen_becomes_the_address(homeowner: Homeowner, session: Session) -> None:
    homeowner.come_to("where")
    homeowner.press("on", address=VAGUE)
    homeowner.press("on", match=shown_homes(homeowner)[0])
    assert homeowner.step == "what"

    homeowner.come_to("check")
    homeowner.press("send")
    assert claims(session)[0].gate == "in_force"


def test_none_of_them_is_an_answer_too_and_is_not_asked_again(homeowner: Homeowner, session: Session) -> None:
    homeowner.come_to("where")
    homeowner.press("on", address=VAGUE)
    homeowner.press("on", match="none")
    assert homeowner.step == "what"
    homeowner.press("back")
    homeowner.press("on")
    assert homeowner.step == "what"

    homeowner.come_to("check")
    homeowner.press("send")
    assert claims(session)[0].gate == "no_home"


@pytest.mark.parametrize("match", ["", "上海市浦东新区示例东路88弄2号楼501室", "x"])
def test_a_home_that_was_not_offered_cant_be_chosen(homeowner: Homeowner, match: str) -> None:
    homeowner.come_to("where")
    homeowner.press("on", address=VAGUE)

    assert homeowner.press("on", match=match).status_code == 422
    assert homeowner.step == "match"


def test_a_whole_lane_is_not_listed(homeowner: Homeowner) -> None:
    homeowner.come_to("where")
    homeowner.press("on", address="示例东路88弄")

    assert homeowner.step == "what"


def test_the_report_tells_the_browser_to_load_nothing_from_elsewhere(visitor: CheckingClient) -> None:
    scripts = [e.attrs["src"] for e in visitor.page("/report").all("script")]

    assert scripts and all(there.startswith("/static/js/draft.") for there in scripts)
