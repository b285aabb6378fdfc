"""The page that is a telephone: every act is a form, and a script only adds voice, microphone and freshness."""

from __future__ import annotations

import tomllib
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from werkzeug.wrappers import Response as Answer

from config.time import SHANGHAI
from tests.standin.call import Call, Leg, NotNow
from tests.standin.placing import incoming
from tests.standin.records import VERSION
from tests.standin.rest import standin
from tests.standin.sounds import a_tone, length_of
from tests.standin.standin import ACCOUNT

FOLDER = Path(__file__).with_name("page")
phone = Blueprint("phone", __name__, template_folder="page")

KEYPAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#")
MOST_SHOWN = 40
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Caller:
    """Somebody to be: `word` names how the page introduces them, `told` fills that in."""

    number: str
    word: str
    told: dict[str, str] = field(default_factory=dict)


@dataclass
class Desk:
    """What lies around the telephone. `pages` is where the program's own pages are."""

    callers: list[Caller]
    hotline: str = ""
    pages: str = ""
    calls: dict[str, Call] = field(default_factory=dict)  # number → its newest call


@cache
def words() -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


@phone.before_request
def only_from_this_page() -> None:
    """Another site open in the same browser can't dial."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        abort(403)


@phone.after_request
def guarded(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@phone.get("/")
def show() -> str:
    desk, number = _desk(), _number()
    call = desk.calls.get(number)
    texts = [text for text in standin().messages if number in (text["from"], text["to"])]
    return render_template(
        "phone.html",
        w=_said,
        lang=_language(),
        desk=desk,
        number=number,
        call=call,
        leg=call.leg if call is not None else None,
        texts=texts[-MOST_SHOWN:],
        log=standin().webhooks.log[: -MOST_SHOWN - 1 : -1],
        brief=lambda what: what.removeprefix(desk.pages).replace(f"/{VERSION}/Accounts/{ACCOUNT}", "…"),
        clock=lambda at: at.astimezone(SHANGHAI).strftime("%H:%M:%S"),
        keypad=KEYPAD,
        refused=request.args.get("refused"),
    )


@phone.get("/page/<name>")
def show_file(name: str) -> Answer:
    if name not in ("phone.css", "phone.mjs"):
        abort(404)
    return send_from_directory(FOLDER, name)


@phone.post("/call/<act>")
def do(act: str) -> Answer:
    """One act of the caller, or of whoever is on duty."""
    if act not in ACTS:
        abort(404)
    try:
        ACTS[act](_desk(), _number())
    except NotNow:
        return _back(refused=1)
    return _back()


@phone.post("/texts")
def text() -> Answer:
    if request.form.get("body", "").strip():
        standin().arrives(_number(), request.form["body"].strip())
    return _back("texts")


def _ring(desk: Desk, number: str) -> None:
    if number in desk.calls:
        desk.calls[number].hang_up()
    desk.calls[number] = incoming(standin(), number)
    desk.calls[number].rings()


def _leave(desk: Desk, number: str) -> None:
    """With the microphone's sound where there is one."""
    given = request.files.get("sound")
    sound = given.read() if given is not None else a_tone(3)
    try:
        _line(desk, number).leaves(sound, length_of(sound), request.form.get("keys", "#"))
    except wave.Error:
        abort(400)


def _line(desk: Desk, number: str) -> Call:
    if number not in desk.calls:
        raise NotNow("no call")
    return desk.calls[number]


def _leg(desk: Desk, number: str) -> Leg:
    leg = _line(desk, number).leg
    if not isinstance(leg, Leg):
        raise NotNow("nobody is dialled")
    return leg


ACTS: dict[str, Callable[[Desk, str], Any]] = {
    "ring": _ring,
    "press": lambda desk, number: _line(desk, number).presses(request.form.get("keys", "")),
    "say": lambda desk, number: _line(desk, number).says(request.form.get("words", "")),
    "silence": lambda desk, number: _line(desk, number).is_silent(),
    "leave": _leave,
    "hang-up": lambda desk, number: _line(desk, number).hang_up(),
    "take": lambda desk, number: _line(desk, number).is_taken(),
    "let-ring": lambda desk, number: _line(desk, number).is_not_taken(),
    "busy": lambda desk, number: _line(desk, number).is_not_taken("busy"),
    "accept": lambda desk, number: _leg(desk, number).presses("1"),
    "decline": lambda desk, number: _leg(desk, number).is_silent(),
    "talk-ends": lambda desk, number: _leg(desk, number).hang_up(),
}


def _desk() -> Desk:
    found: Desk = current_app.extensions["desk"]
    return found


def _number() -> str:
    """Whoever the page is; the first caller where nobody was chosen, or somebody that isn't here."""
    known = [caller.number for caller in _desk().callers]
    asked = request.values.get("number", "")
    return asked if asked in known else known[0]


def _language() -> str:
    return "en" if request.values.get("lang") == "en" else "zh"


def _said(name: str, /, **told: str) -> str:
    return words()[name][_language()].format(**told)


def _back(place: str = "call", **told: Any) -> Answer:
    return redirect(url_for("phone.show", number=_number(), lang=_language(), _anchor=place, **told), 303)
