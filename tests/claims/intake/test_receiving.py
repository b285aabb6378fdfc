"""第十三条 接到报案: every report becomes one claim, with a home, a candidate, or none yet."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from claims.casefile import CaseFile, Refused, Stage
from claims.casefile.model import RunningClock, TimelineEntry
from claims.intake import Claim, Gate, Received, identify_home, receive_report
from claims.registry import Cover
from notifications.model import Message
from tests.makers import OWNERS_PHONE, World, a_claim, a_report, at

pytestmark = pytest.mark.both_databases
REPORTED = at("Mon 2026-03-02 10:00")


def received(session: Session, **told: object) -> Received:
    return receive_report(session, a_report(**told), by="homeowner", at=REPORTED)


def test_a_report_with_the_homes_code_is_placed(session: Session, world: World):
    taken = received(session)

    assert (taken.claim.home_id, taken.claim.gate, taken.file.district) == (world.home.id, Gate.IN_FORCE, "浦东新区")


def test_a_report_with_the_exact_address_is_placed(session: Session, world: World):
    taken = received(session, home=None, address="浦东新区示例路1弄1号楼1201室")

    assert taken.claim.home_id == world.home.id


def test_a_report_known_by_its_callers_number_has_a_candidate_and_no_home(session: Session, world: World):
    taken = received(session, home=None)

    assert (taken.claim.home_id, taken.claim.candidate_home_id, taken.claim.gate) == (None, world.home.id, Gate.NO_HOME)


def test_a_report_that_nobody_can_place_is_a_claim_all_the_same(session: Session, world: World):
    taken = received(session, home=None, address="黄浦区不存在的路9号", phone="+8613900000009")

    assert (taken.file.stage, taken.claim.home_id, taken.claim.candidate_home_id) == (Stage.REPORTED, None, None)


def test_a_code_that_no_home_has_is_refused_by_field(session: Session, world: World):
    with pytest.raises(Refused) as refusal:
        received(session, home="H-9999")

    assert set(refusal.value.errors) == {"home"}


def test_a_day_that_hasnt_come_is_refused_by_field(session: Session, world: World):
    with pytest.raises(Refused) as refusal:
        received(session, found_on=date(2026, 3, 3))

    assert set(refusal.value.errors) == {"found_on"}


def test_the_same_key_gives_the_same_claim_and_track_code(session: Session, world: World):
    first, again = received(session, key="form:1"), received(session, key="form:1")

    assert (again.file.reference, again.track_code, again.new) == (first.file.reference, first.track_code, False)


def test_the_policys_own_lengths_rule_what_the_law_leaves_to_it(session: Session, world: World):
    world.policy.survey_days, world.policy.decision_days = 1, 7
    session.add(world.policy)

    taken = received(session)

    lengths = dict(
        session.exec(select(RunningClock.clock, RunningClock.length).where(RunningClock.file_id == taken.file.id)).all()
    )
    assert (lengths["survey"], lengths["decision"], lengths["advance"]) == ("1 days", "7 days", "60 days")


def test_danger_makes_the_first_call_due_in_thirty_minutes(session: Session, world: World):
    taken = received(session, danger=True)

    contact = session.exec(
        select(RunningClock).where(RunningClock.file_id == taken.file.id, RunningClock.clock == "contact")
    ).one()
    assert contact.legal_due == REPORTED + timedelta(minutes=30)


def test_a_report_starts_four_clocks_and_one_text(session: Session, world: World):
    taken = received(session)

    clocks = session.exec(select(RunningClock.clock).where(RunningClock.file_id == taken.file.id)).all()
    texts = session.exec(select(Message.message).where(Message.about == f"claim:{taken.file.id}")).all()
    assert (sorted(clocks), texts) == (["advance", "contact", "decision", "survey"], ["report_received"])


def test_inside_the_builders_two_years_a_report_is_recorded_and_referred_and_no_clock_runs(
    session: Session, world: World
):
    for cover in session.exec(select(Cover)):
        cover.starts_on, cover.ends_on = date(2026, 3, 3), date(2036, 3, 2)
        session.add(cover)

    taken = received(session)

    facts = session.exec(
        select(TimelineEntry.fact).where(TimelineEntry.file_id == taken.file.id).order_by(col(TimelineEntry.seq))
    ).all()
    running = session.exec(
        select(RunningClock).where(RunningClock.file_id == taken.file.id, RunningClock.state == "running")
    ).all()
    texts = session.exec(select(Message.message).where(Message.about == f"claim:{taken.file.id}")).all()
    assert (taken.file.stage, list(facts), running, list(texts)) == (
        Stage.REFERRED, ["ReportReceived", "ClaimReferred"], [], ["claim_referred"],
    )  # fmt: skip


def test_a_home_found_later_is_gated_as_of_the_day_of_the_report(session: Session, world: World):
    made = a_claim(session, world, home=None, part="finishes", reported_at=at("Wed 2026-05-20 23:59"))

    identify_home(session, made.file, made.claim, home="H-1201", by="staff:1", at=at("Thu 2026-05-21 00:10"))

    assert (made.claim.gate, made.file.district) == (Gate.IN_FORCE, "浦东新区")


def test_a_home_found_later_brings_the_policys_lengths_to_the_running_clocks(session: Session, world: World):
    world.policy.survey_days = 1
    session.add(world.policy)
    made = a_claim(session, world, home=None)

    identify_home(session, made.file, made.claim, home="H-1201", by="staff:1", at=at("Mon 2026-03-02 11:00"))

    survey = session.exec(
        select(RunningClock).where(RunningClock.file_id == made.file.id, RunningClock.clock == "survey")
    ).one()
    assert (survey.length, survey.safe_due, survey.due_version) == ("1 days", at("Wed 2026-03-04 00:00"), 2)


def test_no_name_or_phone_number_lies_open_in_the_claim(session: Session, world: World):
    taken = received(session)

    row = session.get_one(Claim, taken.file.id).model_dump_json()
    assert "王小明" not in row
    assert OWNERS_PHONE not in row


def test_the_file_is_most_urgent_by_its_nearest_safe_day(session: Session, world: World):
    taken = received(session)

    assert session.get_one(CaseFile, taken.file.id).urgent_at == REPORTED + timedelta(hours=2)
