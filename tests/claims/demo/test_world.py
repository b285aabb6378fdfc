"""The demo world: everything that issue B asks of it is there, and it is a world that the real actions made."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session, col, func, select

from claims.access import ROLES, Person, in_sight, person_by_token, roles_of
from claims.casefile import CLAIM_STAGES, ENDED, CaseFile, Stage
from claims.casefile.belongings import rule_book
from claims.casefile.model import RunningClock
from claims.casefile.sweeps import ring_due_rungs
from claims.casefile.timeline import entries_of, verify
from claims.demo import DEMO_TOKENS, load_demo
from claims.duties import duty_files, owed_on, records_of
from claims.intake import Claim
from claims.letters import LETTERS, Letter
from claims.registry import Building, Firm, Home, Ownership, Project, e164
from claims.settlement import LedgerEntry, reached_settlements, settlements_of
from config.time import day_start, shanghai_day
from notifications.model import Message
from tests.claims.demo.loading import TODAY

pytestmark = [pytest.mark.sqlite, pytest.mark.xdist_group("demo")]


def count(demo: Session, rows: type) -> int:
    return demo.exec(select(func.count()).select_from(rows)).one()


def files_of(demo: Session) -> Sequence[CaseFile]:
    return demo.exec(select(CaseFile).where(CaseFile.kind == "claim").order_by(col(CaseFile.id))).all()


def test_it_has_the_size_that_was_asked_for(demo: Session):
    sizes = {rows: count(demo, rows) for rows in (Project, Building, Home, Firm, Claim)}

    assert sizes == {Project: 5, Building: 40, Home: 2000, Firm: 12, Claim: 150}


def test_every_home_has_an_owner_today_whose_number_is_plainly_invented(demo: Session):
    owned = demo.exec(select(Ownership).where(col(Ownership.to_on).is_(None))).all()
    phones = {demo.info["sealer"].open(owner.phone_sealed) for owner in owned}

    assert {owner.home_id for owner in owned} == set(demo.exec(select(Home.id)))
    assert len(phones) == 2000
    assert all(phone.startswith("+861380000") for phone in phones)


def test_every_role_is_taken_and_its_token_lets_in(demo: Session):
    people = demo.exec(select(Person)).all()
    holders = {role: person_by_token(demo, token) for role, token in DEMO_TOKENS.items()}

    assert set(holders) == set(ROLES)
    assert all(holder is not None and role in roles_of(holder) for role, holder in holders.items())
    assert all(person.firm_id for person in people if roles_of(person) & {"firm", "appraiser"})
    assert all(sum(role in roles_of(p) for p in people) >= 2 for role in ("adjuster", "surveyor", "lead"))


def test_every_role_but_the_operator_has_claims_to_look_at(demo: Session):
    tokens = {role: token for role, token in DEMO_TOKENS.items() if role != "operator"}
    holders = {role: person_by_token(demo, token) for role, token in tokens.items()}
    seen = {role: demo.exec(select(CaseFile.id).where(in_sight(holder))).all() for role, holder in holders.items()}

    assert [role for role, claims in seen.items() if not claims] == []


def test_three_repair_firms_differ_in_trades_and_districts_and_two_can_appraise(demo: Session):
    kinds = Counter(demo.exec(select(Firm.kind)))
    repairing = demo.exec(select(Firm.trades, Firm.districts).where(Firm.kind == "repair")).all()

    assert kinds["repair"] >= 3 and kinds["appraiser"] == 2 and kinds["builder"] and kinds["developer"]
    assert len(set(repairing)) == len(repairing)


def test_there_is_a_claim_at_every_stage_and_they_came_in_over_fifteen_months(demo: Session):
    files = files_of(demo)
    first, last = files[0].opened_at, files[-1].opened_at

    assert {file.stage for file in files} == set(CLAIM_STAGES)
    assert timedelta(days=365) < TODAY - first <= timedelta(days=451)
    assert TODAY - last < timedelta(days=1)
    assert [file.opened_at for file in files] == sorted(file.opened_at for file in files)


def test_every_timeline_is_whole(demo: Session):
    assert list(verify(demo)) == []


def test_every_open_claim_has_a_running_clock_or_waits_for_somebody_else(demo: Session):
    rules = rule_book(demo)
    ticking: Counter[int] = Counter()
    for clock in demo.exec(select(RunningClock).where(col(RunningClock.met_at).is_(None))):
        if (
            clock.state in ("running", "paused", "breached")
            and not rules.named(clock.rule_set).clocks[clock.clock].measure
        ):
            ticking[clock.file_id] += 1
    idle = [file for file in files_of(demo) if file.stage not in ENDED and not ticking[file.id or 0]]

    assert not [file.reference for file in idle if not waits_for_the_owner(demo, file)]


def waits_for_the_owner(demo: Session, file: CaseFile) -> bool:
    """His word on an offer, or what he makes of a denial whose notice has gone out."""
    if file.stage == Stage.COVERED:
        return any(settlement.state == "proposed" for settlement in settlements_of(demo, file.id or 0))
    return file.stage == Stage.DENIED


def test_no_claim_was_paid_more_than_was_agreed(demo: Session):
    paid: Counter[int] = Counter()
    for entry in demo.exec(select(LedgerEntry)):
        paid[entry.claim_id] += entry.amount_fen
    for claim, fen in paid.items():
        agreed = sum(settlement.cash_fen for settlement in reached_settlements(demo, claim))
        offered = max(settlement.cash_fen for settlement in settlements_of(demo, claim))
        assert fen <= (agreed or offered)
    closed = select(CaseFile.id).where(CaseFile.stage == "closed")
    assert set(paid) & set(demo.exec(closed))


def test_the_worker_finds_nothing_of_the_past_to_send_to_make_or_to_ring(demo: Session):
    midnight = day_start(shanghai_day(TODAY))
    waiting = demo.exec(select(Message.queued_at).where(Message.state == "queued")).all()
    drafts = demo.exec(select(Letter).where(Letter.state == "drafted", col(Letter.next_try_at) <= TODAY)).all()

    assert all(queued_at >= midnight for queued_at in waiting)
    assert all(draft.drafted_at >= midnight or LETTERS[draft.kind].dispatched for draft in drafts)
    assert len(waiting) + len(drafts) < 100
    assert ring_due_rungs(demo, TODAY) == 0


def test_breaches_of_the_past_are_few_and_on_record_at_their_first_late_instant(demo: Session):
    breached = demo.exec(select(RunningClock).where(col(RunningClock.breached_at).is_not(None))).all()

    assert {"denial_notice", "performance", "survey"} <= {clock.clock for clock in breached}
    assert 5 < len(breached) < 30
    assert all(clock.breached_at == clock.legal_due for clock in breached)


def test_a_second_load_is_refused(demo_app: Flask):
    result = demo_app.test_cli_runner().invoke(args=["demo", "load"])

    assert (result.exit_code, "isn't empty" in result.output) == (1, True)
    assert not load_demo(demo_app.extensions["database"], TODAY)


def test_the_first_home_is_left_to_whoever_follows_the_readme(demo: Session):
    home = demo.exec(select(Home).where(Home.code == "SL1-1-101")).one()
    owner = demo.exec(select(Ownership).where(Ownership.home_id == home.id)).one()
    last_digits = demo.info["sealer"].index("0101", "last4")

    assert demo.info["sealer"].open(owner.phone_sealed) == e164("13800000101")
    assert not demo.exec(select(Claim).where(Claim.last4_index == last_digits)).all()


def owed(demo: Session, file: CaseFile) -> set[str]:
    return {clock.clock for clock in owed_on(demo, file.id or 0)}


def test_one_handover_has_not_begun_one_is_under_way_and_one_is_done(demo: Session):
    rows = duty_files(demo, manager(demo), "project") + duty_files(demo, manager(demo), "project", closed=True)
    told = {row.project.code: (len(entries_of(demo, row.file.id or 0)), row.file.stage) for row in rows if row.project}

    assert told["SL5"] == (1, "under_way")
    assert told["SL3"][0] > 5 and told["SL3"][1] == "under_way"
    assert told["SL4"][1] == "closed"
    assert len({row.file.district for row in rows}) == 3


def test_the_handover_that_is_done_was_done_in_time(demo: Session):
    [done] = duty_files(demo, manager(demo), "project", closed=True)
    clocks = demo.exec(select(RunningClock).where(RunningClock.file_id == done.file.id)).all()

    assert {"liability_briefing", "joint_inspection", "liability_notice"} <= {clock.clock for clock in clocks}
    assert not [clock.clock for clock in clocks if clock.breached_at is not None or clock.state == "running"]


def test_an_emergency_was_attended_and_the_authority_is_still_to_be_told(demo: Session):
    [under_way] = [row.file for row in duty_files(demo, manager(demo), "project") if row.project.code == "SL3"]

    assert "emergency" in {record.kind for record in records_of(demo, under_way.id or 0)}
    assert {"emergency_report", "test_failed", "platform_upload"} <= owed(demo, under_way)
    assert "emergency_attendance" not in owed(demo, under_way)


def test_one_recovery_waits_for_its_demand_and_one_is_on_its_way(demo: Session):
    recoveries = [row.file for row in duty_files(demo, manager(demo), "recovery")]

    assert sorted("recovery_demand" in owed(demo, file) for file in recoveries) == [False, True]
    assert not demo.exec(
        select(RunningClock).where(RunningClock.clock == "recovery_demand", col(RunningClock.breached_at).is_not(None))
    ).all()


def manager(demo: Session) -> Person:
    found = person_by_token(demo, DEMO_TOKENS["manager"])
    assert found is not None
    return found


def test_nearly_everything_owed_to_the_platform_is_there(demo: Session):
    uploads = demo.exec(select(RunningClock).where(RunningClock.clock == "claim_upload")).all()
    late = [
        clock for clock in uploads if clock.met_at is not None and clock.met_at >= (clock.legal_due or clock.met_at)
    ]

    assert 0 < sum(clock.met_at is None for clock in uploads) < len(uploads) / 10
    assert len(late) < len(uploads) / 20
