"""Twilio's webhooks for calls: each step stored raw, then answered with what the conversation says next.

Whatever fails here, the caller is asked to leave a message: a call never ends in an error.
"""

import logging

from flask import Response, current_app, request
from werkzeug.datastructures import MultiDict

from config.database import Database
from config.time import now
from notifications.hotline import hotline
from notifications.prompts import LANGUAGES, line
from notifications.twiml import twiml
from notifications.voice import Connect, Conversation, HangUp, Record, Reply, Turn
from notifications.webhook import fields, settings, take_in

log = logging.getLogger(__name__)

GREETING, VOICEMAIL = "greeting", "voicemail"
OF_THE_CALLED = ("whisper", "accept")
"""The steps of whoever is on duty, on the other leg of the call."""


@hotline.post("/voice")
def answer_call() -> Response:
    """A call comes in."""
    return _answer(GREETING)


@hotline.post("/voice/<step>")
def answer_step(step: str) -> Response:
    """The caller has answered `step`: keys, speech, a recording, silence, or how a dialled call ended."""
    return _answer(step)


@hotline.post("/voice/status")
def receive_call_status() -> Response:
    """The call's own state; its end is what matters (the number's "call status changes" at Twilio)."""
    form = fields()
    take_in(form, kind=f"call {form.get('CallStatus') or 'unknown'}", provider_id=form.get("CallSid", ""))
    return Response(status=204)


@hotline.post("/recordings")
def receive_recording() -> Response:
    """A recording is ready to be fetched, or never will be."""
    form = fields()
    kind = f"recording {form.get('RecordingStatus') or 'unknown'}"
    take_in(form, kind=kind, provider_id=form.get("RecordingSid", ""))
    return Response(status=204)


def _answer(step: str) -> Response:
    form = fields()
    turn = _turn(step, form)
    try:
        signed = take_in(form, kind=f"voice {step}", provider_id=turn.call, attempt=turn.number).signed
        reply = _reply(turn) if signed else _without_words(turn, "unsigned", HangUp())
    except Exception:
        log.exception("step %s of call %s failed; the caller was asked to leave a message", step, turn.call)
        reply = _without_words(turn, "sorry", Connect())
    return Response(twiml(reply, turn, settings()), mimetype="text/xml")


def _turn(step: str, form: MultiDict[str, str]) -> Turn:
    """Which call it is stands in the link where the other leg speaks: that one has a CallSid of its own."""
    asked = request.args
    return Turn(
        call=(asked.get("call") or form.get("CallSid", ""))[:64],
        step=step,
        said=form,
        at=now(),
        number=_small(asked.get("turn", "")),
        misses=_small(asked.get("misses", "")),
        language=asked["lang"] if asked.get("lang") in LANGUAGES else LANGUAGES[0],
    )


def _reply(turn: Turn) -> Reply:
    database: Database = current_app.extensions["database"]
    conversation: Conversation = current_app.extensions["conversation"]
    with database.session(reading=True) as session:
        return conversation(session, turn)


def _without_words(turn: Turn, apology: str, for_the_called: Connect | HangUp) -> Reply:
    """An answer that needs neither database nor conversation. After the message itself, the call is over."""
    if turn.step in OF_THE_CALLED:
        return Reply((), for_the_called, turn.language)
    if turn.step == VOICEMAIL:
        return Reply((line("thanks", turn.language),), HangUp(), turn.language)
    return Reply((line(apology, turn.language),), Record(VOICEMAIL), turn.language)


def _small(number: str) -> int:
    return int(number) if number.isdecimal() and number.isascii() and len(number) < 5 else 0
