"""config/adr/tables.md is what the code says."""

from __future__ import annotations

from claims.letters.printed import TABLES, tables


def test_the_printed_tables_are_fresh() -> None:
    assert TABLES.read_text(encoding="utf-8") == tables(), "not fresh: run .venv/bin/flask --app app tables"
