"""What letters and texts say beyond the Rules: in one file, each with its source, and what is open is told."""

import re

import pytest

from claims.letters.rights import Right, rights
from config.settings import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BEYOND_THE_RULES = re.compile(r"15日|30日|二年|诉讼时效|第六十四条|第二十六条|仲裁条款|约定仲裁|申请核查")
TEMPLATES = [*(ROOT / "templates/letters").glob("*.typ"), *(ROOT / "templates/messages").rglob("*.txt")]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_holds_a_figure_of_its_own(path):
    assert not BEYOND_THE_RULES.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [name for name, right in rights().items() if not right.verified])
def test_what_is_not_verified_is_listed_for_counsel(name):
    to_be_settled = README.split("What counsel or operations must settle")[1].split("\n## ")[0]

    assert f"`{name}`" in to_be_settled


@pytest.mark.parametrize(("verified", "doubt"), [(True, "its figure"), (False, "")])
def test_a_right_is_verified_or_says_what_is_open(verified: bool, doubt: str):
    with pytest.raises(ValueError, match="doubt"):
        Right(text="一", source="《保险法》", verified=verified, doubt=doubt)


def test_a_law_that_was_read_in_full_is_verified():
    assert rights()["limitation"].verified  # 保险法 26
