"""How the provider fails: it refuses, hangs, or cuts the line, before or after it has taken what was asked."""

from __future__ import annotations

import socket

from flask import Flask, Response, g, request

from tests.standin.records import VERSION
from tests.standin.rest import refusal, standin
from tests.standin.standin import ACCOUNT

HANGS_AT_MOST = 30


def may_fail(app: Flask) -> None:
    """Every request of the REST API passes here first and last."""
    app.before_request(_before)
    app.after_request(_after)


def _before() -> Response | None:
    if not request.path.startswith(f"/{VERSION}/"):
        return None
    g.fault = _fault()
    if standin().down:
        return refusal(503, 20503, "Service unavailable")
    if not _is_admitted():
        return refusal(401, 20003, "Authenticate")
    if g.fault in ("deaf", "dropped"):
        return _cut(hanging=g.fault == "deaf")
    if g.fault == "slow":
        standin().let_go.wait(standin().slowness)
    return REFUSALS[g.fault]() if g.fault in REFUSALS else None


def _after(answer: Response) -> Response:
    if not request.path.startswith(f"/{VERSION}/"):
        return answer
    fields = request.form.to_dict() if request.method == "POST" else request.args.to_dict()
    told = answer.get_data(as_text=True) if answer.is_json else f"({answer.mimetype})"
    standin().webhooks.note(True, f"{request.method} {request.path}", fields, answer.status_code, told)
    return _cut(hanging=g.fault == "silent") if g.fault in ("silent", "lost") else answer


REFUSALS = {
    "500": lambda: refusal(500, 20500, "Internal server error"),
    "429": lambda: refusal(429, 20429, "Too many requests", **{"Retry-After": "1"}),
    "21211": lambda: refusal(400, 21211, "Invalid 'To' Phone Number"),
}


def _fault() -> str | None:
    here = standin()
    if request.method == "POST":
        here.posts += 1
    elif not request.path.endswith(".wav"):
        return here.meets(here.faults_of_lists)
    return here.meets(here.faults)


def _is_admitted() -> bool:
    given = request.authorization
    return given is not None and (given.username, given.password) == (ACCOUNT, standin().token)


def _cut(*, hanging: bool) -> Response:
    """No answer: the connection ends, at once or after a long silence."""
    if hanging:
        standin().let_go.wait(HANGS_AT_MOST)
    connection: socket.socket | None = request.environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    return Response()
