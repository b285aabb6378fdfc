"""What we say and do next, in Twilio's words."""

from typing import Any
from urllib.parse import urlencode

from twilio.twiml.voice_response import Dial as DialVerb
from twilio.twiml.voice_response import Gather, VoiceResponse

from config.settings import Settings
from notifications.voice import Ask, Connect, Dial, HangUp, Line, Record, Reply, Turn, Wait

SPEAKS = {"zh": "cmn-CN", "en": "en-US"}
HEARS = {"zh": "cmn-Hans-CN", "en": "en-US"}
SILENCE = 6
"""Seconds without a key or a word until a question counts as unanswered."""
RINGS = 25
"""Seconds. Twilio adds up to five of its own: whoever is next is rung after 30."""
LONGEST_RECORDING = 300


def twiml(reply: Reply, turn: Turn, settings: Settings) -> str:
    """The answer to `turn` as TwiML. No verb is left without a way on: whatever follows it is the same step again."""
    response = VoiceResponse()
    _Speaker(response, reply, turn, settings).act()
    return str(response)


class _Speaker:
    def __init__(self, response: VoiceResponse, reply: Reply, turn: Turn, settings: Settings) -> None:
        self.response, self.reply, self.turn, self.settings = response, reply, turn, settings

    def act(self) -> None:
        act = self.reply.act
        if isinstance(act, Ask):
            self._ask(act)
            return
        for line in self.reply.lines:
            self._say(self.response, line)
        if isinstance(act, Record):
            self._record(act)
        elif isinstance(act, Dial):
            self._dial(act)
        elif isinstance(act, Wait):
            if act.seconds:
                self.response.pause(length=act.seconds)
            self.response.redirect(self._link(act.step, misses=act.misses))
        elif isinstance(act, HangUp):
            self.response.hangup()
        else:
            assert isinstance(act, Connect)

    def _ask(self, ask: Ask) -> None:
        """finishOnKey is # by default, and then never heard as a key: it must be one where # is a choice."""
        link = self._link(ask.step, misses=ask.misses)
        gather = Gather(
            input="speech dtmf" if ask.speech else "dtmf",
            action=link,
            action_on_empty_result=True,
            timeout=SILENCE,
            num_digits=ask.keys,
            finish_on_key="" if ask.keys == 1 else "#",
            **({"language": HEARS[self.reply.language], "speech_timeout": "auto"} if ask.speech else {}),
        )
        for line in self.reply.lines:
            self._say(gather, line)
        self.response.append(gather)
        self.response.redirect(link)

    def _record(self, record: Record) -> None:
        """Twilio calls the action only where something was said; after silence it goes on to the next verb."""
        link = self._link(record.step)
        self.response.record(
            action=link,
            max_length=LONGEST_RECORDING,
            timeout=SILENCE,
            finish_on_key="0#",
            play_beep=True,
            recording_status_callback=f"{self._public}/hotline/recordings",
        )
        self.response.redirect(link)

    def _dial(self, dial: Dial) -> None:
        verb = DialVerb(
            action=self._link(dial.step, misses=dial.misses),
            timeout=RINGS,
            **self._as({"caller_id": self.settings.twilio_number}),
        )
        verb.number(dial.number, url=self._link(dial.whisper, call=self.turn.call))  # that leg has a CallSid of its own
        self.response.append(verb)

    def _say(self, verb: Any, line: Line) -> None:
        voice = {"zh": self.settings.voice_chinese, "en": self.settings.voice_english}[line.language]
        verb.say(line.text, language=SPEAKS[line.language], **self._as({"voice": voice}))

    def _link(self, step: str, **more: object) -> str:
        """Where the next answer goes. Its number makes it single; ASCII only, for it is signed."""
        told: dict[str, object] = {"turn": self.turn.number + 1, "lang": self.reply.language}
        if self.turn.call != self.turn.said.get("CallSid"):
            told["call"] = self.turn.call
        told |= {name: value for name, value in more.items() if value}
        return f"{self._public}/hotline/voice/{step}?{urlencode(told)}"

    @property
    def _public(self) -> str:
        return self.settings.public_url.rstrip("/")

    @staticmethod
    def _as(values: dict[str, str]) -> dict[str, str]:
        """Without what isn't set."""
        return {name: value for name, value in values.items() if value}
