"""The days that a letter names: from the running clocks, provisional ones marked, none promised that isn't owed."""

import pytest
from sqlmodel import Session

from claims.casefile import Stage
from claims.decision import confirm_coverage
from tests.claims.letters.acting import ORDERED, PROPOSED, REPORTED, drafted, paid, the_letter
from tests.makers import World, a_claim, at

PROVISIONAL = "（暂定，待国务院办公厅公布该年放假安排后确定）"

pytestmark = pytest.mark.usefixtures("every_letter_is_drafted")


@pytest.mark.parametrize(
    ("reported", "survey", "decision"),
    [  # 2027 isn't published: ADR 0014
        ("Tue 2026-12-01 10:00", "2026年12月3日（周四）", "2026年12月31日（周四）"),
        ("Wed 2026-12-02 10:00", "2026年12月4日（周五）", "2027年1月4日（周一）" + PROVISIONAL),
        ("Wed 2026-12-30 10:00", "2027年1月4日（周一）" + PROVISIONAL, "2027年1月29日（周五）" + PROVISIONAL),
    ],
)
def test_a_receipt_marks_the_days_of_a_year_whose_calendar_isnt_published(
    session: Session, world: World, reported: str, survey: str, decision: str
):
    a_claim(session, world, reported_at=at(reported))

    duties = [duty["by"] for duty in the_letter(session, "acknowledgement")["duties"]]
    assert duties[:2] == [survey, decision]


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        ("Mon 2026-12-28 16:00", "2026年12月31日（周四）"),
        ("Tue 2026-12-29 16:00", "2027年1月4日（周一）" + PROVISIONAL),
    ],
)
def test_a_denial_at_the_years_end_says_which_last_day_is_provisional(
    session: Session, world: World, decided: str, due: str
):
    a_claim(session, world, Stage.DENIED, reported_at=at("Fri 2026-12-25 10:00"), decided_at=at(decided))

    assert the_letter(session, "denial_notice")["notice_due_on"] == due


def test_a_coverage_notice_says_when_we_offer_and_when_we_advance(session: Session, world: World):
    a_claim(session, world, Stage.COVERED, reported_at=REPORTED)

    steps = the_letter(session, "coverage_notice")["next_steps"]
    assert [(step["act"][:6], step["by"]) for step in steps] == [
        ("提出维修方案", "2026年3月9日（周一）"),  # 7 days from Monday 2 March
        ("赔偿数额还不", "2026年5月6日（周三）"),  # 60 days from the report: Friday 1 May, in the break
        ("履行赔偿义务", "赔偿协议达成之日起10日内"),
    ]  # fmt: skip


def test_what_is_overdue_when_cover_is_found_is_not_promised_for_a_day_gone_by(session: Session, world: World):
    a_claim(session, world, Stage.COVERED, reported_at=REPORTED, decided_at=at("Thu 2026-05-07 10:00"))

    [_, advance, _] = the_letter(session, "coverage_notice")["next_steps"]
    assert advance["by"] == "2026年5月6日（周三）（已过，我公司立即办理）"


def test_what_is_no_longer_owed_is_not_promised_again(session: Session, world: World):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=REPORTED, findings=2)
    first, second = ([finding.id or 0] for finding in made.findings)
    confirm_coverage(session, made.file, made.claim, findings=first, by=world.adjuster, at=PROPOSED)
    paid(session, made, 50000, "ICBC-1")

    confirm_coverage(session, made.file, made.claim, findings=second, by=world.adjuster, at=ORDERED)

    before, after = ([step["act"][:4] for step in each["next_steps"]] for each in drafted(session, "coverage_notice"))
    assert (before, after) == (["提出维修", "赔偿数额", "履行赔偿"], ["提出维修", "履行赔偿"])
