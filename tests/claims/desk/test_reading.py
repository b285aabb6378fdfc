"""A form as its schema reads it from a program."""

import pytest

from claims.decision.schema import CoverageIn
from claims.desk.form import MOST_ROWS, rows_of, with_row, without_row
from claims.desk.reading import as_json, in_shanghai
from claims.repair.schema import AcceptanceOfWorksIn, OrderIn, StartIn
from claims.settlement.schema import SettlementIn

TWO = {"items.0.id": ["1"], "items.0.word": ["fixed"], "items.1.id": ["2"], "items.1.word": [""]}


def test_what_is_blank_is_absent() -> None:
    assert as_json(OrderIn(), {"firm": [""], "scope": ["重做防水"], "starts_on": []}) == {"scope": "重做防水"}


def test_a_blank_row_is_absent() -> None:
    typed = {"parts.0.finding": ["7"], "parts.0.mode": ["cash"], "parts.1.finding": [""], "parts.1.amount": [""]}

    assert as_json(SettlementIn(), typed) == {"parts": [{"finding": "7", "mode": "cash"}]}


def test_several_that_are_ticked_are_a_list() -> None:
    assert as_json(CoverageIn(), {"findings": ["3", "5"]}) == {"findings": ["3", "5"]}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-03-02T09:30", "2026-03-02T09:30:00+08:00"),
        ("2026-03-02T09:30:15", "2026-03-02T09:30:15+08:00"),
        ("2026-03-02 09:30", "2026-03-02T09:30:00+08:00"),
        ("2026-03-02T09:30:00+09:00", "2026-03-02T09:30:00+09:00"),
        ("2026-03-02T01:30:00Z", "2026-03-02T01:30:00Z"),
        ("tomorrow", "tomorrow"),
    ],
)
def test_a_time_without_an_offset_is_shanghais(typed: str, read: str) -> None:
    assert in_shanghai(typed) == read


def test_an_instant_is_read_with_shanghais_offset() -> None:
    assert as_json(AcceptanceOfWorksIn(), {"accepted_at": ["2026-03-02T09:30"]}) == {
        "accepted_at": "2026-03-02T09:30:00+08:00"
    }


def test_a_row_that_is_left_out_makes_room_for_the_next() -> None:
    assert without_row(TWO, "items.0") == {"items.0.id": ["2"], "items.0.word": [""]}


@pytest.mark.parametrize("strange", ["items.9", "items.x", "items", "", "parts.0"])
def test_leaving_out_a_row_that_isnt_there_changes_nothing(strange: str) -> None:
    assert without_row(TWO, strange) == TWO


def test_one_more_row_is_blank() -> None:
    assert rows_of(with_row(TWO, "items"), "items") == 3


def test_nobody_makes_us_draw_a_thousand_million_rows() -> None:
    assert rows_of({"items.999999999.id": ["1"]}, "items") == MOST_ROWS


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "1e3", "²"])
def test_a_row_of_no_number_that_we_wrote_is_no_row(number: str) -> None:
    assert rows_of({f"parts.{number}.finding": ["7"]}, "parts") == 0
    assert without_row({"parts.0.finding": ["7"]}, f"parts.{number}") == {"parts.0.finding": ["7"]}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-03-02T09:30:00", "2026-03-02T09:30:00.250000+08:00"),
        ("2026-03-02T09:30", "2026-03-02T09:30:00.250000+08:00"),
        ("2026-03-02T09:29:59", "2026-03-02T09:29:59+08:00"),
        ("2026-03-02T09:30:01", "2026-03-02T09:30:01+08:00"),
    ],
)
def test_a_time_left_as_the_form_showed_it_is_the_moment_when_the_form_was_opened(typed: str, read: str) -> None:
    form = {"started_at": [typed], "opened": ["2026-03-02T09:30:00.250000"]}

    assert as_json(StartIn(), form) == {"started_at": read}
