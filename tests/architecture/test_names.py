"""One word per idea, and none that says nothing (rule 8)."""

from __future__ import annotations

import ast
import re

from tests.architecture.house import ROOT, code, files, nodes

BANNED = {"util", "helper", "manager", "service", "handler", "common", "misc", "data", "info", "base"}
THE_PERSON = {  # names in which a manager is a human being
    "tests/journeys/test_a_manager_sees_a_breach_and_answers_a_complaint",
}
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def banned_in(name: str) -> set[str]:
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name) if name not in THE_PERSON else []
    return {word.lower().removesuffix("s") for word in words} & BANNED


def test_no_file_or_folder_has_an_empty_name() -> None:
    paths = [str(path.relative_to(ROOT).with_suffix("")) for path in files(ending="")]
    assert not [path for path in paths if banned_in(path)]


def test_no_function_or_class_has_an_empty_name() -> None:
    defined = [(place, getattr(node, "name", "")) for place, node in nodes(*DEFINITIONS, of=code())]
    assert not [(place, name) for place, name in defined if banned_in(name)]
