"""How a test in another process, or the telephone's page, plays with the stand-in: JSON under `/control`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from tests.standin.call import Call, NotNow
from tests.standin.placing import incoming
from tests.standin.records import told
from tests.standin.rest import refusal, standin
from tests.standin.sounds import a_tone

control = Blueprint("control", __name__, url_prefix="/control")

OF_THE_STANDIN = ("faults", "faults_of_lists", "down", "by_itself", "slowness", "pace")
OF_CALLBACKS = ("delay", "repeats", "shuffled")
OF_THE_LINE = ("public", "address", "voice", "fallback", "status", "messages")
ACTS = {
    "press": lambda call, told: call.presses(told["keys"]),
    "say": lambda call, told: call.says(told["words"]),
    "silence": lambda call, _: call.is_silent(),
    "leave": lambda call, told: call.leaves(a_tone(1), told.get("seconds", 1), told.get("keys", "#")),
    "take": lambda call, _: call.is_taken(),
    "let ring": lambda call, told: call.is_not_taken(told.get("why", "no-answer")),
    "hang up": lambda call, _: call.hang_up(),
}


@control.get("")
def show() -> Response:
    """Everything that can be set, as it stands."""
    here = standin()
    shown: dict[str, Any] = {name: getattr(here, name) for name in OF_THE_STANDIN}
    shown |= {name: getattr(here.webhooks, name) for name in OF_CALLBACKS}
    shown["line"] = {name: getattr(here.webhooks.line, name) for name in OF_THE_LINE}
    return jsonify(shown | {"posts": here.posts, "waiting": len(here.webhooks.waiting)})


@control.post("")
def change() -> Response:
    """Set what is named; a name that doesn't exist changes nothing and answers 400."""
    wanted: dict[str, Any] = request.get_json()
    line = wanted.pop("line", {})
    if wanted.keys() - {*OF_THE_STANDIN, *OF_CALLBACKS} or line.keys() - set(OF_THE_LINE):
        return refusal(400, 20001, f"can be set: {OF_THE_STANDIN + OF_CALLBACKS}, line: {OF_THE_LINE}")
    for name, value in wanted.items():
        setattr(standin() if name in OF_THE_STANDIN else standin().webhooks, name, value)
    for name, value in line.items():
        setattr(standin().webhooks.line, name, value)
    return show()


@control.post("/callbacks")
def let_callbacks_out() -> Response:
    return jsonify({"sent": standin().webhooks.go_out()})


@control.post("/texts")
def send_text() -> Response:
    """Somebody texts our number: `from`, `body`."""
    text = request.get_json()
    return jsonify(told(standin().arrives(text["from"], text["body"])))


@control.post("/texts/<sid>")
def change_text(sid: str) -> Response:
    """A text of ours comes to another state: `status`, `error_code`."""
    text = request.get_json()
    return jsonify(told(standin().becomes(sid, text["status"], text.get("error_code"))))


@control.post("/calls")
def call() -> Response:
    """Somebody calls our number: `from`."""
    return _as_it_stands(incoming(standin(), request.get_json()["from"]).rings())


@control.get("/calls/<sid>")
def show_call(sid: str) -> Response:
    return _as_it_stands(standin().lines[sid])


@control.post("/calls/<sid>")
def act(sid: str) -> Response:
    """`act` and what it needs; 409 where the call waits for something else."""
    wanted = request.get_json()
    try:
        ACTS[wanted["act"]](standin().lines[sid], wanted)
    except NotNow as refused:
        return refusal(409, 20009, str(refused))
    return _as_it_stands(standin().lines[sid])


def _as_it_stands(call: Call) -> Response:
    leg = call.leg.sid if call.leg is not None else None
    heard = [said._asdict() for said in call.heard]
    return jsonify(told(call.record) | {"heard": heard, "waits_for": call.waits_for, "leg": leg})
