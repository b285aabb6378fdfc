"""Other people's claims: whoever may not see one can't tell it from one that isn't there, by any route."""

import pytest
from sqlmodel import select
from werkzeug.routing import Rule

from claims.access import ROLES, AccessToken, Person
from claims.casefile import Stage, is_reference
from claims.casefile.files import reference_for
from claims.letters import issue_letters
from config.time import now
from tests.faults.town import Town, told
from tests.makers import Made, a_person, at, bearer

DESK = ("adjuster", "lead", "manager", "finance", "auditor")
WHEN = "2026-03-02T12:00:00+08:00"
BODIES = {  # endpoint → a body that its schema takes, so that the answer is about the claim
    "intake_api.create_home": {"home": "H-1201"},
    "intake_api.create_contact": {"reached": True, "note": "x", "spoke_at": WHEN},
    "intake_api.create_assignment": {"assignee": "adjuster@insurer.example"},
    "survey_api.create_survey": {"visit_at": WHEN},
    "survey_api.create_finding": {"visited_at": WHEN, "part": "wiring", "item": "x", "cause": "x", "opinion": "x"},
    "decision_api.create_coverage": {"findings": [1]},
    "decision_api.create_denial": {
        "findings": [1], "ground": "owner_cause", "evidence": ["x"], "clause": "x", "reasons": "x"},
    "decision_api.create_approval": {"decision": 1, "approve": True, "comment": "x"},
    "letters_api.create_dispatch": {"channel": "post", "handed_over_at": WHEN, "evidence": "EMS 1"},
}  # fmt: skip
NOBODY = reference_for(9_999_999, at("Mon 2026-03-02 10:00"))


@pytest.fixture
def theirs(town: Town) -> Made:
    """A denied claim of 浦东新区 with its letter made: the strangers below have nothing to do with it."""
    made = town.claim(Stage.DENIED)
    issue_letters(town.database, now())
    return made


@pytest.fixture
def strangers(town: Town) -> dict[str, Person]:
    """One per role: the desk's look after another district, the others take part in nothing."""
    with town.session() as session:
        people = {
            role: a_person(
                session, role, districts=("静安区",) if role in DESK else (), email=f"stranger-{role}@insurer.example"
            )
            for role in ROLES
        }
        session.commit()
        return people


def routes(town: Town, reference: str) -> list[tuple[str, str, str]]:
    """Endpoint, verb and path of everything in the API that leads to something of this claim."""
    rules = [rule for rule in town.app.url_map.iter_rules() if rule.rule.startswith("/api/v1/claims/<reference>")]
    known = {"reference": reference, "number": f"{reference}-01"}
    return [(rule.endpoint, verb, _path(rule, known)) for rule in rules for verb in _verbs(rule)]


@pytest.mark.both_databases
def test_a_claim_out_of_sight_answers_like_one_that_is_not_there(town: Town, theirs: Made, strangers):
    assert is_reference(NOBODY)
    for role, person in strangers.items():
        client = town.app.test_client()
        for (name, verb, real), (_, _, none) in zip(
            routes(town, theirs.file.reference), routes(town, NOBODY), strict=True
        ):
            body = BODIES.get(name, {})
            answers = [client.open(path, method=verb, json=body, headers=bearer(person)) for path in (real, none)]
            seen, absent = ((a.status_code, a.get_data(as_text=True)) for a in answers)
            refused = (403, 404) if verb == "GET" or name in BODIES else (403, 404, 422)
            assert seen[0] in refused, f"{role} {verb} {real}: {seen}"
            assert seen == (absent[0], absent[1].replace(NOBODY, theirs.file.reference)), f"{role} {verb} {real}"


@pytest.mark.both_databases
@pytest.mark.parametrize("asked", ["", "?q=13800000001", "?q=0001", "?q=王", "?q=示例路", "?q=H-1201", "?stage=denied"])
def test_nothing_of_it_is_listed_or_found(town: Town, theirs: Made, strangers, asked: str):
    found = told(town.asks(town.world.adjuster, "GET", f"/claims{asked or '?stage=denied'}"))["claims"]
    assert [claim["reference"] for claim in found] == [theirs.file.reference]

    for role, person in strangers.items():
        answer = town.asks(person, "GET", f"/claims{asked}")
        assert answer.status_code == 403 if role == "operator" else told(answer) == {"claims": [], "next": None}


@pytest.mark.both_databases
def test_none_of_its_files_can_be_fetched(town: Town, theirs: Made, strangers):
    files = told(town.asks(town.world.adjuster, "GET", f"/claims/{theirs.file.reference}"))["files"]
    assert len(files) >= 1
    for file in files:
        assert {town.asks(person, "GET", f"/files/{file['id']}").status_code for person in strangers.values()} == {404}


@pytest.mark.both_databases
def test_a_part_in_one_claim_opens_no_other(town: Town, theirs: Made):
    """The surveyor and the channel see the claim that they have a part in, and not the next one of the same home."""
    other = town.claim(Stage.REPORTED)
    for person, expected in ((town.world.surveyor, [200, 404]), (town.world.channel, [404, 404])):
        assert [
            town.asks(person, "GET", f"/claims/{m.file.reference}").status_code for m in (theirs, other)
        ] == expected


def test_records_of_another_claim_are_no_records_of_this_one(town: Town, theirs: Made):
    mine = town.claim(Stage.SURVEYED)
    path, them = (
        f"/claims/{mine.file.reference}",
        told(town.asks(town.world.lead, "GET", f"/claims/{theirs.file.reference}")),
    )
    denial = {"ground": "owner_cause", "clause": "七", "reasons": "改动"}
    finding = {"visited_at": now().isoformat(), "part": "waterproofing", "item": "x", "cause": "x", "opinion": "x"}
    own = [f.id for f in mine.findings]
    tries = {
        "findings": town.asks(
            town.world.adjuster, "POST", f"{path}/coverage", {"findings": [f.id for f in theirs.findings]}
        ),
        "evidence": town.asks(
            town.world.adjuster,
            "POST",
            f"{path}/denial",
            denial | {"findings": own, "evidence": [them["files"][0]["id"]]},
        ),
        "decision": town.asks(
            town.world.lead, "POST", f"{path}/decision/approval", {"decision": theirs.decision.id, "approve": True}
        ),
        "survey": town.asks(
            town.world.adjuster, "POST", f"{path}/surveys/{them['surveys'][0]['id']}/findings", finding
        ),
        "letter": town.asks(town.world.lead, "GET", f"{path}/letters/{them['letters'][0]['number']}.pdf"),
    }

    assert {name: answer.status_code for name, answer in tries.items()} == {
        "findings": 422, "evidence": 422, "decision": 404, "survey": 404, "letter": 404}  # fmt: skip
    assert town.story(mine.file)[-1] == "FindingRecorded"


def test_who_does_not_need_names_and_numbers_does_not_get_them(town: Town, theirs: Made):
    for role in ("manager", "finance", "auditor"):
        answer = town.asks(town.another(role, 1), "GET", f"/claims/{theirs.file.reference}").get_data(as_text=True)
        assert "王小明" not in answer
        assert "13800000001" not in answer


@pytest.mark.both_databases
def test_a_token_taken_back_and_a_person_gone_open_nothing_from_that_moment(town: Town):
    assert town.asks(town.world.adjuster, "GET", "/claims").status_code == 200
    with town.session() as session:
        token = session.exec(select(AccessToken).where(AccessToken.person_id == town.world.adjuster.id)).one()
        token.revoked_at = now()
        session.get_one(Person, town.world.lead.id).active = False
        session.commit()

    assert town.asks(town.world.adjuster, "GET", "/claims").status_code == 401
    assert town.asks(town.world.lead, "GET", "/claims").status_code == 401


@pytest.mark.parametrize("forged", [
    "", "Bearer", "Bearer ", "Bearer null", "Bearer token-adjuster@insurer.exampl", "bearer",
    "Bearer token-ADJUSTER@insurer.example", "Basic dG9rZW4=", "Token token-adjuster@insurer.example",
    "token-adjuster@insurer.example", "Bearer " + "x" * 10_000, "Bearer ÿ",
])  # fmt: skip
def test_a_forged_token_opens_nothing(town: Town, forged: str):
    answer = town.app.test_client().get("/api/v1/claims", headers={"Authorization": forged})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.mimetype == "application/problem+json"


def _path(rule: Rule, known: dict[str, str]) -> str:
    return str(rule.build({name: known.get(name, 1) for name in rule.arguments})[1])  # type: ignore[index]


def _verbs(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
