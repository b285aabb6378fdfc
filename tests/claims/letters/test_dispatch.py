"""第十三条 发出: issued by the worker, dispatched by a way that counts, with its receipt."""

import json
from hashlib import sha256

import pytest
from flask import Flask
from freezegun import freeze_time
from sqlmodel import Session, select

from claims.casefile import CaseFile, NeedsConfirmation, Refused, Stage, lock
from claims.casefile.model import RunningClock, TimelineEntry
from claims.casefile.sweeps import ring_due_rungs
from claims.letters import Letter, dispatch, issue_letters
from config.database import Database
from notifications import outbox
from notifications.model import Message
from notifications.rendering import render_letter
from tests.makers import World, a_claim, a_world, at

pytestmark = pytest.mark.both_databases
DECIDED = at("Mon 2026-03-02 16:00")  # the third day ends with Thursday 5 March


class Line:
    """Takes every text, under the name of the channel that it stands for."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sent: list[outbox.Parcel] = []

    def send(self, parcel: outbox.Parcel) -> str:
        self.sent.append(parcel)
        return f"receipt-{len(self.sent)}"


@pytest.fixture
def database(app: Flask) -> Database:
    return app.extensions["database"]


def denied(database: Database, *, owner: bool = True, relation: str = "owner") -> tuple[int, World]:
    with database.session() as session:
        world = a_world(session, owner=owner)
        made = a_claim(session, world, Stage.DENIED, decided_at=DECIDED, relation=relation)
        session.commit()
        return made.claim.id, world


def the_letter(session: Session) -> Letter:
    return session.exec(select(Letter).where(Letter.kind == "denial_notice")).one()


def denial_clock(session: Session) -> RunningClock:
    return session.exec(select(RunningClock).where(RunningClock.clock == "denial_notice")).one()


def test_the_letter_is_drafted_with_the_decision_and_issued_by_the_worker(database: Database):
    denied(database)

    issue_letters(database, at("Mon 2026-03-02 16:01"))

    with database.session() as session:
        letter = the_letter(session)
        assert (letter.state, len(letter.sha256), letter.dispatched_at) == ("issued", 64, None)


def test_the_letter_bears_the_day_on_which_it_was_made(database: Database):
    denied(database)

    issue_letters(database, at("Tue 2026-03-03 00:01"))

    with database.session() as session:
        content = json.loads(session.info["sealer"].open(the_letter(session).content_sealed))
        assert (content["decided_on"], content["issued_at"]) == ("2026年3月2日（周一）", "2026年3月3日（周二）")


def test_issuing_twice_makes_one_letter_and_one_text(database: Database):
    denied(database)

    for _ in range(2):
        issue_letters(database, at("Mon 2026-03-02 16:01"))

    with database.session() as session:
        texts = session.exec(select(Message).where(Message.message == "denial_notice")).all()
        about = f"letter:{the_letter(session).id}"
        issued = session.exec(
            select(TimelineEntry).where(TimelineEntry.fact == "LetterIssued", TimelineEntry.subject == about)
        ).all()
        assert (len(texts), len(issued)) == (1, 1)


@pytest.mark.parametrize(("channel", "state"), [("sms", "met"), ("console", "running")])
def test_only_a_way_that_counts_meets_the_clock(database: Database, channel: str, state: str):
    denied(database)
    issue_letters(database, at("Mon 2026-03-02 16:01"))

    outbox.deliver(database, at("Mon 2026-03-02 16:02"), {"sms": Line(channel)})

    with database.session() as session:
        assert denial_clock(session).state == state


def test_without_a_known_owner_no_stranger_is_texted(database: Database):
    denied(database, owner=False, relation="property_company")
    issue_letters(database, at("Mon 2026-03-02 16:01"))

    with database.session() as session:
        texts = session.exec(select(Message).where(Message.message == "denial_notice")).all()
        assert (the_letter(session).state, texts) == ("issued", [])


def posted(session: Session, world: World, when: str, entered: str, confirmed_by: str = "") -> None:
    letter = the_letter(session)
    file = lock(session, letter.claim_id)
    dispatch(
        session,
        file,
        letter,
        channel="post",
        evidence="EMS 1012345678901",
        by=f"staff:{world.adjuster.id}",
        at=at(when),
        recorded_at=at(entered),
        confirmed_by=confirmed_by,
    )


@pytest.mark.parametrize(
    ("posted_at", "state"),
    [("Thu 2026-03-05 23:59:59", "met"), ("Fri 2026-03-06 00:00:00", "breached")],  # the third day, to its end
)
def test_the_notice_is_late_only_once_the_third_day_is_over(database: Database, posted_at: str, state: str):
    _, world = denied(database)
    issue_letters(database, at("Mon 2026-03-02 16:01"))

    with database.session() as session:
        posted(session, world, posted_at, posted_at)
        assert denial_clock(session).state == state


def test_a_post_entered_after_the_day_was_over_needs_a_lead(database: Database):
    _, world = denied(database)
    issue_letters(database, at("Mon 2026-03-02 16:01"))

    with database.session() as session, pytest.raises(NeedsConfirmation):
        posted(session, world, "Thu 2026-03-05 18:00", "Fri 2026-03-06 09:00")


def test_a_lead_stands_for_it_and_the_breach_stays_on_record_and_is_withdrawn(database: Database):
    _, world = denied(database)
    issue_letters(database, at("Mon 2026-03-02 16:01"))

    with database.session() as session:
        while ring_due_rungs(session, at("Fri 2026-03-06 00:00:01")):
            pass
        posted(session, world, "Thu 2026-03-05 18:00", "Fri 2026-03-06 09:00", confirmed_by=f"staff:{world.lead.id}")
        claim = select(CaseFile.id).where(CaseFile.kind == "claim").scalar_subquery()
        told = select(TimelineEntry.fact).where(TimelineEntry.file_id == claim)
        facts = list(session.exec(told.order_by(TimelineEntry.seq)))  # type: ignore[arg-type]
        assert facts[-2:] == ["DenialNoticeDispatched", "BreachWithdrawn"]
        assert "ClockBreached" in facts
        assert denial_clock(session).state == "met"


def test_a_way_that_doesnt_count_is_refused_by_name(database: Database):
    _, world = denied(database)
    issue_letters(database, at("Mon 2026-03-02 16:01"))

    with database.session() as session:
        session.info["settings"].__dict__["counts_as_dispatch"] = frozenset({"email"})
        with pytest.raises(Refused) as refusal:
            posted(session, world, "Tue 2026-03-03 10:00", "Tue 2026-03-03 10:00")

    assert set(refusal.value.errors) == {"channel"}


def test_the_pdf_can_be_made_again_byte_for_byte(database: Database):
    denied(database)
    with freeze_time(at("Mon 2026-03-02 16:01")):
        issue_letters(database, at("Mon 2026-03-02 16:01"))

    with database.session() as session:
        letter = the_letter(session)
        content = json.loads(session.info["sealer"].open(letter.content_sealed))
        assert letter.issued_at is not None
        assert sha256(render_letter(letter.kind, content, issued_at=letter.issued_at)).hexdigest() == letter.sha256
