"""The provider's memory: what was sent, called and recorded, and what is to go wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from config.time import now
from tests.standin.records import Record, a_message, a_recording
from tests.standin.webhooks import Webhooks

if TYPE_CHECKING:
    from tests.standin.call import Call

ACCOUNT, TOKEN = "AC00000000000000000000000000000000", "a token for tests and for nothing else"
NUMBER = "+862100000000"


class Standin:
    """`faults`: what the next posts and fetched sounds meet, first to last; `faults_of_lists`: the same for lists.

    `500`, `429` and `21211` are refusals. `deaf` hangs and doesn't even take it, `silent` takes it and hangs; `dropped`
    and `lost` are the same two, but the connection is cut at once. `slow` takes its time, and answers. `down` refuses
    whatever comes. `by_itself`: texts go from queued to delivered, callbacks go out, and whoever doesn't answer
    in time is rung no longer, without being told to.
    """

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.messages: list[Record] = []
        self.calls: list[Record] = []
        self.recordings: list[Record] = []
        self.sounds: dict[str, tuple[str, bytes]] = {}  # SID → kind and sound, once it is ready
        self.callback_of: dict[str, str] = {}  # SID of a text or call → where its states are told
        self.lines: dict[str, Call] = {}  # SID → a call with somebody on the line
        self.fetched: list[str] = []
        self.faults: list[str] = []
        self.faults_of_lists: list[str] = []
        self.down = False
        self.by_itself = False
        self.slowness = 0.3
        self.pace = 0.0  # how much of a pause is waited for: nothing, or 1.0 for all of it
        self.posts = 0
        self.let_go = threading.Event()  # what hangs, hangs until the server ends
        self.webhooks = Webhooks(self)
        self.open = threading.Event()
        self.open.set()
        self._under_way: list[threading.Thread] = []
        self.one_at_a_time = threading.RLock()

    @property
    def texts(self) -> list[Record]:
        """What we were asked to send by REST, oldest first."""
        return [message for message in self.messages if message["direction"] == "outbound-api"]

    def take(self, *, to: str, sender: str, body: str, callback: str = "", direction: str = "outbound-api") -> Record:
        """Keep a text as queued."""
        with self.one_at_a_time:
            text = a_message(ACCOUNT, to=to, sender=sender, body=body, direction=direction, status="queued", at=now())
            self.messages.append(text)
            self.callback_of[text["sid"]] = callback
            return text

    def arrives(self, sender: str, body: str, to: str = NUMBER) -> Record:
        """Somebody texts our number; what we answer at once is sent back."""
        with self.one_at_a_time:
            text = a_message(ACCOUNT, to=to, sender=sender, body=body, direction="inbound", status="received", at=now())
            self.messages.append(text)
        for words in self.webhooks.brings(text):
            self.take(to=sender, sender=to, body=words, direction="outbound-reply")
        return text

    def becomes(self, sid: str, status: str, error: int | None = None) -> Record:
        """A text's next state, told to whoever asked for it."""
        with self.one_at_a_time:
            text = self.message(sid)
            text["status"], text["date_updated"], text["error_code"] = status, now(), error
            if status not in ("queued", "sending", "failed", "canceled"):
                text["date_sent"] = text["date_sent"] or now()
        self.webhooks.tells_of(text, self.callback_of.get(sid, ""))
        if (text["to"], text["direction"], status) == (NUMBER, "outbound-api", "sent"):
            self.arrives(text["from"], text["body"])  # we have texted ourselves
        return text

    def records(self, call: str, sound: bytes, seconds: int, kind: str = "audio/x-wav") -> Record:
        with self.one_at_a_time:
            recording = a_recording(ACCOUNT, call=call, seconds=seconds, at=now())
            self.recordings.append(recording)
            self.sounds[recording["sid"]] = kind, sound
            return recording

    def soon(self, act: Callable[[], object]) -> None:
        """Do it beside the request that asked for it, once the line is `open`; `settles` waits for the end."""
        thread = threading.Thread(target=lambda: self.open.wait() and act(), daemon=True)
        self._under_way.append(thread)
        thread.start()

    def settles(self) -> None:
        while self._under_way:
            self._under_way.pop().join(300)

    def message(self, sid: str) -> Record:
        """Raises KeyError."""
        return _named(self.messages, sid)

    def call(self, sid: str) -> Record:
        """Raises KeyError."""
        return _named(self.calls, sid)

    def recording(self, sid: str) -> Record:
        """Raises KeyError."""
        return _named(self.recordings, sid)

    def meets(self, faults: list[str]) -> str | None:
        """The fault that this request meets, if any is left."""
        with self.one_at_a_time:
            return faults.pop(0) if faults else None


def _named(kept: list[Record], sid: str) -> Record:
    for record in kept:
        if record["sid"] == sid:
            return record
    raise KeyError(sid)
