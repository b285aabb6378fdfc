"""个人信息保护法 6, 47: a note of a call is somebody's words about people, sealed and erasable like a name."""

import json

import pytest

from claims.access import Reveal
from claims.casefile import Stage
from claims.casefile.erasure import erase_details
from claims.casefile.timeline import entries_of, verify
from claims.intake import make_contact
from tests.faults.town import Town, told
from tests.makers import Made, a_person, at

pytestmark = pytest.mark.both_databases
SAID = "报案人说邻居老王装修时改了水管，电话13900001111"
CALLED = at("Mon 2026-03-02 11:00")


@pytest.fixture(params=[True, False], ids=["reached", "nobody answered"])
def called(town: Town, request: pytest.FixtureRequest) -> Made:
    made = town.claim(Stage.REPORTED)
    with town.session() as session:
        file = session.merge(made.file)
        make_contact(session, file, reached=request.param, note=SAID, by="staff:1", at=CALLED, recorded_at=CALLED)
        session.commit()
    return made


def notes_shown(town: Town, role: str, made: Made) -> list[str]:
    with town.session() as session:
        person = a_person(session, role, email=f"{role}9@insurer.example")
        session.commit()
    entries = told(town.asks(person, "GET", f"/claims/{made.file.reference}/timeline"))
    return [entry["details"]["note"] for entry in entries if "note" in (entry["details"] or {})]


def test_nothing_that_was_said_stands_in_the_timeline_in_clear(town: Town, called: Made):
    with town.session() as session:
        _, kept = entries_of(session, called.claim.id)[-1]

        assert "老王" not in kept.details and "13900001111" not in kept.details
        assert session.info["sealer"].open(json.loads(kept.details)["note_sealed"]) == SAID


def test_an_erasure_removes_it_and_the_chain_stays_whole(town: Town, called: Made):
    with town.session() as session:
        entry, _ = entries_of(session, called.claim.id)[-1]
        file = session.merge(called.file)
        erase_details(session, file, [entry.seq], reason="本人要求", by="staff:2", at=at("Tue 2026-03-03 11:00"))

        assert entries_of(session, called.claim.id)[entry.seq - 1][1] is None
        assert list(verify(session, called.file.reference)) == []


@pytest.mark.parametrize(("role", "note"), [("adjuster", SAID), ("lead", SAID), ("manager", "***"), ("auditor", "***")])
def test_who_may_read_names_reads_the_note_and_the_look_is_logged(town: Town, called: Made, role: str, note: str):
    assert notes_shown(town, role, called) == [note]
    assert town.count(Reveal, fields="notes of calls") == (note == SAID)
