"""What is written about the house is true of it: folders, words, clocks, settings, commands, links."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from flask import Flask
from flask.cli import AppGroup

from claims.demo import DEMO_TOKENS, load_sample
from config.settings import Settings
from tests.architecture.house import ROOT, files
from tests.makers import at

README = (ROOT / "README.md").read_text(encoding="utf-8")
ADRS = sorted((ROOT / "config/adr").glob("[0-9]*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "config/adr/README.md", *ADRS]
WORDS = {  # rule 8: one word per idea
    "报案": "report", "现场查勘": "survey", "核定": "coverage decision", "不予赔偿通知书": "denial notice",
    "赔偿协议": "settlement", "派工": "dispatch", "维修单位": "repair firm", "保修期": "warranty",
    "争议鉴定": "appraisal", "代位追偿": "recovery", "房屋所有权人": "homeowner", "一户一档": "dossier",
}  # fmt: skip


def rows(title: str) -> list[list[str]]:
    """The cells of every table row of one section of README."""
    section = README.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", section, re.M)]


def marked(text: str) -> set[str]:
    """What stands between backticks."""
    return set(re.findall(r"`([^`]+)`", text))


def in_use(place: Path) -> set[str]:
    """The folders of `place` that hold something of ours."""
    inside = [folder for folder in place.iterdir() if folder.is_dir() and folder.name[0] not in "._"]
    return {
        str(folder.relative_to(ROOT))
        for folder in inside
        if folder.name != "var" and any(path.is_file() and path.suffix != ".pyc" for path in folder.rglob("*"))
    }


def test_every_room_and_every_slice_is_listed_and_nothing_that_isnt_there() -> None:
    listed = {cell.strip("`/") for cell, *_ in rows("Folders") if cell.startswith("`")}
    assert not (in_use(ROOT) | in_use(ROOT / "claims")) - listed
    assert not [folder for folder in listed if not (ROOT / folder).is_dir()]


def test_the_glossary_has_every_word_of_the_house_and_leads_to_where_it_is_used() -> None:
    glossary = {chinese: (english, where) for chinese, english, where in rows("Words")[2:]}
    assert not [word for word, english in WORDS.items() if not glossary[word][0].startswith(english)]
    assert not [where for _, where in glossary.values() if where != "later" and not (ROOT / where.strip("`")).exists()]


def test_every_clock_is_named_beside_its_article() -> None:
    told = set().union(*(marked(row[-1]) for row in rows("From the article to the code")))
    book = tomllib.loads((ROOT / "config/clocks.toml").read_text(encoding="utf-8"))
    assert told == {name for rules in book.values() for name, clock in rules.items() if isinstance(clock, dict)}


def test_every_setting_is_explained() -> None:
    explained = {name.strip("`") for name, *_ in rows("Environment") if name.startswith("`")}
    assert explained == {name.upper() for name in Settings.model_fields}


def test_every_command_is_explained(app: Flask) -> None:
    told = " · ".join(row[0] for row in rows("Operator's commands"))
    named = {re.match(r"[a-z]+(?: [a-z]+)?", command)[0].strip() for command in marked(told)}  # type: ignore[index]
    ours = {name: app.cli.commands[name] for name in app.cli.commands.keys() - {"routes", "run", "shell", "spec"}}
    groups = {name: command.commands for name, command in ours.items() if isinstance(command, AppGroup)}
    assert named == {f"{name} {act}" for name, acts in groups.items() for act in acts} | (ours.keys() - groups.keys())


def test_every_link_leads_to_a_file() -> None:
    links = [(page, link) for page in PAGES for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))]
    assert not [
        f"{page.name}: {link}" for page, link in links if "://" not in link and not (page.parent / link).exists()
    ]


def test_every_path_that_is_named_exists() -> None:
    named = marked(README) | marked((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    rooms = tuple(f"{room}/" for room in in_use(ROOT))
    paths = [path for path in named if path.startswith(rooms) and " " not in path and "YEAR" not in path]
    assert not [path for path in paths if not (ROOT / path).exists()]


def test_decisions_are_numbered_without_a_hole_and_listed() -> None:
    index = (ROOT / "config/adr/README.md").read_text(encoding="utf-8")
    assert [path.name[:4] for path in ADRS] == [f"{number:04d}" for number in range(1, len(ADRS) + 1)]
    assert re.findall(r"\]\((\d{4}[^)]*)\)", index) == [path.name for path in ADRS]
    for path in ADRS:
        assert re.findall(r"^## (.*)$", path.read_text("utf-8"), re.M) == ["Context", "Decision", "Consequences"]


def test_a_decision_that_code_names_exists() -> None:
    named = {number for path in files() for number in re.findall(r"ADR (\d{4})", path.read_text("utf-8"))}
    assert not named - {path.name[:4] for path in ADRS}


def test_the_first_report_of_readme_becomes_a_claim_that_can_be_read_back(app: Flask) -> None:
    load_sample(app.extensions["database"], at("Mon 2026-03-02 09:00"))
    client, bodies = app.test_client(), re.findall(r"-d '(\{.*?\})'$", README, re.M | re.S)
    bearer = {role: {"Authorization": f"Bearer {token}"} for role, token in DEMO_TOKENS.items()}
    for body in bodies:
        assert client.post("/api/v1/claims", json=json.loads(body), headers=bearer["channel"]).status_code == 201
    [path] = re.findall(r"curl 'http://127\.0\.0\.1:8000(/\S*)'", README)
    assert len(client.get(path, headers=bearer["adjuster"]).json["claims"]) == len(bodies) == 1
