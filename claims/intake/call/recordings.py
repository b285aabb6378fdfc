"""What callers say after the tone: told by the provider, fetched by the worker, kept as attachments of the claim."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from claims.attachments import keep
from claims.casefile import SYSTEM, Refused, lock, record
from claims.casefile.facts import CallBackAsked, RecordingKept
from claims.intake.call.model import PhoneCall, Recording
from claims.intake.call.reading import Moment, held_call, note_recording, settle
from config.database import Database
from config.time import ticking_from
from notifications.inbox import CannotRead, words
from notifications.model import Arrival
from notifications.recordings import NotFetched

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 10
"""With the waits between them, some seven hours: longer than a provider's bad afternoon."""
_BATCH = 10
_NOTHING_TO_FETCH = frozenset(("in-progress", "absent", "failed"))


def read_recording(session: Session, arrival: Arrival, as_of: datetime) -> None:
    """The reader of recording callbacks. Without a recording, the end of the call asks for a call back."""
    told = words(session, arrival)
    status = told.get("RecordingStatus", "")
    if status in _NOTHING_TO_FETCH:
        return
    if status != "completed" or not told.get("CallSid") or not told.get("RecordingUrl"):
        raise CannotRead(f"a recording of no call, or in an unknown state {status!r}")
    call = held_call(session, told["CallSid"], arrival.received_at)
    note_recording(session, call, arrival.provider_id, told["RecordingUrl"], told, arrival.received_at)
    session.flush()
    settle(session, call, Moment(arrival.received_at, as_of, arrival.id))


def fetch_recordings(database: Database, as_of: datetime) -> int:
    """Fetch what waits and whose call belongs to a claim; answers how many were tried. Safe in parallel: leased."""
    clock = ticking_from(as_of)
    leased = _lease(database, as_of)
    for recording in leased:
        try:
            content = database.belongings["recordings"].fetch(recording.url)
            _keep(database, recording, content, clock)
        except NotFetched as failure:
            _put_back(database, recording, str(failure), clock(), final=failure.final)
        except Refused as refusal:
            _put_back(database, recording, str(refusal), clock(), final=True)
        except Exception as error:  # mustn't stop the other recordings
            log.exception("recording %s can't be kept", recording.sid)
            _put_back(database, recording, f"{type(error).__name__}: {error}", clock(), final=False)
    return len(leased)


def _lease(database: Database, as_of: datetime) -> list[Recording]:
    with database.session() as session:
        waiting = select(Recording).join(PhoneCall, col(PhoneCall.id) == Recording.call_id)
        waiting = waiting.where(
            Recording.state == "waiting", col(Recording.next_try_at) <= as_of, col(PhoneCall.file_id).is_not(None)
        )
        query = waiting.order_by(col(Recording.next_try_at)).limit(_BATCH)
        leased = list(session.exec(query.with_for_update(of=Recording, skip_locked=True)))
        for recording in leased:
            recording.attempts, recording.next_try_at = recording.attempts + 1, as_of + LEASE
        session.commit()
        return leased


def _keep(database: Database, leased: Recording, content: bytes, clock: Callable[[], datetime]) -> None:
    """Raises Refused where the content is no recording or too large."""
    with database.session() as session:
        held = _held(session, leased)
        if held is None:
            return
        keep_recording(session, *held, content, clock())
        session.commit()


def keep_recording(session: Session, recording: Recording, file_id: int, content: bytes, at: datetime) -> None:
    """What was fetched becomes an attachment of the claim. Raises Refused where it is no recording or too large."""
    kept = keep(session, content, name=f"{recording.sid}.wav", uploaded_by=None, at=at, file_id=file_id)
    recording.state, recording.attachment_id, recording.error = "kept", kept.id, ""
    fact = RecordingKept(at=at, by=SYSTEM, recording=recording.sid, sha256=kept.sha256, seconds=recording.seconds)
    record(session, lock(session, file_id), fact)


def _put_back(database: Database, leased: Recording, error: str, at: datetime, *, final: bool) -> None:
    """Tried again later, longer each time; what is given up becomes a call back."""
    with database.session() as session:
        held = _held(session, leased)
        if held is None:
            return
        recording, file_id = held
        recording.error = error[:400]
        recording.next_try_at = at + min(timedelta(seconds=15) * 2**recording.attempts, timedelta(hours=1))
        if final or recording.attempts >= MOST_ATTEMPTS:
            recording.state = "lost"
            asked = CallBackAsked(at=at, by=SYSTEM, why="recording lost", proof=f"recording {recording.sid}")
            record(session, lock(session, file_id), asked)
        session.commit()


def _held(session: Session, leased: Recording) -> tuple[Recording, int] | None:
    """The recording and the file of its call; None where another worker has it. The call first, as every reader."""
    call = session.exec(select(PhoneCall).where(PhoneCall.id == leased.call_id).with_for_update()).one()
    query = select(Recording).where(Recording.id == leased.id).with_for_update()
    recording = session.exec(query).one()
    if recording.state != "waiting" or recording.attempts != leased.attempts or call.file_id is None:
        return None
    return recording, call.file_id
