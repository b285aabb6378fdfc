"""第十七条: what happens on a claim is uploaded; three working days by analogy with 第六条, reported and no breach."""

from datetime import date

from sqlmodel import select

from claims.casefile import CaseFile, Stage, lock
from claims.decision import confirm_coverage
from claims.duties import DutyFile
from claims.survey import findings_of
from config.time import shanghai_day
from tests.claims.duties.conftest import Held
from tests.makers import a_claim, at

REPORTED = "Wed 2026-09-16 10:00"


def upload_of(session, claim: CaseFile) -> Held | None:
    number = session.exec(select(DutyFile.id).where(DutyFile.key == f"upload:{claim.id}")).first()
    return Held(session, lock(session, number)) if number is not None else None


def test_a_report_alone_waits_for_no_second_file(session, world):
    made = a_claim(session, world, Stage.REPORTED, reported_at=at(REPORTED))

    assert upload_of(session, made.file) is None


def test_a_survey_is_owed_to_the_platform_in_three_working_days(session, world):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at(REPORTED))

    held = upload_of(session, made.file)

    assert held is not None and held.file.stage == Stage.UNDER_WAY
    clock = held.clock("claim_upload")
    assert (shanghai_day(clock.anchor), clock.safe_due) == (date(2026, 9, 16), at("Mon 2026-09-21 00:00"))


def test_what_happens_meanwhile_goes_up_with_it_by_the_first_ones_day(session, world):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at(REPORTED))
    before = upload_of(session, made.file).clock("claim_upload")
    numbers = [finding.id or 0 for finding in findings_of(session, made.file.id or 0)]
    confirm_coverage(session, made.file, made.claim, findings=numbers, by=world.adjuster, at=at("Fri 2026-09-18 10:00"))

    held = upload_of(session, made.file)

    assert held.story == ["ClaimUploadOwed", "ClaimUploadOwed"]
    assert (held.clock("claim_upload").id, held.clock("claim_upload").safe_due) == (before.id, before.safe_due)


def test_uploaded_the_file_is_closed_until_something_happens_again(session, world):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at(REPORTED))
    held = upload_of(session, made.file)
    held.happens("claim-uploaded", "Fri 2026-09-18 10:00")
    assert held.file.stage == Stage.CLOSED

    numbers = [finding.id or 0 for finding in findings_of(session, made.file.id or 0)]
    confirm_coverage(session, made.file, made.claim, findings=numbers, by=world.adjuster, at=at("Mon 2026-09-21 10:00"))

    held = upload_of(session, made.file)
    assert (held.file.stage, held.clock("claim_upload").anchor) == (Stage.UNDER_WAY, at("Mon 2026-09-21 10:00"))


def test_the_law_gives_no_number_so_nothing_is_breached(session, world):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at(REPORTED))
    held = upload_of(session, made.file)
    held.swept("Thu 2026-10-15 10:00")

    held.happens("claim-uploaded", "Thu 2026-10-15 11:00")

    assert held.breaches == {}
