"""Rooms appear when they have something in them."""

from __future__ import annotations

from pathlib import Path

from tests.architecture.house import ROOT, folders


def is_hollow(folder: Path) -> bool:
    inside = {path.name for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    only_bytecode = not inside and any(folder.rglob("*.pyc"))  # left by another branch
    return not only_bytecode and not inside - {"__init__.py"}


def test_no_folder_is_empty_or_a_front_door_to_nothing() -> None:
    assert not [str(folder.relative_to(ROOT)) for folder in folders() if is_hollow(folder)]
