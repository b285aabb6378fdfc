"""What reached the demo's hotline in the last days: calls that ended in every way, and what nobody could read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from sqlmodel import Session, col, select

from claims.demo.arriving import arrives
from claims.demo.calling import Turns, recorded, ring
from claims.demo.case import Case, Crew, actor
from claims.demo.defects import SAID
from claims.demo.scheduling import Aside, Step
from claims.intake import make_contact
from claims.quarantine.actions import dismiss
from notifications.model import Arrival

Act = Callable[[datetime], object]
RINGS: Turns = (("greeting", {}),)
ASKS_FOR_SOMEBODY: Turns = (*RINGS, ("menu", {"Digits": "0"}))
IS_PUT_THROUGH: Turns = (
    *ASKS_FOR_SOMEBODY,
    ("whisper", {}),
    ("accept", {"Digits": "1"}),
    ("person", {"DialCallStatus": "completed"}),
)
LEAVES_A_MESSAGE: Turns = (*ASKS_FOR_SOMEBODY, ("person", {"DialCallStatus": "no-answer"}), ("voicemail", {}))
ASKS_HOW_FAR: Turns = (*RINGS, ("menu", {"Digits": "2"}), ("reference", {}), ("progress", {}))


@dataclass(frozen=True)
class Call:
    """`ago`: before the moment of the demo. `rung_back`: after how many minutes the caller was reached."""

    ago: timedelta
    turns: Turns
    rung_back: int | None = None


CALLS = (
    Call(timedelta(days=4, hours=2), ASKS_HOW_FAR),
    Call(timedelta(days=3, hours=1), IS_PUT_THROUGH),
    Call(timedelta(days=2, hours=3), LEAVES_A_MESSAGE, rung_back=22),
    Call(timedelta(days=1, hours=4), ASKS_FOR_SOMEBODY, rung_back=9),
    Call(timedelta(minutes=110), LEAVES_A_MESSAGE, rung_back=35),
    Call(timedelta(minutes=70), IS_PUT_THROUGH),
    Call(timedelta(minutes=50), ASKS_FOR_SOMEBODY, rung_back=12),
    Call(timedelta(minutes=14), LEAVES_A_MESSAGE),
)
"""The last is still to be rung back."""
ADVERTISER, STRANGER, CUT_OFF = "+8613800009001", "+8613800009002", "+8613800009003"
SEEN_AFTER = timedelta(minutes=40)
HALF_A_CALL = "CallSid=CAdemo&From=%2B8613800009003&CallSta"


def calls(steps: Sequence[Step], at: datetime) -> Iterator[Aside]:
    """Each by the reporter of another claim of which nothing was heard for a week and nothing more is to come."""
    ends = {step.case.number: step for step in steps}.values()
    waiting = [end.case for end in ends if end.act.__name__ in ("post", "accept") and end.case.key is None]
    quiet = [case for case in waiting if timedelta(days=7) < at - max(case.plan.values()) < timedelta(days=100)]
    for number, (call, case) in enumerate(zip(CALLS, cycle(quiet), strict=False)):
        began = at - call.ago
        yield Aside(began, _ringing(case, f"CAdemo call {number}", call.turns))
        if call.rung_back is not None:
            yield Aside(began + timedelta(minutes=call.rung_back), _ringing_back(case))


def strays(crew: Crew, at: datetime) -> Iterator[Aside]:
    """An advertisement, dismissed; a text for whose sender nobody can vouch; a call's state that came in half."""
    session = crew.session
    yield Aside(at - timedelta(days=2), lambda then: _unsigned(session, ADVERTISER, SAID["advertisement"], then))
    yield Aside(at - timedelta(days=2) + SEEN_AFTER, lambda then: _dismiss_the_first(crew, then))
    yield Aside(at - timedelta(hours=20), lambda then: _unsigned(session, STRANGER, SAID["unsigned"], then))
    half = HALF_A_CALL.encode()
    yield Aside(at - timedelta(hours=3), lambda then: arrives(session, "call unknown", "CAdemo half", half, then))


def _ringing(case: Case, sid: str, turns: Turns) -> Act:
    def rings(at: datetime) -> None:
        more = {"reference": {"Digits": case.held[1].reference}, "voicemail": recorded(sid)}
        ring(case, sid, [(step, said | more.get(step, {})) for step, said in turns], at)

    return rings


def _ringing_back(case: Case) -> Act:
    told = {"reached": True, "note": SAID["rung_back"], "by": actor(case.adjuster)}
    return lambda at: make_contact(*case.held, **told, at=at, recorded_at=at)  # type: ignore[arg-type]


def _unsigned(session: Session, sender: str, words: str, at: datetime) -> None:
    arrives(session, "message", "", {"From": sender, "Body": words}, at, signed=False)


def _dismiss_the_first(crew: Crew, at: datetime) -> None:
    first = select(Arrival).where(Arrival.state == "quarantined").order_by(col(Arrival.id))
    by = actor(crew.member("adjuster", "浦东新区"))
    dismiss(crew.session, crew.session.exec(first).first(), reason=SAID["dismissed"], by=by, at=at)  # type: ignore[arg-type]
