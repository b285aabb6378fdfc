"""Calls of which nothing more was heard: the provider's word of their end got lost, and they are ended here."""

import logging
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from claims.intake.call.model import PhoneCall
from claims.intake.call.reading import Moment, held_call, settle
from config.database import Database

log = logging.getLogger(__name__)

LONGEST = timedelta(minutes=15)
"""Longer than any step may take: a recording of five minutes after a ringing of half a minute."""
_BATCH = 20


def end_silent_calls(database: Database, as_of: datetime) -> int:
    """End what has been silent for too long, each in a transaction of its own; answers how many were ended."""
    with database.session(reading=True) as session:
        silent = select(PhoneCall.sid).where(
            col(PhoneCall.ended_at).is_(None), col(PhoneCall.heard_at) <= as_of - LONGEST
        )
        calls = list(session.exec(silent.order_by(col(PhoneCall.heard_at)).limit(_BATCH)))
    ended = 0
    for sid in calls:
        try:
            with database.session() as session:
                ended += _end(session, sid, as_of)
                session.commit()
        except Exception:  # mustn't stop the other calls; it is tried again at the next look
            log.exception("call %s can't be ended", sid)
    return ended


def _end(session: Session, sid: str, as_of: datetime) -> bool:
    call = held_call(session, sid, as_of - LONGEST)
    if call.ended_at is not None or call.heard_at > as_of - LONGEST:
        return False
    settle(session, call, Moment(as_of, as_of, over=True))
    return True
