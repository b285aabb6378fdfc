"""Calls on the demo's hotline, turn by turn, as the provider tells of them."""

import io
import math
import wave
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import select

from claims.demo.arriving import arrives
from claims.demo.case import Case
from claims.intake.call import keep_recording
from claims.intake.call.model import PhoneCall, Recording
from claims.registry import e164

Turns = Sequence[tuple[str, dict[str, str]]]
"""Each step of claims/intake/call/steps.py that is answered, with what the provider says of the answer."""
A_TURN = timedelta(seconds=9)
SECONDS = 3
"""Of a message that is left."""


def report_by_telephone(case: Case, at: datetime) -> None:
    """Key 1, the caller's own home, and what is wrong in a few words."""
    told = case.defects[0].told
    answers = {"greeting": {}, "menu": {"Digits": "1"}, "home": {"Digits": "1"}, "what": {"SpeechResult": told}}
    case.opened(ring(case, f"CAdemo{case.number}", [*answers.items(), ("told", {})], at).file_id or 0)


def ring(case: Case, sid: str, turns: Turns, at: datetime) -> PhoneCall:
    """The whole call of the reporter, from the first ring to its end; what was recorded is fetched at once."""
    session, own = case.session, {"CallSid": sid, "From": e164(case.resident.phone) or ""}
    for number, (step, said) in enumerate(turns):
        arrives(session, f"voice {step}", sid, own | said, at + number * A_TURN, attempt=number)
    over = at + len(turns) * A_TURN
    arrives(session, "call completed", sid, own | {"CallStatus": "completed"}, over)
    call = session.exec(select(PhoneCall).where(PhoneCall.sid == sid)).one()
    for recording in session.exec(select(Recording).where(Recording.call_id == call.id)).all():
        keep_recording(session, recording, call.file_id or 0, _tone(SECONDS), over)
    return call


def recorded(sid: str) -> dict[str, str]:
    """What the provider says of a message. Its address is asked by nobody: the demo has the sound at hand."""
    return {"RecordingSid": f"RE{sid}", "RecordingUrl": f"demo:{sid}", "RecordingDuration": str(SECONDS)}


def _tone(seconds: int, rate: int = 8000) -> bytes:
    """A low tone as WAV: the demo has nobody's voice."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate)
        file.writeframes(bytes(128 + round(40 * math.sin(n * 2 * math.pi * 220 / rate)) for n in range(seconds * rate)))
    return sound.getvalue()
