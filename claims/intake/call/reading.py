"""Reads what a call has said, and does what it asks for: opens its claim, joins an open one, owes a call back.

Every reading looks at the whole call, so that its steps may come twice, late, or after its end. The claim's unique key
and the row of the call, which every reading holds, make each act single.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from claims.casefile import lock, record
from claims.casefile.facts import CallBackAsked
from claims.intake.actions import Report, receive_report
from claims.intake.call.model import ABANDONED, ANSWERED, SERVED, VOICEMAIL, PhoneCall, Recording
from claims.intake.call.places import claim_named, homes_of, key_of, reported_from
from claims.intake.call.story import Story, story_of
from claims.intake.model import Claim
from claims.intake.texts import open_claim_of
from config.bulk import insert_once
from notifications.inbox import CannotRead, words
from notifications.model import Arrival

ENDED = frozenset(("completed", "busy", "failed", "no-answer", "canceled"))
UNDER_WAY = frozenset(("queued", "initiated", "ringing", "in-progress"))
"""Twilio's CallStatus. A word that is in neither is kept in quarantine, for a person to see."""

NOT_SAID = "（来电没有说明情况，请回电）"
DANGER = "（来电按9报告人身危险，没有说明情况，请立即回电）"
RECORDED = "（来电用录音说明了情况，请听录音）"


@dataclass(frozen=True)
class Moment:
    """What is being read: which arrival (None: nothing arrived for long), when it came, when it is read.

    `over`: it ends the call. `spoke`: it brings words that nobody has read before.
    """

    at: datetime
    as_of: datetime
    arrival: int | None = None
    over: bool = False
    spoke: bool = False


def read_call(session: Session, arrival: Arrival, as_of: datetime) -> None:
    """The reader of the steps of a call and of its states."""
    said, over = words(session, arrival), False
    if arrival.kind.startswith("call "):
        status = said.get("CallStatus", "")
        if status not in ENDED | UNDER_WAY:
            raise CannotRead(f"unknown status {status!r}")
        over = status in ENDED
    call = held_call(session, arrival.provider_id, arrival.received_at)
    spoke = bool(said.get("SpeechResult") or said.get("RecordingSid"))
    settle(session, call, Moment(arrival.received_at, as_of, arrival.id, over, spoke and not arrival.about))
    arrival.about = f"call:{call.id}"


def held_call(session: Session, sid: str, at: datetime) -> PhoneCall:
    """The row of the call, made where it is new, held until the transaction ends."""
    insert_once(session, PhoneCall, [{"sid": sid, "began_at": at, "heard_at": at, "outcome": ""}], "sid")
    query = select(PhoneCall).where(PhoneCall.sid == sid).with_for_update()
    call = session.exec(query.execution_options(populate_existing=True)).one()
    call.began_at, call.heard_at = min(call.began_at, at), max(call.heard_at, at)
    return call


def settle(session: Session, call: PhoneCall, moment: Moment) -> None:
    """Do whatever the call has asked for by now and hasn't got yet."""
    story = story_of(session, call.sid)
    late = call.ended_at is not None and moment.at > call.ended_at and call.file_id is not None
    if moment.over and call.ended_at is None:
        call.ended_at = moment.at
    for told in story.recordings:  # should the callback be lost, the recording is fetched all the same
        note_recording(session, call, told["RecordingSid"], told.get("RecordingUrl", ""), told, moment.at)
    if story.is_report or (_is_closing(call, story) and story.has_begun_a_report):
        call.file_id = _open(session, call, story, moment)
    elif call.file_id is None and "progress" in story.entered:
        call.file_id = _asked_about(session, story, reported_by_caller=True)
    why = _why_to_ring(session, call, story)
    if why and call.call_back_asked_at is None:
        _ask_for_a_call_back(session, call, story, moment, why)
    elif late and moment.spoke:
        _ask_for_a_call_back(session, call, story, moment, "said more")
    call.outcome = _outcome(call, story)
    session.flush()


def note_recording(
    session: Session, call: PhoneCall, sid: str, url: str, told: Mapping[str, str], at: datetime
) -> None:
    """Remember a recording to be fetched; one that is known already changes nothing."""
    seconds = told.get("RecordingDuration", "")
    row = {
        "sid": sid[:80],
        "call_id": call.id,
        "url": url[:400],
        "seconds": int(seconds) if seconds.isdecimal() else 0,
        "state": "waiting",
        "attempts": 0,
        "next_try_at": at,
        "error": "",
    }
    if url:
        insert_once(session, Recording, [row], "sid")


def _is_closing(call: PhoneCall, story: Story) -> bool:
    """Nothing more of a report will come: the caller has hung up, or left a message instead."""
    return call.ended_at is not None or "thanks" in story.entered


def _why_to_ring(session: Session, call: PhoneCall, story: Story) -> str:
    """Why a person has to ring the caller; empty where nobody has to."""
    if "thanks" in story.entered:
        return "voicemail"
    if "progress" in story.entered and call.file_id is None:
        return "progress withheld"
    if story.is_report and "danger" not in story.entered and not story.has_begun_a_report:
        return "nothing said"
    if call.ended_at is None:
        return ""
    if story.lacks_a_person or (not story.accepted and (call.file_id is None or not _is_answered(story))):
        return "hung up"
    return "recording" if call.file_id is None and _is_recorded(session, call) else ""


def _outcome(call: PhoneCall, story: Story) -> str:
    """How it ended for the caller; empty while nobody can tell."""
    if story.accepted:
        return ANSWERED
    if "thanks" in story.entered:
        return VOICEMAIL
    if call.ended_at is None:
        return ""
    return SERVED if _is_answered(story) and not story.lacks_a_person else ABANDONED


def _is_answered(story: Story) -> bool:
    return story.is_report or "progress" in story.entered


def _is_recorded(session: Session, call: PhoneCall) -> bool:
    return session.exec(select(Recording.id).where(Recording.call_id == call.id).limit(1)).first() is not None


def _open(session: Session, call: PhoneCall, story: Story, moment: Moment) -> int:
    """Open the call's own claim, once."""
    homes = homes_of(session, story.caller, moment.at) if story.home else []
    chosen = int(story.home) if story.home else 0
    danger = "danger" in story.entered
    report = Report(
        channel="voice",
        relation="other",
        description=(story.what or _without_words(story, danger=danger))[:4000],
        phone=story.caller,
        home=homes[chosen - 1].home.code if 0 < chosen <= len(homes) else None,
        address=story.where[:300],
        danger=danger,
        language=story.language,
        key=key_of(call.sid),
    )
    received = receive_report(session, report, by="homeowner", at=moment.at, recorded_at=moment.as_of)
    return received.claim.id


def _without_words(story: Story, *, danger: bool) -> str:
    if danger:
        return DANGER
    return RECORDED if story.recorded_a_report else NOT_SAID


def _ask_for_a_call_back(session: Session, call: PhoneCall, story: Story, moment: Moment, why: str) -> None:
    """On the call's claim; else on the one asked about, else on the caller's open one, else on a new one."""
    if call.file_id is None and "progress" in story.entered:
        call.file_id = _asked_about(session, story, reported_by_caller=False)
    if call.file_id is None and story.caller:
        call.file_id = open_claim_of(session, story.caller)
    if call.file_id is None:
        call.file_id = _open(session, call, story, moment)
    call.call_back_asked_at = moment.as_of
    asked = CallBackAsked(
        at=moment.at,
        recorded_at=moment.as_of,
        by="homeowner",
        proof=f"call {call.sid}",
        why=why,
        arrival=moment.arrival,
    )
    record(session, lock(session, call.file_id), asked)


def _asked_about(session: Session, story: Story, *, reported_by_caller: bool) -> int | None:
    named = claim_named(session, story.reference)
    if named is None or (reported_by_caller and not reported_from(session, named[1], story.caller)):
        return None
    claim: Claim = named[1]
    return claim.id
