"""Forged and stale forms, receipts in the wrong hands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from freezegun.api import FrozenDateTimeFactory
from sqlmodel import Session

from claims.intake.steps import FIELDS
from claims.web.pages import A_FORM_LIVES
from tests.web.checking import CheckingClient
from tests.web.conftest import FILLED, JPEG, TOLD, Homeowner, claims


def test_a_form_open_for_half_a_day_is_shown_again_with_everything(homeowner, session, frozen) -> None:
    homeowner.come_to("photos")
    homeowner.press("on", (JPEG, "近照.jpg"))
    homeowner.come_to("check")
    frozen.tick(timedelta(seconds=A_FORM_LIVES + 60))
    answer = homeowner.press("send")

    assert answer.status_code == 422
    assert "这一页放得太久" in homeowner.wrong()
    assert homeowner.page.filled() | TOLD == homeowner.page.filled()
    assert len(homeowner.page.filled()["kept"]) == 1
    assert not claims(session)

    assert homeowner.send().status_code == 303


@pytest.mark.parametrize("step", ["danger", "where", "what", "photos", "who"])
def test_a_step_open_for_half_a_day_is_shown_again_with_what_it_brought(homeowner, frozen, step) -> None:
    homeowner.come_to(step)
    mine = {name.replace(".", "__"): value for name, value in FILLED.items() if name in FIELDS[step]}
    frozen.tick(timedelta(seconds=A_FORM_LIVES + 60))

    assert homeowner.press("on", **mine).status_code == 422
    assert homeowner.step == step
    assert homeowner.page.filled() | {name.replace("__", "."): value for name, value in mine.items()} == (
        homeowner.page.filled()
    )
    assert homeowner.send(**{name.replace(".", "__"): value for name, value in FILLED.items()}).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "IjEi.aaaa.bbbb"])
def test_a_forged_form_opens_no_claim(homeowner: Homeowner, session: Session, token: str) -> None:
    homeowner.come_to("check")

    assert homeowner.press("send", csrf_token=token).status_code == 422
    assert not claims(session)


def test_a_browser_without_cookies_is_told_what_to_do(homeowner: Homeowner, site: Flask) -> None:
    without = site.test_client(use_cookies=False)
    answer = without.post("/report", data=homeowner.page.filled() | FILLED | {"go": "on"})

    assert answer.status_code == 422
    assert "请允许浏览器使用Cookie，或者打电话报案" in answer.text


def test_programs_and_the_hotline_need_no_form(site: Flask) -> None:
    visitor = site.test_client()

    assert visitor.post("/api/v1/claims").status_code == 401
    assert visitor.post("/hotline/messages").status_code == 200


def test_the_receipt_survives_a_reload(homeowner: Homeowner) -> None:
    there = homeowner.report().location

    assert homeowner.client.page(there).words == homeowner.client.page(there).words


def test_the_receipt_is_for_the_browser_that_reported(homeowner: Homeowner, site: Flask) -> None:
    answer = homeowner.report()
    stranger: CheckingClient = site.test_client()  # type: ignore[assignment]

    assert stranger.get(answer.location).status_code == 404
    assert stranger.get("/report/done").status_code == 404
    assert homeowner.client.get("/report/done?claim=260300000000").status_code == 404
    assert homeowner.client.get(answer.location).headers["Cache-Control"] == "no-store"


def test_the_receipt_is_gone_after_a_day(homeowner: Homeowner, frozen: FrozenDateTimeFactory) -> None:
    there = homeowner.report().location
    frozen.tick(timedelta(days=1, seconds=1))

    assert homeowner.client.get(there).status_code == 404


def test_two_reports_have_two_receipts(homeowner: Homeowner) -> None:
    first = homeowner.report().location
    homeowner.page = homeowner.client.page("/report")
    second = homeowner.report(description="另一处").location

    assert homeowner.client.page(first).words != homeowner.client.page(second).words
