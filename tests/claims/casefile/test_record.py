"""The door: what is written when a fact happens, and what is refused at it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from claims.casefile import (
    Happening,
    InTheFuture,
    NeedsProof,
    NoSuchFile,
    NotAllowed,
    StaleVersion,
    is_reference,
    lock,
    open_file,
    record_many,
)
from claims.casefile import facts as f
from claims.casefile.files import check_digit, reference_for
from claims.casefile.model import ClockFiring, RunningClock, TimelineDetails, TimelineHead
from claims.casefile.timeline import entries_of, verify
from tests.claims.casefile.spoken import at
from tests.claims.casefile.story import a_fact, clock, entries, happens, reported, story, surveyed

MONDAY, TUESDAY, FRIDAY = "Mon 2026-03-02 10:00", "Tue 2026-03-03 09:30", "Fri 2026-03-06 16:00"


@pytest.mark.both_databases
def test_a_report_opens_a_file_with_its_first_entry(session):
    file = reported(session, MONDAY, home="H-1", part="waterproofing")

    (entry,) = entries(session, file)
    assert (entry.seq, entry.fact, entry.at, entry.recorded_at) == (1, "ReportReceived", at(MONDAY), at(MONDAY))
    assert (file.stage, file.version, file.rule_set) == ("reported", 1, "shanghai-2025")
    assert not list(verify(session))


@pytest.mark.both_databases
def test_an_entry_keeps_when_it_happened_and_when_it_was_learned(session):
    file = reported(session, MONDAY, learned=TUESDAY)

    (entry,) = entries(session, file)
    assert (entry.at, entry.recorded_at, entry.late) == (at(MONDAY), at(TUESDAY), False)


def test_nothing_happens_after_it_was_learned_of(session):
    file = reported(session, TUESDAY)

    with pytest.raises(InTheFuture):
        happens(session, file, f.ContactMade, FRIDAY, learned=TUESDAY)
    assert story(session, file) == ["ReportReceived"]


def test_what_is_entered_after_something_later_needs_proof(session):
    file = reported(session, MONDAY)
    happens(session, file, f.ContactTried, FRIDAY)

    with pytest.raises(NeedsProof, match="ContactTried at 2026-03-03"):
        happens(session, file, f.ContactTried, TUESDAY, learned=FRIDAY)
    assert story(session, file) == ["ReportReceived", "ContactTried"]


@pytest.mark.both_databases
def test_with_proof_it_is_entered_and_marked_late(session):
    file = reported(session, MONDAY)
    happens(session, file, f.ContactTried, FRIDAY)
    happens(session, file, f.ContactTried, TUESDAY, learned=FRIDAY, proof="call list of the exchange")

    last = entries(session, file)[-1]
    assert (last.seq, last.at, last.recorded_at, last.late) == (3, at(TUESDAY), at(FRIDAY), True)
    assert not list(verify(session))


def test_two_who_write_in_the_same_second_are_not_late(session):
    """The second one's clock was read before the first one's commit: it needs no proof and bears no mark."""
    file = reported(session, MONDAY)
    moment = at(TUESDAY)
    happens(session, file, f.ContactTried, moment)
    happens(session, file, f.ContactTried, moment - timedelta(milliseconds=5))

    assert [entry.late for entry in entries(session, file)] == [False, False, False]


def test_learned_times_never_run_backwards_even_if_a_machines_clock_does(session):
    file = reported(session, TUESDAY)
    happens(session, file, f.ContactTried, MONDAY)

    learned = [entry.recorded_at for entry in entries(session, file)]
    assert learned == sorted(learned) == [at(TUESDAY)] * 2


def test_the_version_rises_with_moves_and_decisions_and_with_nothing_else(session):
    file, versions = reported(session, MONDAY), []
    for fact in (f.ContactMade, f.TextReceived, f.ClaimAssigned, f.SurveyBooked, f.SiteSurveyed, f.FindingRecorded,
                 f.DenialProposed, f.TextReceived, f.DenialReturned, f.CoverageConfirmed, f.LetterIssued):  # fmt: skip
        happens(session, file, fact, MONDAY)
        versions.append((fact.__name__, file.version))

    assert versions == [
        ("ContactMade", 1),
        ("TextReceived", 1),
        ("ClaimAssigned", 1),
        ("SurveyBooked", 1),
        ("SiteSurveyed", 2),
        ("FindingRecorded", 3),
        ("DenialProposed", 4),
        ("TextReceived", 4),
        ("DenialReturned", 5),
        ("CoverageConfirmed", 6),
        ("LetterIssued", 6),
    ]


@pytest.mark.parametrize(("said", "kept"), [
    ("a\0b",                 "ab"),                       # PostgreSQL refuses it: removed at the edge
    ("\0",                   ""),
    (r"C:\u0000 folder",     r"C:\u0000 folder"),         # six harmless characters, not a NUL
    ("\\" + "\0" + "u0000",  "\\u0000"),
    ('"卫生间" 漏水\n😀 \u2028', '"卫生间" 漏水\n😀 \u2028'),
    ("half \ud83d a pair",   "half \ufffd a pair"),       # JSON can say it, UTF-8 can't
])  # fmt: skip
@pytest.mark.both_databases
def test_words_come_back_as_they_were_said_but_for_what_no_database_keeps(session, said, kept):
    file = reported(session, MONDAY)
    happens(session, file, f.ContactMade, MONDAY, note_sealed=said)
    session.expire_all()

    details = [json.loads(details.details) for _, details in entries_of(session, file.id) if details]
    assert details[-1]["note_sealed"] == kept
    assert not list(verify(session))


@pytest.mark.both_databases
def test_a_refusal_in_the_middle_writes_nothing_of_the_rest(house, session):
    file = reported(session, MONDAY)
    session.commit()

    with pytest.raises(NotAllowed):
        record_many(session, [(file, a_fact(kind, MONDAY)) for kind in (f.SiteSurveyed, f.ReportReceived)])
    session.rollback()

    with house.session(reading=True) as another:
        kept = lock(another, file.id) if another.get_bind().dialect.name == "postgresql" else another.get(type(file), 1)
        assert (kept.stage, kept.version) == ("reported", 1)
        assert story(another, kept) == ["ReportReceived"]
        assert clock(another, kept, "survey").state == "running"


@pytest.mark.both_databases
def test_many_files_at_once_equal_one_after_the_other(session):
    files = [reported(session, MONDAY, danger=n % 2 == 0) for n in range(6)]
    facts = [f.ContactTried, f.SurveyBooked, f.SiteSurveyed, f.FindingRecorded, f.CoverageConfirmed, f.TextReceived]
    happenings = [a_fact(fact, FRIDAY) for fact in facts]
    for fact in happenings:
        for file in files[:2]:
            record_many(session, [(file, fact)])
    record_many(session, [(file, fact) for fact in happenings for file in files[2:4]])
    for file in files[4:]:
        record_many(session, [(file, fact) for fact in happenings])

    alone = [_as_kept(session, file) for file in files[:2]]
    assert [_as_kept(session, file) for file in files[2:4]] == alone
    assert [_as_kept(session, file) for file in files[4:]] == alone
    assert not list(verify(session))


@pytest.mark.both_databases
def test_many_reports_at_once_equal_one_after_the_other(session):
    when = at(MONDAY)
    alone = reported(session, when)
    new = [open_file(session, kind="claim", opened_at=when, district=None) for _ in range(3)]
    record_many(session, [(file, a_fact(f.ReportReceived, when, by="homeowner")) for file in new])

    assert len({file.reference for file in (alone, *new)}) == 4
    assert [_as_kept(session, file) for file in new] == [_as_kept(session, alone)] * 3


@pytest.mark.both_databases
def test_a_breach_found_by_the_act_itself_is_dated_to_the_first_late_instant(session):
    """Nobody had looked before the surveyor wrote: the act finds the breach, and comes after it."""
    file = reported(session, MONDAY)
    happens(session, file, f.SiteSurveyed, FRIDAY)

    told = [(entry.fact, entry.at, entry.recorded_at) for entry in entries(session, file)]
    assert told == [
        ("ReportReceived", at(MONDAY), at(MONDAY)),
        ("ClockBreached", at("Mon 2026-03-02 12:00"), at(FRIDAY)),  # first contact: 2 hours
        ("ClockBreached", at("Thu 2026-03-05 00:00"), at(FRIDAY)),  # survey: 2 days
        ("SiteSurveyed", at(FRIDAY), at(FRIDAY)),
    ]
    for name in ("contact", "survey"):
        kept = clock(session, file, name)
        assert (kept.state, kept.met_at, kept.breached_at) == ("breached", at(FRIDAY), kept.legal_due)
    assert len(session.exec(select(ClockFiring)).all()) == 2


def test_an_act_on_one_file_finds_no_breach_on_another(session):
    late, other = reported(session, MONDAY), reported(session, MONDAY)
    happens(session, late, f.SiteSurveyed, FRIDAY)

    assert story(session, other) == ["ReportReceived"]
    assert clock(session, other, "survey").state == "running"


def test_listeners_hear_each_fact_with_its_place_in_the_story(session, listeners):
    heard: list[Happening] = []
    listeners.on(f.ReportReceived, f.ClockBreached, f.SiteSurveyed, tell=lambda _, happenings: heard.extend(happenings))
    file = reported(session, MONDAY)
    happens(session, file, f.SiteSurveyed, FRIDAY)

    assert [(h.file.id, h.fact.name, h.seq) for h in heard] == [
        (file.id, "ReportReceived", 1),
        (file.id, "ClockBreached", 2),
        (file.id, "ClockBreached", 3),
        (file.id, "SiteSurveyed", 4),
    ]


def test_a_listener_that_fails_undoes_the_fact(session, listeners):
    def fails(*_):
        raise ZeroDivisionError

    listeners.on(f.SiteSurveyed, tell=fails)
    file = reported(session, MONDAY)
    session.commit()
    with pytest.raises(ZeroDivisionError):
        happens(session, file, f.SiteSurveyed, MONDAY)
    session.rollback()

    assert story(session, file) == ["ReportReceived"]


def test_a_held_version_that_is_no_longer_the_files_is_stale(session):
    file = surveyed(session, MONDAY)

    assert lock(session, file.id, version=2).reference == file.reference
    with pytest.raises(StaleVersion):
        lock(session, file.id, version=1)
    with pytest.raises(NoSuchFile):
        lock(session, file.id + 1)


def test_the_head_follows_the_chain(session):
    file = surveyed(session, MONDAY)

    last, head = entries(session, file)[-1], session.get(TimelineHead, file.id)
    assert (head.seq, head.hash, head.latest_at) == (2, last.hash, at(MONDAY))


def test_equal_words_leave_unequal_hashes(session):
    """Salted: who holds only the chain can't guess a name and try it."""
    one, other = (reported(session, MONDAY) for _ in range(2))

    kept = [session.get(TimelineDetails, (file.id, 1)) for file in (one, other)]
    assert kept[0].details == kept[1].details
    assert kept[0].salt != kept[1].salt
    assert entries(session, one)[0].details_hash != entries(session, other)[0].details_hash


@pytest.mark.parametrize(("number", "opened", "reference"), [
    (1,          "Mon 2026-03-02", "26030000001"),
    (9_999_999,  "Thu 2026-12-31 23:59:59", "26129999999"),
    (10_000_000, "Fri 2027-01-01 00:00", "27010000000"),
])  # fmt: skip
def test_a_reference_is_month_number_and_check_digit(number, opened, reference):
    made = reference_for(number, at(opened))

    assert made == reference + check_digit(reference)
    assert is_reference(made)


def test_a_reference_is_of_the_shanghai_month():
    assert reference_for(1, datetime(2026, 3, 31, 16, 0, tzinfo=UTC)).startswith("2604")


def test_every_wrong_digit_is_found_and_nearly_every_swap():
    reference, wrong = reference_for(1234567, at(MONDAY)), 0
    for place in range(12):
        others = [reference[:place] + digit + reference[place + 1 :] for digit in "0123456789"]
        wrong += sum(is_reference(other) for other in others if other != reference)
    assert wrong == 0
    assert not is_reference("２６０３００００００１６")
    assert not is_reference(reference + "0")


def _as_kept(session, file):
    """Everything that the door wrote of a file, but for what must differ: ids, salts, hashes."""
    session.expire_all()
    clocks = session.exec(select(RunningClock).where(RunningClock.file_id == file.id).order_by(RunningClock.id)).all()
    return (
        (file.stage, file.version, file.urgent_at, file.rule_set),
        [(e.seq, e.fact, e.at, e.recorded_at, e.by, e.late) for e in entries(session, file)],
        [c.model_dump(exclude={"id", "file_id"}) for c in clocks],
    )


@pytest.mark.both_databases
def test_a_report_and_a_fact_past_its_due_in_one_call_record_the_breach_between_them(session):
    """A paper report typed in weeks later, with the survey that came on the fourth day instead of the second."""
    learned = "Mon 2026-03-16 10:00"
    facts = [
        a_fact(f.ReportReceived, MONDAY, learned=learned),
        a_fact(f.SiteSurveyed, FRIDAY, learned=learned, proof="visit 1"),
        a_fact(f.FindingRecorded, FRIDAY, learned=learned, proof="visit 1"),
    ]
    file = open_file(session, kind="claim", opened_at=facts[0].at, district=None)
    happened = record_many(session, [(file, fact) for fact in facts])

    told = ["ReportReceived", "ClockBreached", "ClockBreached", "SiteSurveyed", "FindingRecorded"]  # contact, survey
    assert story(session, file) == [happening.fact.name for happening in happened] == told
    assert {entry.recorded_at for entry in entries(session, file)} == {at(learned)}
    assert (clock(session, file, "survey").breached_at, file.stage) == (at("Thu 2026-03-05 00:00"), "surveyed")
    assert not list(verify(session))


@pytest.mark.both_databases
def test_such_a_call_writes_nothing_where_a_later_fact_is_refused(session):
    learned = "Mon 2026-03-16 10:00"
    facts = [
        a_fact(f.ReportReceived, MONDAY, learned=learned),
        a_fact(f.SiteSurveyed, FRIDAY, learned=learned, proof="visit 1"),
        a_fact(f.SettlementReached, FRIDAY, learned=learned, proof="signed"),
    ]
    file = open_file(session, kind="claim", opened_at=facts[0].at, district=None)
    with pytest.raises(NotAllowed):
        record_many(session, [(file, fact) for fact in facts])

    assert session.exec(select(TimelineDetails)).all() == session.exec(select(RunningClock)).all() == []
