"""A double of the provider's port: its log, and what it was asked to send."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from notifications.provider import CannotAsk, Logged

LINE = "+862100000000"
STRANGER = "+8613900000009"


@dataclass
class ADouble:
    """`log`: what it took for us; `asked`: since when it was asked; `down`: it answers nothing."""

    name: str = "twilio"
    log: list[Logged] = field(default_factory=list)
    asked: list[datetime] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    down: bool = False

    def log_since(self, since: datetime) -> Iterable[Logged]:
        self._answers()
        self.asked.append(since)
        return [each for each in self.log if each.at >= since]

    def text_ourselves(self, words: str) -> str:
        self._answers()
        self.sent.append(words)
        return f"SM-probe-{len(self.sent)}"

    def call_ourselves(self) -> str:
        self._answers()
        self.sent.append("call")
        return f"CA-probe-{len(self.sent)}"

    def _answers(self) -> None:
        if self.down:
            raise CannotAsk("Twilio 20503: Service unavailable")


def a_text(at: datetime, sid: str = "SM1", body: str = "卧室天花板滴水", sender: str = STRANGER) -> Logged:
    return Logged("message", sid, at, {"MessageSid": sid, "From": sender, "To": LINE, "Body": body})


def a_call(at: datetime, sid: str = "CA1", status: str = "completed", caller: str = STRANGER) -> Logged:
    told = {"CallSid": sid, "From": caller, "To": LINE, "CallStatus": status}
    return Logged("call", sid, at, told, over=status != "in-progress")


def a_recording(at: datetime, sid: str = "RE1", call: str = "CA1") -> Logged:
    told = {"RecordingSid": sid, "CallSid": call, "RecordingStatus": "completed", "RecordingDuration": "7"}
    told["RecordingUrl"] = f"https://api.twilio.com/2010-04-01/Accounts/AC0/Recordings/{sid}"
    return Logged("recording", sid, at, told, call=call)
