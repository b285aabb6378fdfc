"""往来 on a claim's page: every text, call and word from /track, ours and theirs, in the order of time."""

import json
from urllib.parse import urlencode

import pytest
from sqlmodel import select

from claims.access import Reveal, take_part
from claims.attachments import keep
from claims.casefile import Stage
from claims.intake.call.model import PhoneCall, Recording
from claims.sweeping import read_arrivals
from config.time import now
from notifications import inbox
from notifications.model import Message
from notifications.outbox import Draft, queue
from tests.claims.desk.conftest import Colleague
from tests.claims.intake.calling import Telephone
from tests.faults.town import Town
from tests.makers import OWNERS_PHONE, PHOTO, Made
from tests.web.checking import Element, Page
from tests.web.signed_in import asked

WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\0" * 32


@pytest.fixture
def made(town: Town) -> Made:
    return town.claim(Stage.SURVEYED)


def page_of(colleague: Colleague, made: Made) -> Page:
    return colleague.page(f"/desk/{made.file.reference}")


def said(page: Page) -> list[str]:
    return [" ".join(e.text.split()) for e in page.all("li") if e.attrs.get("class", "").startswith("said")]


def types(town: Town, made: Made, words: str) -> None:
    """What /track does with words, and the worker after it."""
    with town.database.session() as session:
        body = urlencode({"claim": made.file.reference, "Body": words}).encode()
        inbox.store(
            session, provider="web", provider_id=words[:60], kind="words", attempt=0, body=body, headers={},
            signed=True, at=now(),
        )  # fmt: skip
        session.commit()
    read_arrivals(town.database, now())


def a_call(town: Town) -> str:
    """A stranger calls, presses 9 and leaves a message; answers the reference of the claim."""
    Telephone(town.app).rings().presses("9")
    with town.database.session() as session:
        call = session.exec(select(PhoneCall)).one()
        kept = keep(session, WAV, name="RE1.wav", uploaded_by=None, at=now(), file_id=call.file_id)
        row = {"sid": "RE1", "call_id": call.id, "url": "x", "seconds": 7, "state": "kept", "next_try_at": now()}
        session.add(Recording(**row, attachment_id=kept.id))
        session.commit()
    return next(file.reference for file in town.files() if file.id == call.file_id)


def test_a_claim_of_which_nobody_has_said_anything_has_no_conversation(town: Town, adjuster: Colleague) -> None:
    made = town.claim(Stage.REPORTED, phone="", name="")

    assert not said(page_of(adjuster, made))


def test_texts_words_and_our_own_messages_stand_in_the_order_of_time(
    town: Town, adjuster: Colleague, made: Made
) -> None:
    before = len(said(page_of(adjuster, made)))
    town.texts("什么时候来？", sid="SM1", phone=OWNERS_PHONE)
    adjuster.sends(f"/desk/{made.file.reference}/contacts", reached="true", note="说好周三上午")
    types(town, made, "周三可以")

    lines = [line for line in said(page_of(adjuster, made))[before:] if "已记入" not in line]  # our receipt of the text

    assert ["什么时候来？" in lines[0], "说好周三上午" in lines[1], "周三可以" in lines[2]] == [True] * 3
    assert ["短信" in lines[0], "本公司" in lines[1], "网页" in lines[2]] == [True] * 3


@pytest.mark.parametrize(
    ("state", "words"), [("queued", "待发"), ("delivered", "已送达"), ("failed", "没有送到"), ("returned", "被退回")]
)
def test_a_message_says_how_far_it_got(town: Town, adjuster: Colleague, made: Made, state: str, words: str) -> None:
    with town.database.session() as session:
        for message in session.exec(select(Message).where(Message.message == "survey_booked")):
            message.state = state
        session.commit()

    assert words in next(line for line in said(page_of(adjuster, made)) if "查勘约定" in line)


def test_what_opens_the_homeowners_own_page_is_shown_to_nobody(town: Town, adjuster: Colleague, made: Made) -> None:
    with town.database.session(reading=True) as session:
        sent = session.exec(select(Message).where(Message.message == "report_received")).one()
        code = json.loads(session.info["sealer"].open(sent.content_sealed))["track_code"]

    page = page_of(adjuster, made)

    assert any("已收到您的报案" in line for line in said(page))
    assert code not in page.words


def test_warnings_to_the_team_are_no_conversation(town: Town, adjuster: Colleague, made: Made) -> None:
    before = said(page_of(adjuster, made))
    with town.database.session() as session:
        queue(session, [Draft("k", f"claim:{made.claim.id}", "rung", "team", "adjuster@*", {})], now())
        session.commit()

    assert said(page_of(adjuster, made)) == before


def test_who_may_not_read_names_sees_that_something_was_said_and_not_what(town: Town, made: Made) -> None:
    town.texts("我叫王小明", sid="SM1", phone=OWNERS_PHONE)

    page = page_of(Colleague(town, town.another("manager", 1)), made)

    assert "我叫王小明" not in page.words
    assert "说了什么，只给经办、查勘和主管看。" in page.words


def test_each_reading_of_what_was_said_leaves_a_line_in_the_log(town: Town, adjuster: Colleague, made: Made) -> None:
    town.texts("什么时候来？", sid="SM1", phone=OWNERS_PHONE)
    page_of(adjuster, made)

    assert town.count(Reveal, file_id=made.claim.id, fields="texts and calls") == 1


def test_somebody_outside_the_house_sees_none_of_it(town: Town, made: Made) -> None:
    appraiser = town.another("appraiser", 1)
    with town.database.session() as session:
        take_part(session, file_id=made.claim.id, person_id=appraiser.id or 0, role="appraiser", at=now())
        session.commit()
    town.texts("什么时候来？", sid="SM1", phone=OWNERS_PHONE)

    page = page_of(Colleague(town, appraiser), made)

    assert not said(page)
    assert "什么时候来" not in page.words


def test_a_call_tells_what_was_pressed_and_is_played_there(town: Town, adjuster: Colleague) -> None:
    reference = a_call(town)

    page = adjuster.page(f"/desk/{reference}")

    assert any("按9：有人身危险" in line for line in said(page))
    [player] = page.all("audio")
    played = adjuster.client.get(player.attrs["src"])
    assert (played.status_code, played.mimetype, played.data) == (200, "audio/wav", WAV)


def test_a_recording_is_handed_over_in_pieces(town: Town, adjuster: Colleague) -> None:
    [player] = adjuster.page(f"/desk/{a_call(town)}").all("audio")

    piece = adjuster.client.get(player.attrs["src"], headers={"Range": "bytes=0-3"})

    assert (piece.status_code, piece.data) == (206, b"RIFF")


def test_only_sound_is_played(town: Town, adjuster: Colleague, made: Made) -> None:
    with town.database.session() as session:
        token = keep(session, PHOTO, name="x.jpg", uploaded_by=None, at=now(), file_id=made.claim.id).token
        session.commit()

    assert adjuster.client.get(f"/desk/{made.file.reference}/recordings/{token}").status_code == 404


def pictures_in(page: Page, label: str) -> list[Element]:
    return [e for e in page.all("img") if any(up.attrs.get("aria-labelledby") == label for up in e.above)]


def test_the_photos_of_the_report_stand_open_beside_its_words(town: Town, adjuster: Colleague) -> None:
    with town.database.session() as session:
        token = keep(session, PHOTO, name="天花板.jpg", uploaded_by=None, at=now()).token
        session.commit()
    made = town.claim(Stage.REPORTED, reported_at=now(), photos=(token,))

    [photo] = pictures_in(page_of(adjuster, made), "of-told")

    assert photo.attrs["alt"] == "天花板.jpg"
    assert not [up for up in photo.above if up.tag == "details"]


def test_photos_that_come_later_stand_in_the_conversation(town: Town, adjuster: Colleague, made: Made) -> None:
    with town.database.session() as session:
        keep(session, PHOTO, name="又漏了.jpg", uploaded_by=None, at=now(), file_id=made.claim.id)
        session.commit()

    page = page_of(adjuster, made)

    assert [e.attrs["alt"] for e in pictures_in(page, "of-talk")] == ["又漏了.jpg"]
    assert not pictures_in(page, "of-told")


def test_a_photo_of_ours_is_no_word_of_the_homeowner(town: Town, adjuster: Colleague, made: Made) -> None:
    with town.database.session() as session:
        ours = town.world.surveyor.id
        keep(session, PHOTO, name="查勘.jpg", uploaded_by=ours, at=now(), file_id=made.claim.id)
        session.commit()

    assert not pictures_in(page_of(adjuster, made), "of-talk")


def test_old_lines_fold_away_and_none_is_lost(town: Town, adjuster: Colleague, made: Made) -> None:
    for number in range(12):
        town.texts(f"第{number}条", sid=f"SM{number}", phone=OWNERS_PHONE)

    page = page_of(adjuster, made)

    open_ones = [
        e for e in page.all("li") if e.attrs.get("class") == "said" and "details" not in {u.tag for u in e.above}
    ]
    assert all(f"第{number}条" in page.words for number in range(12))
    assert len(open_ones) == 8


@pytest.mark.both_databases
def test_a_longer_conversation_costs_no_more_questions(town: Town, adjuster: Colleague, made: Made) -> None:
    counts = []
    for number in range(1, 7):
        town.texts(f"第{number}条", sid=f"SM{number}", phone=OWNERS_PHONE)
        if number in (1, 6):
            page_of(adjuster, made)
            with asked(town.app) as questions:
                page_of(adjuster, made)
            counts.append(len(questions))

    assert counts[0] == counts[1]
