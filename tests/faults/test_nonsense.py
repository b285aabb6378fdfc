"""Whatever is sent: an answer in words, never a broken page, and nothing of it harms a claim."""

import base64
import io
import json
import random
from urllib.parse import quote

import pytest

from claims.casefile import Stage
from claims.letters import issue_letters
from config.time import now
from notifications.model import Arrival
from tests.faults.town import Town, told
from tests.ground import figure
from tests.makers import PHOTO, Made, bearer

VALUES = [
    None, "", " ",
    "\0", "a\0b", "\ud800", r"\u0000", "x" * 20_000, "😀" * 300, "<script>alert(1)</script>", "%", "'; --",
    -1, 0, 2**31, 2**63, 2**70, 10**100, 1.5, 1e308, True, [], {}, [[]], {"a": 1},
    "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-02-30T00:00:00Z",
    "2026-03-02T10:00:00", "2026-03-02T10:00:00+23:59", "2026-03-02T24:00:00Z", "1e400", "NaN", "１２３", "null",
]  # fmt: skip
BODIES = [
    b"", b"{", b"null", b"[]", b'"x"', b"1", b"NaN", b"\xff\xfe", b"\x00", b"[" * 100_000, b'{"a":' * 100_000,
    b'{"a":1,"a":2}', b"9" * 5000, b'{"findings":[Infinity]}', b'{"findings":[' + b"9" * 5000 + b"]}", b" " * 2_000_000,
]  # fmt: skip
WHEN = "2026-03-02T12:00:00+08:00"


def calls(made: Made, number: str) -> dict[str, dict[str, object]]:
    """Every act of the API on this claim, with a body that is nearly right."""
    path, findings = f"/claims/{made.file.reference}", [finding.id for finding in made.findings]
    finding = {"visited_at": WHEN, "part": "wiring", "item": "x", "cause": "x", "opinion": "x", "photos": ["x"]}
    reporter = {"name": "王", "phone": "13800000001", "relation": "owner"}
    return {
        "/claims": {"home": "H-1201", "address": "x", "reporter": reporter, "part": "wiring", "item": "x",
                    "description": "x", "found_on": "2026-03-01", "danger": False, "received_at": WHEN,
                    "photos": ["x"]},
        f"{path}/home": {"home": "H-1201"},
        f"{path}/contacts": {"reached": False, "note": "x", "spoke_at": WHEN},
        f"{path}/assignment": {"assignee": "x@insurer.example"},
        f"{path}/surveys": {"visit_at": WHEN, "surveyor": "x@insurer.example"},
        f"{path}/surveys/1/findings": finding,
        f"{path}/coverage": {"findings": [0]},
        f"{path}/denial": {"findings": findings, "ground": "x", "evidence": ["x"], "clause": "x", "reasons": "x"},
        f"{path}/decision/approval": {"decision": 0, "approve": True, "comment": "x"},
        f"{path}/letters/{number}/dispatch": {"channel": "post", "handed_over_at": WHEN, "evidence": "EMS 1"},
        "/reckonings": {"clock": "survey", "length": "3 days", "direction": "forward", "roll": "next", "anchor": WHEN,
                        "pauses": [{"from": WHEN, "to": WHEN}]},
    }  # fmt: skip


@pytest.fixture
def made(town: Town) -> Made:
    made = town.claim(Stage.DENIED)
    issue_letters(town.database, now())
    return made


@pytest.fixture
def ask(town: Town, made: Made):
    """Sends as the lead; every answer is one of ours, and afterwards the claim can still be read and proved."""
    client = town.app.test_client()
    client.application.testing = client.application.debug = False
    client.application.config["PROPAGATE_EXCEPTIONS"] = False

    def asks(verb: str, path: str, **told: object) -> int:
        headers = bearer(town.world.lead) | told.pop("headers", {})  # type: ignore[operator]
        answer = client.open(path, method=verb, headers=headers, **told)
        if answer.status_code >= 400 and path.startswith("/api"):
            assert answer.mimetype == "application/problem+json", (
                verb,
                path,
                told,
                answer.get_data(as_text=True)[:200],
            )
        assert answer.status_code < 500, (verb, path, told, answer.get_data(as_text=True)[:200])
        return answer.status_code

    yield asks
    for tail in ("", "/timeline", "/letters"):
        assert asks("GET", f"/api/v1/claims/{made.file.reference}{tail}") == 200
    assert asks("GET", "/api/v1/claims?limit=200") == 200
    assert town.is_whole()


def in_json(value: object) -> dict[str, object]:
    """As a program sends it: `\\ud800` is half a pair, which JSON can say."""
    return {"data": json.dumps(value).encode(), "content_type": "application/json"}


@pytest.mark.both_databases
@pytest.mark.parametrize("act", range(11))
def test_no_value_of_any_field_breaks_an_act(town: Town, made: Made, ask, act: int):
    path, body = list(calls(made, f"{made.file.reference}-01").items())[act]
    chance = random.Random(act)
    for field, right in body.items():
        for value in chance.sample(VALUES, figure(12, len(VALUES))):
            ask("POST", f"/api/v1{path}", **in_json(body | {field: value}))
            ask("POST", f"/api/v1{path}", **in_json(body | {field: [value]}))
            for inner in right if isinstance(right, dict) else ():
                ask("POST", f"/api/v1{path}", **in_json(body | {field: right | {inner: value}}))


def test_no_body_breaks_an_act(made: Made, ask):
    for path in ("/api/v1/claims", f"/api/v1/claims/{made.file.reference}/coverage", "/api/v1/reckonings"):
        for kind in ("application/json", "application/json; charset=utf-16", "text/plain", "x"):
            for body in BODIES:
                assert ask("POST", path, data=body, content_type=kind) in (400, 413, 415, 422), (path, kind, body[:20])


QUESTIONS = {
    "stage": ["new", "x", "\0"],
    "assignee": ["\0", "x" * 300, "me", "\ud800"],
    "q": ["\0", "%", "_", "\\", "x" * 101, "'; --", "　", "😀", "260300000010", "\ud800"],
    "due_before": ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "soon"],
    "limit": ["0", "201", "-1", "1e3", "9" * 30],
    "cursor": ["x", "é", "AAAA", "\0"],
}
PLACES = [
    [WHEN, 2**70], [WHEN, -(2**70)], [WHEN, float("inf")], [WHEN, float("nan")], [WHEN, None], [WHEN, {}],
    [{}, 1], [1, 1], ["9999-12-31T23:59:59-14:00", 1], ["0001-01-01T00:00:00+14:00", 1],
    {}, {"a": 1, "b": 2}, "ab", 5, None, [1],
]  # fmt: skip
NAMES = ["x", "000000000000", "１２３４５６７８９０１２", "2" * 3000, "%00", "%FF", "..", "-1", "9" * 30]


def test_no_question_breaks_the_queue(ask):
    for name, values in QUESTIONS.items():
        for value in values:
            assert ask("GET", f"/api/v1/claims?{name}={quote(value.encode('utf-8', 'surrogatepass'))}") in (200, 422)


def test_a_forged_cursor_is_no_cursor(ask):
    for place in PLACES:
        cursor = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
        assert ask("GET", f"/api/v1/claims?cursor={cursor}") == 422, place


def test_no_name_leads_anywhere_that_it_should_not(made: Made, ask):
    mine, finding = (
        made.file.reference,
        {"visited_at": WHEN, "part": "wiring", "item": "x", "cause": "x", "opinion": "x"},
    )
    for name in NAMES:
        for path in (f"claims/{name}", f"claims/{name}/timeline", f"claims/{mine}/letters/{name}.pdf", f"files/{name}"):
            assert ask("GET", f"/api/v1/{path}") in (404, 308, 422)
        assert ask("POST", f"/api/v1/claims/{mine}/surveys/{name}/findings", **in_json(finding)) in (404, 308, 405, 422)


@pytest.mark.parametrize(("name", "content", "status"), [
    ("a.jpg", b"", 422),
    ("a.jpg", b"<html>", 422),
    ("a.html", PHOTO, 201),                       # what it is, not what it is called
    ("../../a.jpg", PHOTO, 201),
    ("名" * 500, PHOTO, 201),
    ('a"b\r\nSet-Cookie: x=y.jpg', PHOTO, 201),
])  # fmt: skip
def test_an_upload_is_what_it_is_and_its_name_harms_nobody(town: Town, ask, name: str, content: bytes, status: int):
    answer = town.app.test_client().post(
        "/api/v1/files", data={"file": (io.BytesIO(content), name)}, headers=bearer(town.world.lead)
    )
    assert answer.status_code == status
    if status == 201:
        shown = town.asks(town.world.lead, "GET", f"/files/{told(answer)['id']}")
        assert shown.mimetype == "image/jpeg"
        assert shown.headers["Content-Disposition"].startswith("attachment;")
        assert "/" not in told(answer)["name"] and "Set-Cookie" not in shown.headers


HEADERS = [
    {"Idempotency-Key": "x" * 201}, {"Idempotency-Key": "é"}, {"If-Match": '"x"'}, {"If-Match": '"-1"'},
    {"If-Match": '"99999999999"'}, {"If-Match": '"１"'}, {"Accept-Language": "zh" * 5000},
    {"Accept-Language": "*;q=nan"}, {"Cookie": "session=x"}, {"Host": "elsewhere.example"},
    {"X-Forwarded-Host": "elsewhere.example"},
]  # fmt: skip


def test_no_header_breaks_an_act(made: Made, ask):
    for headers in HEADERS:
        for path, body in calls(made, "x").items():
            ask("POST", f"/api/v1{path}", **in_json(body), headers=headers)
        for path in ("/", "/report", "/docs", "/openapi.json", "/healthz", "/nothing"):
            ask("GET", path, headers=headers)


UNSIGNED = [
    b"", b"\xff", b"MessageSid=%00", b"MessageSid=SM1&From=%00&Body=%00", b"MessageSid=SM1&MessageStatus=%00",
    b"MessageStatus=%ED%A0%80", b"a=1&" * 10_000, b"MessageSid=1&MessageSid=2", b"x" * 60_000,
]  # fmt: skip


def test_what_is_not_signed_is_kept_aside_and_answered(town: Town, ask):
    for path in ("/hotline/messages", "/hotline/status"):
        for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data"):
            for body in UNSIGNED:
                headers = {"X-Twilio-Signature": "x", "User-Agent": r"\u0000 é"}
                assert ask("POST", path, data=body, content_type=kind, headers=headers) in (200, 204), (path, body[:24])

    assert town.count(Arrival) == town.count(Arrival, state="quarantined") >= 1


def test_what_is_too_large_is_turned_away(ask):
    assert ask("POST", "/hotline/messages", data=b"x" * 100_000, content_type="text/plain") == 413
    assert ask("POST", "/hotline/status", data=b"x" * 100_000, content_type="application/x-www-form-urlencoded") == 413
    assert ask("POST", "/api/v1/claims", data=b" " * 2_000_000, content_type="application/json") == 413
