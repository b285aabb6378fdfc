"""One word per idea, and none that says nothing (rule 8)."""

from __future__ import annotations

import ast
import re

from tests.architecture.house import ROOT, code, files, nodes

BANNED = {"util", "helper", "manager", "service", "handler", "common", "misc", "data", "info", "base"}
THE_PERSON = {  # names in which a manager is a human being
    "tests/journeys/test_a_manager_sees_a_breach_and_answers_a_complaint",
}
ONE_CHINESE_WORD = {  # what people read: the word of the Rules, and no other for the same thing
    "案件号": "报案号", "赔案号": "报案号", "案件": "报案",
    "保险期间": "保险责任期限", "保险期限": "保险责任期限", "责任期间": "保险责任期限",  # 第十四条
    "核定通知书": "核定结果通知书", "除外事由": "不予赔偿的事由",
    "24小时服务电话": "24小时保险服务电话",  # 第十三条
    "拒赔": "不予赔偿", "拒绝赔偿": "不予赔偿",  # 第十三条
}  # fmt: skip
READ_BY_PEOPLE = (".typ", ".txt", ".html", ".po", ".toml")
PAGE = re.compile(r"[\w.-]+\.md\b")
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


def test_no_line_leans_on_a_page_that_is_not_here() -> None:
    here = {path.name for path in [*ROOT.glob("*.md"), *files("config", ending=".md")]}
    read = [path for ending in (".py", ".toml", ".md", ".html") for path in files(ending=ending)]
    named = [(str(path.relative_to(ROOT)), page) for path in read for page in PAGE.findall(path.read_text("utf-8"))]
    assert not [(path, page) for path, page in named if page not in here]


def test_what_people_read_has_one_chinese_word_for_each_idea() -> None:
    read = [path for ending in READ_BY_PEOPLE for path in files(ending=ending) if path.parts[-1] != "pyproject.toml"]
    said = [(path, path.read_text(encoding="utf-8")) for path in [*read, *files("claims", ending=".py")]]
    strange = [(str(path.relative_to(ROOT)), word) for path, text in said for word in ONE_CHINESE_WORD if word in text]
    assert not strange, ONE_CHINESE_WORD
    assert not [text for _, text in said if "责任期限" in text.replace("保险责任期限", "")], "责任期限 is said in full"
