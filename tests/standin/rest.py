"""The REST API, as far as we use it: Messages, Calls, Recordings, with basic authentication and its own errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, make_response, request

from tests.standin.listing import page_of
from tests.standin.placing import place
from tests.standin.records import OVER, VERSION, Record, told
from tests.standin.standin import ACCOUNT, Standin

api = Blueprint("api", __name__, url_prefix=f"/{VERSION}/Accounts/{ACCOUNT}")

E164 = re.compile(r"\+[1-9]\d{6,14}")


def standin() -> Standin:
    found: Standin = current_app.extensions["standin"]
    return found


def refusal(status: int, code: int, message: str, **headers: str) -> Response:
    """An error in the provider's form."""
    more = f"https://www.twilio.com/docs/errors/{code}"
    answer = jsonify({"code": code, "message": message, "more_info": more, "status": status})
    answer.status_code = status
    answer.headers.update(headers)
    return answer


@api.post("/Messages.json")
def create_message() -> Response:
    form = request.form
    if not form.get("To"):
        return refusal(400, 21604, "A 'To' phone number is required.")
    if not form.get("From"):
        return refusal(400, 21603, "A 'From' phone number is required.")
    if not form.get("Body"):
        return refusal(400, 21602, "Message body is required.")
    if not E164.fullmatch(form["To"]):
        return refusal(400, 21211, f"Invalid 'To' Phone Number: {form['To']}")
    callback = form.get("StatusCallback", "")
    return _created(standin().take(to=form["To"], sender=form["From"], body=form["Body"], callback=callback))


@api.get("/Messages.json")
def list_messages() -> Response:
    return _page(standin().messages, "messages")


@api.get("/Messages/<sid>.json")
def fetch_message(sid: str) -> Response:
    return jsonify(told(_found(standin().message, sid)))


@api.post("/Calls.json")
def create_call() -> Response:
    form = request.form
    if not form.get("To"):
        return refusal(400, 21201, "No 'To' number is specified")
    if not form.get("From"):
        return refusal(400, 21213, "'From' phone number is required")
    if not form.get("Url") and not form.get("Twiml"):
        return refusal(400, 21205, "Url parameter is required.")
    return _created(place(standin(), form))


@api.get("/Calls.json")
def list_calls() -> Response:
    return _page(standin().calls, "calls")


@api.get("/Calls/<sid>.json")
def fetch_call(sid: str) -> Response:
    return jsonify(told(_found(standin().call, sid)))


@api.post("/Calls/<sid>.json")
def update_call(sid: str) -> Response:
    """Ended, or sent elsewhere while it lasts."""
    call, line = _found(standin().call, sid), standin().lines.get(sid)
    if call["status"] in OVER or line is None:
        return refusal(400, 21220, "Call is not in-progress. Cannot redirect.")
    if request.form.get("Status") in ("completed", "canceled"):
        line.hang_up()
    elif request.form.get("Twiml"):
        line.hears(request.form["Twiml"])
    elif request.form.get("Url"):
        line.asks(request.form["Url"])
    return jsonify(told(call))


@api.get("/Recordings.json")
def list_recordings() -> Response:
    return _page(standin().recordings, "recordings")


@api.get("/Recordings/<sid>.json")
def fetch_recording(sid: str) -> Response:
    return jsonify(told(_found(standin().recording, sid)))


@api.get("/Recordings/<sid>.wav")
def fetch_sound(sid: str) -> Response:
    standin().fetched.append(sid)
    kind, sound = _found(standin().sounds.__getitem__, sid)
    return Response(sound, mimetype=kind)


def _page(kept: Sequence[Record], name: str) -> Response:
    try:
        return jsonify(page_of(list(kept), name, request.path, request.args))
    except ValueError as wrong:
        return refusal(400, 20001, str(wrong))


def _found(find: Any, sid: str) -> Any:
    try:
        return find(sid)
    except KeyError:
        abort(make_response(refusal(404, 20404, f"The requested resource {request.path} was not found")))


def _created(record: Record) -> Response:
    answer = jsonify(told(record))
    answer.status_code = 201
    return answer
