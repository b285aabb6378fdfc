"""The contract's API: a valid description, errors as problems, keys and versions."""

import pytest
from flask import Flask
from openapi_spec_validator import validate
from sqlmodel import select

from claims.access import Reveal
from claims.intake import Claim
from tests.journeys.telling import Telling
from tests.makers import World, a_world

REPORT = {
    "home": "H-1201",
    "part": "waterproofing",
    "description": "卧室渗水",
    "reporter": {"name": "王小明", "phone": "13800000001", "relation": "owner"},
}


@pytest.fixture
def world(app: Flask) -> World:
    with app.extensions["database"].session() as session:
        made = a_world(session)
        session.commit()
        return made


@pytest.fixture
def telling(app: Flask) -> Telling:
    return Telling(app)


def test_the_description_is_valid_openapi_3_1_and_names_no_schema_twice(telling: Telling):
    spec = telling.client.get("/openapi.json").json

    validate(spec)
    assert spec["openapi"] == "3.1.0"
    assert not [name for name in spec["components"]["schemas"] if name[-1].isdigit()]


def test_the_docs_page_loads_nothing_from_elsewhere(telling: Telling):
    page = telling.client.get("/docs").get_data(as_text=True)

    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize("token", [None, "", "Bearer", "Bearer nobody", "Basic eDp5"])
def test_without_a_valid_token_it_is_401_as_a_problem(telling: Telling, token: str | None):
    answer = telling.client.get("/api/v1/claims", headers={"Authorization": token} if token is not None else {})

    assert (answer.status_code, answer.mimetype, answer.json["status"]) == (401, "application/problem+json", 401)


def test_a_bad_report_is_422_with_errors_by_field(telling: Telling, world: World):
    answer = telling.tries(
        world.channel, "POST", "/claims", REPORT | {"part": "roof", "reporter": {"name": "", "phone": "12"}, "x": 1}
    )

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert set(answer.json["errors"]) == {"part", "reporter", "x"}


@pytest.mark.parametrize(("said", "kept"), [({}, "zh"), ({"language": "en"}, "en")])
def test_a_channel_says_which_language_the_reporter_is_answered_in(telling, world, session, said, kept):
    telling.does(world.channel, "POST", "/claims", REPORT | said)

    assert session.exec(select(Claim)).one().language == kept


def test_errors_are_in_chinese_for_who_prefers_it(telling: Telling, world: World):
    answer = telling.tries(world.channel, "POST", "/claims", {}, **{"Accept-Language": "zh-CN"})

    assert answer.json["errors"]["description"] == ["请填写这一项。"]


def test_the_same_key_and_body_give_the_same_answer(telling: Telling, world: World):
    first, again = (
        telling.tries(world.channel, "POST", "/claims", REPORT, **{"Idempotency-Key": "k"}) for _ in range(2)
    )

    assert (first.status_code, again.status_code, again.json) == (201, 201, first.json)


def test_the_same_key_with_another_body_is_422(telling: Telling, world: World):
    telling.does(world.channel, "POST", "/claims", REPORT, **{"Idempotency-Key": "k"})

    answer = telling.tries(world.channel, "POST", "/claims", REPORT | {"item": "别的"}, **{"Idempotency-Key": "k"})

    assert answer.status_code == 422


def test_a_refused_request_leaves_its_key_free(telling: Telling, world: World):
    telling.tries(world.channel, "POST", "/claims", {}, **{"Idempotency-Key": "k"})

    assert telling.tries(world.channel, "POST", "/claims", REPORT, **{"Idempotency-Key": "k"}).status_code == 201


def test_two_people_may_use_the_same_key(telling: Telling, world: World):
    mine = telling.does(world.channel, "POST", "/claims", REPORT, **{"Idempotency-Key": "k"})
    theirs = telling.does(world.adjuster, "POST", "/claims", REPORT, **{"Idempotency-Key": "k"})

    assert mine["reference"] != theirs["reference"]


def test_a_stale_version_is_412_and_says_the_present_one(telling: Telling, world: World):
    reference = telling.does(world.adjuster, "POST", "/claims", REPORT)["reference"]
    survey = {"visit_at": "2030-01-01T09:00:00+08:00"}

    answer = telling.tries(world.adjuster, "POST", f"/claims/{reference}/surveys", survey, **{"If-Match": '"0"'})

    assert (answer.status_code, answer.json["version"]) == (412, 1)


def test_an_impossible_act_is_409_with_the_stage_and_what_is_possible(telling: Telling, world: World):
    reference = telling.does(world.adjuster, "POST", "/claims", REPORT)["reference"]

    answer = telling.tries(
        world.adjuster, "POST", f"/claims/{reference}/decision/approval", {"decision": 1, "approve": True}
    )
    assert answer.status_code == 404

    answer = telling.tries(world.adjuster, "POST", f"/claims/{reference}/coverage", {"findings": [1]})
    assert answer.status_code in (409, 422)


@pytest.mark.parametrize("reference", ["1", "999999999999", "abcdefghijkl", "２６１１０００００００１"])
def test_a_reference_that_isnt_is_404(telling: Telling, world: World, reference: str):
    assert telling.tries(world.adjuster, "GET", f"/claims/{reference}").status_code == 404


def test_an_unknown_path_of_the_api_is_a_problem_too(telling: Telling):
    answer = telling.client.get("/api/v1/nothing")

    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_showing_a_phone_number_leaves_a_line_in_the_log(telling: Telling, world: World, app: Flask):
    reference = telling.does(world.adjuster, "POST", "/claims", REPORT)["reference"]

    telling.does(world.adjuster, "GET", f"/claims/{reference}")

    with app.extensions["database"].session() as session:
        assert [reveal.person_id for reveal in session.exec(select(Reveal))] == [world.adjuster.id]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("13800000001", 1),
        ("0001", 1),
        ("王小", 1),
        ("明", 1),
        ("李", 0),
        ("示例路1弄", 1),
        ("H-1201", 1),
        ("9999", 0),
        ("%", 0),
        ("_", 0),
    ],
)
def test_a_claim_is_found_by_phone_last_digits_name_and_address(telling: Telling, world: World, q: str, found: int):
    telling.does(world.adjuster, "POST", "/claims", REPORT)

    answer = telling.client.get(
        "/api/v1/claims", query_string={"q": q}, headers={"Authorization": f"Bearer token-{world.adjuster.email}"}
    )

    assert len(answer.json["claims"]) == found


def test_the_queue_pages_by_keyset_without_loss_or_repeat(telling: Telling, world: World):
    made = {telling.does(world.adjuster, "POST", "/claims", REPORT)["reference"] for _ in range(5)}
    seen: list[str] = []
    cursor = None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = telling.client.get(
            "/api/v1/claims", query_string=query, headers={"Authorization": f"Bearer token-{world.adjuster.email}"}
        ).json
        seen += [claim["reference"] for claim in page["claims"]]
        cursor = page["next"]
        if not cursor:
            break

    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize(
    ("asked", "safe_due", "legal_due"),
    [
        (
            {"length": "3 days", "anchor": "2026-02-13T09:00:00+08:00"},
            "2026-02-17T00:00:00+08:00",
            "2026-02-25T00:00:00+08:00",
        ),
        (
            {"clock": "denial_notice", "anchor": "2026-02-11T09:00:00+08:00"},
            "2026-02-15T00:00:00+08:00",
            "2026-02-15T00:00:00+08:00",
        ),
        (
            {"length": "12 hours", "anchor": "2026-02-15T22:30:00+08:00"},
            "2026-02-16T10:30:00+08:00",
            "2026-02-16T10:30:00+08:00",
        ),
    ],
)
def test_what_if(telling: Telling, world: World, asked: dict[str, str], safe_due: str, legal_due: str):
    told = telling.does(world.adjuster, "POST", "/reckonings", asked)

    assert (told["safe_due"], told["legal_due"]) == (safe_due, legal_due)
