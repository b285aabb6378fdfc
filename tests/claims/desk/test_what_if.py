"""The what-if calculator: asked by address, answered with a drawn clock."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from claims.desk.what_if import what_if_page
from tests.makers import at

SEEN = at("Sun 2026-11-22 10:00")


def answer(session: Session, **asked: str) -> dict:
    return what_if_page(session, asked, SEEN)


def test_nothing_is_reckoned_before_a_day_is_given(session: Session) -> None:
    page = answer(session)

    assert (page["face"], page["wrong"]) == (None, "")


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ({"clock": "denial_notice"}, "11月30日（周一）24:00"),
        ({"number": "3", "unit": "working day"}, "12月1日（周二）24:00"),
        ({"number": "12", "unit": "hour"}, "11月26日（周四）22:20"),
        ({"number": "10", "unit": "working day", "direction": "backward"}, "11月12日（周四）24:00"),
        (
            {"number": "3", "from1": "2026-11-26T12:00", "to1": "2026-11-30T12:00"},
            "12月3日（周四）24:00",
        ),
    ],
)
def test_a_clock_or_a_length_from_a_thursday(session: Session, asked: dict[str, str], due: str) -> None:
    assert answer(session, anchor="2026-11-26T10:20", **asked)["face"].due == due


def test_a_pause_that_isnt_over_leaves_no_last_day(session: Session) -> None:
    face = answer(session, anchor="2026-11-18T10:20", number="30", unit="day", from1="2026-11-20T10:00")["face"]

    assert (face.look, face.due) == ("paused", "")


@pytest.mark.parametrize(
    "asked",
    [
        {"number": "", "unit": "day"},
        {"number": "0", "unit": "day"},
        {"number": "3", "unit": "fortnight"},
        {"number": "3", "unit": "day", "direction": "sideways"},
        {"number": "3", "unit": "day", "from1": "soon"},
        {"number": "3", "unit": "day", "from1": "2026-11-28T10:00", "to1": "2026-11-27T10:00"},
    ],
)
def test_nonsense_is_answered_in_words(session: Session, asked: dict[str, str]) -> None:
    page = answer(session, anchor="2026-11-26T10:20", **asked)

    assert page["face"] is None
    assert page["wrong"]


def test_a_day_that_is_none_is_answered_in_words(session: Session) -> None:
    assert answer(session, anchor="yesterday", clock="denial_notice")["wrong"]
