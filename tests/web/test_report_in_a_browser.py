"""The homeowner's pages as a homeowner has them: phone or desk, light or dark, either language, scripts or none."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser, Page, Response, expect
from sqlmodel import func, select

from claims.intake import Claim
from tests.faults.together import until
from tests.web.driving import (
    PATIENCE,
    a_browser,
    a_page,
    a_sample_app,
    faults,
    overflows,
    press,
    served,
    too_small,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
JPEG = {"name": "IMG_20260302_厨房天花板渗水近照_第一张.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0"}
A_PICTURE = {
    "name": "近照.png", "mimeType": "image/png",
    "buffer": b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
                        "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
}  # fmt: skip
BAD = {"name": "合同.docx", "mimeType": "application/zip", "buffer": b"PK"}
LONGEST = (
    "上海市浦东新区中国（上海）自由贸易试验区临港新片区示例东路一千二百八十八弄（示例花苑二期东区）"
    + "108号楼B单元2801室" * 3
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def app(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with a_sample_app(migrated_sqlite, tmp_path_factory.mktemp("browser")) as app:
        yield app


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    with served(app) as address:
        yield address


def a_visit(
    browser: Browser, address: str, *, scheme: str = "light", size: dict[str, int] = PHONE, scripts: bool = False
) -> Page:
    """Without JavaScript, unless the test itself needs some."""
    return a_page(browser, address, viewport=size, color_scheme=scheme, java_script_enabled=scripts)


def on(page: Page) -> None:
    press(page, "button[value=on]")


def fill(page: Page, *, phone: str = "13800000107", where: str = "示例东路88弄1号501室") -> None:
    """Every step as far as the last question, which is left for `on`."""
    page.check("#danger")
    on(page)
    page.fill("#address", where)
    on(page)
    page.check("input[value=waterproofing]")
    page.fill("#item", "北卫生间天花板")
    page.fill("#description", "天花板渗水三天，越来越大。")
    on(page)
    on(page)
    who(page, phone)


def who(page: Page, phone: str) -> None:
    page.fill("#reporter-name", "郑示甲")
    page.fill("#reporter-phone", phone)
    page.check("input[value=owner]")


def send(page: Page) -> None:
    press(page, "button[value=send]")


def walk(page: Page, language: str, *, scripts: bool) -> Iterator[str]:
    """Every page that a homeowner comes by, with errors and photos on the way."""
    page.goto(f"/?lang={language}")
    yield "home"
    press(page, "a[href='/report']")
    yield "danger"
    page.check("#danger")
    on(page)
    on(page)
    yield "where with an error"
    page.fill("#address", "我家漏水，示例东路88弄1号501室，请快来")
    on(page)
    yield "match"
    press(page, "button[value=back]")
    page.fill("#address", LONGEST)
    on(page)
    yield "what"
    page.fill("#description", "天花板渗水三天，越来越大。" * 20)
    on(page)
    page.set_input_files("#photos", [JPEG, BAD])
    if scripts:
        page.locator("#errors").wait_for()
    else:  # they go with the form
        on(page)
    yield "photos with an error"
    on(page)
    who(page, "1")
    on(page)
    yield "who with an error"
    page.fill("#reporter-phone", "13800000107")
    on(page)
    yield "check"
    send(page)
    assert urlsplit(page.url).path == "/report/done"
    yield "receipt"
    code = page.locator(".digits").nth(1).inner_text()
    press(page, ".qr a")
    page.fill("#code", "AAAAAA")
    press(page, "form:has(#code) button")
    yield "door with an error"
    page.fill("#code", code)
    press(page, "form:has(#code) button")
    page.locator(".journey").wait_for()
    yield "track"
    page.set_input_files("#photos", [JPEG])
    press(page, "form[action*='/files'] button")
    page.locator("#done").wait_for()
    yield "track with one photo more"
    press(page, ".leave button")
    page.goto("/nowhere")
    yield "not found"


@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [(PHONE, "light", "zh"), (PHONE, "dark", "en"), (DESK, "dark", "zh"), (DESK, "light", "en")],
    ids=["phone-light-zh", "phone-dark-en", "desk-dark-zh", "desk-light-en"],
)
def test_every_page_can_be_read_and_tapped_by_everybody(browser, address, size, scheme, language) -> None:
    page = a_visit(browser, address, scheme=scheme, size=size, scripts=True)
    for name in walk(page, language, scripts=True):
        found = faults(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert not too_small(page), name
        assert not overflows(page), name
    page.context.close()


@pytest.mark.parametrize("width", [320, 390, 640])
def test_nobody_scrolls_sideways_on_a_small_screen_or_with_large_letters(browser, address, width) -> None:
    page = a_visit(browser, address, size={"width": width, "height": 700})
    for name in walk(page, "zh", scripts=False):
        assert not overflows(page), name
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not overflows(page), f"{name} with letters twice as large"
    page.context.close()


def test_focus_comes_to_what_is_wrong_and_to_the_receipt(browser: Browser, address: str) -> None:
    page = a_visit(browser, address)
    page.goto("/report")
    fill(page, phone="1")
    on(page)
    expect(page.locator("#errors")).to_be_focused()
    page.click("#errors a")
    expect(page.locator("#reporter-phone")).to_be_focused()
    page.fill("#reporter-phone", "13800000107")
    on(page)
    send(page)
    expect(page.locator("#received")).to_be_focused()
    page.context.close()


def test_the_report_is_light_and_loads_nothing_from_elsewhere(browser: Browser, address: str) -> None:
    page = a_visit(browser, address)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/report", wait_until="networkidle")

    assert {urlsplit(answer.url).netloc for answer in answers} == {urlsplit(address).netloc}
    assert {answer.status for answer in answers} == {200}
    assert sum(answer.request.sizes()["responseBodySize"] for answer in answers) <= 100 * 1024
    page.context.close()


def test_nothing_breaks_the_policy(browser: Browser, address: str) -> None:
    page, said = a_page(browser, address), []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", "/report", "/docs"):
        page.goto(path, wait_until="networkidle")

    assert not said
    page.context.close()


def test_a_nervous_finger_sends_one_report(browser: Browser, app: Flask, address: str, monkeypatch) -> None:
    """Neither is answered before both are there: an answer in between would put another page under the finger."""
    page = a_visit(browser, address)
    page.goto("/report")
    fill(page)
    on(page)
    before, both, answered = reports(app), Barrier(2), []
    take = app.view_functions["pages.create_report"]

    def wait_for_both() -> ResponseReturnValue:
        both.wait(PATIENCE / 1000)
        answered.append(take())
        return answered[-1]

    monkeypatch.setitem(app.view_functions, "pages.create_report", wait_for_both)
    button = page.locator("button[value=send]")
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    under_the_finger = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.click(*under_the_finger)
    until(lambda: both.n_waiting == 1)
    page.mouse.click(*under_the_finger)
    page.locator("#received").wait_for()
    until(lambda: len(answered) == 2)

    assert reports(app) == before + 1
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_browsers_own_way_back_loses_nothing_and_sends_nothing_twice(browser, address, scripts) -> None:
    page = a_visit(browser, address, scripts=scripts)
    page.goto("/report")
    fill(page)
    on(page)
    page.locator("button[value=send]").wait_for()
    page.go_back()
    assert page.input_value("#reporter-name") == "郑示甲"
    on(page)
    send(page)
    page.locator("#received").wait_for()
    first = page.url
    page.go_back()
    send(page)
    page.locator("#received").wait_for()

    assert page.url == first
    page.context.close()


def test_a_report_left_half_way_can_be_gone_on_with_in_the_same_tab(browser: Browser, address: str) -> None:
    page = a_visit(browser, address, scripts=True)
    page.goto("/report")
    fill(page)
    page.goto("/")
    page.goto("/report")
    press(page, "#draft button")
    assert page.input_value("#reporter-phone") == "13800000107"

    on(page)
    send(page)
    page.locator("#print").wait_for()
    page.goto("/report")
    assert page.locator("#draft").is_hidden()
    page.context.close()


def test_a_photo_goes_ahead_of_its_form_and_is_shown(browser: Browser, address: str) -> None:
    page = a_visit(browser, address, scripts=True)
    page.goto("/report")
    fill(page)
    press(page, "button[value=back]")
    page.set_input_files("#photos", [A_PICTURE])
    page.locator(".kept canvas").wait_for()

    assert page.locator(".kept-name").all_text_contents() == [A_PICTURE["name"]]
    assert page.locator("#photos").evaluate("chooser => chooser.files.length") == 0
    on(page)
    on(page)
    send(page)
    assert "收到1张" in page.inner_text("main")
    page.context.close()


def reports(app: Flask) -> int:
    with app.extensions["database"].session(reading=True) as session:
        return session.exec(select(func.count()).select_from(Claim)).one()
