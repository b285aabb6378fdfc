"""Sounds as a telephone carries them: WAV, 8 kHz, one channel."""

from __future__ import annotations

import math
import wave
from io import BytesIO

RATE = 8000


def a_tone(seconds: int, pitch: int = 440) -> bytes:
    """So many seconds of one note, softly."""
    samples = bytes(128 + round(40 * math.sin(2 * math.pi * pitch * n / RATE)) for n in range(RATE * seconds))
    kept = BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        sound.writeframes(samples)
    return kept.getvalue()


def length_of(sound: bytes) -> int:
    """Seconds, rounded up. Raises wave.Error for what is no WAV."""
    with wave.open(BytesIO(sound)) as read:
        return -(-read.getnframes() // read.getframerate())
