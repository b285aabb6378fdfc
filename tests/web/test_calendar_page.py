"""/desk/calendar: the years, what a file would change, and its import; in both languages."""

from io import BytesIO

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import select

from claims.calendar import calendar_warning
from claims.casefile import Stage
from claims.casefile.published import CalendarYear
from claims.sweeping import count_clocks_anew
from config.ticker import drain
from config.time import now
from tests.claims.calendar.conftest import FILE
from tests.makers import a_claim, a_person, a_world, at
from tests.web.checking import CheckingClient, Page
from tests.web.signed_in import signed_in

pytestmark = pytest.mark.both_databases


@pytest.fixture
def winter(app: Flask):
    """28 December 2026; one claim reported on 2 December, whose 30th day is 1 January."""
    with freeze_time(at("Mon 2026-12-28 09:00")) as frozen:
        with app.extensions["database"].session() as session:
            a_claim(session, a_world(session), Stage.SURVEYED, reported_at=at("Wed 2026-12-02 10:00"))
            session.commit()
        yield frozen


def enters(app: Flask, role: str, language: str = "zh") -> CheckingClient:
    with app.extensions["database"].session() as session:
        person = a_person(session, role, email=f"{role}.office@insurer.example")
        session.commit()
    return signed_in(app, person, language)


def previews(client: CheckingClient, text: str = FILE):
    form = client.page("/desk/calendar").filled()
    return client.post(
        "/desk/calendar/preview",
        data=form | {"file": (BytesIO(text.encode()), "2027.toml")},
        content_type="multipart/form-data",
    )


def editions(app: Flask) -> list[tuple[int, int, str]]:
    with app.extensions["database"].session(reading=True) as session:
        rows = session.exec(select(CalendarYear).where(CalendarYear.year == 2027).order_by(CalendarYear.id))
        return [(row.year, row.edition, row.by[:6]) for row in rows]


def test_the_page_names_each_year_with_its_notice_and_marks_the_provisional_one(app, winter):
    words = enters(app, "operator").page("/desk/calendar").words

    assert "国办发明电〔2025〕7号" in words
    assert "2027暂定" in words


@pytest.mark.parametrize(("role", "may"), [("operator", True), ("lead", False), ("manager", False)])
def test_whoever_may_only_read_finds_no_form(app, winter, role, may):
    page = enters(app, role).page("/desk/calendar")

    assert bool(page.all("input", type="file")) is may


def test_a_file_is_shown_with_what_it_would_change_before_anything_is(app, winter):
    page = Page(previews(enters(app, "operator")).text)

    assert "核定2027年1月4日（周一）2027年1月3日（周日）1" in page.words
    assert editions(app) == []


def test_what_was_previewed_is_imported_and_counted(app, winter):
    client = enters(app, "operator")
    form = Page(previews(client).text).filled()
    assert client.post("/desk/calendar", data=form).status_code == 303
    assert editions(app) == [(2027, 1, "staff:")]
    assert "正在按新的安排重算" in client.page("/desk/calendar").words

    drain(app.extensions["database"], count_clocks_anew, now())
    words = client.page("/desk/calendar").words
    assert "正在按新的安排重算" not in words and "2028暂定" in words


def test_the_same_file_once_more_is_nothing_to_import(app, winter):
    client = enters(app, "operator")
    client.post("/desk/calendar", data=Page(previews(client).text).filled())
    answer = previews(client)

    assert (answer.status_code, "不用再导入" in answer.text) == (422, True)
    assert len(editions(app)) == 1


@pytest.mark.parametrize(("find", "put", "said"), [
    ("2027-02-05, 2027-02-12", "2027-01-02, 2027-02-01", "第5行：假期2027-01-02至2027-02-01与到2027-01-02为止的"),
    ("[2027-02-05, 2027-02-12]", "[2027-02-12, 2027-02-05]", "第5行：假期2027-02-12至2027-02-05的止日早于起日。"),
    ("2027-01-01, 2027-01-02", "2026-12-31, 2027-01-02", "第4行：假期2026-12-31至2027-01-02超出了2027年"),
    ("2027-05-05", "2027-07-05", "超过31天"),
    ("2027-02-20,", "2026-02-21,", "第14行：上班日2026-02-21不在2027年"),
    ("2027-02-20,", "2027-02-19,", "第14行：上班日2027-02-19不是周六、周日"),
    ("2027-01-03,", "2027-02-06,", "第13行：2027-02-06既写成休息日又写成上班日"),
    ("2027-02-20,", "2027-01-03,", "第14行：上班日2027-01-03写了两次"),
    ("[2027-04-03, 2027-04-05],", "", "2027-04-05是法定节假日"),
    ("year = 2027", "year = 2030", "第4行"),
    ('"示例〔2026〕1号"', '" "', "第2行：没有写通知文号"),
    ("notice", "notices", "缺少notice这一项"),
    ("work =", "works =", "缺少work这一项"),
    ("year = 2027", 'year = "2027"', "year的写法不对"),
    ("work = [", "work = [[", "写法不合TOML格式"),
    ("2027-02-20", '"2027-02-20"', "不是日期"),
    ("[2027-06-09, 2027-06-09]", "[2027-06-09]", "不是“起日、止日”两个日期"),
])  # fmt: skip
def test_a_wrong_file_is_refused_in_chinese_with_its_line(app, winter, find, put, said):
    assert find in FILE
    answer = previews(enters(app, "operator"), FILE.replace(find, put, 1))

    assert answer.status_code == 422
    assert said in Page(answer.text).at("errors").text


def test_an_empty_choice_is_refused(app, winter):
    assert previews(enters(app, "operator"), "").status_code == 422


def test_the_pages_are_english_for_whoever_asked(app, winter):
    client = enters(app, "operator", "en")
    page = Page(previews(client).text)

    assert "Coverage decisionMonday 4 January 2027Sunday 3 January 20271" in page.words
    wrong = Page(previews(client, FILE.replace("2027-02-20", "2027-02-19")).text)
    assert "line 14: 2027: work 2027-02-19 is a Friday" in wrong.at("errors").text


@pytest.mark.parametrize(("looked_at", "warns"), [("Mon 2026-11-30 23:59", False), ("Tue 2026-12-01 00:00", True)])
def test_the_managers_page_says_so_and_leads_to_the_years(app, winter, looked_at, warns):
    winter.move_to(at(looked_at))
    page = enters(app, "manager").page("/oversight")

    assert any("2027年的放假安排还没有导入" in link.text for link in page.all("a", href="/desk/calendar")) is warns


@pytest.mark.parametrize(("language", "said"), [("zh", "2027年的放假安排还没有导入"), ("en", "The days off of 2027")])
@pytest.mark.parametrize(("looked_at", "warns"), [("Mon 2026-11-30 23:59", False), ("Tue 2026-12-01 00:00", True)])
def test_the_warning_for_the_managers_page_begins_in_december(app, looked_at, warns, language, said):
    with app.test_request_context(f"/oversight?lang={language}"):
        warning = calendar_warning(at(looked_at))

    assert (warning is not None and warning.startswith(said)) is warns
