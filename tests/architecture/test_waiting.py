"""A test waits for what it waits for, however long that takes: one that is late on a busy machine reads as broken."""

from __future__ import annotations

import ast

from tests.architecture.house import ROOT, files, nodes

STOPWATCHES = {"perf_counter", "perf_counter_ns", "process_time", "process_time_ns", "wait_for_timeout"}
BROWSERS = {"new_context", "new_page"}
THE_DRIVER = ROOT / "tests/web/driving.py"
LEAST = 60  # seconds
SOONER = {
    "tests/standin/__main__.py": "it asks again until there is an answer",
    "tests/test_ground.py": "it is refused before it is tried",
}
"""File → why a request in it may be given up sooner."""


def test_no_test_measures_how_long_something_takes() -> None:
    looked_at = nodes(ast.Attribute, ast.ImportFrom, of=files("tests"))
    assert not [place for place, node in looked_at if names(node) & STOPWATCHES]


def test_no_request_is_given_up_for_being_slow() -> None:
    limits = nodes(ast.keyword, of=files("tests"))
    short = {place.partition(":")[0] for place, node in limits if node.arg == "timeout" and is_short(node.value)}
    assert short == set(SOONER)


def test_a_browsers_page_is_opened_in_one_place_where_its_patience_is_set() -> None:
    others = [path for path in files("tests") if path != THE_DRIVER]
    assert not [place for place, node in nodes(ast.Attribute, of=others) if node.attr in BROWSERS]


def names(node: ast.AST) -> set[str]:
    return {name.name for name in node.names} if isinstance(node, ast.ImportFrom) else {node.attr}


def is_short(limit: ast.expr) -> bool:
    return isinstance(limit, ast.Constant) and isinstance(limit.value, int | float) and limit.value < LEAST
