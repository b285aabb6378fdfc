"""第七条(七), 第九条(一)6 and 7: what is done two months, and one month, before liability starts.

竣工备案 on Monday 20 May 2024: liability starts on Thursday 21 May 2026 (worked example 18). Two months before is
Saturday 21 March, kept early: Friday 20 March. One month before is Tuesday 21 April.
"""

from contextlib import nullcontext
from datetime import date

import pytest

from claims.casefile import AlreadyDone, NeedsConfirmation
from claims.duties import DutyFile, open_project, owed_on
from claims.registry import Cover, Policy, Project
from tests.claims.duties.conftest import BY, a_project
from tests.makers import World, at

BRIEFED = "Sat 2026-03-21 23:59:59"


@pytest.mark.parametrize(("filed_on", "starts_on", "briefing", "notice"), [
    # worked examples 17 and 18: safe and legal, as the exclusive ends of those days
    (date(2024, 2, 29), date(2026, 3, 1),
     ("Thu 2026-01-01 00:00", "Fri 2026-01-02 00:00"), ("Sat 2026-01-31 00:00", "Mon 2026-02-02 00:00")),
    (date(2024, 5, 20), date(2026, 5, 21),
     ("Sat 2026-03-21 00:00", "Sun 2026-03-22 00:00"), ("Wed 2026-04-22 00:00", "Wed 2026-04-22 00:00")),
])  # fmt: skip
def test_days_are_counted_back_from_the_day_on_which_liability_starts(
    session, opened, filed_on, starts_on, briefing, notice
):
    held = opened(filed_on, "Mon 2025-12-01 09:00")

    assert session.get_one(DutyFile, held.file.id).liability_starts_on == starts_on
    for name, (safe, legal) in (("liability_briefing", briefing), ("joint_inspection", briefing),
                                ("liability_notice", notice)):  # fmt: skip
        assert (held.clock(name).safe_due, held.clock(name).legal_due) == (at(safe), at(legal))


def test_the_policys_printed_day_outranks_the_two_years(session, world: World):
    """The sample policy covers from 21 May 2024, though completion was filed on 20 May 2022."""
    project = session.get_one(Project, world.policy.project_id)
    session.add(
        Cover(policy_id=world.policy.id or 0, part="wiring", starts_on=date(2024, 6, 1), ends_on=date(2026, 5, 31))
    )

    file = open_project(session, project, by=BY, at=at("Mon 2026-01-05 09:00"))

    assert session.get_one(DutyFile, file.id).liability_starts_on == date(2024, 5, 21)


def test_a_policy_that_prints_no_cover_leaves_the_two_years(session):
    project = a_project(session, date(2024, 5, 20))
    printed = {"number": "N1", "insurer": "示例财产保险", "insured_kind": "owner", "issued_on": date(2021, 3, 1)}
    session.add(Policy(project_id=project.id or 0, **printed))

    file = open_project(session, project, by=BY, at=at("Mon 2026-01-05 09:00"))

    assert session.get_one(DutyFile, file.id).liability_starts_on == date(2026, 5, 21)


def test_a_project_has_one_file(session, opened):
    held = opened()
    project = session.get_one(Project, session.get_one(DutyFile, held.file.id).project_id)

    with pytest.raises(AlreadyDone):
        open_project(session, project, by=BY, at=at("Mon 2026-01-05 09:01"))


@pytest.mark.parametrize(("held_at", "breach"), [
    (BRIEFED, None),
    ("Sun 2026-03-22 00:00:00", "Sun 2026-03-22 00:00"),
])  # fmt: skip
def test_a_briefing_is_late_only_once_the_day_two_months_before_is_over(opened, held_at, breach):
    held = opened()

    held.happens("briefing", held_at)

    assert held.breaches.get("liability_briefing") == (at(breach) if breach else None)
    assert held.clock("liability_briefing").met_at == at(held_at)


@pytest.mark.parametrize(("filed_on", "clocks"), [
    (date(2023, 6, 12), 1),  # liability from Fri 2025-06-13: two months before is Sun 2025-04-13, the Rules' first day
    (date(2023, 6, 11), 0),
])  # fmt: skip
def test_what_had_to_be_done_before_the_rules_came_has_no_clock(session, opened, filed_on, clocks):
    held = opened(filed_on)

    running = [clock.clock for clock in owed_on(session, held.file.id)]

    assert running.count("liability_briefing") == clocks


def test_the_team_is_warned_a_month_a_week_and_a_day_before(session, opened):
    held = opened()
    looks = ["Wed 2026-02-18 23:59", "Thu 2026-02-19 00:00", "Sat 2026-03-14 00:00", "Fri 2026-03-20 09:00"]
    seen = []
    for look in looks:
        held.swept(look)
        seen.append(held.clock("liability_briefing").next_look_at)

    assert seen == [at("Thu 2026-02-19 00:00"), at("Sat 2026-03-14 00:00"), at("Fri 2026-03-20 09:00"),
                    at("Sun 2026-03-22 00:00")]  # fmt: skip


def test_a_breach_is_found_by_the_sweep_and_stays(opened):
    held = opened()
    held.swept("Sun 2026-03-22 00:00")

    held.happens("briefing", "Mon 2026-03-23 10:00")

    assert held.breaches["liability_briefing"] == at("Sun 2026-03-22 00:00")
    assert held.clock("liability_briefing").state == "breached"


def test_what_was_done_in_time_and_entered_after_the_breach_needs_a_lead(opened):
    held = opened()
    held.swept("Sun 2026-03-22 00:00")

    with pytest.raises(NeedsConfirmation):
        held.happens("briefing", "Wed 2026-03-18 10:00", learned="Mon 2026-03-23 10:00")


def test_the_builders_two_years_are_a_term_whose_last_day_does_not_roll(opened):
    """第七条(七): 2 years from Thursday 29 February 2024 end with Saturday 28 February 2026."""
    clock = opened(date(2024, 2, 29), "Mon 2025-12-01 09:00").clock("builder_repair")

    assert (clock.kind, clock.anchor, clock.legal_due) == (
        "term", at("Thu 2024-02-29 00:00"), at("Sun 2026-03-01 00:00"),
    )  # fmt: skip


def test_a_corrected_day_counts_anew_what_is_not_yet_done_and_nothing_else(opened):
    held = opened()
    held.happens("briefing", "Mon 2026-03-02 10:00")

    moved = {"liability_starts_on": date(2026, 6, 18), "proof": "保险单", "confirmed_by": "staff:2"}
    held.happens("liability-start", "Tue 2026-03-03 10:00", **moved)

    assert held.clock("liability_briefing").state == "met"
    assert held.clock("liability_briefing").anchor == at("Thu 2026-05-21 00:00")
    assert held.clock("liability_notice").legal_due == at("Tue 2026-05-19 00:00")
    assert held.clock("joint_inspection").safe_due == at("Sat 2026-04-18 00:00")


@pytest.mark.parametrize(("moved_to", "needs_a_lead"), [(date(2026, 5, 22), True), (date(2026, 5, 20), False)])
def test_a_later_day_needs_a_leads_word(opened, moved_to, needs_a_lead):
    """Liability starts on Thu 2026-05-21: later moves what is owed later."""
    held = opened()
    told = {"liability_starts_on": moved_to, "proof": "保险单"}

    with pytest.raises(NeedsConfirmation) if needs_a_lead else nullcontext():
        held.happens("liability-start", "Tue 2026-03-03 10:00", **told)


def test_an_act_is_done_once(opened):
    held = opened()
    held.happens("notice", "Mon 2026-03-02 10:00")

    with pytest.raises(AlreadyDone):
        held.happens("notice", "Tue 2026-03-03 10:00")


def test_closing_ends_what_still_runs(opened):
    held = opened()

    held.happens("closing", "Mon 2026-03-02 10:00", reason="项目退保")

    assert {held.clock(name).state for name in ("liability_briefing", "liability_notice", "builder_repair")} == {
        "cancelled"
    }
