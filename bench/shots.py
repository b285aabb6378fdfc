"""What the clients send, made before it counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from http.client import HTTPConnection
from itertools import count

from bench.ground import TOKEN, home_code
from bench.load import Job

_numbers = count(1)
_BOUNDARY = "----a-boundary-of-the-bench"


def serial() -> int:
    """A number of its own for every shot of this run."""
    return next(_numbers)


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """A whole HTTP request, ready to send."""
    told = {"Host": "127.0.0.1", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if body:
        told["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def by_http(port: int, write: Callable[[], bytes], *, most: int = 6000) -> Callable[[float], Job]:
    """Makes the job of a subject: `most` requests for each second."""
    return lambda seconds: Job(port, [write() for _ in range(int(most * seconds))], seconds)


def hello() -> bytes:
    return request("GET", "/hello")


def note() -> bytes:
    """One insert and its commit, of a body about as long as a text's."""
    return request("POST", "/note", b"x" * 600, Content_Type="text/plain")


def bare_intake() -> bytes:
    return request("POST", "/intake", report(serial()), Content_Type="application/json")


def api_intake() -> bytes:
    number = serial()
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency_Key": f"bench-{number}"}
    return request("POST", "/api/v1/claims", report(number), Content_Type="application/json", **headers)


def report(number: int) -> bytes:
    """A report of its own home and telephone."""
    told = {
        "home": home_code(number),
        "reporter": {"name": "王小明", "phone": _phone(number), "relation": "owner"},
        "part": "waterproofing",
        "item": "卧室天花板渗水",
        "description": DESCRIPTION,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def intake_values() -> dict[str, str]:
    """The same for the raw SQL."""
    number = serial()
    return {"home": home_code(number), "phone": _phone(number), "description": DESCRIPTION}


class Form:
    """The homeowner's form, opened once as a browser does it; each shot sends its last step with a key of its own."""

    def __init__(self, port: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/report")
        answer = connection.getresponse()
        self._cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        self._token = re.findall(r'name="csrf_token" value="([^"]+)"', answer.read().decode())[0]
        connection.close()

    def sent(self) -> bytes:
        number = serial()
        told = {
            "csrf_token": self._token,
            "key": f"{number:032d}",
            "step": "check",
            "danger": "false",
            "home": home_code(number),
            "part": "waterproofing",
            "item": "卧室天花板渗水",
            "description": DESCRIPTION,
            "reporter.name": "王小明",
            "reporter.phone": _phone(number),
            "reporter.relation": "owner",
        }
        part = '--{0}\r\nContent-Disposition: form-data; name="{1}"\r\n\r\n{2}\r\n'
        body = "".join(part.format(_BOUNDARY, name, value) for name, value in told.items()) + f"--{_BOUNDARY}--\r\n"
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        return request("POST", "/report/done", body.encode(), Content_Type=kind, Cookie=self._cookie)


def _phone(number: int) -> str:
    return f"138{number % 10**8:08d}"


DESCRIPTION = "下雨后卧室天花板滴水，墙面起皮，已经持续三天。"
