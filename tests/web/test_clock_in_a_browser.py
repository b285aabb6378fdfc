"""Every look of a clock as people have it: phone or desk, light or dark, Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.clock_gallery import CASES, open_gallery
from tests.web.driving import a_browser, a_page, a_sample_app, faults, overflows, served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with a_sample_app(migrated_sqlite, tmp_path_factory.mktemp("gallery")) as app:
        open_gallery(app)
        with served(app) as address:
            yield address


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(390, "light", "zh"), (390, "dark", "en"), (1280, "dark", "zh"), (320, "light", "en")],
)
def test_every_clock_can_be_read_by_everybody(browser: Browser, address: str, width, scheme, language) -> None:
    page = a_page(browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(f"/gallery?lang={language}")
    found = faults(page)

    assert found.violations_count == 0, found.generate_report()
    assert not overflows(page)
    page.context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_label_of_a_bar_lies_on_another(browser: Browser, address: str, language: str) -> None:
    page = a_page(browser, address, viewport={"width": 320, "height": 900})
    page.goto(f"/gallery?lang={language}")
    touching = page.evaluate(
        """() => [...document.querySelectorAll('.clock-bar')].flatMap(bar => {
            const boxes = [...bar.querySelectorAll('.clock-label')].map(e => [e.textContent, e.getBoundingClientRect()])
            return boxes.flatMap(([one, a], i) => boxes.slice(i + 1)
              .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
                && a.top < b.bottom - 4 && b.top < a.bottom - 4)
              .map(([other]) => `${one} on ${other}`))
        })"""
    )

    assert touching == []
    assert page.locator(".clock-bar").count() == len(CASES)
    page.context.close()
