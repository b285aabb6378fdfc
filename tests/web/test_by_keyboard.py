"""The report and the queue without a mouse (WCAG 2.1.1): what can be pressed can be reached and pressed by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.driving import a_browser, a_sample_app, served
from tests.web.people import DESK, PHONE, Somebody

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FARTHEST = 80
"""Tabs from the top of a page to anything on it."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with a_sample_app(migrated_sqlite, tmp_path_factory.mktemp("keyboard")) as app, served(app) as address:
        yield address


def tab_to(page: Page, selector: str) -> None:
    """Tab until the focus is there; fails where it can't be reached, or can't be seen."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("document.activeElement.matches(':focus-visible')"), f"{selector}: focus isn't shown"
            return
    pytest.fail(f"{selector} can't be reached by Tab on {page.url}")


def on(page: Page) -> None:
    """The button that leads to the next question, pressed by Enter."""
    tab_to(page, "main form button.is-big")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def types(page: Page, name: str, words: str) -> None:
    tab_to(page, f"[name='{name}']")
    page.keyboard.insert_text(words)


def test_a_report_is_made_without_a_mouse(browser: Browser, address: str) -> None:
    page = Somebody(browser, address, size=PHONE, scripts=False).opens("/report").page
    tab_to(page, "[name='danger']")
    page.keyboard.press("ArrowUp")
    on(page)
    types(page, "home", "SL1-1-201")
    on(page)
    tab_to(page, "[name='part']")
    page.keyboard.press("ArrowDown")
    types(page, "description", "天花板渗水")
    on(page)
    on(page)
    types(page, "reporter.name", "孙示甲")
    types(page, "reporter.phone", "13800000103")
    tab_to(page, "[name='reporter.relation']")
    page.keyboard.press("Space")
    on(page)
    on(page)

    assert "已收到您的报案" in page.locator("h1").inner_text()
    page.context.close()


def test_the_queue_is_worked_without_a_mouse(browser: Browser, address: str) -> None:
    somebody = Somebody(browser, address, size=DESK, scripts=True).signs_in("lead@insurer.example")
    reporter = {"name": "李示甲", "phone": "13800000104", "relation": "owner"}
    report = {"home": "SL1-1-202", "description": "渗水", "reporter": reporter}
    filed = somebody.page.request.post("/api/v1/claims", headers={"Authorization": "Bearer demo-channel"}, data=report)
    assert filed.status == 201
    page = somebody.opens("/desk").page
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("?")
    keys_are_told = page.evaluate("document.querySelector('.keys').open")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert keys_are_told
    assert page.url.endswith(f"/desk/{first}")
    page.context.close()
