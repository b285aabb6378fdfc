"""A first call: the conversation on the hotline, step by step, and what becomes of it.

Read it in this order: steps (the table), answer (what is heard), story and reading (what becomes of it), recordings.
"""

from claims.intake.call.answer import answer_call
from claims.intake.call.reading import read_call
from claims.intake.call.recordings import fetch_recordings, keep_recording, read_recording
from claims.intake.call.silence import end_silent_calls

__all__ = ["answer_call", "end_silent_calls", "fetch_recordings", "keep_recording", "read_call", "read_recording"]
