"""What a call has told so far, put together from all of its stored steps, whatever the order in which they are read."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from claims.intake.call.steps import OTHER_LANGUAGE, after
from claims.registry import e164
from notifications.inbox import words
from notifications.model import Arrival
from notifications.voice import Turn

OF_A_REPORT = ("where_recorded", "what_recorded")


@dataclass(frozen=True)
class Story:
    """`entered`: the steps that the answers led to. `caller`: E.164, or empty where the number is hidden or no number.
    `home`: the key pressed for one of the caller's homes, empty for none of them. `language`: zh or en, as chosen."""

    caller: str = ""
    language: str = "zh"
    entered: frozenset[str] = frozenset()
    home: str = ""
    where: str = ""
    what: str = ""
    reference: str = ""
    accepted: bool = False
    recorded_a_report: bool = False
    recordings: tuple[Mapping[str, str], ...] = ()
    """Each with RecordingSid, RecordingUrl and RecordingDuration, as the provider told them."""

    @property
    def is_report(self) -> bool:
        """Told to its end, or an emergency."""
        return not self.entered.isdisjoint(("told", "danger"))

    @property
    def has_begun_a_report(self) -> bool:
        """Something of a report was said, and would be lost."""
        return bool(self.where or self.what or self.recorded_a_report)

    @property
    def lacks_a_person(self) -> bool:
        """One was asked for, and none has taken the call."""
        return not self.entered.isdisjoint(("danger", "person", "voicemail")) and not self.accepted


def caller_of(said: Mapping[str, str]) -> str:
    return e164(said.get("From", "")) or ""


def story_of(session: Session, call: str) -> Story:
    """All signed steps of the call, in the order of the call."""
    mine = select(Arrival).where(Arrival.provider == "twilio", Arrival.provider_id == call, col(Arrival.signed))
    steps = mine.where(col(Arrival.kind).startswith("voice ")).order_by(col(Arrival.attempt), col(Arrival.id))
    return told_by([turn_of(session, arrival) for arrival in session.exec(steps)])


def told_by(turns: list[Turn]) -> Story:
    """The same from turns in their order. The newest answer to a question counts."""
    said = {turn.step: turn for turn in turns}
    recorded = [turn for turn in turns if turn.said.get("RecordingSid")]
    theirs = [turn for turn in turns if turn.step not in ("whisper", "accept")]
    return Story(
        caller=caller_of(theirs[0].said) if theirs else "",
        language="en" if sum(changes_language(turn) for turn in turns) % 2 else "zh",
        entered=frozenset(after(turn, reached=_accepted(said)).step for turn in turns),
        home=said["home"].keys if "home" in said and after(said["home"]).step == "what" else "",
        where=said["where"].speech if "where" in said else "",
        what=said["what"].speech if "what" in said else "",
        reference=said["reference"].keys if "reference" in said else "",
        accepted=_accepted(said),
        recorded_a_report=any(turn.step in OF_A_REPORT for turn in recorded),
        recordings=tuple(turn.said for turn in recorded),
    )


def changes_language(turn: Turn) -> bool:
    return turn.step == "menu" and turn.keys == OTHER_LANGUAGE


def _accepted(said: Mapping[str, Turn]) -> bool:
    return "accept" in said and after(said["accept"]).step == "accepted"


def turn_of(session: Session, arrival: Arrival) -> Turn:
    return Turn(
        call=arrival.provider_id,
        step=arrival.kind.removeprefix("voice "),
        said=words(session, arrival),
        at=arrival.received_at,
        number=arrival.attempt,
    )
