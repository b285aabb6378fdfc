"""A tiny Twilio on 127.0.0.1: takes texts, keeps them, tells its log, and fails on demand.

Only what we use of the 2010-04-01 API: `POST` and `GET …/Messages.json`, `GET …/Recordings/SID.wav`, with basic
authentication.
"""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from config.time import now

ACCOUNT, TOKEN = "AC00000000000000000000000000000000", "a token for tests and for nothing else"
NUMBER = "+862100000000"
FAULTS: dict[str, tuple[int, dict[str, Any]]] = {
    "500": (500, {"code": 20500, "message": "Internal server error", "status": 500}),
    "429": (429, {"code": 20429, "message": "Too many requests", "status": 429}),
    "21211": (400, {"code": 21211, "message": "Invalid 'To' Phone Number", "status": 400}),
}


class Standin:
    """`texts`: what was taken, oldest first. `faults`: what the next posts meet, first to last.

    `silent` takes the text and never answers; `deaf` doesn't even take it; `down` refuses whatever comes.
    """

    def __init__(self) -> None:
        self.texts: list[dict[str, Any]] = []
        self.recordings: dict[str, tuple[str, bytes]] = {}  # SID → kind and sound, once it is ready
        self.fetched: list[str] = []
        self.faults: list[str] = []
        self.down = False
        self.posts = 0
        self.let_go = threading.Event()  # the silent ones hang until the server ends
        self._one_at_a_time = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(self))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def take(self, form: dict[str, str]) -> dict[str, Any]:
        """Keep a text as queued: the date of sending comes only with the sending."""
        with self._one_at_a_time:
            text = {
                "sid": f"SM{len(self.texts):032d}",
                "account_sid": ACCOUNT,
                "to": form["To"],
                "from": form["From"],
                "body": form["Body"],
                "status": "queued",
                "direction": "outbound-api",
                "date_created": format_datetime(now()),
                "date_sent": None,
                "status_callback": form.get("StatusCallback"),
                "num_segments": "1",
                "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            }
            self.texts.append(text)
            return text

    def meets(self) -> str | None:
        """The fault that this post meets, if any is left."""
        with self._one_at_a_time:
            self.posts += 1
            return self.faults.pop(0) if self.faults else None

    def log(self, asked: dict[str, list[str]]) -> list[dict[str, Any]]:
        """Newest first, as Twilio lists them; by number, and by the day of sending where that is asked."""
        found = [text for text in reversed(self.texts) if text["to"] in asked.get("To", [text["to"]])]
        return [text for text in found if text["date_sent"] or not any("DateSent" in name for name in asked)]


@contextmanager
def a_standin() -> Iterator[Standin]:
    """One that serves for as long as the block lasts."""
    standin = Standin()
    thread = threading.Thread(target=standin._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield standin
    finally:
        standin.let_go.set()
        standin._server.shutdown()
        standin._server.server_close()
        thread.join()


def _answering(standin: Standin) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            fault = standin.meets()
            if not self._is_admitted():
                return
            if fault in ("silent", "deaf"):
                if fault == "silent":
                    standin.take(form)
                standin.let_go.wait(30)
                self.close_connection = True
            elif fault is not None:
                self._answer(*FAULTS[fault])
            else:
                self._answer(201, standin.take(form))

        def do_GET(self) -> None:
            if not self._is_admitted():
                return
            if "/Recordings/" in self.path:
                self._give_recording(self.path.rpartition("/")[2].removesuffix(".wav"))
            else:
                found = standin.log(parse_qs(urlsplit(self.path).query))
                self._answer(200, {"messages": found, "page": 0, "page_size": 50, "next_page_uri": None})

        def _give_recording(self, sid: str) -> None:
            standin.fetched.append(sid)
            fault = standin.meets()
            if fault is not None:
                self._answer(*FAULTS[fault])
            elif sid not in standin.recordings:
                self._answer(404, {"code": 20404, "message": "Not found", "status": 404})
            else:
                kind, sound = standin.recordings[sid]
                self._send(200, kind, sound)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

        def _is_admitted(self) -> bool:
            given = self.headers.get("Authorization", "").removeprefix("Basic ")
            known = b64decode(given).decode() == f"{ACCOUNT}:{TOKEN}"
            if standin.down:
                self._answer(503, {"code": 20503, "message": "Service unavailable", "status": 503})
            elif not known or not any(place in self.path for place in ("/Messages.json", "/Recordings/")):
                self._answer(401, {"code": 20003, "message": "Authenticate", "status": 401})
            return known and not standin.down

        def _answer(self, status: int, told: dict[str, Any]) -> None:
            self._send(status, "application/json", json.dumps(told).encode())

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Answering
