"""The claims that the printed list leads to are what it says of them."""

from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from claims.appraisal import appraisals_of
from claims.casefile import CaseFile
from claims.casefile.model import RunningClock
from claims.casefile.timeline import entries_of
from claims.decision import decisions_of
from claims.demo import special_claims
from claims.demo.commands import show_way_in
from claims.intake import Claim
from claims.letters import letters_of
from claims.registry import Building, Home, Project, cover_of
from claims.survey import findings_of
from claims.warranty import linked_references, warranties_of
from config.time import shanghai_day
from tests.claims.demo.loading import TODAY

pytestmark = [pytest.mark.sqlite, pytest.mark.xdist_group("demo")]


def special(demo: Session, key: str) -> tuple[CaseFile, Claim]:
    query = select(CaseFile, Claim).join(Claim).where(Claim.key == f"demo {key}")
    return demo.exec(query).one()


def clock(demo: Session, file: CaseFile, name: str) -> RunningClock:
    return demo.exec(select(RunningClock).where(RunningClock.file_id == file.id, RunningClock.clock == name)).one()


def facts(demo: Session, file: CaseFile) -> list[str]:
    return [entry.fact for entry, _ in entries_of(demo, file.id or 0)]


def test_one_is_on_day_nine_of_ten(demo: Session):
    file, _ = special(demo, "ninth day")
    performance = clock(demo, file, "performance")

    assert (file.stage, performance.state) == ("paying", "running")
    assert shanghai_day(TODAY) - shanghai_day(performance.anchor) == timedelta(days=9)


def test_one_is_breached_and_the_breach_is_on_record(demo: Session):
    file, _ = special(demo, "breached")

    assert (file.stage, clock(demo, file, "performance").state) == ("paying", "breached")
    assert "ClockBreached" in facts(demo, file)


def test_one_danger_is_open(demo: Session):
    file, claim = special(demo, "danger")

    assert (claim.danger, file.stands_first, clock(demo, file, "make_safe").met_at) == (True, True, None)


def test_one_notice_went_out_too_late(demo: Session):
    file, _ = special(demo, "late notice")

    assert clock(demo, file, "denial_notice").met_at is not None
    assert facts(demo, file)[-3:] == ["ClockBreached", "LetterIssued", "DenialNoticeDispatched"]


def test_one_is_denied_and_in_appraisal(demo: Session):
    file, _ = special(demo, "in appraisal")
    [appraisal] = appraisals_of(demo, file.id or 0)

    assert (file.stage, appraisal.state) == ("denied", "proposed")
    assert clock(demo, file, "appraisal_reply").state == "running"


def test_one_is_in_warranty_although_the_cover_of_its_part_has_ended(demo: Session):
    file, claim = special(demo, "outlived")
    [(warranty, running)] = warranties_of(demo, claim.id)

    assert (file.stage, running and running.state) == ("warranty", "running")
    assert cover_of(demo, claim.policy_id or 0, shanghai_day(TODAY))[warranty.part].ends_on < shanghai_day(TODAY)


def test_one_lies_in_the_builders_two_years(demo: Session):
    file, claim = special(demo, "builder")
    project = demo.exec(select(Project).join(Building).join(Home).where(Home.id == claim.home_id)).one()

    assert (file.stage, claim.gate) == ("referred", "builder_period")
    assert shanghai_day(claim.received_at) - project.completion_filed_on < timedelta(days=730)


def test_a_riser_leaks_on_five_floors_and_more(demo: Session):
    leaks = demo.exec(
        select(Claim, Home).join(Home, col(Home.id) == Claim.home_id).where(col(Claim.key).startswith("demo riser"))
    ).all()

    assert len(leaks) >= 5
    assert len({(home.building_id, home.riser, claim.item) for claim, home in leaks}) == 1
    assert len({home.floor for _, home in leaks}) == len(leaks)
    received = [claim.received_at for claim, _ in leaks]
    assert max(received) - min(received) < timedelta(days=14)


def test_one_has_a_covered_and_a_denied_finding(demo: Session):
    file, _ = special(demo, "half")
    outcomes = Counter(finding.outcome for finding in findings_of(demo, file.id or 0))

    assert (file.stage, outcomes) == ("covered", Counter(covered=1, denied=1))


def test_one_has_two_warranties(demo: Session):
    file, _ = special(demo, "two warranties")

    assert [running and running.state for _, running in warranties_of(demo, file.id or 0)] == ["running", "running"]


def test_one_denial_waits_for_its_second_person(demo: Session):
    file, _ = special(demo, "second person")

    assert [decision.state for decision in decisions_of(demo, file.id or 0)] == ["proposed"]


def test_one_stands_still_for_a_supplement(demo: Session):
    file, _ = special(demo, "paused")

    assert clock(demo, file, "decision").state == "paused"


def test_one_came_back_within_its_warranty_and_went_straight_to_repair(demo: Session):
    first, _ = special(demo, "first repair")
    second, _ = special(demo, "second repair")

    assert second.stage == "repairing" and "CoverageConfirmed" not in facts(demo, second)
    assert linked_references(demo, second.id or 0) == [{"reference": first.reference, "why": "warranty"}]


def test_a_special_claim_has_all_of_its_letters(demo: Session):
    file, _ = special(demo, "two warranties")
    letters = letters_of(demo, file.id or 0)

    kinds = {"acknowledgement", "coverage_notice", "settlement_agreement", "work_order", "completion_record"}
    assert {letter.kind for letter in letters} >= kinds
    assert {letter.state for letter in letters} == {"dispatched"}


def test_the_list_that_is_printed_names_them_all(demo_app: Flask, demo: Session, capsys: pytest.CaptureFixture[str]):
    show_way_in(demo_app.extensions["database"])

    printed = capsys.readouterr().out
    listed = special_claims(demo)
    assert len(listed) == 20
    assert all(reference in printed and label in printed for label, reference in listed)
    assert "demo-finance" in printed
