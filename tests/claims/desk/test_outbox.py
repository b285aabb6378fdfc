"""`/desk/outbox`: what leaves the house, how far it got, and one more try for what didn't get through."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import select

from claims.casefile import Stage
from claims.casefile.model import NEVER
from claims.letters import Letter
from claims.sweeping import issue_letters
from config.time import now
from notifications.model import Message
from notifications.outbox import Draft, Parcel, deliver, queue
from tests.claims.desk.conftest import Colleague
from tests.claims.desk.test_every_page import SIGNED_IN
from tests.claims.desk.test_homes import somebody
from tests.faults.town import Town
from tests.makers import Made
from tests.web.checking import Page
from tests.web.signed_in import asked

pytestmark = pytest.mark.both_databases


class Gateway:
    """Takes every text."""

    name = "sms"

    def __init__(self) -> None:
        self.taken: list[str] = []

    def send(self, parcel: Parcel) -> str:
        self.taken.append(parcel.text)
        return f"SM{len(self.taken)}"


@pytest.fixture
def made(town: Town) -> Made:
    return town.claim(Stage.REPORTED)


def the_message(town: Town) -> Message:
    [message] = town.rows(Message, message="report_received")
    return message


def put(town: Town, state: str) -> int:
    """The one text of the claim in this state, not to be tried by itself for an hour."""
    with town.database.session() as session:
        message = session.exec(select(Message).where(Message.message == "report_received")).one()
        message.state, message.error, message.next_try_at = state, "30003", now() + timedelta(hours=1)
        session.commit()
        return message.id or 0


def presses(colleague: Colleague, what: str) -> tuple[int, str]:
    """The button 再试 of a message or a letter; the status, and what the page says afterwards."""
    token = colleague.page("/desk/outbox").all("input", name="csrf_token")[0].attrs["value"]
    answer = colleague.client.post(f"/desk/outbox/{what}", data={"csrf_token": token})
    return answer.status_code, colleague.page("/desk/outbox").words if answer.status_code == 303 else ""


def buttons(page: Page) -> Sequence[str]:
    return [form.attrs["action"] for form in page.all("form") if "/desk/outbox/" in form.attrs["action"]]


def test_with_nothing_sent_the_page_says_so(adjuster: Colleague) -> None:
    words = adjuster.page("/desk/outbox").words

    assert "没有这样的消息。" in words
    assert "函件都已发出。" in words


def test_whom_it_goes_to_is_masked(adjuster: Colleague, made: Made) -> None:
    words = adjuster.page("/desk/outbox").words

    assert "13800000001" not in words
    assert "0001" in words


@pytest.mark.parametrize(("recipient", "chinese", "english"), [
    ("lead@浦东新区", "理赔主管 浦东新区", "Leads 浦东新区"),
    ("manager@*", "部门经理", "Managers"),
    ("adjuster@insurer.example", "adjuster@insurer.example", "adjuster@insurer.example"),  # a person of that name
])  # fmt: skip
def test_a_team_is_named_in_the_readers_language_and_a_colleague_by_their_address(
    town: Town, adjuster: Colleague, recipient: str, chinese: str, english: str
) -> None:
    with town.database.session() as session:
        queue(session, [Draft("r", "project:0", "rung", "team", recipient, {})], now())
        session.commit()
    told = {
        language: adjuster.page(f"/desk/outbox?lang={language}").all("td")[3].text.strip() for language in ("zh", "en")
    }

    assert told == {"zh": chinese, "en": english}


@pytest.mark.parametrize(("state", "asked"), [
    ("failed", "lost"), ("returned", "lost"), ("queued", "waiting"), ("sending", "waiting"),
    ("handed over", "out"), ("delivered", "delivered"),
])  # fmt: skip
def test_each_filter_shows_its_own_states_and_no_others(
    town: Town, adjuster: Colleague, made: Made, state: str, asked: str
) -> None:
    put(town, state)
    names = ("lost", "waiting", "out", "delivered")
    words = {name: adjuster.page(f"/desk/outbox?state={name}").words.split("还没发出")[0] for name in names}
    shown = {name: made.file.reference in words[name] for name in names}

    assert shown == dict.fromkeys(shown, False) | {asked: True}


@pytest.mark.parametrize(("state", "stands_first"), [("failed", True), ("returned", True), ("handed over", False)])
def test_what_needs_a_person_stands_first_and_only_there(
    town: Town, adjuster: Colleague, made: Made, state: str, stands_first: bool
) -> None:
    put(town, state)
    with town.database.session() as session:
        session.exec(select(Letter)).one().state = "dispatched"
        session.commit()

    words = adjuster.page("/desk/outbox").words

    assert words.count(made.file.reference) == 1
    assert (made.file.reference in words.partition("还没发出的函件")[0]) is stands_first


def test_a_letter_that_is_set_aside_lies_under_a_fold_and_hides_none_that_waits(
    town: Town, adjuster: Colleague, made: Made
) -> None:
    later = town.claim(Stage.REPORTED)
    with town.database.session() as session:
        aside = session.exec(select(Letter).where(Letter.claim_id == made.file.id)).one()
        aside.next_try_at = NEVER
        session.commit()

    page = adjuster.page("/desk/outbox")
    [fold] = page.all("details")

    assert "搁置的函件1封" in fold.text and made.file.reference in fold.text
    assert later.file.reference in page.words.partition("搁置的函件")[0]


@pytest.mark.parametrize("strange", ["state=gone", "before=-1", "before=x", f"before={'9' * 30}"])
def test_a_mangled_link_still_shows_the_outbox(adjuster: Colleague, made: Made, strange: str) -> None:
    assert made.file.reference in adjuster.page(f"/desk/outbox?{strange}").words


def test_page_by_page_every_message_is_met_once(town: Town, adjuster: Colleague) -> None:
    with town.database.session() as session:
        queue(session, [Draft(f"k{n}", f"about:{n}", "rung", "team", f"no. {n:03d}@*", {}) for n in range(60)], now())
        session.commit()
    first = adjuster.page("/desk/outbox")
    [onward] = [link for link in first.all("a") if link.attrs.get("rel") == "next"]
    second = adjuster.page(onward.attrs["href"])

    met = [f"no. {n:03d}" for n in range(60) if (f"no. {n:03d}" in first.words) + (f"no. {n:03d}" in second.words) == 1]
    assert len(met) == 60


@pytest.mark.parametrize("state", ["failed", "returned", "queued"])
def test_what_didnt_get_through_is_sent_at_the_next_look(
    town: Town, adjuster: Colleague, made: Made, state: str
) -> None:
    number, gateway = put(town, state), Gateway()

    status, words = presses(adjuster, f"messages/{number}")
    deliver(town.database, now(), {"sms": gateway})

    assert (status, len(gateway.taken), the_message(town).state) == (303, 1, "handed over")
    assert "已重新排队" in words


def test_somebody_who_presses_twice_sends_once(town: Town, adjuster: Colleague, made: Made) -> None:
    number, gateway = put(town, "failed"), Gateway()

    for _ in range(2):
        presses(adjuster, f"messages/{number}")
    for _ in range(2):
        deliver(town.database, now(), {"sms": gateway})

    assert len(gateway.taken) == 1


@pytest.mark.parametrize("state", ["sending", "handed over", "delivered"])
def test_what_is_on_its_way_or_there_is_left_alone(town: Town, adjuster: Colleague, made: Made, state: str) -> None:
    number, before = put(town, state), the_message(town)

    status, words = presses(adjuster, f"messages/{number}")

    assert (status, the_message(town).state, the_message(town).next_try_at) == (303, state, before.next_try_at)
    assert "不用再试" in words
    assert f"/desk/outbox/messages/{number}" not in buttons(adjuster.page("/desk/outbox"))


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_who_only_reads_the_outbox_finds_no_button_and_sends_nothing(town: Town, made: Made, role: str) -> None:
    number, reader = put(town, "failed"), somebody(town, role)

    assert not buttons(reader.page("/desk/outbox"))
    token = reader.page("/staff/password").all("input", name="csrf_token")[0].attrs["value"]
    assert reader.client.post(f"/desk/outbox/messages/{number}", data={"csrf_token": token}).status_code == 403
    assert the_message(town).state == "failed"


def test_a_message_of_a_claim_out_of_sight_is_not_there(town: Town, made: Made) -> None:
    number, stranger = put(town, "failed"), somebody(town, "adjuster", "黄浦区")

    assert made.file.reference not in stranger.page("/desk/outbox").words
    token = stranger.page("/staff/password").all("input", name="csrf_token")[0].attrs["value"]
    assert stranger.client.post(f"/desk/outbox/messages/{number}", data={"csrf_token": token}).status_code == 404
    assert the_message(town).state == "failed"


@pytest.mark.parametrize("what", ["messages/4711", "letters/4711"])
def test_what_doesnt_exist_cant_be_tried(adjuster: Colleague, made: Made, what: str) -> None:
    assert presses(adjuster, what)[0] == 404


def the_letter(town: Town) -> Letter:
    [letter] = town.rows(Letter)
    return letter


def test_a_letter_that_couldnt_be_made_is_tried_at_the_next_look(town: Town, adjuster: Colleague, made: Made) -> None:
    with town.database.session() as session:
        session.exec(select(Letter)).one().next_try_at = now() + timedelta(hours=1)
        session.commit()
    issue_letters(town.database, now())
    assert the_letter(town).state == "drafted", "its time hasn't come"

    status, words = presses(adjuster, f"letters/{the_letter(town).id}")
    issue_letters(town.database, now())

    assert (status, the_letter(town).state) == (303, "issued")
    assert "已重新排队" in words


def test_a_letter_that_is_made_is_made_once(town: Town, adjuster: Colleague, made: Made) -> None:
    issue_letters(town.database, now())
    before = the_letter(town)

    _, words = presses(adjuster, f"letters/{before.id}")
    issue_letters(town.database, now())

    assert (the_letter(town).state, the_letter(town).issued_at) == ("issued", before.issued_at)
    assert "不用再试" in words


@pytest.mark.parametrize("query", ["", "?state=waiting", "?state=lost"])
def test_it_asks_six_questions_at_most_however_much_is_in_it(
    town: Town, adjuster: Colleague, made: Made, query: str
) -> None:
    """Texts lost and waiting, letters that wait and that were set aside, of one claim and of four."""
    counts = []
    for more in (0, 3):
        for _ in range(more):
            town.claim(Stage.DENIED)
        put_all(town)
        with asked(town.app) as questions:
            adjuster.page(f"/desk/outbox{query}")
        counts.append(len(questions))

    assert counts[0] == counts[1] <= 6 + SIGNED_IN, questions


def put_all(town: Town) -> None:
    """Every other text lost, every other letter set aside."""
    with town.database.session() as session:
        for message in session.exec(select(Message)):
            message.state = "failed" if (message.id or 0) % 2 else "queued"
        for letter in session.exec(select(Letter)):
            letter.next_try_at = NEVER if (letter.id or 0) % 2 else letter.next_try_at
        session.commit()
