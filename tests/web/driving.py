"""A real Chromium on a real server, both on this machine."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from claims.demo import load_sample
from config import time as clock
from config.settings import Settings
from tests.makers import at

PATIENCE = 120_000
"""Milliseconds: what comes late on a busy machine is no fault, and what doesn't come is one all the same."""
expect.set_options(timeout=PATIENCE)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str:
    """Where it is. Skips the test where there is none; under CI=true a missing one is a failure."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("no Chromium: .ci/run installs it")
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-wqy-zenhei")
    return found


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS, timeout=PATIENCE)
        yield browser
        browser.close()


def a_page(browser: Browser, address: str, **told: Any) -> Page:
    """In a context of its own; `told` as to a new context."""
    context = browser.new_context(base_url=address, **{"locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | told)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


@contextmanager
def time_begins(begins: datetime) -> Iterator[None]:
    """For the application it is then, and time goes on: its pages are the same on whatever day they are looked at."""
    looked = time.monotonic()

    def now(zone: tzinfo) -> datetime:
        return (begins + timedelta(seconds=time.monotonic() - looked)).astimezone(zone)

    with pytest.MonkeyPatch.context() as patch:
        real = {"combine": datetime.combine, "fromisoformat": datetime.fromisoformat}
        patch.setattr(clock, "datetime", SimpleNamespace(now=now, **real))
        yield


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app's address on a free port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def press(page: Page, what: str) -> None:
    """A button or a link that leads to another page, and that page whole: a click alone waits for nothing."""
    with page.expect_navigation():
        page.click(what)


def faults(page: Page) -> AxeResults:
    """What axe finds, once the page is there whole: one that is just being replaced has no document to look at."""
    page.wait_for_load_state()
    return Axe().run(page)


def too_small(page: Page, least: int = 44) -> list[str]:
    """What can be tapped and is less than 44 px high or wide; a radio's label is its target."""
    return page.evaluate(
        """least => [...document.querySelectorAll(
            'a:not(.skip), button, summary, textarea, .choice, .kept label, .field input')]
          .filter(e => e.checkVisibility())
          .map(e => [e.textContent.trim() || e.id, e.getBoundingClientRect()])
          .filter(([, box]) => box.height < least - 0.5 || box.width < least - 0.5)
          .map(([words, box]) => `${words}: ${box.width}×${box.height}`)""",
        least,
    )


def cut_off(page: Page) -> list[str]:
    """Fields whose words, chosen or only hinted at, don't fit into them."""
    return page.evaluate(
        """() => [...document.querySelectorAll('select, input[placeholder]')].filter(field => {
            const look = getComputedStyle(field), pen = document.createElement('canvas').getContext('2d')
            pen.font = look.font
            const words = field.options ? [...field.options].map(option => option.text) : [field.placeholder]
            const short = words.filter(word => word.length < 24) // a long name of a choice may end in the open list
            const room = field.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight)
            return field.checkVisibility() && short.some(word => pen.measureText(word).width > room + 0.5)
          }).map(field => field.id)"""
    )


def overflows(page: Page) -> bool:
    """Whether somebody would have to scroll sideways, once the page is there whole."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@contextmanager
def a_sample_app(migrated: Path, folder: Path) -> Iterator[Flask]:
    """The app on SQLite with the sample registry, from a Monday morning on."""
    (folder / "claims.db").write_bytes(migrated.read_bytes())
    database, files = f"sqlite:///{folder / 'claims.db'}", (folder / "files").as_uri()
    app = create_app(Settings(database_url=database, files_url=files, secret_key="for the browser's tests alone"))
    with time_begins(at("Mon 2026-03-02 10:00")):
        load_sample(app.extensions["database"], clock.now())
        yield app
    app.extensions["database"].dispose()
