"""The stand-in answers as the provider describes its own API, and the provider's own SDK reads the answers."""

from __future__ import annotations

import re
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException

from tests.standin import ACCOUNT, NUMBER, TOKEN
from tests.standin.conftest import PATIENCE, PUBLISHED, STRANGER, WHERE
from tests.standin.placing import incoming


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
    text = sdk.messages.create(to=STRANGER, from_=NUMBER, body="您的报案已经登记")
    call = incoming(standin, STRANGER)
    recording = standin.records(call.sid, b"RIFF", 7)

    assert faults(get(f"/Messages/{text.sid}.json").json(), "message") == []
    assert faults(get(f"/Calls/{call.sid}.json").json(), "call") == []
    assert faults(get(f"/Recordings/{recording['sid']}.json").json(), "recording") == []


@pytest.mark.parametrize("state", ["sent", "delivered", "undelivered", "failed"])
def test_and_so_they_are_in_every_later_state(standin, get, state):
    sid = standin.take(to=STRANGER, sender=NUMBER, body="x")["sid"]
    standin.becomes(sid, state, 30005 if state == "undelivered" else None)

    assert faults(get(f"/Messages/{sid}.json").json(), "message") == []


@pytest.mark.parametrize("name", ["Messages", "Calls", "Recordings"])
def test_a_page_of_a_list_is_as_published(standin, get, name):
    call = incoming(standin, STRANGER)
    standin.records(call.sid, b"RIFF", 7)
    standin.take(to=STRANGER, sender=NUMBER, body="x")
    page = get(f"/{name}.json").json()
    (record,) = page.pop(name.lower())

    assert faults(record, name.lower().removesuffix("s")) == []
    assert faults(page, "page") == []


@pytest.mark.parametrize("wanted", [{}, {"To": STRANGER}, {"To": STRANGER, "From": NUMBER}])
def test_a_text_that_lacks_something_is_refused(standin, wanted):
    answer = requests.post(f"{standin.url}{WHERE}/Messages.json", wanted, auth=(ACCOUNT, TOKEN), timeout=PATIENCE)

    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert standin.texts == []


# --- calls changed by REST ----------------------------------------------------------------------------------


def test_a_call_under_way_is_ended(standin, sdk):
    call = incoming(standin, STRANGER).hears("<Response><Gather/></Response>")
    sdk.calls(call.sid).update(status="completed")

    assert call.over


def test_a_call_under_way_is_told_something_else(standin, sdk):
    call = incoming(standin, STRANGER).hears("<Response><Gather/></Response>")
    sdk.calls(call.sid).update(twiml="<Response><Say>稍候</Say><Gather/></Response>")

    assert [said.words for said in call.heard] == ["稍候"]


def test_a_call_that_is_over_can_be_changed_no_more(standin, sdk):
    call = incoming(standin, STRANGER).hang_up()
    with pytest.raises(TwilioRestException) as refused:
        sdk.calls(call.sid).update(status="completed")
    assert refused.value.status == 400


# --- who may ask, and what fails ----------------------------------------------------------------------------


def test_a_wrong_password_is_refused(standin):
    answer = requests.get(f"{standin.url}{WHERE}/Messages.json", auth=(ACCOUNT, "wrong"), timeout=PATIENCE)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


def test_what_does_not_exist_is_not_found(sdk):
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages(f"SM{1:032x}").fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)


@pytest.mark.parametrize(("fault", "status"), [("500", 500), ("429", 429), ("21211", 400)])
def test_a_fault_is_met_once(standin, sdk, fault, status):
    standin.faults = [fault]
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages.create(to=STRANGER, from_=NUMBER, body="x")

    assert refused.value.status == status
    assert sdk.messages.create(to=STRANGER, from_=NUMBER, body="x").status == "queued"


def test_too_many_requests_say_when_to_come_again(standin):
    standin.faults = ["429"]
    answer = requests.post(f"{standin.url}{WHERE}/Messages.json", {}, auth=(ACCOUNT, TOKEN), timeout=PATIENCE)

    assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize(("fault", "taken"), [("dropped", 0), ("lost", 1)])
def test_a_line_is_cut_before_or_after_the_text_was_taken(standin, sdk, fault, taken):
    standin.faults = [fault]
    with pytest.raises(requests.ConnectionError):
        sdk.messages.create(to=STRANGER, from_=NUMBER, body="x")

    assert len(standin.texts) == taken


def test_a_list_fails_on_its_own_account(standin, sdk):
    standin.faults_of_lists = ["500"]
    assert sdk.messages.create(to=STRANGER, from_=NUMBER, body="x").sid
    with pytest.raises(TwilioException):  # not its own TwilioRestException, which would have a status
        sdk.messages.list()
    assert len(sdk.messages.list()) == 1
