"""What can't be understood or verified becomes a claim, joins one, or is dismissed with a reason: once."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import Session, select

from claims.access import Person
from claims.quarantine import ArrivalLook, ArrivalVerdict
from notifications.inbox import UNSIGNED_BYTES, UNSIGNED_KEPT_FOR, forget_unsigned, words
from notifications.model import Arrival
from tests.claims.intake.calling import FORM, STRANGER, signed_post
from tests.claims.intake.ledger import Ledger
from tests.faults.together import at_once
from tests.makers import World, a_claim, a_person, at
from tests.web.checking import Page
from tests.web.signed_in import signed_in
from tests.web.test_language import chinese_left

pytestmark = pytest.mark.both_databases
MONDAY = at("Mon 2026-03-02 10:00")
TEXT = {"MessageSid": "SM1", "From": STRANGER, "Body": "天花板掉下来一块"}
FILLED = {"description": "天花板掉下来一块", "phone": STRANGER, "address": "", "danger": "true"}


@pytest.fixture
def forged(app: Flask, world: World) -> int:
    """A text whose signature is wrong, of Monday at ten; its number in the inbox."""
    with freeze_time(MONDAY):
        signed_post(app, "/hotline/messages", TEXT, token="another secret")
    with app.extensions["database"].session(reading=True) as session:
        return session.exec(select(Arrival.id)).one()


def page_of(number: int) -> str:
    return f"/desk/quarantine/{number}"


def settles(app: Flask, person: Person, number: int, act: str, **typed: str):
    client = signed_in(app, person)
    form = client.page(page_of(number)).filled()
    return client.post(f"{page_of(number)}/{act}", data=form | typed)


def verdicts(session: Session) -> list[tuple[str, str, bool]]:
    session.rollback()
    return [(v.verdict, v.by, v.file_id is not None) for v in session.exec(select(ArrivalVerdict))]


def test_why_it_is_held_is_told_in_the_readers_words_alone(app, adjuster, forged):
    page = signed_in(app, adjuster).get(page_of(forged)).text

    assert "签名不对，不能确认来源" in page and "signature" not in page


def test_a_claim_opened_from_it_counts_from_when_it_arrived(app, adjuster, forged, ledger, session):
    with freeze_time(MONDAY + timedelta(hours=5)):
        assert settles(app, adjuster, forged, "claim", **FILLED).status_code == 303

    (claim,) = ledger.claims()
    assert (claim.received_at, claim.danger, claim.description) == (MONDAY, True, TEXT["Body"])
    assert ledger.facts(claim) == ["ReportReceived", "ArrivalLinked"]
    assert ledger.told(claim, "ArrivalLinked")[0]["arrival"] == forged
    assert verdicts(session) == [("claim", f"staff:{adjuster.id}", True)]
    assert ledger.is_whole()


def test_it_joins_the_claim_that_somebody_names(app, world, adjuster, forged, ledger: Ledger, session):
    made = a_claim(session, world, reported_at=MONDAY - timedelta(days=3))
    session.commit()
    with freeze_time(MONDAY + timedelta(hours=1)):
        answer = settles(app, adjuster, forged, "link", reference=made.file.reference)

    assert answer.location.endswith(made.file.reference)
    (claim,) = ledger.claims()
    assert ledger.facts(claim)[-1] == "ArrivalLinked"
    assert [arrival.about for arrival in ledger.arrivals()] == [f"claim:{claim.id}"]


def test_a_claim_of_another_district_cant_be_named(app, world, forged, session, ledger):
    made = a_claim(session, world, reported_at=MONDAY - timedelta(days=3))
    stranger = a_person(session, "adjuster", districts=("闵行区",), email="minhang@insurer.example")
    session.commit()
    answer = settles(app, stranger, forged, "link", reference=made.file.reference)

    assert (answer.status_code, "没有这个报案号" in answer.text) == (422, True)
    assert verdicts(session) == []


def test_a_dismissal_says_why_and_stays_on_record(app, adjuster, forged, session):
    assert settles(app, adjuster, forged, "dismissal", reason="广告").status_code == 303

    session.rollback()
    row = session.exec(select(ArrivalVerdict)).one()
    assert (row.verdict, session.info["sealer"].open(row.reason_sealed)) == ("dismissal", "广告")
    session.rollback()
    assert "不用处理" in signed_in(app, adjuster).page("/desk/quarantine?state=settled").words


@pytest.mark.parametrize(("act", "typed"), [
    ("claim",     {"description": ""}),
    ("claim",     {"phone": "12"}),
    ("link",      {"reference": "260300000000"}),
    ("link",      {"reference": ""}),
    ("dismissal", {"reason": " "}),
])  # fmt: skip
def test_what_is_lacking_is_said_and_settles_nothing(app, adjuster, forged, session, ledger, act, typed):
    answer = settles(app, adjuster, forged, act, **(FILLED | {"reason": "", "reference": ""} | typed))

    assert answer.status_code == 422 and Page(answer.text).at("errors")
    assert (verdicts(session), ledger.claims()) == ([], [])


def test_ten_people_at_the_same_instant_settle_it_once(app, adjuster, forged, session, ledger):
    def act(number: int):
        client = signed_in(app, adjuster)
        form = client.page(page_of(forged)).filled() | FILLED | {"reason": "广告"}
        return lambda: client.post(f"{page_of(forged)}/{('claim', 'dismissal')[number % 2]}", data=form).status_code

    answers = at_once(*(act(number) for number in range(10)))

    assert sorted(answers) == [303] + [409] * 9
    assert len(verdicts(session)) == 1
    assert len(ledger.claims()) == sum(verdict == "claim" for verdict, _, _ in verdicts(session))


def test_reading_it_is_logged_and_a_list_shows_nobody(app, adjuster, forged, session):
    client = signed_in(app, adjuster)
    assert TEXT["Body"] not in client.page("/desk/quarantine").words
    assert "139****0009" in client.page("/desk/quarantine").words
    assert session.exec(select(ArrivalLook)).all() == []
    session.rollback()

    assert TEXT["Body"] in client.page(page_of(forged)).words
    assert [(look.person_id, look.arrival_id) for look in session.exec(select(ArrivalLook))] == [(adjuster.id, forged)]


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_who_doesnt_work_with_it_is_shown_neither_words_nor_number(app, session, forged, role):
    person = a_person(session, role)
    session.commit()
    page = signed_in(app, person).page(page_of(forged))

    assert TEXT["Body"] not in page.words and STRANGER not in page.words
    assert len(page.all("form")) == 1  # signing out
    session.rollback()
    assert session.exec(select(ArrivalLook)).all() == []


def test_a_form_that_was_open_too_long_comes_back_filled_in(app, adjuster, forged, session):
    answer = settles(app, adjuster, forged, "claim", **(FILLED | {"csrf_token": "", "description": "已经改过"}))

    assert answer.status_code == 422 and "已经改过" in answer.text
    assert verdicts(session) == []


@pytest.mark.parametrize(("age", "left"), [(UNSIGNED_KEPT_FOR, 1), (UNSIGNED_KEPT_FOR + timedelta(seconds=1), 0)])
def test_what_nobody_took_up_is_forgotten_after_thirty_days(session, forged, age, left):
    forget_unsigned(session, MONDAY + age)

    assert len(session.exec(select(Arrival)).all()) == left


def test_what_was_dismissed_loses_its_words_and_what_became_a_claim_keeps_them(app, adjuster, forged, session):
    with freeze_time(MONDAY + timedelta(minutes=1)):
        signed_post(app, "/hotline/messages", TEXT | {"MessageSid": "SM2"}, token="another secret")
        settles(app, adjuster, forged, "claim", **FILLED)
        settles(app, adjuster, forged + 1, "dismissal", reason="重复")
    session.rollback()
    forget_unsigned(session, MONDAY + UNSIGNED_KEPT_FOR + timedelta(days=1))

    kept, emptied = session.exec(select(Arrival).order_by(Arrival.id)).all()
    assert (kept.state, words(session, kept)["Body"]) == ("settled", TEXT["Body"])
    assert (emptied.state, words(session, emptied)) == ("emptied", {})


@pytest.mark.parametrize(("size", "kept"), [(UNSIGNED_BYTES, UNSIGNED_BYTES), (UNSIGNED_BYTES + 1, UNSIGNED_BYTES)])
def test_of_an_unsigned_arrival_sixteen_kilobytes_are_kept(app, world, session, size, kept):
    body = urlencode({"Body": ""}) + "a" * (size - len("Body="))
    app.test_client().post("/hotline/messages", data=body, content_type=FORM)

    (arrival,) = session.exec(select(Arrival)).all()
    assert len(session.info["sealer"].open_bytes(arrival.raw_sealed)) == kept


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_sound_in_both_languages(app, adjuster, forged, language):
    client = signed_in(app, adjuster, language)
    pages = [client.page(path) for path in ("/desk/quarantine", "/desk/quarantine?state=settled", page_of(forged))]

    assert language == "zh" or [left for page in pages for left in chinese_left(page)] == []
