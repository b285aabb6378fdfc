"""A claim from its report to the warranty, and another to a signed denial, through pages alone (第十一至十四条)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlmodel import select

from claims.access import person_by_email
from claims.registry import Firm
from claims.repair import RepairOrder
from config.time import SHANGHAI, now, shanghai_day
from tests.web.driving import a_browser, a_sample_app, served
from tests.web.people import DESK, PHONE, Somebody

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
BROWSERS = [
    pytest.param(PHONE, False, id="phone-without-scripts"),
    pytest.param(PHONE, True, id="phone-with-scripts"),
    pytest.param(DESK, False, id="desk-without-scripts"),
    pytest.param(DESK, True, id="desk-with-scripts"),
]
Invite = Callable[[], Somebody]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def app(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """On SQLite with the sample registry, in real time; its firm's person belongs to the firm."""
    with a_sample_app(migrated_sqlite, tmp_path_factory.mktemp("pages")) as app:
        with app.extensions["database"].session() as session:
            person = person_by_email(session, "firm@insurer.example")
            assert person is not None
            person.firm_id = session.exec(select(Firm.id).where(Firm.code == "RF01")).one()
            session.commit()
        yield app


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def invite(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Invite]:
    """Another person, on the kind of browser that this test is about."""
    size, scripts = request.param
    people: list[Somebody] = []

    def one_more() -> Somebody:
        people.append(Somebody(browser, address, size=size, scripts=scripts))
        return people[-1]

    yield one_more
    for person in people:
        person.leaves()


def reported(homeowner: Somebody, home: str, item: str) -> str:
    """The homeowner's six questions, answered; the reference on the receipt."""
    homeowner.opens("/report")
    homeowner.chooses("没有")
    homeowner.presses("下一步")
    homeowner.fills("home", home)
    homeowner.presses("下一步")
    homeowner.chooses("防水工程")
    homeowner.fills("item", item)
    homeowner.fills("description", "下雨后滴水，越来越大。")
    homeowner.presses("下一步")
    homeowner.presses("下一步")
    homeowner.fills("reporter.name", "赵示甲")
    homeowner.fills("reporter.phone", "13800000101")
    homeowner.chooses("业主本人")
    homeowner.presses("下一步")
    homeowner.presses("提交报案")
    found = re.search(r"报案号\s*([\d\s]{12,20})", homeowner.page.locator("main").inner_text())
    assert found is not None
    return re.sub(r"\s", "", found[1])


def surveyed(adjuster: Somebody, reference: str) -> None:
    """Rung, booked, visited: one finding stands on the claim."""
    adjuster.act(reference, "contacts", "记下", ("说上了",), note="约了今天上午上门")
    in_an_hour = (now() + timedelta(hours=1)).astimezone(SHANGHAI)
    adjuster.act(reference, "surveys", "约定", visit_at=f"{in_an_hour:%Y-%m-%dT%H:%M}")
    adjuster.page.get_by_role("link", name="记录查勘发现").first.click()
    adjuster.chooses("防水工程")
    for name, value in {"item": "卧室天花板渗水", "cause": "楼上卫生间防水层失效", "opinion": "属于保险责任"}.items():
        adjuster.fills(name, value)
    adjuster.presses("记下这一条")


@pytest.mark.parametrize("invite", [param.values for param in BROWSERS], ids=[p.id for p in BROWSERS], indirect=True)
def test_from_the_report_to_the_warranty(invite: Invite, app: Flask) -> None:
    homeowner, adjuster, firm = invite(), invite(), invite()
    today = shanghai_day(now())

    reference = reported(homeowner, "SL1-1-101", "卧室天花板")
    adjuster.signs_in("lead@insurer.example")
    surveyed(adjuster, reference)
    adjuster.act(reference, "coverage", "核定属于保险责任", ("防水工程 · 卧室天花板渗水",))
    days = {"starts_on": today.isoformat(), "finishes_on": (today + timedelta(days=5)).isoformat()}
    adjuster.act(reference, "settlement", "提出协议", ("维修",), **days)
    adjuster.act(reference, "settlement/acceptance", "记下同意", ("房屋所有权人",), proof="电话录音，业主本人同意")
    adjuster.act(reference, "repair-orders", "派工", ("示例防水维修工程有限公司",), scope="防水层重做", **days)
    with app.extensions["database"].session(reading=True) as session:
        order = session.exec(select(RepairOrder.id).order_by(RepairOrder.id.desc())).first()
    firm.signs_in("firm@insurer.example")
    firm.opens(f"/firm/orders/{order}/start").presses("确认开工")
    firm.opens(f"/firm/orders/{order}/completion").presses("确认完工")
    adjuster.act(reference, f"repair-orders/{order}/acceptance", "记下验收", ("修好了",))

    adjuster.opens(f"/desk/{reference}")
    assert adjuster.sees("保修期内")


@pytest.mark.parametrize("invite", [BROWSERS[2].values], ids=["desk-without-scripts"], indirect=True)
def test_a_denial_is_signed_by_a_second_person(invite: Invite) -> None:
    homeowner, adjuster, lead = invite(), invite(), invite()
    reference = reported(homeowner, "SL1-1-102", "阳台")
    adjuster.signs_in("adjuster@insurer.example")
    surveyed(adjuster, reference)
    adjuster.opens(f"/desk/{reference}/denial")
    for words in ("防水工程 · 卧室天花板渗水", "第三方责任"):
        adjuster.chooses(words)
    photo = {"name": "闭水试验.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0"}
    adjuster.page.locator("input[type=file]").set_input_files([photo])
    adjuster.fills("clause", "第八条第（二）项")
    adjuster.fills("reasons", "闭水试验24小时不渗，积水来自楼上住户当日溢水。")
    adjuster.presses("提出，交复核")

    lead.signs_in("lead@insurer.example")
    lead.act(reference, "decision/approval", "签字", ("第三方责任", "同意不予赔偿"))

    lead.opens(f"/desk/{reference}")
    assert lead.sees("不予赔偿")
