"""第十二、十三条: the real report on both sides of the last and the first day of each term of cover.

Both printed days belong to the term, and neither rolls over a rest day.
"""

from datetime import date

import pytest
from sqlmodel import Session

from claims.casefile import Refused, Stage
from claims.decision import confirm_coverage
from claims.intake import receive_report
from claims.registry import Cover
from claims.survey import book_survey, record_finding
from tests.later_makers import BY, HOUR
from tests.makers import World, a_report, at

# part, whose last day is, is it a working day
ENDS = {"finishes": "Wed 2026-05-20", "waterproofing": "Sun 2029-05-20", "structure": "Sat 2034-05-20"}
AFTER = {"finishes": "Thu 2026-05-21", "waterproofing": "Mon 2029-05-21", "structure": "Sun 2034-05-21"}


@pytest.fixture
def session(standing_session: Session) -> Session:
    return standing_session


def reported(session: Session, part: str, when: str):
    return receive_report(session, a_report(part=part, item="渗水"), by="homeowner", at=at(when))


def decided(session: Session, world: World, part: str, when: str) -> str:
    """What becomes of the report when somebody confirms cover two days later: a stage, or the refused field."""
    taken, visited = reported(session, part, when), at(when) + 46 * HOUR
    visit = book_survey(session, taken.file, visit_at=visited, surveyor=None, by=BY, at=at(when) + HOUR)
    finding = record_finding(
        session, taken.file, visit, visited_at=visited, part=part, item="渗水", cause="施工缺陷", photos=[],
        opinion="属于保险责任", by=BY, recorded_at=visited,
    )  # fmt: skip
    try:
        confirm_coverage(
            session, taken.file, taken.claim, findings=[finding.id or 0], by=world.adjuster, at=visited + HOUR
        )
    except Refused as refusal:
        return ", ".join(refusal.errors)
    return taken.file.stage


@pytest.mark.parametrize("part", ENDS)
def test_a_report_in_the_last_second_of_the_term_is_covered_though_it_is_decided_later(
    session: Session, world: World, part: str
):
    assert decided(session, world, part, f"{ENDS[part]} 23:59:59") == Stage.COVERED


@pytest.mark.parametrize("part", AFTER)
def test_a_report_in_the_first_second_after_it_is_taken_and_surveyed_but_cant_be_covered(
    session: Session, world: World, part: str
):
    assert decided(session, world, part, f"{AFTER[part]} 00:00:00") == "findings"


@pytest.mark.parametrize("part", ENDS)
def test_the_gate_says_so_on_the_claim(session: Session, world: World, part: str):
    last, after = (
        reported(session, part, when).claim.gate for when in (f"{ENDS[part]} 23:59:59", f"{AFTER[part]} 00:00:00")
    )

    assert (last, after) == ("in_force", "out_of_term")


@pytest.mark.parametrize(("when", "stage", "gate"), [
    ("Tue 2026-06-30 23:59:59", Stage.REFERRED, "builder_period"),   # the builder's two years, to their end
    ("Wed 2026-07-01 00:00:00", Stage.REPORTED, "in_force"),
])  # fmt: skip
def test_the_term_begins_with_its_first_day_and_before_it_the_builder_repairs(
    session: Session, world: World, when: str, stage: str, gate: str
):
    session.add(
        Cover(policy_id=world.policy.id or 0, part="wiring", starts_on=date(2026, 7, 1), ends_on=date(2028, 6, 30))
    )
    session.flush()

    taken = reported(session, "wiring", when)

    assert (taken.file.stage, taken.claim.gate) == (stage, gate)
