"""/track: the door of one claim. What is wrong is never told, and nothing opens another claim."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from freezegun.api import FrozenDateTimeFactory
from sqlmodel import Session, select

from claims.casefile import CaseFile, is_reference
from claims.intake import Claim
from claims.track.model import TrackAsk, TrackTry
from tests.later_makers import another_home
from tests.makers import OWNERS_PHONE, World, a_claim, a_world
from tests.web.checking import Page
from tests.web.tracking import Tracker, track_code

NOBODYS = next(f"2603{number:08d}" for number in range(900_000, 900_100) if is_reference(f"2603{number:08d}"))
WRONG = "报案号或查询码、验证码不对，或者试的次数太多。"


@pytest.fixture
def tracker(app: Flask, frozen: FrozenDateTimeFactory) -> Tracker:
    return Tracker(app)


@pytest.fixture
def world(session: Session) -> World:
    return a_world(session)


@pytest.fixture
def file(world: World, session: Session, frozen: FrozenDateTimeFactory) -> CaseFile:
    """The owner's own report of that Monday morning."""
    made = a_claim(session, world)
    session.commit()
    return made.file


@pytest.mark.both_databases
def test_reference_and_track_code_open_the_claim(tracker: Tracker, session: Session, file: CaseFile) -> None:
    answer = tracker.enters(file.reference, track_code(session, file))

    assert (answer.status_code, answer.location) == (303, f"/track/{file.reference}")
    assert "已经收到您的报案" in tracker.page(file.reference).words


def test_a_code_may_be_typed_in_small_letters_and_a_reference_in_fours(tracker, session, file) -> None:
    fours = " ".join(file.reference[i : i + 4] for i in (0, 4, 8))

    assert tracker.enters(fours, f" {track_code(session, file).lower()} ").status_code == 303


def test_whatever_is_wrong_the_words_are_the_same(tracker: Tracker, session: Session, file: CaseFile) -> None:
    other = f"{int(file.reference) + 1:012d}"
    tries = [
        (file.reference, "AAAAAA"),
        (other, track_code(session, file)),
        (other, "AAAAAA"),
        ("", ""),
        ("x" * 99, "x"),
    ]
    answers = [tracker.enters(*each) for each in tries]

    assert {answer.status_code for answer in answers} == {422}
    assert {Page(answer.text).at("errors").text.strip()[:23] for answer in answers} == {WRONG[:23]}


@pytest.mark.both_databases
def test_after_ten_wrong_codes_the_right_one_waits_for_an_hour(tracker, session, file, frozen) -> None:
    for _ in range(9):
        tracker.enters(file.reference, "AAAAAA")
    assert tracker.enters(file.reference, track_code(session, file)).status_code == 303
    tracker.enters(file.reference, "AAAAAA")
    assert tracker.enters(file.reference, track_code(session, file)).status_code == 422

    frozen.tick(timedelta(hours=1, seconds=1))
    assert tracker.enters(file.reference, track_code(session, file)).status_code == 303


def test_a_stranger_who_fails_ten_times_shuts_nobody_out_who_has_the_phone(tracker, app, session, file) -> None:
    stranger = Tracker(app)
    for _ in range(11):
        stranger.enters(file.reference, "AAAAAA")
    assert tracker.enters(file.reference, track_code(session, file)).status_code == 422

    assert tracker.enters_by_text(file.reference, OWNERS_PHONE).status_code == 303


def test_fifty_wrong_codes_from_one_address_lock_every_claim_for_it(tracker, session, file) -> None:
    for number in range(49):
        tracker.enters(f"{number:012d}", "AAAAAA")

    assert tracker.enters(file.reference, track_code(session, file)).status_code == 303
    tracker.enters("1", "AAAAAA")
    assert tracker.enters(file.reference, track_code(session, file)).status_code == 422


@pytest.mark.both_databases
def test_a_code_by_text_opens_the_claim_once(tracker: Tracker, file: CaseFile) -> None:
    assert tracker.asks(file.reference, "138 0000 0001").location == f"/track/text?claim={file.reference}"
    tracker.worker()
    (text,) = tracker.texts()

    assert tracker.enters(file.reference, text["code"], way="text").status_code == 303
    assert tracker.enters(file.reference, text["code"], way="text").status_code == 422


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_code_by_text_speaks_the_language_of_the_report(tracker, session, file, language) -> None:
    session.get_one(Claim, file.id).language = language
    session.commit()
    tracker.asks(file.reference, "13800000001")
    tracker.worker()

    assert tracker.texts()[-1]["language"] == language


def test_a_code_by_text_is_good_for_ten_minutes(tracker: Tracker, file: CaseFile, frozen) -> None:
    tracker.asks(file.reference, OWNERS_PHONE)
    tracker.worker()
    frozen.tick(timedelta(minutes=10))

    assert tracker.enters(file.reference, tracker.texts()[0]["code"], way="text").status_code == 422


def test_a_code_by_text_is_good_to_the_end_of_ten_minutes(tracker: Tracker, file: CaseFile, frozen) -> None:
    tracker.asks(file.reference, OWNERS_PHONE)
    tracker.worker()
    frozen.tick(timedelta(minutes=9, seconds=59))

    assert tracker.enters(file.reference, tracker.texts()[0]["code"], way="text").status_code == 303


@pytest.mark.parametrize(("wrong", "status"), [(4, 303), (5, 422)])
def test_a_code_by_text_stands_five_tries(tracker: Tracker, file: CaseFile, wrong: int, status: int) -> None:
    tracker.asks(file.reference, OWNERS_PHONE)
    tracker.worker()
    code = tracker.texts()[0]["code"]
    for _ in range(wrong):
        tracker.enters(file.reference, f"{(int(code) + 1) % 10**6:06d}", way="text")

    assert tracker.enters(file.reference, code, way="text").status_code == status


def test_whoever_asks_with_another_phone_gets_the_same_answer_and_no_text(tracker: Tracker, file: CaseFile) -> None:
    mine, other, nobody = (
        tracker.asks(*each)
        for each in ((file.reference, OWNERS_PHONE), (file.reference, "13900000000"), (NOBODYS, OWNERS_PHONE))
    )
    tracker.worker()

    assert mine.status_code == other.status_code == nobody.status_code == 303
    assert tracker.client.get(mine.location).text.count("input") == tracker.client.get(other.location).text.count(
        "input"
    )
    assert len(tracker.texts()) == 1


def test_three_codes_an_hour_go_out_for_one_claim(tracker: Tracker, file: CaseFile, frozen) -> None:
    for _ in range(4):
        tracker.asks(file.reference, OWNERS_PHONE)
        tracker.worker()
    assert len(tracker.texts()) == 3

    frozen.tick(timedelta(hours=1))
    tracker.asks(file.reference, OWNERS_PHONE)
    tracker.worker()
    assert len(tracker.texts()) == 4


def test_the_eleventh_ask_from_one_address_is_not_even_noted(
    tracker: Tracker, session: Session, file: CaseFile
) -> None:
    answers = [tracker.asks(file.reference, "13900000000").status_code for _ in range(11)]

    assert set(answers) == {303}
    assert len(session.exec(select(TrackAsk)).all()) == 10


def test_a_code_is_kept_as_a_hash_and_everything_is_forgotten_after_a_day(tracker, session, file, frozen) -> None:
    tracker.asks(file.reference, OWNERS_PHONE)
    tracker.worker()
    ask = session.exec(select(TrackAsk)).one()
    assert tracker.texts()[0]["code"] not in ask.model_dump_json()
    tracker.enters(file.reference, "AAAAAA")

    frozen.tick(timedelta(days=1, seconds=1))
    tracker.worker()
    session.expire_all()
    assert (session.exec(select(TrackAsk)).all(), session.exec(select(TrackTry)).all()) == ([], [])


def test_an_open_claim_opens_no_other(tracker: Tracker, session: Session, world: World, file: CaseFile) -> None:
    other = a_claim(session, world, home=another_home(session, world).code).file.reference
    session.commit()
    tracker.enters(file.reference, track_code(session, file))

    answer = tracker.client.get(f"/track/{other}")
    assert (answer.status_code, answer.location) == (303, f"/track?claim={other}")


@pytest.mark.parametrize(
    ("later", "status"), [(timedelta(hours=2) - timedelta(seconds=1), 200), (timedelta(hours=2), 303)]
)
def test_a_claim_stays_open_for_two_hours(tracker, session, file, frozen, later, status) -> None:
    tracker.enters(file.reference, track_code(session, file))
    frozen.tick(later)

    assert tracker.client.get(f"/track/{file.reference}").status_code == status


def test_leaving_shuts_it(tracker: Tracker, session: Session, file: CaseFile) -> None:
    tracker.enters(file.reference, track_code(session, file))
    tracker.post("/track/leave")

    assert tracker.client.get(f"/track/{file.reference}").status_code == 303


def test_the_cookie_goes_nowhere_else_and_cant_be_made_up(tracker: Tracker, session: Session, file: CaseFile) -> None:
    answer = tracker.enters(file.reference, track_code(session, file))
    cookie = answer.headers["Set-Cookie"]
    assert "Path=/track" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie

    tracker.client.set_cookie("track", f'["{file.reference}","text","x",9999999999].x', path="/track")
    assert tracker.client.get(f"/track/{file.reference}").status_code == 303


def test_nothing_of_a_claim_is_left_in_a_shared_browser(tracker: Tracker, session: Session, file: CaseFile) -> None:
    tracker.enters(file.reference, track_code(session, file))

    assert tracker.client.get(f"/track/{file.reference}").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("token", ["", "x"])
def test_a_forged_form_opens_nothing(tracker: Tracker, session: Session, file: CaseFile, token: str) -> None:
    sent = {"claim": file.reference, "code": track_code(session, file), "way": "code", "csrf_token": token}

    assert tracker.client.post("/track", data=sent).status_code == 422
