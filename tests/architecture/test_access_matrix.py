"""Who may open what: every route stands in this table, and no other is served."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from claims.access import ROLES
from claims.access.signing_in import open_sign_in
from claims.track.entry import HOMEOWNER
from claims.web.signing_in import WAYS
from config.time import now
from tests.makers import a_person, bearer

ANYBODY = {
    "pages.show_home",
    "pages.new_report",
    "pages.show_step",
    "pages.create_report",
    "pages.show_done",
    "track.show_door",
    "track.create_opening",
    "track.create_ask",
    "track.show_text_door",
    "track.end_opening",
    "staff.show_sign_in",
    "staff.create_sign_in",
    "staff.create_sign_out",
    "docs.show_docs",
    "docs.show_docs_asset",
    "show_openapi",
    "health.show_health",
    "health.show_readiness",
}
BY_SIGNATURE = {  # Twilio's; anything else goes into quarantine
    "hotline.receive_message",
    "hotline.receive_status",
    "hotline.answer_call",
    "hotline.answer_step",
    "hotline.receive_call_status",
    "hotline.receive_recording",
}
OF_ONE_CLAIM = {  # open to the browser that brought this claim's code; everybody else is led to the door
    "track.show_claim",
    "track.show_letter",
    "track.show_file",
    "track.create_files",
    "track.create_supplement",
    "track.create_word_on_offer",
    "track.create_word_on_works",
    "track.create_choice",
}
ACT, SHEET = "/api/v1/claims/<reference>/", "/desk/<reference>/"
BY_ROLE = """
                                     adjuster surveyor lead manager finance operator auditor firm appraiser channel
intake_api.create_claim                   x       .      x      .       .       .        .     .       .        x
desk_api.list_claims                      x       x      x      x       x       .        x     x       x        x
desk_api.show_claim                       x       x      x      x       x       .        x     x       x        x
desk_api.show_timeline                    x       x      x      x       x       .        x     .       .        x
desk_api.show_file                        x       x      x      x       x       x        x     x       x        x
desk_api.create_reckoning                 x       x      x      x       x       x        x     x       x        x
oversight_api.list_breaches               .       .      x      x       .       .        x     .       .        .
oversight_api.show_board                  .       .      x      x       .       .        x     .       .        .
oversight_api.create_cause                .       .      x      x       .       .        .     .       .        .
duties_api.list_projects                  x       .      x      x       x       .        x     .       .        .
duties_api.create_project                 x       .      x      x       .       .        .     .       .        .
duties_api.show_project                   x       .      x      x       x       .        x     .       .        .
duties_api.create_recovery                x       .      x      .       x       .        .     .       .        .
duties_api.create_briefing                x       .      x      x       .       .        .     .       .        .
duties_api.create_joint_inspection        x       .      x      x       .       .        .     .       .        .
duties_api.create_notice                  x       .      x      x       .       .        .     .       .        .
duties_api.create_return_visit            x       .      x      x       .       .        .     .       .        .
duties_api.create_liability_start         x       .      x      x       .       .        .     .       .        .
duties_api.create_acceptance              x       .      x      x       .       .        .     .       .        .
duties_api.create_acceptance_notice       x       .      x      x       .       .        .     .       .        .
duties_api.create_acceptance_off          x       .      x      x       .       .        .     .       .        .
duties_api.create_test_passed             x       .      x      x       .       .        .     .       .        .
duties_api.create_test_failed             x       .      x      x       .       .        .     .       .        .
duties_api.create_client_told             x       .      x      x       .       .        .     .       .        .
duties_api.create_emergency               x       .      x      x       .       .        .     .       .        .
duties_api.create_attendance              x       .      x      x       .       .        .     .       .        .
duties_api.create_authority_told          x       .      x      x       .       .        .     .       .        .
duties_api.create_upload                  x       .      x      x       .       .        .     .       .        .
duties_api.create_inspection_report       x       .      x      x       .       .        .     .       .        .
duties_api.create_uploaded                x       .      x      x       .       .        .     .       .        .
duties_api.create_closing                 x       .      x      x       .       .        .     .       .        .
duties_api.create_claim_uploaded          x       .      x      x       .       .        .     .       .        .
duties_api.create_demand                  x       .      x      x       .       .        .     .       .        .
duties_api.create_developer_asked         x       .      x      x       .       .        .     .       .        .
duties_api.create_parties_told            x       .      x      x       .       .        .     .       .        .
duties_api.create_suit                    x       .      x      x       .       .        .     .       .        .
duties_api.create_received                x       .      x      x       .       .        .     .       .        .
duties_api.create_recovery_closing        x       .      x      x       .       .        .     .       .        .
duties.list_projects                      x       .      x      x       x       .        x     .       .        .
duties.create_project                     x       .      x      x       .       .        .     .       .        .
duties.show_project                       x       .      x      x       x       .        x     .       .        .
duties.show_file                          x       .      x      x       x       .        x     .       .        .
duties.new_act                            x       .      x      x       .       .        .     .       .        .
duties.create_act                         x       .      x      x       .       .        .     .       .        .
oversight.show_board                      .       .      x      x       .       .        x     .       .        .
oversight.show_breaches                   .       .      x      x       .       .        x     .       .        .
oversight.show_near_misses                .       .      x      x       .       .        x     .       .        .
oversight.show_breaches_as_csv            .       .      x      x       .       .        x     .       .        .
oversight.show_calls                      .       .      x      x       .       .        x     .       .        .
oversight.show_fetched                    .       .      x      x       .       .        x     .       .        .
oversight.new_cause                       .       .      x      x       .       .        .     .       .        .
oversight.create_cause                    .       .      x      x       .       .        .     .       .        .
calendar.show_years                       .       .      x      x       .       x        .     .       .        .
calendar.create_preview                   .       .      .      .       .       x        .     .       .        .
calendar.create_year                      .       .      .      .       .       x        .     .       .        .
roster.show_roster                        x       .      x      x       .       x        x     .       .        .
roster.create_shift                       .       .      x      x       .       .        .     .       .        .
roster.create_withdrawal                  .       .      x      x       .       .        .     .       .        .
quarantine.show_quarantine                x       .      x      x       .       .        x     .       .        .
quarantine.show_arrival                   x       .      x      x       .       .        x     .       .        .
quarantine.create_claim                   x       .      x      .       .       .        .     .       .        .
quarantine.create_link                    x       .      x      .       .       .        .     .       .        .
quarantine.create_dismissal               x       .      x      .       .       .        .     .       .        .
firm.show_lists                           .       .      .      .       .       .        .     x       .        .
firm.show_done                            .       .      .      .       .       .        .     x       .        .
firm.show_order                           .       .      .      .       .       .        .     x       .        .
firm.new_act                              .       .      .      .       .       .        .     x       .        .
firm.create_act                           .       .      .      .       .       .        .     x       .        .
firm.show_work_order                      .       .      .      .       .       .        .     x       .        .
firm.show_file                            .       .      .      .       .       .        .     x       .        .
intake_api.create_home                    x       .      x      .       .       .        .     .       .        .
intake_api.create_contact                 x       x      x      .       .       .        .     .       .        .
danger_api.create_danger                  x       x      x      .       .       .        .     .       .        .
danger_api.create_safety                  x       x      x      .       .       .        .     .       .        .
intake_api.create_assignment              x       .      x      x       .       .        .     .       .        .
survey_api.create_survey                  x       x      x      .       .       .        .     .       .        .
survey_api.create_finding                 x       x      x      .       .       .        .     .       .        .
decision_api.create_coverage              x       .      x      .       .       .        .     .       .        .
decision_api.create_denial                x       .      x      .       .       .        .     .       .        .
decision_api.create_approval              x       .      x      .       .       .        .     .       .        .
supplement_api.create_supplement_notice   x       .      x      .       .       .        .     .       .        .
supplement_api.create_arrival             x       .      x      .       .       .        .     .       .        .
supplement_api.create_correction          .       .      x      .       .       .        .     .       .        .
supplement_api.create_supplement          x       .      x      .       .       .        .     .       .        .
settlement_api.create_settlement          x       .      x      .       .       .        .     .       .        .
settlement_api.create_acceptance          x       .      x      .       .       .        .     .       .        .
settlement_api.create_refusal             x       .      x      .       .       .        .     .       .        .
settlement_api.create_payment             .       .      x      .       x       .        .     .       .        .
repair_api.create_order                   x       .      x      .       .       .        .     .       .        .
repair_api.create_quote                   x       .      x      .       .       .        .     x       .        .
repair_api.create_quote_approval          x       .      x      .       .       .        .     .       .        .
repair_api.create_start                   x       .      x      .       .       .        .     x       .        .
repair_api.create_completion              x       .      x      .       .       .        .     x       .        .
repair_api.create_word                    x       x      x      .       .       .        .     .       .        .
appraisal_api.create_appraisal            x       .      x      .       .       .        .     .       .        .
appraisal_api.create_candidates           x       .      x      .       .       .        .     .       .        .
appraisal_api.create_choice               x       .      x      .       .       .        .     .       .        .
appraisal_api.create_opinion              x       .      x      .       .       .        .     .       .        .
complaint_api.create_complaint            x       .      x      x       .       .        .     .       .        .
complaint_api.create_extension            .       .      x      x       .       .        .     .       .        .
complaint_api.create_complaint_decision   x       .      x      x       .       .        .     .       .        .
closing_api.create_withdrawal             x       .      x      .       .       .        .     .       .        .
closing_api.create_closing                x       .      x      .       .       .        .     .       .        .
letters_api.list_letters                  x       .      x      x       .       .        x     x       .        .
letters_api.show_letter                   x       .      x      x       .       .        x     x       .        .
letters_api.create_dispatch               x       .      x      .       .       .        .     .       .        .
attachments_api.create_file               x       x      x      x       x       x        x     x       x        x
staff.new_password                        x       x      x      x       x       x        x     x       x        x
staff.create_password                     x       x      x      x       x       x        x     x       x        x
desk.show_queue                           x       x      x      x       x       .        x     .       x        .
desk.show_what_if                         x       x      x      x       x       x        x     .       x        .
desk.list_homes                           x       .      x      x       x       .        x     .       .        .
desk.show_home                            x       .      x      x       x       .        x     .       .        .
desk.show_outbox                          x       .      x      x       .       .        x     .       .        .
desk.create_message_try                   x       .      x      .       .       .        .     .       .        .
desk.create_letter_try                    x       .      x      .       .       .        .     .       .        .
desk.show_claim                           x       x      x      x       x       .        x     .       x        .
desk.show_file                            x       x      x      x       x       .        x     .       x        .
desk.show_photo                           x       x      x      x       x       .        x     .       x        .
desk.show_recording                       x       x      x      x       x       .        x     .       x        .
desk.show_letter                          x       x      x      x       x       .        x     .       x        .
"""


def matrix() -> dict[str, frozenset[str]]:
    """Endpoint → who may enter, as the table says."""
    head, *rows = [line.split() for line in BY_ROLE.strip().splitlines()]
    assert head == list(ROLES)
    return {
        name: frozenset(role for role, mark in zip(head, marks, strict=True) if mark == "x") for name, *marks in rows
    }


def sheets(rules: dict[str, Rule]) -> dict[str, frozenset[str]]:
    """The desk's sheets: each lets in whom the same act of the API does, but no firm: those have pages of their own."""
    acts = {rule.rule.removeprefix(ACT): name for name, rule in rules.items() if rule.rule.startswith(ACT)}
    under = {name: rule.rule.removeprefix(SHEET) for name, rule in rules.items() if rule.rule.startswith(SHEET)}
    table = matrix()
    return {name: table[acts[act]] - {"firm"} for name, act in under.items() if act in acts and name not in table}


def pages(rules: dict[str, Rule]) -> dict[str, frozenset[str]]:
    """Every page that wants somebody signed in → who may enter."""
    return {name: may for name, may in (matrix() | sheets(rules)).items() if not rules[name].rule.startswith("/api/")}


@pytest.fixture
def rules(app: Flask) -> dict[str, Rule]:
    return {rule.endpoint: rule for rule in app.url_map.iter_rules()}


def a_path(rule: Rule) -> str:
    """A path that fits the rule and leads to nothing."""
    known = {
        "reference": "260300000000",
        "number": "260300000000-01",
        "token": "nothing",
        "name": "nothing",
        "act": "start",
    }
    return rule.build({name: known.get(name, 1) for name in rule.arguments})[1]  # type: ignore[index]


@pytest.mark.sqlite
def test_the_bar_leads_nobody_where_they_are_turned_away(app: Flask) -> None:
    of = app.url_map.bind("")
    doors = {place: app.view_functions[of.match(place)[0]].may_enter for place, _, _ in WAYS}  # type: ignore[attr-defined]
    assert not [(place, role) for place, _, roles in WAYS for role in roles if role not in doors[place]]


@pytest.mark.sqlite
def test_every_route_stands_in_the_table_and_enters_as_it_says(app: Flask, rules: dict[str, Rule]) -> None:
    marked = {name: getattr(app.view_functions[name], "may_enter", None) for name in rules}

    by_role = {name: frozenset(mark) for name, mark in marked.items() if mark and mark[0] in ROLES}
    assert by_role == matrix() | sheets(rules)
    assert {name for name, mark in marked.items() if mark == (HOMEOWNER,)} == OF_ONE_CLAIM
    assert {name for name, mark in marked.items() if mark == ("anybody",)} == ANYBODY
    assert {name for name, mark in marked.items() if mark is None} == BY_SIGNATURE


@pytest.mark.sqlite
def test_everybody_else_is_turned_away_at_the_door(app: Flask, rules: dict[str, Rule]) -> None:
    """Tried, not read: 401 without a token or with a wrong one, 403 for every role that has no business there."""
    with app.extensions["database"].session() as session:
        tokens = {role: bearer(a_person(session, role)) for role in ROLES}
        session.commit()
    client = app.test_client()
    for name, may in matrix().items():
        if name in pages(rules):
            continue
        path, method = a_path(rules[name]), _method(rules[name])
        for stranger in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}):
            assert client.open(path, method=method, headers=stranger).status_code == 401, (name, stranger)
        answers = {role: client.open(path, method=method, headers=tokens[role]).status_code for role in ROLES}
        assert {role for role, status in answers.items() if status == 403} == set(ROLES) - may, name
        assert not {status for status in answers.values() if status >= 500}, name


def _method(rule: Rule) -> str:
    methods: Iterator[str] = (method for method in rule.methods or () if method not in ("HEAD", "OPTIONS"))
    return next(methods)


@pytest.mark.sqlite
def test_a_claim_is_shut_without_its_code_whether_there_is_one_or_not(app: Flask, rules: dict[str, Rule]) -> None:
    """Tried with every other claim's code too: tests/web/test_track.py."""
    client = app.test_client()
    token = re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/track").text)[0]
    for name in OF_ONE_CLAIM:
        answer = client.open(a_path(rules[name]), method=_method(rules[name]), data={"csrf_token": token})
        assert (answer.status_code, answer.location) == (303, "/track?claim=260300000000"), name


def a_browser(app: Flask, role: str) -> FlaskClient:
    """Signed in as somebody with this one role."""
    client = app.test_client()
    with app.extensions["database"].session() as session:
        token = open_sign_in(session, a_person(session, role, email=f"{role}@pages.example"), now())
        session.commit()
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = token, True
    return client


def form_token(client: FlaskClient, page: str) -> dict[str, str]:
    """What a form of ours carries: the door is tried, not the guard against forged forms."""
    return {"X-CSRFToken": re.findall(r'name="csrf_token" value="([^"]+)"', client.get(page).text)[0]}


@pytest.mark.sqlite
def test_a_strangers_form_without_our_token_is_refused_too(app: Flask, rules: dict[str, Rule]) -> None:
    client = app.test_client()
    for name in pages(rules):
        if _method(rules[name]) == "POST":
            assert client.post(a_path(rules[name])).status_code in (400, 401), name


@pytest.mark.sqlite
def test_a_stranger_is_led_to_the_sign_in_and_a_form_of_theirs_refused(app: Flask, rules: dict[str, Rule]) -> None:
    client = app.test_client()
    token = form_token(client, "/staff")
    for name in pages(rules):
        answer = client.open(a_path(rules[name]), method=_method(rules[name]), headers=token)
        if _method(rules[name]) == "POST":
            assert answer.status_code == 401, name
        else:
            assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/staff"), name


@pytest.mark.sqlite
def test_whoever_is_signed_in_enters_the_pages_of_their_role_and_no_other(app: Flask, rules: dict[str, Rule]) -> None:
    browsers = {role: a_browser(app, role) for role in ROLES}
    tokens = {role: form_token(browser, "/staff/password") for role, browser in browsers.items()}
    for name, may in pages(rules).items():
        path, method = a_path(rules[name]), _method(rules[name])
        answers = {
            role: browser.open(path, method=method, headers=tokens[role]).status_code
            for role, browser in browsers.items()
        }
        assert {role for role, status in answers.items() if status == 403} == set(ROLES) - may, name
        assert not {status for status in answers.values() if status >= 500}, name
