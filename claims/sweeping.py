"""The sweeps of config/schedule.py: each asks its room what is due, in transactions of its own."""

from datetime import datetime

from claims import track
from claims.access import forget_answers, forget_windows
from claims.attachments import forget_loose
from claims.casefile.canary import release_canary as release
from claims.casefile.holding import is_anything_due
from claims.casefile.recounting import count_anew
from claims.casefile.sweeps import ring_due_rungs as ring_a_batch
from claims.intake import call
from claims.letters import issue_letters as issue
from claims.oversight.hotline import tell_of_silence
from config.database import Database
from notifications import inbox, outbox, probes, reconciliation


def read_arrivals(database: Database, as_of: datetime) -> int:
    return inbox.read_arrivals(database, as_of, database.belongings["arrival_readers"])


def count_clocks_anew(database: Database, as_of: datetime) -> int:
    """Looks at the published years first: they may have arrived by any process, or with this release."""
    published = database.belongings["published"]
    published.look(database, as_of, at_once=True)
    published.keep_seeds(database, as_of)
    with database.session() as session:
        counted = count_anew(session, as_of)
        session.commit()
        return counted


def ring_due_rungs(database: Database, as_of: datetime) -> int:
    return ring_as_of(database, as_of, learned_at=as_of)


def ring_as_of(database: Database, as_of: datetime, learned_at: datetime) -> int:
    """What was due by then, found now. Most looks find nothing: those cost one trip, and nobody waits for them."""
    with database.session(reading=True, one_statement=True) as session:
        if not is_anything_due(session, as_of):
            return 0
    with database.session() as session:
        rung = ring_a_batch(session, as_of, learned_at=learned_at)
        session.commit()
        return rung


def release_canary(database: Database, as_of: datetime) -> int:
    with database.session() as session:
        released = release(session, as_of)
        session.commit()
        return released


def issue_letters(database: Database, as_of: datetime) -> int:
    return issue(database, as_of)


def deliver_messages(database: Database, as_of: datetime) -> int:
    return outbox.deliver(database, as_of, database.belongings["channels"], ways=outbox.TO_PEOPLE)


def deliver_to_the_team(database: Database, as_of: datetime) -> int:
    """Apart from what people are told: a work chat that hangs delays nobody's text."""
    return outbox.deliver(database, as_of, database.belongings["channels"], ways=outbox.TO_THE_TEAM)


def fetch_recordings(database: Database, as_of: datetime) -> int:
    return call.fetch_recordings(database, as_of)


def end_silent_calls(database: Database, as_of: datetime) -> int:
    return call.end_silent_calls(database, as_of)


def compare_with_the_provider(database: Database, as_of: datetime) -> int:
    return reconciliation.reconcile(database, database.belongings["provider"], as_of)


def prove_the_hotline(database: Database, as_of: datetime) -> int:
    """A call and a text of ours every hour, and an alarm for each that didn't arrive."""
    alarms = probes.raise_alarms(database, as_of, tell_of_silence)
    return alarms + probes.probe(database, database.belongings["provider"], as_of)


def forget_what_is_over(database: Database, as_of: datetime) -> int:
    """Loose uploads, old answers of `Idempotency-Key`, windows of request counts (ADR 0020)."""
    forgotten = 0
    for forget in (forget_loose, forget_answers, forget_windows):
        with database.session() as session:
            forgotten += forget(session, as_of)
            session.commit()
    return forgotten


def answer_asks(database: Database, as_of: datetime) -> int:
    return track.answer_asks(database, as_of)


def forget_unsigned_arrivals(database: Database, as_of: datetime) -> int:
    with database.session() as session:
        forgotten = inbox.forget_unsigned(session, as_of)
        session.commit()
        return forgotten
