"""Time comes in as an argument: only config/time.py reads the clock (rule 2).

Ruff bans the same names by where they come from; this finds them by how they are written.
"""

from __future__ import annotations

import ast

from tests.architecture.house import ROOT, code, nodes

CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
    "func": {"now", "current_timestamp", "current_date", "localtimestamp"},
}
THE_READER = ROOT / "config/time.py"


def reads_a_clock(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "time" and any(name.name in CLOCKS["time"] for name in node.names)
    assert isinstance(node, ast.Attribute)
    owner = getattr(node.value, "attr", getattr(node.value, "id", ""))
    return node.attr in CLOCKS.get(owner, ())


def test_only_config_time_reads_the_clock() -> None:
    others = [path for path in code() if path != THE_READER]
    looked_at = nodes(ast.Attribute, ast.ImportFrom, of=others)
    assert not [place for place, node in looked_at if reads_a_clock(node)]
