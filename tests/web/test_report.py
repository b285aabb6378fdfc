"""/report: a claim from the form, and nothing lost on the way."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlmodel import Session, select

from claims.casefile import CaseFile
from claims.intake import Claim
from tests.web.checking import CheckingClient, Page
from tests.web.conftest import TOLD, Homeowner, claims, move_to

REPORT_BY_API = {"address": "某路1号", "reporter": {"name": "王", "phone": "13800000107", "relation": "owner"}}


@pytest.mark.both_databases
def test_a_report_becomes_a_claim(homeowner: Homeowner, site: Flask, session: Session) -> None:
    page = homeowner.receipt()

    (claim,) = claims(session)
    sealer = site.extensions["database"].belongings["sealer"]
    assert (claim.channel, claim.relation, claim.gate, claim.part) == ("web", "owner", "in_force", "waterproofing")
    assert sealer.open(claim.phone_sealed) == "+8613800000107"
    file = session.get_one(CaseFile, claim.id)
    assert "".join(e.text for e in page.all("dd")[:1]) == file.reference
    assert sealer.open(claim.track_code_sealed) in page.words


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_report_keeps_the_language_of_the_page_that_it_was_made_on(
    visitor: CheckingClient, session: Session, code: str
) -> None:
    visitor.get(f"/?lang={code}")
    Homeowner(visitor).report()

    assert session.exec(select(Claim)).one().language == code


def test_the_receipt_says_who_comes_until_when_and_why(homeowner: Homeowner) -> None:
    words = homeowner.receipt().words

    assert "收到时间 2026年3月2日（周一）14:05:33" in words
    assert "派人上门查看，最迟2026年3月4日（周三）。" in words
    assert "为什么是这一天：我们承诺收到报案后2天内上门，报案当天不算。" in words


@pytest.mark.parametrize(
    ("reported", "home", "part", "said"),
    [
        ("Sat 2026-03-07 03:20", "SL1-1-501", "waterproofing", "最迟2026年3月9日（周一）。"),
        ("Thu 2026-04-30 22:00", "SL1-1-501", "waterproofing", "最迟2026年5月6日（周三）。"),
        ("Thu 2026-04-30 22:00", "SL1-1-501", "waterproofing", "最后一天碰到休息日，顺延到下一个工作日。"),
        ("Mon 2026-03-02 10:00", "SL3-6-101", "structure", "保险合同约定，收到报案后3天内上门"),
        ("Thu 2026-12-31 10:00", "SL1-1-501", "waterproofing", "那时的放假安排还没有公布"),
    ],
)
def test_at_night_and_on_holidays_it_says_so_too(homeowner, frozen, reported, home, part, said) -> None:
    move_to(frozen, reported)
    homeowner.page = homeowner.client.page("/report")

    assert said in homeowner.receipt(home=home, part=part, found_on="").words


def test_inside_the_builders_two_years_it_says_who_repairs(homeowner: Homeowner, session: Session) -> None:
    words = homeowner.receipt(home="SL2-3-101", address="").words

    assert session.exec(select(CaseFile.stage)).one() == "referred"
    assert "由示例第二建筑工程有限公司维修，到2027年9月10日（周五）为止。" in words
    assert "021-0000-0000" in words


def test_an_address_that_nobody_knows_is_still_a_claim(homeowner: Homeowner) -> None:
    words = homeowner.receipt(address="某路9999弄", reporter__phone="021-61234567").words

    assert "还没有和承保的房屋对上" in words
    assert "最迟2026年3月4日（周三）" in words


def test_whoever_is_in_danger_is_told_first_what_to_do(homeowner: Homeowner) -> None:
    assert "您说有危险：先离开，再打电话" in homeowner.receipt(danger="true").words


def test_after_a_danger_what_comes_next_is_our_call_and_our_coming_to_make_it_safe(homeowner: Homeowner) -> None:
    words = homeowner.receipt(danger="true").words
    told = [
        "接下来",
        "我们最迟3月2日（周一）14:35给您回电。",
        "我们最迟3月3日（周二）14:05到场排除险情。",
        "派人上门查看",
    ]

    assert [words.index(one) for one in told] == sorted(words.index(one) for one in told)


def test_without_a_danger_what_comes_next_is_the_survey(homeowner: Homeowner) -> None:
    assert "给您回电" not in homeowner.receipt().words


def test_everything_typed_is_kept_when_something_is_wrong(homeowner: Homeowner, session: Session) -> None:
    typed = TOLD | {"reporter.phone": "123"}
    answer = homeowner.report(reporter__phone="123")

    assert (answer.status_code, homeowner.step) == (422, "who")
    assert homeowner.page.filled() | typed == homeowner.page.filled()
    assert homeowner.wrong().split() == ["有1处要改", "电话：电话号码不对，请写成13800000000或021-12345678。"]
    assert not claims(session)


@pytest.mark.parametrize(
    ("step", "links"),
    [
        ("danger", ["#danger"]),
        ("where", ["#address"]),
        ("what", ["#description"]),
        ("who", ["#reporter-name", "#reporter-phone", "#reporter-relation"]),
    ],
)
def test_every_fault_of_a_step_is_told_at_once_on_top_and_beside_its_field(homeowner, step, links) -> None:
    homeowner.come_to(step)
    homeowner.press("on")

    page = homeowner.page
    assert [e.attrs["href"] for e in page.all("a") if page.at("errors") in e.above] == links
    assert page.at("errors").attrs["tabindex"] == "-1"
    assert all(page.at(f"{link[1:]}-error").text.startswith("✕ 请") for link in links)
    assert page.all("form")[0].attrs["action"].endswith("#errors")
    assert page.all("title")[0].text.startswith("要改：")


def test_an_answer_that_is_missing_is_told_in_its_own_words(homeowner: Homeowner) -> None:
    homeowner.press("on")
    assert homeowner.page.at("danger-error").text == "✕ 请选一项。"

    homeowner.come_to("where")
    homeowner.press("on")
    assert homeowner.page.at("address-error").text == "✕ 请填写房屋编号或地址。"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("description", "漏" * 20_000, "最多4000个字。"),
        ("address", "路" * 301, "最多300个字。"),
        ("found_on", "2026-03-03", "日期不能晚于今天。"),
        ("found_on", "前天", "请填写日期"),
        ("home", "SL9-9-999", "没有这个房屋编号"),
        ("part", "roof; drop table claim", "请从以下选项中选择"),
        ("reporter.relation", "landlord", "请从以下选项中选择"),
        ("danger", "perhaps", "请填写是或否。"),
        ("reporter.name", "  ", "请填写这一项。"),
        ("description", "\0", "请填写这一项。"),
    ],
)
def test_nonsense_is_refused_in_plain_words_and_shown_again(homeowner, session, field, value, said) -> None:
    answer = homeowner.report(**{field.replace(".", "__"): value})

    assert answer.status_code == 422
    assert said in homeowner.wrong()
    if field not in ("part", "reporter.relation", "danger", "reporter.name") and value != "\0":
        assert homeowner.page.filled()[field] == value
    assert not claims(session)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>\"'>", "🏚️ 漏水\r\n第二行", "a\0b", "{{ 7 * 7 }} %(name)s %s"]
)
def test_odd_words_are_only_words(homeowner: Homeowner, session: Session, words: str) -> None:
    homeowner.report(description=words, address=words.replace("\0", ""), reporter__phone="1")
    assert homeowner.page.filled()["description"].replace("\r", "") == words.replace("\0", "").replace("\r", "")

    homeowner.receipt(description=words)
    assert claims(session)[0].description.replace("\r", "") == words.replace("\0", "").replace("\r", "")


@pytest.mark.both_databases
def test_the_same_form_twice_is_one_claim(homeowner: Homeowner, session: Session) -> None:
    first, second = homeowner.report(), homeowner.report()

    assert first.location == second.location
    assert len(claims(session)) == 1


@pytest.mark.both_databases
def test_the_same_form_at_once_is_one_claim(homeowner: Homeowner, session: Session, site: Flask) -> None:
    homeowner.come_to("check")
    form = homeowner.page.filled()
    cookie = homeowner.client.get_cookie("session")
    assert cookie is not None

    def click(_: int) -> str:
        client = site.test_client()
        client.set_cookie("session", cookie.value)
        return client.post("/report/done", data=form).location

    with ThreadPoolExecutor(4) as clicks:
        assert len(set(clicks.map(click, range(8)))) == 1
    assert len(claims(session)) == 1


def test_a_form_sent_again_with_something_else_is_not_swallowed(homeowner: Homeowner, session: Session) -> None:
    homeowner.report()
    assert homeowner.report(description="另一处：阳台栏杆松了。").status_code == 422
    assert "这份表已经报过案，报案号" in homeowner.wrong()
    assert homeowner.page.filled()["description"] == "另一处：阳台栏杆松了。"

    assert homeowner.send().status_code == 303
    assert len(claims(session)) == 2


def test_a_made_up_key_opens_nobodys_claim(homeowner: Homeowner, session: Session) -> None:
    homeowner.report(key="x")
    stranger = Homeowner(homeowner.client.application.test_client())
    stranger.report(key="x")

    first, second = claims(session)
    assert first.key != second.key


def test_the_homeowner_cant_say_when_the_report_came(homeowner: Homeowner, session: Session) -> None:
    page: Page = homeowner.receipt(received_at="2020-01-01T00:00:00+08:00")

    assert "2026年3月2日" in page.words


def test_half_a_character_is_no_reason_to_lose_a_report(site: Flask, session: Session) -> None:
    told = REPORT_BY_API | {"description": "漏水\ud83d"}
    answer = site.test_client().post(
        "/api/v1/claims",
        data=json.dumps(told),
        headers={"Authorization": "Bearer demo-channel", "Content-Type": "application/json"},
    )

    assert answer.status_code == 201
    assert claims(session)[0].description == "漏水?"
