"""What can't be done now is refused in the reader's language, with what to do next, and by no name of the program's."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from freezegun import freeze_time

from claims.casefile import Fact, Stage
from claims.web.wording import in_words
from config.settings import ROOT
from tests.claims.duties.conftest import a_project
from tests.faults.town import Town
from tests.makers import at
from tests.web.sentences import catalogue

NAMES = re.compile(rf"\b({'|'.join(Fact.kinds)})\b")


def refusals(town: Town, language: str) -> dict[str, dict]:
    """A few acts that no fresh claim, and no closed project, has room for."""
    reference = town.claim(Stage.REPORTED).file.reference
    with town.session() as session:
        a_project(session, at("Mon 2024-05-20 00:00").date())
        session.commit()
    adjuster, told = town.world.adjuster, {"Accept_Language": language}
    project = town.asks(adjuster, "post", "/projects", {"project": "P9"}).json["reference"]
    town.asks(adjuster, "post", f"/projects/{project}/closing", {"reason": "x"})
    bodies = {
        f"/claims/{reference}/safety": {
            "made_safe_at": "2026-03-02T11:00:00+08:00", "note": "x", "evidence": ["x"],
        },
        f"/claims/{reference}/closing": {"reason": "x"},
        f"/claims/{reference}/recoveries": {
            "debtor": "x", "amount": "1.00", "paid_at": "2026-03-02T11:00:00+08:00", "proof": "x",
        },
        f"/projects/{project}/closing": {"reason": "x"},
        f"/projects/{project}/upload": {"what": "contract"},
        "/projects": {"project": "P9"},
    }  # fmt: skip
    answers = {path: town.asks(adjuster, "post", path, body, **told) for path, body in bodies.items()}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(bodies, 409)
    return {path: answer.json for path, answer in answers.items()}


@pytest.fixture(autouse=True)
def at_noon():
    with freeze_time(at("Mon 2026-03-02 12:00")):
        yield


@pytest.mark.parametrize(
    ("language", "foreign"), [("zh", r"\b(?!stage\b|allowed\b|x\b)[A-Za-z]{4,}\b"), ("en", "[一-鿿]")]
)
def test_in_one_language_and_by_no_internal_name(town: Town, language: str, foreign: str):
    for path, told in refusals(town, language).items():
        said = f"{told['title']} {told.get('detail', '')}"

        assert (re.findall(foreign, said), NAMES.findall(str(told))) == ([], []), path
        assert told.get("detail"), path


def test_what_can_be_done_next_is_named_by_its_path(town: Town):
    told = next(problem for path, problem in refusals(town, "en").items() if path.endswith("/recoveries"))

    assert told["stage"] == "reported"
    assert {"contacts", "surveys", "withdrawal"} <= set(told["allowed"])
    assert "recoveries" not in told["allowed"]


@pytest.mark.parametrize(("language", "words"), [
    ("en", "it is earlier than what is on record: say in `proof` what shows it"),
    ("zh", "早于已经记下的事：请在proof里写明凭据"),
])  # fmt: skip
def test_a_late_entry_without_proof_is_told_what_is_missing(town: Town, language: str, words: str):
    reference = town.claim(Stage.REPORTED, reported_at=at("Mon 2026-03-02 09:00")).file.reference
    contact = {"reached": True, "spoke_at": "2026-03-02T11:00:00+08:00"}
    assert town.asks(town.world.adjuster, "post", f"/claims/{reference}/contacts", contact).status_code == 201

    danger = {"note": "x", "found_at": "2026-03-02T10:00:00+08:00"}
    told = town.asks(town.world.adjuster, "post", f"/claims/{reference}/danger", danger, Accept_Language=language)

    assert (told.status_code, told.json["detail"]) == (422, words)


def reasons() -> Iterator[tuple[str, str]]:
    """Where the code says AlreadyDone, and every reason that it can give there."""
    for path in sorted((ROOT / "claims").rglob("*.py")):
        place = str(path.relative_to(ROOT))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "AlreadyDone":
                yield from ((f"{place}:{call.lineno}", why) for why in said(call.args[0], place))


def said(reason: ast.expr, place: str) -> list[str]:
    """A sentence, one with something filled in, or the table of a module with one for each state."""
    if isinstance(reason, ast.Constant):
        return [str(reason.value)]
    if isinstance(reason, ast.JoinedStr):
        return ["".join(str(each.value) if isinstance(each, ast.Constant) else "x" for each in reason.values)]
    assert isinstance(reason, ast.Subscript) and isinstance(reason.value, ast.Name), ast.unparse(reason)
    module = import_module(place.removesuffix(".py").replace("/", "."))
    return list(getattr(module, reason.value.id).values())


@pytest.mark.parametrize(("place", "why"), [pytest.param(*each, id=" ".join(each)) for each in reasons()])
def test_every_reason_has_its_own_words_in_both_languages(place: str, why: str):
    chinese = in_words(why, chinese=True)
    english = {str(message.id) for message in catalogue() if message.id}

    assert chinese != why, f"{place} speaks English to everybody"
    assert any(re.fullmatch(re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(known)), chinese) for known in english), place
