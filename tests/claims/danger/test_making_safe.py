"""第七条(八) 立即到达现场 … 落实应急处置措施: an open danger stands before every date until its end is proved."""

from contextlib import nullcontext
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from claims.attachments import keep
from claims.casefile import AlreadyDone, CaseFile, NeedsProof, Refused, Stage
from claims.casefile.model import RunningClock
from claims.casefile.sweeps import ring_due_rungs
from claims.casefile.timeline import entries_of
from claims.danger import find_danger, make_safe
from claims.desk.queries import SAFETY, Filters, queue
from claims.intake import make_contact
from tests.makers import PHOTO, Made, World, a_claim, at

MONDAY, LATER = "Mon 2026-03-02 10:00", "Mon 2026-03-02 11:00"


@pytest.fixture
def session(standing_session: Session) -> Session:
    return standing_session


@pytest.fixture
def endangered(session: Session, world: World) -> Made:
    return a_claim(session, world, reported_at=at(MONDAY), danger=True)


def a_photo(session: Session) -> str:
    return keep(session, PHOTO, name="警戒线.jpg", uploaded_by=None, at=at(MONDAY)).token


def is_made_safe(session: Session, file: CaseFile, when: str, **told: object) -> None:
    word = {"note": "已断电", "evidence": [a_photo(session)], "by": "staff:1", "recorded_at": at(when)} | told
    make_safe(session, file, made_safe_at=at(when), **word)  # type: ignore[arg-type]


def clock(session: Session, file: CaseFile) -> RunningClock:
    query = select(RunningClock).where(RunningClock.file_id == file.id, RunningClock.clock == "make_safe")
    return session.exec(query.execution_options(populate_existing=True)).one()


def references(session: Session, world: World, as_of: datetime, **filters: str) -> list[str]:
    """The queue from its first page to its last, one claim a page."""
    found, cursor = list[str](), None
    while True:
        page = queue(session, world.lead, Filters(**filters), cursor=cursor, limit=1, as_of=as_of)
        found += [row.reference for row in page.rows]
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize("danger", [True, False])
def test_a_report_of_danger_stands_first_and_no_other(session: Session, world: World, danger: bool) -> None:
    made = a_claim(session, world, danger=danger)

    assert made.file.stands_first is danger


@pytest.mark.parametrize(("looked_at", "state"), [
    ("Tue 2026-03-03 09:59:59", "running"),     # within the 24 hours
    ("Tue 2026-03-03 10:00:00", "breached"),    # from their last instant on
])  # fmt: skip
def test_it_is_made_safe_within_24_hours_or_late(
    session: Session, endangered: Made, looked_at: str, state: str
) -> None:
    while ring_due_rungs(session, at(looked_at)):
        pass

    assert clock(session, endangered.file).state == state


def test_one_that_is_late_still_stands_first(session: Session, endangered: Made) -> None:
    while ring_due_rungs(session, at("Thu 2026-03-05 10:00")):
        pass

    assert session.get_one(CaseFile, endangered.file.id, populate_existing=True).stands_first


def test_the_word_with_its_proof_ends_it(session: Session, endangered: Made) -> None:
    is_made_safe(session, endangered.file, "Mon 2026-03-02 11:00")

    assert not endangered.file.stands_first
    assert (clock(session, endangered.file).state, clock(session, endangered.file).met_at) == (
        "met", at("Mon 2026-03-02 11:00"),
    )  # fmt: skip


def test_the_story_keeps_what_shows_it_and_seals_what_was_said(session: Session, endangered: Made) -> None:
    is_made_safe(session, endangered.file, "Mon 2026-03-02 11:00")

    entry, kept = entries_of(session, endangered.file.id or 0)[-1]
    assert entry.fact == "MadeSafe"
    assert kept is not None and '"shown_by":["' in kept.details and "已断电" not in kept.details


@pytest.mark.parametrize(("told", "field"), [
    ({"evidence": []}, "evidence"),
    ({"evidence": ["nobody-has-uploaded-this"]}, "files"),
])  # fmt: skip
def test_without_proof_it_goes_on(session: Session, endangered: Made, told: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        is_made_safe(session, endangered.file, "Mon 2026-03-02 11:00", **told)

    assert field in refused.value.errors
    assert endangered.file.stands_first


@pytest.mark.parametrize("when", ["Mon 2026-03-02 09:59", "Mon 2026-03-02 11:01"])
def test_nobody_made_it_safe_before_the_report_or_tomorrow(session: Session, endangered: Made, when: str) -> None:
    with pytest.raises(Refused):
        is_made_safe(session, endangered.file, when, recorded_at=at("Mon 2026-03-02 11:00"))


@pytest.mark.parametrize(("when", "is_safe"), [
    ("Mon 2026-03-02 10:29:59", False),     # nobody knew of it yet
    ("Mon 2026-03-02 10:30:00", True),
])  # fmt: skip
def test_nobody_made_safe_what_was_found_only_later(session: Session, world: World, when: str, is_safe: bool) -> None:
    made = a_claim(session, world, reported_at=at(MONDAY))
    find_danger(session, made.file, note="x", by="staff:1", at=at("Mon 2026-03-02 10:30"))

    with nullcontext() if is_safe else pytest.raises(Refused, match="made_safe_at"):
        is_made_safe(session, made.file, when, recorded_at=at("Mon 2026-03-02 11:00"))

    assert made.file.stands_first is not is_safe


@pytest.mark.parametrize(("found_at", "fits"), [
    ("Mon 2026-03-02 09:59:59", False),     # before the report
    ("Mon 2026-03-02 10:00:00", True),
    ("Mon 2026-03-02 12:00:00", True),
    ("Mon 2026-03-02 12:00:01", False),     # not yet
])  # fmt: skip
def test_a_danger_is_found_between_the_report_and_now(
    session: Session, world: World, found_at: str, fits: bool
) -> None:
    made = a_claim(session, world, reported_at=at(MONDAY))
    word = {"note": "x", "by": "staff:1", "recorded_at": at("Mon 2026-03-02 12:00"), "proof": "照片"}

    with nullcontext() if fits else pytest.raises(Refused, match="found_at"):
        find_danger(session, made.file, at=at(found_at), **word)

    assert made.file.stands_first is fits


def test_its_24_hours_run_from_when_it_was_found_whenever_it_was_entered(session: Session, world: World) -> None:
    made = a_claim(session, world, reported_at=at(MONDAY))

    word = {"note": "x", "by": "staff:1", "recorded_at": at("Mon 2026-03-02 12:00")}
    find_danger(session, made.file, at=at("Mon 2026-03-02 10:20"), **word)

    assert clock(session, made.file).legal_due == at("Tue 2026-03-03 10:20")


@pytest.mark.parametrize("proof", ["", "通话录音"])
def test_one_that_is_entered_after_what_happened_later_needs_proof_and_bears_its_mark(
    session: Session, world: World, proof: str
) -> None:
    made = a_claim(session, world, reported_at=at(MONDAY))
    make_contact(session, made.file, reached=True, note="", by="staff:1", at=at(LATER), recorded_at=at(LATER))
    word = {"note": "x", "by": "staff:1", "recorded_at": at("Mon 2026-03-02 12:00"), "proof": proof}

    if not proof:
        with pytest.raises(NeedsProof):
            find_danger(session, made.file, at=at("Mon 2026-03-02 10:20"), **word)
        return
    find_danger(session, made.file, at=at("Mon 2026-03-02 10:20"), **word)

    entry, _ = entries_of(session, made.file.id or 0)[-1]
    assert (entry.fact, entry.late) == ("DangerFound", True)


def test_nothing_is_made_safe_twice(session: Session, endangered: Made) -> None:
    is_made_safe(session, endangered.file, "Mon 2026-03-02 11:00")

    with pytest.raises(AlreadyDone):
        is_made_safe(session, endangered.file, "Mon 2026-03-02 12:00")


def test_a_danger_that_a_call_brings_out_puts_the_claim_first(session: Session, world: World) -> None:
    made = a_claim(session, world, reported_at=at(MONDAY))

    find_danger(session, made.file, note="水流进了配电箱", by="staff:1", at=at("Mon 2026-03-02 10:20"))

    assert made.file.stands_first
    assert clock(session, made.file).legal_due == at("Tue 2026-03-03 10:20")


def test_a_danger_that_is_open_is_not_found_again(session: Session, endangered: Made) -> None:
    with pytest.raises(AlreadyDone):
        find_danger(session, endangered.file, note="x", by="staff:1", at=at("Mon 2026-03-02 10:20"))


def test_an_open_danger_comes_before_what_has_been_late_for_weeks(session: Session, world: World) -> None:
    late = a_claim(session, world, reported_at=at("Mon 2026-02-02 10:00"))
    danger = a_claim(session, world, reported_at=at(MONDAY), danger=True)

    assert references(session, world, at(MONDAY)) == [danger.file.reference, late.file.reference]


def test_page_by_page_nobody_is_lost_or_met_twice_where_dangers_end(session: Session, world: World) -> None:
    made = [a_claim(session, world, reported_at=at(MONDAY) + timedelta(hours=n), danger=n in (1, 3)) for n in range(5)]

    order = references(session, world, at(MONDAY))

    assert order == [made[n].file.reference for n in (1, 3, 0, 2, 4)]


def test_a_link_finds_what_waits_to_be_made_safe_and_nothing_else(session: Session, world: World) -> None:
    a_claim(session, world, reported_at=at(MONDAY))
    dangers = [a_claim(session, world, reported_at=at(MONDAY), danger=True) for _ in range(2)]
    is_made_safe(session, dangers[0].file, "Mon 2026-03-02 11:00")

    assert references(session, world, at(MONDAY), waiting=SAFETY) == [dangers[1].file.reference]


def test_a_claim_without_danger_offers_no_word_of_its_end(session: Session, world: World) -> None:
    made = a_claim(session, world, Stage.SURVEYED)

    with pytest.raises(AlreadyDone):
        is_made_safe(session, made.file, "Mon 2026-03-02 13:00")
