"""The house as files, for the tests of its rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("config", "claims", "notifications", "templates", "translations", "tests", "bench")


def files(*rooms: str, ending: str = ".py") -> list[Path]:
    """Every file of these rooms (all rooms where none is named), and app.py where code is meant."""
    found = [path for room in rooms or ROOMS for path in (ROOT / room).rglob(f"*{ending}") if _is_ours(path)]
    return sorted(found + [path for path in [ROOT / "app.py"] if path.exists()])


def code() -> list[Path]:
    """What runs in production."""
    return files("config", "claims", "notifications")


def folders() -> list[Path]:
    """Every folder of every room."""
    rooms = [ROOT / room for room in ROOMS if (ROOT / room).is_dir()]
    return rooms + [path for room in rooms for path in room.rglob("*") if path.is_dir() and _is_ours(path)]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), path.name)


def nodes(*kinds: type[ast.AST], of: list[Path]) -> Iterator[tuple[str, ast.AST]]:
    """Each node of these kinds with where it stands: `claims/web.py:12`."""
    for path in of:
        for node in ast.walk(tree(path)):
            if isinstance(node, kinds):
                yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node


def _is_ours(path: Path) -> bool:
    return not any(part == "__pycache__" or part.startswith(".") for part in path.relative_to(ROOT).parts)
