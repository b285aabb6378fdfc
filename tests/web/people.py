"""People in their own browsers: they sign in, press what they see, and fill in forms by their labels."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from claims.demo.tokens import DEMO_PASSWORD
from tests.web.driving import a_page, overflows

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


class Somebody:
    """One person with one browser; `scripts` says whether it runs JavaScript."""

    def __init__(self, browser: Browser, address: str, *, size: dict[str, int], scripts: bool) -> None:
        self.page: Page = a_page(browser, address, viewport=size, java_script_enabled=scripts)

    def signs_in(self, email: str) -> Somebody:
        self.page.goto("/staff")
        self.page.get_by_label("邮箱").fill(email)
        self.page.get_by_label("密码", exact=True).fill(DEMO_PASSWORD)
        self.presses("登录")
        return self

    def opens(self, path: str) -> Somebody:
        answer = self.page.goto(path)
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"
        assert not overflows(self.page), path
        return self

    def presses(self, words: str) -> None:
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=words, exact=True).first.click()

    def chooses(self, words: str) -> None:
        self.page.locator("label.choice", has_text=words).locator("input").first.check()

    def fills(self, name: str, value: str) -> None:
        self.page.locator(f"[name='{name}']").first.fill(value)

    def sees(self, words: str) -> bool:
        return words in self.page.locator("main").inner_text()

    def act(self, reference: str, act: str, press: str, choices: tuple[str, ...] = (), **typed: str) -> None:
        """One act at the desk, `typed` by field with `__` for the dot; the page must say that it was done."""
        self.opens(f"/desk/{reference}/{act}")
        for words in choices:
            self.chooses(words)
        for name, value in typed.items():
            self.fills(name.replace("__", "."), value)
        self.presses(press)
        assert self.page.locator(".told").count(), f"{act}: {self.page.locator('form.sheet').inner_text()}"

    def leaves(self) -> None:
        self.page.context.close()
