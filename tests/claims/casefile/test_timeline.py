"""The chained timeline: what was written can't be unwritten, and whoever tries is named by claim and entry."""

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from claims.casefile import CaseFile, Refused, Subject
from claims.casefile import facts as f
from claims.casefile.erasure import erase_details
from claims.casefile.timeline import entries_of, verify
from config.database import on_postgresql
from tests.claims.casefile.spoken import at
from tests.claims.casefile.story import entries, happens, reported, story
from tests.claims.casefile.tampering import tamper, unguarded

pytestmark = pytest.mark.both_databases

MONDAY, LATER = "Mon 2026-03-02 10:00", "Mon 2026-03-02 11:30"


@pytest.fixture
def file(session) -> CaseFile:
    """Five entries: report, late call, text, survey booked, survey."""
    made = reported(session, MONDAY, home="H-1")
    happens(session, made, f.ContactTried, LATER, note_sealed="k0.没有人接")
    happens(session, made, f.TextReceived, "Mon 2026-03-02 10:05", learned=LATER, arrival=7, proof="arrival 7")
    happens(session, made, f.SurveyBooked, LATER, subject=Subject("visit", 1))
    happens(session, made, f.SiteSurveyed, LATER)
    return made


@pytest.fixture
def neighbour(session, file) -> CaseFile:
    """Another file that nobody touches: it is never named."""
    made = reported(session, MONDAY, home="H-2")
    happens(session, made, f.ContactTried, LATER)
    return made


def faults(session: Session) -> list[tuple[str, int | None, str]]:
    return [(fault.reference, fault.seq, fault.what) for fault in verify(session)]


def named(session: Session) -> set[tuple[str, int | None]]:
    return {(reference, seq) for reference, seq, _ in faults(session)}


def test_an_untouched_timeline_is_whole(session, file, neighbour):
    assert faults(session) == []
    assert [entry.late for entry in entries(session, file)] == [False, False, True, False, False]


@pytest.mark.parametrize(("column", "value"), [
    ("fact",          "CoverageConfirmed"),
    ("by",            "staff:99"),
    ("subject",       "visit:2"),
    ("late",          None),                              # turned over
    ("at",            "2026-03-01 01:30:00.000000"),
    ("recorded_at",   "2026-03-03 01:30:00.000001"),      # one microsecond
    ("details_hash",  "0" * 64),
    ("previous_hash", "0" * 64),
    ("hash",          "0" * 64),
])  # fmt: skip
def test_an_altered_column_is_named_with_its_claim_and_entry(session, file, neighbour, column, value):
    new = "NOT late" if value is None else ":value"
    statement = f'UPDATE timeline_entry SET "{column}" = {new} WHERE file_id = :file AND seq = :seq'
    for seq in (1, 3, 5):
        with session.begin_nested() as attempt:
            tamper(session, statement, file=file.id, seq=seq, value=value)
            assert (file.reference, seq) in named(session)
            assert {reference for reference, _, _ in faults(session)} == {file.reference}
            attempt.rollback()


@pytest.mark.parametrize("seq", [1, 2, 5])
def test_an_altered_byte_of_the_details_is_named(session, file, neighbour, seq):
    kept = dict(enumerate((details.details for _, details in entries_of(session, file.id)), 1))[seq]
    changed = kept.replace("}", " }", 1)
    told = "UPDATE timeline_details SET details = :changed WHERE file_id = :file AND seq = :seq"
    tamper(session, told, changed=changed, file=file.id, seq=seq)

    assert faults(session) == [(file.reference, seq, "details were altered")]


def test_another_salt_is_named(session, file, neighbour):
    tamper(session, "UPDATE timeline_details SET salt = 'x' WHERE file_id = :file AND seq = 4", file=file.id)

    assert faults(session) == [(file.reference, 4, "details were altered")]


def test_details_changed_places_are_named(session, file, neighbour):
    swap = (
        "UPDATE timeline_details SET seq = CASE seq WHEN 2 THEN -4 ELSE -2 END WHERE file_id = :file AND seq IN (2, 4)"
    )
    tamper(session, swap, file=file.id)
    tamper(session, "UPDATE timeline_details SET seq = -seq WHERE seq < 0")

    assert named(session) == {(file.reference, 2), (file.reference, 4)}


@pytest.mark.parametrize("cut", [1, 2])
def test_a_cut_tail_is_named_for_the_head_remembers(session, file, neighbour, cut):
    for rows in ("timeline_entry", "timeline_details"):
        tamper(session, f"DELETE FROM {rows} WHERE file_id = :file AND seq > 5 - :cut", file=file.id, cut=cut)

    ((reference, seq, what),) = faults(session)
    assert (reference, seq) == (file.reference, 5 - cut)
    assert f"the head says entry 5, the chain ends at {5 - cut}" in what


def test_a_timeline_gone_altogether_is_named(session, file, neighbour):
    for rows in ("timeline_entry", "timeline_details"):
        tamper(session, f"DELETE FROM {rows} WHERE file_id = :file", file=file.id)

    assert faults(session) == [(file.reference, None, "no entries")]


def test_a_removed_head_is_named(session, file, neighbour):
    tamper(session, "DELETE FROM timeline_head WHERE file_id = :file", file=file.id)

    assert faults(session) == [(file.reference, None, "head is missing")]


@pytest.mark.parametrize("changed", ["seq = 6", "seq = 4", "hash = '00'"])
def test_an_edited_head_is_named(session, file, neighbour, changed):
    tamper(session, f"UPDATE timeline_head SET {changed} WHERE file_id = :file", file=file.id)

    assert named(session) == {(file.reference, 5)}


def test_a_removed_middle_row_is_named(session, file, neighbour):
    for rows in ("timeline_entry", "timeline_details"):
        tamper(session, f"DELETE FROM {rows} WHERE file_id = :file AND seq = 3", file=file.id)

    assert (file.reference, 3, "entry is missing") in faults(session)
    assert (file.reference, 4, "not chained to the entry before it") in faults(session)


def test_a_removed_row_with_the_rest_moved_up_is_named(session, file, neighbour):
    for rows in ("timeline_entry", "timeline_details"):
        tamper(session, f"DELETE FROM {rows} WHERE file_id = :file AND seq = 3", file=file.id)
        tamper(session, f"UPDATE {rows} SET seq = 3 WHERE file_id = :file AND seq = 4", file=file.id)
        tamper(session, f"UPDATE {rows} SET seq = 4 WHERE file_id = :file AND seq = 5", file=file.id)

    assert (file.reference, 3) in named(session)


def test_an_inserted_row_at_the_end_is_named(session, file, neighbour):
    _copy_row(session, file, of=5, to=6)

    assert (file.reference, 6) in named(session)


def test_an_inserted_row_with_a_moved_tail_is_named(session, file, neighbour):
    for rows in ("timeline_entry", "timeline_details"):
        tamper(session, f"UPDATE {rows} SET seq = 6 WHERE file_id = :file AND seq = 5", file=file.id)
    _copy_row(session, file, of=4, to=5)

    assert {(file.reference, 5), (file.reference, 6)} <= named(session)


def test_another_files_chain_under_this_reference_is_named(session, file, neighbour):
    """A whole, sound chain with its head, moved: only the first link tells whose it is."""
    for rows in ("timeline_entry", "timeline_details", "timeline_head"):
        tamper(session, f"DELETE FROM {rows} WHERE file_id = :file", file=file.id)
        tamper(session, f"UPDATE {rows} SET file_id = :file WHERE file_id = :other", file=file.id, other=neighbour.id)

    assert named(session) == {(file.reference, 1), (neighbour.reference, None)}


def test_a_changed_reference_is_named(session, file, neighbour):
    tamper(session, "UPDATE casefile SET reference = '260399999999' WHERE id = :file", file=file.id)

    assert named(session) == {("260399999999", 1)}


def test_one_claim_can_be_asked_for(session, file, neighbour):
    tamper(session, "UPDATE timeline_head SET hash = '00' WHERE file_id = :file", file=file.id)

    assert list(verify(session, neighbour.reference)) == []
    assert [fault.seq for fault in verify(session, file.reference)] == [5]


# --- erasure ------------------------------------------------------------------------------------------------


def test_after_an_erasure_the_words_are_gone_and_the_chain_is_whole(session, file, neighbour):
    erase_details(session, file, [2, 1], reason="PIPL 47, request of 2026-04-01", by="staff:1", at=at("Wed 2026-04-01"))

    rows = entries_of(session, file.id)
    assert [details is None for _, details in rows] == [True, True, False, False, False, False]
    assert story(session, file)[-1] == "DetailsErased"
    assert json.loads(rows[-1][1].details)["entries"] == [1, 2]
    assert faults(session) == []
    assert "没有人接" not in "".join(details.details for _, details in rows if details)


def test_the_erased_row_still_names_when_and_who(session, file):
    erase_details(session, file, [2], reason="PIPL 47", by="staff:1", at=at("Wed 2026-04-01"))

    entry = entries(session, file)[1]
    assert (entry.fact, entry.at, entry.by) == ("ContactTried", at(LATER), "staff:1")


def test_details_that_went_without_a_word_are_named(session, file, neighbour):
    tamper(session, "DELETE FROM timeline_details WHERE file_id = :file AND seq = 2", file=file.id)

    assert faults(session) == [(file.reference, 2, "details are gone without a recorded erasure")]


def test_an_erasure_covers_only_the_entries_that_it_names(session, file, neighbour):
    erase_details(session, file, [2], reason="PIPL 47", by="staff:1", at=at("Wed 2026-04-01"))
    tamper(session, "DELETE FROM timeline_details WHERE file_id = :file AND seq = 3", file=file.id)

    assert faults(session) == [(file.reference, 3, "details are gone without a recorded erasure")]


def test_an_erasure_erased_is_named(session, file, neighbour):
    erase_details(session, file, [2], reason="PIPL 47", by="staff:1", at=at("Wed 2026-04-01"))
    tamper(session, "DELETE FROM timeline_details WHERE file_id = :file AND seq = 6", file=file.id)

    assert named(session) == {(file.reference, 2), (file.reference, 6)}


def test_the_record_of_an_erasure_is_not_erased(session, file):
    when = at("Wed 2026-04-01")
    erase_details(session, file, [2], reason="PIPL 47", by="staff:1", at=when)

    with pytest.raises(Refused, match="6"):
        erase_details(session, file, [6], reason="PIPL 47", by="staff:1", at=when)
    erase_details(session, file, [2, 3], reason="PIPL 47", by="staff:1", at=when)  # twice harms nothing
    assert faults(session) == []


def test_a_forged_erasure_is_named(session, file, neighbour):
    """Details deleted, and a later entry's details rewritten to say that it was an erasure."""
    tamper(session, "DELETE FROM timeline_details WHERE file_id = :file AND seq = 2", file=file.id)
    told = "UPDATE timeline_details SET details = :told WHERE file_id = :file AND seq = 5"
    tamper(session, told, told='{"entries":[2]}', file=file.id)
    tamper(session, "UPDATE timeline_entry SET fact = 'DetailsErased' WHERE file_id = :file AND seq = 5", file=file.id)

    assert (file.reference, 5) in named(session)


@pytest.mark.parametrize("nonsense", ['{"entries":', "[]", '{"entries":"all"}', '{"entries":[[2]]}', "null"])
def test_nonsense_in_the_details_is_named_and_stops_nothing(session, file, neighbour, nonsense):
    erase_details(session, file, [2], reason="PIPL 47", by="staff:1", at=at("Wed 2026-04-01"))
    told = "UPDATE timeline_details SET details = :told WHERE file_id = :file AND seq = 6"
    tamper(session, told, told=nonsense, file=file.id)

    assert (file.reference, 6, "details were altered") in faults(session)


@pytest.mark.parametrize(("chosen", "reason"), [([], "PIPL 47"), ([6], "PIPL 47"), ([0], "PIPL 47"), ([1], " ")])
def test_an_erasure_names_entries_that_exist_and_a_reason(session, file, chosen, reason):
    with pytest.raises(Refused):
        erase_details(session, file, chosen, reason=reason, by="staff:1", at=at("Wed 2026-04-01"))


# --- guards -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", [
    "UPDATE timeline_entry SET fact = 'x'",
    "UPDATE timeline_entry SET late = late",
    "DELETE FROM timeline_entry",
    "DELETE FROM timeline_entry WHERE seq = 1",
    "TRUNCATE timeline_entry",
    "TRUNCATE casefile CASCADE",
])  # fmt: skip
def test_the_database_itself_refuses_to_rewrite_the_timeline(session, file, statement):
    if "TRUNCATE" in statement and not on_postgresql(session):
        pytest.skip("SQLite has no TRUNCATE; a DELETE without WHERE meets the same guard")
    session.commit()
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text(statement))
    session.rollback()

    assert len(entries(session, file)) == 5


def test_the_guards_stand_again_after_the_tests_own_tampering(session, file):
    with unguarded(session):
        pass
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text("DELETE FROM timeline_entry"))


def _copy_row(session: Session, file: CaseFile, *, of: int, to: int) -> None:
    for rows in ("timeline_entry", "timeline_details"):
        columns = [column for column in _columns(session, rows) if column != "seq"]
        listed = ", ".join(f'"{column}"' for column in columns)
        copied = (
            f"INSERT INTO {rows} (seq, {listed}) SELECT :to, {listed} FROM {rows} WHERE file_id = :file AND seq = :of"
        )
        tamper(session, copied, to=to, file=file.id, of=of)


def _columns(session: Session, rows: str) -> list[str]:
    return list(session.execute(text(f"SELECT * FROM {rows} LIMIT 0")).keys())
