"""The stand-in's lists: newest first, by number, state and date as the provider filters, page by page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time

from config.time import now
from tests.makers import at
from tests.standin import NUMBER
from tests.standin.conftest import PUBLISHED, STRANGER
from tests.standin.listing import DATES, EXACT
from tests.standin.placing import incoming


def test_a_list_comes_newest_first_and_page_by_page_and_what_arrives_meanwhile_shifts_nothing(standin, sdk):
    sent = [standin.take(to=STRANGER, sender=NUMBER, body=str(number))["body"] for number in range(120)]
    pages = sdk.messages.page(page_size=50)
    read = [message.body for message in pages]
    standin.take(to=STRANGER, sender=NUMBER, body="meanwhile")
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
        sid = standin.take(to=STRANGER, sender=NUMBER, body="x")["sid"]
        standin.becomes(sid, "sent")
        standin.take(to=STRANGER, sender=NUMBER, body="still queued there: it has no date of sending")
    bounds = {"date_sent_after": since, "date_sent_before": until}
    asked = {name: at(when).astimezone(UTC) for name, when in bounds.items() if when}  # the SDK writes Z, whatever zone

    assert len(sdk.messages.list(**asked)) == found


@pytest.mark.parametrize(("day", "found"), [("2026-03-02", 0), ("2026-03-03", 1), ("2026-03-04", 0)])
def test_a_day_is_a_day_in_gmt(standin, get, day, found):
    with freeze_time(datetime(2026, 3, 3, 23, 59, tzinfo=UTC)):
        standin.becomes(standin.take(to=STRANGER, sender=NUMBER, body="x")["sid"], "sent")

    assert len(get("/Messages.json", DateSent=day).json()["messages"]) == found


def test_calls_are_found_by_number_state_and_time(standin, sdk):
    call = incoming(standin, STRANGER).hears("<Response><Gather/></Response>")
    incoming(standin, "+8613900000008").hang_up()

    assert [found.sid for found in sdk.calls.list(from_=STRANGER)] == [call.sid]
    assert [found.sid for found in sdk.calls.list(status="in-progress")] == [call.sid]
    assert [found.sid for found in sdk.calls.list(start_time_after=now() - timedelta(hours=1))] == [call.sid]


def test_what_filters_the_provider_has_the_standin_knows(standin, get):
    """A filter that is passed over would find too much: every published one leaves out what it isn't."""
    known = {*EXACT, *(f"{name}{bound}" for name in DATES for bound in ("", "<", ">"))}
    known |= {"PageSize", "Page", "PageToken"}
    never_used = {"ConferenceSid", "IncludeSoftDeleted"}  # no conference here, and nothing is deleted
    assert {name for names in PUBLISHED["filters"].values() for name in names} <= known | never_used
