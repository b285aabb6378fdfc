"""The stand-in answers as the provider describes its own API, and the provider's own SDK reads the answers."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import requests
from freezegun import freeze_time
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from config.time import now
from tests.makers import at
from tests.standin import ACCOUNT, NUMBER, TOKEN, a_standin
from tests.standin.placing import incoming

PUBLISHED = tomllib.loads(Path(__file__).with_name("published.toml").read_text(encoding="utf-8"))
SOMEBODY = "+8613900000009"
WHERE = f"/2010-04-01/Accounts/{ACCOUNT}"


@pytest.fixture
def standin():
    with a_standin() as standin:
        yield standin


@pytest.fixture
def sdk(standin):
    client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=5, max_retries=0))
    client.api.base_url = standin.url
    yield client
    client.http_client.session.close()


@pytest.fixture
def get(standin):
    def get(path: str, **asked: str) -> requests.Response:
        return requests.get(f"{standin.url}{WHERE}{path}", asked, auth=(ACCOUNT, TOKEN), timeout=5)

    return get


def in_gmt(date: str) -> bool:
    return parsedate_to_datetime(date).utcoffset() == timedelta()


def faults(record: dict, kind: str) -> list[str]:
    """What of one record isn't as published."""
    said = PUBLISHED[kind]
    kinds = {"strings": str, "dates": str, "integers": int, "objects": dict}
    of = {name: told for told, python in kinds.items() for name in said.get(told, ())}
    found = [f"{name} is another field" for name in record.keys() ^ of.keys()]
    for name, value in record.items():
        if value is None:
            found += [f"{name} is null"] if name not in said.get("null", record) else []
        elif not isinstance(value, kinds[of[name]]) or (of[name] == "dates" and not in_gmt(value)):
            found.append(f"{name} is {value!r}")
    wrong = [
        name for name, form in said.get("patterns", {}).items() if record[name] and not re.match(form, record[name])
    ]
    return found + wrong + [name for name, words in said.get("one_of", {}).items() if record[name] not in words]


# --- as published -------------------------------------------------------------------------------------------


def test_a_text_a_call_and_a_recording_are_as_published(standin, sdk, get):
    text = sdk.messages.create(to=SOMEBODY, from_=NUMBER, body="您的报案已经登记")
    call = incoming(standin, SOMEBODY)
    recording = standin.records(call.sid, b"RIFF", 7)

    assert faults(get(f"/Messages/{text.sid}.json").json(), "message") == []
    assert faults(get(f"/Calls/{call.sid}.json").json(), "call") == []
    assert faults(get(f"/Recordings/{recording['sid']}.json").json(), "recording") == []


@pytest.mark.parametrize("state", ["sent", "delivered", "undelivered", "failed"])
def test_and_so_they_are_in_every_later_state(standin, get, state):
    sid = standin.take(to=SOMEBODY, sender=NUMBER, body="x")["sid"]
    standin.becomes(sid, state, 30005 if state == "undelivered" else None)

    assert faults(get(f"/Messages/{sid}.json").json(), "message") == []


@pytest.mark.parametrize("name", ["Messages", "Calls", "Recordings"])
def test_a_page_of_a_list_is_as_published(standin, get, name):
    call = incoming(standin, SOMEBODY)
    standin.records(call.sid, b"RIFF", 7)
    standin.take(to=SOMEBODY, sender=NUMBER, body="x")
    page = get(f"/{name}.json").json()
    (record,) = page.pop(name.lower())

    assert faults(record, name.lower().removesuffix("s")) == []
    assert faults(page, "page") == []


@pytest.mark.parametrize("wanted", [{}, {"To": SOMEBODY}, {"To": SOMEBODY, "From": NUMBER}])
def test_a_text_that_lacks_something_is_refused(standin, wanted):
    answer = requests.post(f"{standin.url}{WHERE}/Messages.json", wanted, auth=(ACCOUNT, TOKEN), timeout=5)

    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert standin.texts == []


# --- lists --------------------------------------------------------------------------------------------------


def test_a_list_comes_newest_first_and_page_by_page_and_what_arrives_meanwhile_shifts_nothing(standin, sdk):
    sent = [standin.take(to=SOMEBODY, sender=NUMBER, body=str(number))["body"] for number in range(120)]
    pages = sdk.messages.page(page_size=50)
    read = [message.body for message in pages]
    standin.take(to=SOMEBODY, sender=NUMBER, body="meanwhile")
    while (pages := pages.next_page()) is not None:
        read += [message.body for message in pages]

    assert read == sent[::-1]


@pytest.mark.parametrize(("since", "until", "found"), [
    ("Mon 2026-03-02 10:00", None,                   1),   # the second itself belongs to it
    ("Mon 2026-03-02 10:01", None,                   0),
    (None,                   "Mon 2026-03-02 10:00", 1),
    (None,                   "Mon 2026-03-02 09:59", 0),
])  # fmt: skip
def test_texts_are_found_by_when_they_were_sent(standin, sdk, since, until, found):
    with freeze_time(at("Mon 2026-03-02 10:00")):
        sid = standin.take(to=SOMEBODY, sender=NUMBER, body="x")["sid"]
        standin.becomes(sid, "sent")
        standin.take(to=SOMEBODY, sender=NUMBER, body="still queued there: it has no date of sending")
    bounds = {"date_sent_after": since, "date_sent_before": until}
    asked = {name: at(when).astimezone(UTC) for name, when in bounds.items() if when}  # the SDK writes Z, whatever zone

    assert len(sdk.messages.list(**asked)) == found


@pytest.mark.parametrize(("day", "found"), [("2026-03-02", 0), ("2026-03-03", 1), ("2026-03-04", 0)])
def test_a_day_is_a_day_in_gmt(standin, get, day, found):
    with freeze_time(datetime(2026, 3, 3, 23, 59, tzinfo=UTC)):
        standin.becomes(standin.take(to=SOMEBODY, sender=NUMBER, body="x")["sid"], "sent")

    assert len(get("/Messages.json", DateSent=day).json()["messages"]) == found


def test_calls_are_found_by_number_state_and_time(standin, sdk):
    call = incoming(standin, SOMEBODY).hears("<Response><Gather/></Response>")
    incoming(standin, "+8613900000008").hang_up()

    assert [found.sid for found in sdk.calls.list(from_=SOMEBODY)] == [call.sid]
    assert [found.sid for found in sdk.calls.list(status="in-progress")] == [call.sid]
    assert [found.sid for found in sdk.calls.list(start_time_after=now() - timedelta(hours=1))] == [call.sid]


def test_what_filters_the_provider_has_the_standin_knows(standin, get):
    """A filter that is passed over would find too much: every published one leaves out what it isn't."""
    from tests.standin.listing import DATES, EXACT

    known = {*EXACT, *(f"{name}{bound}" for name in DATES for bound in ("", "<", ">"))}
    known |= {"PageSize", "Page", "PageToken"}
    never_used = {"ConferenceSid", "IncludeSoftDeleted"}  # no conference here, and nothing is deleted
    assert {name for names in PUBLISHED["filters"].values() for name in names} <= known | never_used


# --- calls changed by REST ----------------------------------------------------------------------------------


def test_a_call_under_way_is_ended(standin, sdk):
    call = incoming(standin, SOMEBODY).hears("<Response><Gather/></Response>")
    sdk.calls(call.sid).update(status="completed")

    assert call.over


def test_a_call_under_way_is_told_something_else(standin, sdk):
    call = incoming(standin, SOMEBODY).hears("<Response><Gather/></Response>")
    sdk.calls(call.sid).update(twiml="<Response><Say>稍候</Say><Gather/></Response>")

    assert [said.words for said in call.heard] == ["稍候"]


def test_a_call_that_is_over_can_be_changed_no_more(standin, sdk):
    call = incoming(standin, SOMEBODY).hang_up()
    with pytest.raises(TwilioRestException) as refused:
        sdk.calls(call.sid).update(status="completed")
    assert refused.value.status == 400


# --- who may ask, and what fails ----------------------------------------------------------------------------


def test_a_wrong_password_is_refused(standin):
    answer = requests.get(f"{standin.url}{WHERE}/Messages.json", auth=(ACCOUNT, "wrong"), timeout=5)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


def test_what_does_not_exist_is_not_found(sdk):
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages(f"SM{1:032x}").fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)


@pytest.mark.parametrize(("fault", "status"), [("500", 500), ("429", 429), ("21211", 400)])
def test_a_fault_is_met_once(standin, sdk, fault, status):
    standin.faults = [fault]
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages.create(to=SOMEBODY, from_=NUMBER, body="x")

    assert refused.value.status == status
    assert sdk.messages.create(to=SOMEBODY, from_=NUMBER, body="x").status == "queued"


def test_too_many_requests_say_when_to_come_again(standin):
    standin.faults = ["429"]
    answer = requests.post(f"{standin.url}{WHERE}/Messages.json", {}, auth=(ACCOUNT, TOKEN), timeout=5)

    assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize(("fault", "taken"), [("dropped", 0), ("lost", 1)])
def test_a_line_is_cut_before_or_after_the_text_was_taken(standin, sdk, fault, taken):
    standin.faults = [fault]
    with pytest.raises(requests.ConnectionError):
        sdk.messages.create(to=SOMEBODY, from_=NUMBER, body="x")

    assert len(standin.texts) == taken


def test_a_list_fails_on_its_own_account(standin, sdk):
    standin.faults_of_lists = ["500"]
    assert sdk.messages.create(to=SOMEBODY, from_=NUMBER, body="x").sid
    with pytest.raises(TwilioException):  # not its own TwilioRestException, which would have a status
        sdk.messages.list()
    assert len(sdk.messages.list()) == 1
