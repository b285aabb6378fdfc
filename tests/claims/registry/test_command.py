"""`flask --app app registry import FILE.csv…`."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlmodel import select

from claims.registry import Project
from config.settings import ROOT
from tests.claims.registry.conftest import Files


@pytest.mark.both_databases
def test_it_says_what_it_did_with_each_file(app: Flask, files: Files) -> None:
    result = app.test_cli_runner().invoke(args=["registry", "import", *map(str, files.every())])

    assert result.exit_code == 0, result.output
    assert "homes.csv: 2 inserted, 0 updated, 0 unchanged" in result.output.splitlines()
    with app.extensions["database"].session() as session:
        assert session.exec(select(Project.name)).one() == "示例花苑"


def test_it_lists_the_bad_rows_and_fails(app: Flask, files: Files) -> None:
    files.put("homes", "project,building,code,room,floor,riser,area_m2\n" + "P1,3,,101,1,,80\n" * 300)

    result = app.test_cli_runner().invoke(args=["registry", "import", *map(str, files.every())])

    lines = result.output.splitlines()
    assert result.exit_code == 1
    assert lines[0] == "Nothing was imported: 303 things to mend."
    assert lines[1].startswith("homes.csv, line 2, column code: is empty; expected a code")
    assert lines[-1] == "… and 103 more."
    assert len(lines) == 202
    with app.extensions["database"].session() as session:
        assert session.exec(select(Project)).first() is None


@pytest.mark.sqlite
def test_a_database_without_tables_is_a_sentence(app: Flask, files: Files) -> None:
    with app.extensions["database"].engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE firm")

    result = app.test_cli_runner().invoke(args=["registry", "import", str(files["firms"])])

    assert result.exit_code == 1
    assert result.output == "Error: Nothing was imported; the database refused: no such table: firm\n"


@pytest.mark.both_databases
def test_the_sample_registry_goes_in_and_again_changes_nothing(app: Flask) -> None:
    sample = [str(path) for path in sorted((ROOT / "config" / "sample").glob("*.csv"))]
    runner = app.test_cli_runner()

    first, again = (runner.invoke(args=["registry", "import", *sample]) for _ in range(2))

    assert first.exit_code == again.exit_code == 0, first.output
    assert "homes.csv: 60 inserted, 0 updated, 0 unchanged" in first.output
    assert all(line.count(" 0 ") == 2 or ": 0 inserted, 0 updated" in line for line in again.output.splitlines())
