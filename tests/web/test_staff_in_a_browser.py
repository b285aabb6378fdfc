"""The pages of the staff and of the firm as people have them: phone or desk, light or dark, Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlmodel import col, select

from app import create_app
from claims.access import set_password
from claims.casefile import CaseFile
from claims.casefile.model import RunningClock
from claims.demo.playing import special_claims
from claims.demo.tokens import DEMO_PASSWORD
from claims.desk.sheets import SHEETS
from claims.duties import DutyRecord
from claims.registry import Firm
from claims.repair import RepairOrder
from config.settings import Settings
from notifications.model import Arrival
from tests.claims.demo.loading import TODAY, a_demo_app
from tests.later_makers import a_firm
from tests.makers import a_person
from tests.web.driving import a_browser, a_page, cut_off, faults, overflows, press, served, time_begins, too_small

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
EMPTY = "?from=2019-01-01&to=2019-01-02"
LOOKS = {"zh": ((PHONE, "light"), (DESK, "dark")), "en": ((PHONE, "dark"), (DESK, "light"))}
"""Language → how each page is looked at in it."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def demo_app(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with time_begins(TODAY):
        yield from a_demo_app(migrated_sqlite, tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module")
def address(demo_app: Flask) -> Iterator[str]:
    with served(demo_app) as address:
        yield address


def signed_in(browser: Browser, address: str, who: str, language: str, size: dict[str, int] = DESK) -> Page:
    page = a_page(browser, address, viewport=size)
    page.goto(f"/staff?lang={language}")
    page.fill("#email", who)
    page.fill("#password", DEMO_PASSWORD)
    press(page, "main button")
    return page


def orders_by_state(app: Flask, firm: str) -> dict[str, int]:
    """An order of the firm in each state."""
    with app.extensions["database"].session(reading=True) as session:
        query = select(RepairOrder.state, RepairOrder.id).join(Firm).where(Firm.code == firm)
        return {state: number or 0 for state, number in session.exec(query)}


def check(page: Page, path: str, language: str, *, one_hand: bool = False) -> None:
    """A page as it is looked at in its language; a colour that is still changing into another has no contrast yet."""
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, path
    for size, scheme in LOOKS[language]:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        seen, found = f"{path} at {size['width']} px, {scheme}", faults(page)
        assert found.violations_count == 0, f"{seen}: {found.generate_report()}"
        assert not overflows(page), seen
        assert not cut_off(page), seen
        assert not (one_hand and size is PHONE and too_small(page)), seen


def of_the_board(breach: int | None) -> list[str]:
    """Of a manager."""
    ways = ("", "/breaches", f"/breaches{EMPTY}", "/near-misses", f"/near-misses{EMPTY}", f"/breaches/{breach}/cause")
    return [f"/oversight{way}" for way in (*ways, "/calls", "/fetched")]


def of_the_desk(references: list[str], waiting: str, strays: Sequence[int]) -> list[str]:
    """Of a lead: lists, with something and with nothing in them, claims, acts on one of them, stray arrivals."""
    lists = ("", "?due=late", "?waiting=safety", "?stage=closed", "?q=nobody", "/homes", "/homes?q=SL1-1", "/what-if")
    others = ("/homes?q=nowhere", "/homes/SL1-3-902", "/outbox", "/outbox?state=lost", "/calendar", "/projects",
              "/projects?kind=recovery", "/projects?kind=recovery&closed=true", "/projects?kind=upload",
              "/quarantine", "/quarantine?state=settled", "/roster")  # fmt: skip
    strange = [f"/quarantine/{number}" for number in strays]
    sheets = [f"/{waiting}/{act}" for act in ("contacts", "surveys", "denial", "decision/approval", "withdrawal")]
    return [
        f"/desk{way}" for way in (*lists, *others, *(f"/{reference}" for reference in references), *sheets, *strange)
    ]


def of_a_project(reference: str) -> list[str]:
    return [f"/desk/projects/{reference}", f"/desk/projects/{reference}/emergency"]


def of_an_operator() -> list[str]:
    return ["/desk/calendar", "/desk/what-if?clock=denial_notice&anchor=2026-03-02T10:00", "/staff/password"]


def of_a_firm(orders: dict[str, int]) -> list[str]:
    acts = [f"/orders/{orders['ordered']}/quote", f"/orders/{orders['started']}/completion"]
    return [f"/firm{way}" for way in ("", "/done", *(f"/orders/{number}" for number in orders.values()), *acts)]


HANDED_OVER = {
    "desk.show_file", "desk.show_photo", "desk.show_recording", "desk.show_letter", "oversight.show_breaches_as_csv",
    "firm.show_work_order", "firm.show_file", "duties.show_file",
}  # fmt: skip
"""No pages: files, sounds and letters."""


def test_every_page_of_the_staff_is_looked_at() -> None:
    """The acts of the desk are one component with many questions: a look at some of them stands for all."""
    app = create_app(Settings(secret_key="for this test and for nothing else"))
    ours = ("desk", "oversight", "calendar", "firm", "staff", "duties", "quarantine", "roster")
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    pages = {rule.endpoint for rule in rules if rule.endpoint.split(".")[0] in ours} - HANDED_OVER
    acts = {f"desk.new_{sheet.name.removeprefix('create_')}" for sheet in SHEETS.values()}
    paths = [*of_the_board(1), *of_the_desk(["261100000001"], "261100000001", [1]), *of_an_operator(), "/staff"]
    paths += of_a_project("261100000001")
    at = app.url_map.bind("localhost")
    looked_at = {at.match(path.partition("?")[0])[0] for path in [*paths, *of_a_firm({"ordered": 1, "started": 2})]}

    assert pages - acts == looked_at - acts
    assert looked_at & acts


@pytest.mark.parametrize("language", LOOKS)
def test_the_board_and_its_registers_can_be_read_by_everybody(browser, demo_app, address, language) -> None:
    page = signed_in(browser, address, "manager@insurer.example", language)
    assert page.url.endswith("/oversight")
    with demo_app.extensions["database"].session(reading=True) as session:
        breached = session.exec(select(RunningClock.id).where(RunningClock.breached_at.is_not(None))).first()
    for path in of_the_board(breached):
        check(page, path, language)
    page.context.close()


@pytest.mark.parametrize("language", LOOKS)
def test_an_operators_pages_can_be_read_by_everybody(browser, demo_app, address, language) -> None:
    stranger = a_page(browser, address, viewport=DESK)
    check(stranger, f"/staff?lang={language}", language)
    stranger.context.close()
    page = signed_in(browser, address, "operator@insurer.example", language)
    for path in of_an_operator():
        check(page, path, language)
    page.context.close()


@pytest.mark.parametrize("language", LOOKS)
def test_the_desk_can_be_read_by_everybody(browser, demo_app, address, language) -> None:
    page = signed_in(browser, address, "lead@insurer.example", language)
    with demo_app.extensions["database"].session(reading=True) as session:
        special = dict(special_claims(session))
        project = session.exec(select(CaseFile.reference).join(DutyRecord).where(DutyRecord.kind == "emergency")).one()
        strays = session.exec(select(Arrival.id).where(col(Arrival.state).in_(("quarantined", "settled")))).all()
        assert len(strays) == 3
    waiting = special["a proposed denial waits for its second person"]
    others = "a danger that nobody has made safe", "reported by text: questions, answers, confirmation"
    references = [*list(special.values())[:10], *(special[label] for label in others)]
    for path in [*of_the_desk(references, waiting, strays), *of_a_project(project)]:
        check(page, path, language)
    page.context.close()


@pytest.mark.parametrize("way", ["projects", "roster"])
def test_on_a_desk_a_form_stands_beside_what_it_changes(browser, address, way) -> None:
    """And on a phone below it, as wide as the page."""
    page = signed_in(browser, address, "lead@insurer.example", "zh", DESK)
    page.goto(f"/desk/{way}")
    table, form = page.locator("table").first.bounding_box(), page.locator(".panel").bounding_box()
    assert form["x"] > table["x"] + table["width"]
    assert form["y"] < DESK["height"] / 3
    page.set_viewport_size(PHONE)
    form = page.locator(".panel").bounding_box()
    assert form["x"] < 20 < PHONE["width"] - 40 < form["width"]
    page.context.close()


@pytest.mark.parametrize(("size", "is_there"), [(PHONE, True), (DESK, False)], ids=["phone", "desk"])
def test_what_is_due_next_is_seen_without_scrolling(browser, demo_app, address, size, is_there) -> None:
    """On a desk the clocks themselves stand beside, and the short list would say it twice."""
    page = signed_in(browser, address, "lead@insurer.example", "zh", size)
    with demo_app.extensions["database"].session(reading=True) as session:
        reference = special_claims(session)[0][1]
    page.goto(f"/desk/{reference}")
    first = page.locator(".dues li" if is_there else ".clocks .clock").first.bounding_box()
    assert first is not None
    assert first["y"] + first["height"] < size["height"]
    assert page.locator(".dues").is_visible() is is_there
    page.context.close()


@pytest.mark.parametrize("language", LOOKS)
def test_a_firms_pages_can_be_read_and_tapped_with_one_hand(browser, demo_app, address, language) -> None:
    page = signed_in(browser, address, "firm@insurer.example", language)
    assert page.url.endswith("/firm")
    orders = orders_by_state(demo_app, "RF01")
    for path in of_a_firm(orders):
        check(page, path, language, one_hand=True)
    page.context.close()


def test_a_firm_with_nothing_to_do_is_told_what_will_come(browser, demo_app, address) -> None:
    with demo_app.extensions["database"].session() as session:
        idle = a_person(session, "firm", email="idle@firm.example")
        idle.firm_id = a_firm(session, "RF99").id
        set_password(session, idle, DEMO_PASSWORD, at=TODAY)
        session.commit()
    page = signed_in(browser, address, "idle@firm.example", "zh", PHONE)
    for path in ("/firm", "/firm/done"):
        check(page, path, "zh", one_hand=True)
        assert page.locator(".empty").count() >= 1
    page.context.close()


def test_each_number_of_the_board_leads_to_as_many_rows(browser, address) -> None:
    page = signed_in(browser, address, "manager@insurer.example", "en", DESK)
    for number in range(3):
        page.goto("/oversight")
        figure = page.locator("a.figure").nth(number)
        said = int(figure.locator(".figure-number").inner_text().split()[0])
        with page.expect_navigation():
            figure.click()
        assert page.locator("table.queue tbody tr").count() == said
    page.context.close()
