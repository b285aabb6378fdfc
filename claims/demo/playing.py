"""The demo world, played: a town, and 150 claims brought to where they are by the real actions at past instants."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, select, update

from claims.casefile import NEVER
from claims.casefile.belongings import rule_book
from claims.casefile.model import CaseFile, RunningClock
from claims.casefile.sweeps import ring_due_rungs
from claims.demo.case import Crew
from claims.demo.casting import CLUSTER, SPECIAL
from claims.demo.deciding import is_awaited
from claims.demo.duties import duties, upload_what_is_owed
from claims.demo.lately import calls, strays
from claims.demo.registering import build_town
from claims.demo.roster import roster
from claims.demo.scheduling import Aside, Step, every_step
from claims.intake import Claim
from claims.letters import LETTERS, Letter
from config.time import day_start, shanghai_day
from notifications.model import Message

LOOKS_EVERY = timedelta(hours=6)
HISTORY = timedelta(days=450)
_NEXT_LOOK = (
    select(RunningClock.next_look_at)
    .where(col(RunningClock.next_look_at) <= bindparam("look"))
    .order_by(col(RunningClock.next_look_at))
    .limit(1)
)


def play(session: Session, at: datetime) -> None:
    """Everything up to `at`, in the caller's transaction; the same `at` gives the same world."""
    today = shanghai_day(at)
    first_day = max(today - HISTORY, rule_book(session).sets[0].starts_on)
    build_town(session, today, day_start(first_day))
    with _no_collector():
        rung = day_start(first_day)
        crew = Crew(session, today)
        for step in _everything(crew, at, first_day):
            if _look_before(step.at, today) > rung:
                if shanghai_day(step.at) > shanghai_day(rung):
                    upload_what_is_owed(session, crew, step.at)
                rung = _look_before(step.at, today)
                _ring(session, rung, today)
            step.play()
        _ring(session, at, today)
    _leave_old_drafts(session, day_start(today))
    _hand_over_old_messages(session, day_start(today))


def _everything(crew: Crew, at: datetime, first_day: date) -> list[Step | Aside]:
    """The journeys of the claims and what happens beside them, in the order of time."""
    steps = every_step(crew, at, first_day)
    beside = [*calls(steps, at), *strays(crew, at), *duties(crew, steps, at), *roster(crew, at)]
    return sorted([*steps, *beside], key=lambda step: step.at)


def _look_before(at: datetime, today: date) -> datetime:
    midnight = day_start(shanghai_day(at))
    return at if shanghai_day(at) == today else midnight + (at - midnight) // LOOKS_EVERY * LOOKS_EVERY


def _ring(session: Session, until: datetime, today: date) -> None:
    """As the worker would have, but that until today it looks four times a day: a rung says itself when it was due."""
    while (due := session.exec(_NEXT_LOOK, params={"look": until}).first()) is not None:
        is_today = shanghai_day(due) == today
        ring_due_rungs(session, due if is_today else min(_look_before(due, today) + LOOKS_EVERY, until))


@contextmanager
def _no_collector() -> Iterator[None]:
    """To look through half a million live objects again and again takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _leave_old_drafts(session: Session, before: datetime) -> None:
    """A PDF costs as much as three acts: of the crowd's past only the notices are made, and the letters say so."""
    kinds = [kind for kind in LETTERS if not is_awaited(kind)]
    past = update(Letter).where(col(Letter.state) == "drafted", col(Letter.kind).in_(kinds))
    why = "演示数据：装载日之前的函件，除有时限的通知书以外不制作 PDF"
    session.execute(past.where(col(Letter.drafted_at) < before).values(next_try_at=NEVER, error=why))


def _hand_over_old_messages(session: Session, before: datetime) -> None:
    """What was queued in the past counts as shown on the console then: the worker sends no text of last year."""
    past = update(Message).where(col(Message.state) == "queued", col(Message.queued_at) < before)
    then = col(Message.queued_at)
    session.execute(
        past.values(
            state="handed over", channel="console", provider_id="demo", attempts=1, handed_over_at=then, settled_at=then
        )
    )


def special_claims(session: Session) -> list[tuple[str, str]]:
    """What to look at, and its reference, in the order of the cast; empty where the demo wasn't loaded."""
    parts = [(part.label, part.claim_key) for part in (*SPECIAL, *CLUSTER)]
    keys = [key for _, key in parts]
    rows = session.exec(select(Claim.key, CaseFile.reference).join(CaseFile).where(col(Claim.key).in_(keys)))
    references = dict(rows.all())
    return [(label, references[key]) for label, key in parts if key in references]
