"""Warnings on their way into the rooms of the team's work chat, over HTTP on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, request
from sqlmodel import Session, select

from claims import sweeping
from config.settings import Settings
from notifications import outbox
from notifications.channels import channels_for
from notifications.channels.console import Console
from notifications.channels.workchat import WorkChat
from notifications.model import Message
from notifications.outbox import Draft, NotHandedOver, Parcel
from tests.makers import at
from tests.web.driving import served

NOON = at("Mon 2026-03-02 12:00")
SILENCE = {
    "insurer_short": "示例财险", "reference": "#1", "what": "电话", "sent_at": "2026年3月2日11:00",
    "hotline": "021-0000-0000",
}  # fmt: skip


class Rooms:
    """Two rooms behind one address: `/open` takes what is said, `/shut` refuses it."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.app = Flask("rooms")
        self.app.add_url_rule("/open", "open", self._hear, methods=["POST"])
        self.app.add_url_rule("/shut", "shut", lambda: ("", 500), methods=["POST"])

    def _hear(self) -> str:
        self.heard.append(request.get_json()["message"])
        return "ok"


@pytest.fixture
def rooms() -> Rooms:
    return Rooms()


@pytest.fixture
def address(rooms: Rooms) -> Iterator[str]:
    with served(rooms.app) as address:
        yield address.replace("http", "json")


def a_chat(*addresses: str) -> WorkChat:
    return WorkChat(Settings(apprise_urls=" ".join(addresses)))


def a_parcel() -> Parcel:
    return Parcel("lead@*", "【示例财险】现场查勘 <临近>", "", None, NOON, retried=False)


def test_every_room_hears_the_words_as_they_are(rooms, address) -> None:
    a_chat(f"{address}/open", f"{address}/open?x=2").send(a_parcel())

    assert rooms.heard == ["【示例财险】现场查勘 <临近>"] * 2


def test_one_room_that_took_it_is_enough_and_the_deaf_one_is_told_of(rooms, address, caplog) -> None:
    a_chat(f"{address}/shut", f"{address}/open").send(a_parcel())

    assert len(rooms.heard) == 1
    assert "1 of 2 rooms didn't take a message" in caplog.text


def test_where_no_room_takes_it_it_is_tried_again_later(address) -> None:
    with pytest.raises(NotHandedOver, match="no room took it") as refusal:
        a_chat(f"{address}/shut").send(a_parcel())

    assert not refusal.value.final


def test_an_address_that_nobody_can_read_stops_the_start_and_is_not_repeated() -> None:
    with pytest.raises(ValueError, match="address 2") as refusal:
        a_chat("json://127.0.0.1/room", "wecom-typo://a-secret-key")

    assert "a-secret-key" not in str(refusal.value)


@pytest.mark.parametrize(("urls", "way"), [("", Console), ("  ", Console), ("json://127.0.0.1/room", WorkChat)])
def test_without_an_address_the_team_is_told_on_the_workers_output(urls: str, way: type) -> None:
    assert isinstance(channels_for(Settings(apprise_urls=urls))["team"], way)


def test_a_warning_goes_from_the_outbox_into_the_room_once(app: Flask, session: Session, rooms, address) -> None:
    outbox.queue(session, [Draft("rung:1:day:1", "probe:1", "hotline_silent", "team", "manager@*", SILENCE)], NOON)
    session.commit()
    database = app.extensions["database"]

    for _ in range(2):
        outbox.deliver(database, NOON, {"team": a_chat(f"{address}/open")}, ways=outbox.TO_THE_TEAM)

    told = session.exec(select(Message)).one()
    assert (told.state, told.channel) == ("handed over", "workchat")
    assert [words for words in rooms.heard if "热线" in words] == rooms.heard and len(rooms.heard) == 1


def test_a_chat_that_hangs_keeps_no_homeowners_text_waiting(app: Flask, session: Session) -> None:
    outbox.queue(session, [Draft("a", "probe:1", "hotline_silent", "team", "manager@*", SILENCE)], NOON)
    session.commit()
    database = app.extensions["database"]

    assert (sweeping.deliver_messages(database, NOON), sweeping.deliver_to_the_team(database, NOON)) == (0, 1)
