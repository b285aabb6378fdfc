"""第十四条: 180 natural days for one home × part × repair item, at both sides of each boundary, weekday named.

Accepted on Thursday 10 September 2026 the 180th day is Tuesday 9 March 2027 (worked example 15).
"""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from claims.casefile import Stage
from claims.decision import confirm_coverage
from claims.intake import Claim, Received, identify_home, receive_report
from claims.settlement import Part
from claims.survey import book_survey, record_finding
from claims.warranty import ClaimLink, item_key
from tests.later_makers import BY, DAY, HOUR, Later, accepted, another_home, covered, swept
from tests.makers import Made, World, a_claim, a_report, at

ACCEPTED = "Thu 2026-09-10 16:00"
ITEM = "卧室天花板渗水1"


def reported(session: Session, when: str, **told: object) -> Received:
    return receive_report(session, a_report(**({"item": ITEM} | told)), by="homeowner", at=at(when))


def stage_of(taken: Received) -> str:
    return taken.file.stage


# --- both sides ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("reported_at", "stage"), [
    ("Thu 2026-09-10 16:00:00", Stage.REPAIRING),   # the day itself isn't counted, but is covered
    ("Mon 2027-03-08 23:59:59", Stage.REPAIRING),   # day 179
    ("Tue 2027-03-09 00:00:00", Stage.REPAIRING),   # day 180 begins
    ("Tue 2027-03-09 23:59:59", Stage.REPAIRING),   # day 180, to its end
    ("Wed 2027-03-10 00:00:00", Stage.REPORTED),    # day 181
])  # fmt: skip
def test_a_report_within_180_days_goes_straight_to_repair(session: Session, world: World, reported_at: str, stage: str):
    accepted(session, world, ACCEPTED)

    assert stage_of(reported(session, reported_at)) == stage


@pytest.mark.parametrize(("accepted_at", "last_as_counted", "last"), [
    ("Thu 2026-09-10 16:00", "Tue 2027-03-09", "Tue 2027-03-09"),   # worked example 15
    ("Mon 2026-03-30 16:00", "Sat 2026-09-26", "Mon 2026-09-28"),   # 16: Mid-Autumn, 25 to 27: for the owner
    ("Tue 2026-03-24 16:00", "Sun 2026-09-20", "Sun 2026-09-20"),   # a make-up Sunday works: no roll
    ("Sun 2026-04-05 16:00", "Fri 2026-10-02", "Thu 2026-10-08"),   # National Day
    ("Mon 2026-04-13 16:00", "Sat 2026-10-10", "Sat 2026-10-10"),   # a make-up Saturday works: no roll
    ("Wed 2026-03-25 16:00", "Mon 2026-09-21", "Mon 2026-09-21"),
])  # fmt: skip
def test_the_last_day_is_rolled_into_a_working_day(
    session: Session, world: World, accepted_at: str, last_as_counted: str, last: str
):
    clock = accepted(session, world, accepted_at).clock("repair_warranty")

    assert (clock.safe_due, clock.legal_due) == (at(f"{last_as_counted} 00:00") + DAY, at(f"{last} 00:00") + DAY)


@pytest.mark.parametrize(("reported_at", "stage"), [
    ("Sun 2026-09-27 23:59:59", Stage.REPAIRING),
    ("Mon 2026-09-28 23:59:59", Stage.REPAIRING),
    ("Tue 2026-09-29 00:00:00", Stage.REPORTED),
])  # fmt: skip
def test_a_report_on_the_rolled_last_day_is_in_time(session: Session, world: World, reported_at: str, stage: str):
    accepted(session, world, "Mon 2026-03-30 16:00")

    assert stage_of(reported(session, reported_at)) == stage


@pytest.mark.parametrize(("looked_at", "stage"), [
    ("Tue 2027-03-09 23:59:59", Stage.WARRANTY),
    ("Wed 2027-03-10 00:00:00", Stage.CLOSED),
])  # fmt: skip
def test_the_sweep_closes_the_claim_when_the_last_day_is_over(
    session: Session, world: World, looked_at: str, stage: str
):
    claim = accepted(session, world, ACCEPTED)

    swept(session, looked_at)

    assert claim.file.stage == stage


@pytest.mark.parametrize("swept_before", [False, True])
def test_whether_the_sweep_has_looked_decides_nothing(session: Session, world: World, swept_before: bool):
    """A text of the last second that is read after the claim was closed is a report of the last second."""
    accepted(session, world, ACCEPTED)
    if swept_before:
        swept(session, "Wed 2027-03-10 00:00:01")

    taken = receive_report(
        session,
        a_report(item=ITEM),
        by="homeowner",
        at=at("Tue 2027-03-09 23:59:59"),
        recorded_at=at("Wed 2027-03-10 08:00"),
    )

    assert stage_of(taken) == Stage.REPAIRING


# --- the key ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "item", ["卧室天花板渗水1", " 卧室 天花板，渗水1 ", "卧室天花板渗水１", "卧室（天花板）渗水·1"]
)
def test_width_space_and_punctuation_make_no_other_item(session: Session, world: World, item: str):
    accepted(session, world, ACCEPTED)

    assert stage_of(reported(session, "Mon 2026-11-02 10:00", item=item)) == Stage.REPAIRING


@pytest.mark.parametrize(("changed", "linked"), [
    ({"item": "卧室窗框渗水"}, ["same_part"]),       # another item of the same part: linked, and left to a person
    ({"item": None}, ["same_part"]),
    ({"part": "structure"}, []),
    ({"part": None}, []),
])  # fmt: skip
def test_another_part_or_item_is_a_claim_of_its_own_and_at_most_linked(
    session: Session, world: World, changed: dict[str, str | None], linked: list[str]
):
    accepted(session, world, ACCEPTED)

    taken = reported(session, "Mon 2026-11-02 10:00", **changed)

    links = session.exec(select(ClaimLink.why).where(ClaimLink.claim_id == taken.file.id)).all()
    assert (stage_of(taken), list(links)) == (Stage.REPORTED, linked)


def test_the_same_item_next_door_is_another_home(session: Session, world: World):
    accepted(session, world, ACCEPTED)
    another_home(session, world)

    assert stage_of(reported(session, "Mon 2026-11-02 10:00", home="H-1202")) == Stage.REPORTED


def test_a_home_found_only_later_is_recognised_then_by_the_day_of_the_report(session: Session, world: World):
    accepted(session, world, ACCEPTED)
    taken = reported(session, "Tue 2027-03-09 23:59:59", home=None, phone="+8613900000009")
    assert stage_of(taken) == Stage.REPORTED

    identify_home(session, taken.file, taken.claim, home="H-1201", by=BY, at=at("Thu 2027-03-11 10:00"))

    assert stage_of(taken) == Stage.REPAIRING


def test_what_is_recognised_is_linked_and_owes_an_order_and_no_decision(session: Session, world: World):
    first = accepted(session, world, ACCEPTED)

    taken = reported(session, "Mon 2026-11-02 10:00")

    again = Later(session, world, a_made(session, taken))
    states = {name: again.clock(name).state for name in ("contact", "survey", "decision", "advance", "warranty_repair")}
    links = session.exec(select(ClaimLink.earlier_id, ClaimLink.why).where(ClaimLink.claim_id == taken.file.id)).all()
    assert states == dict.fromkeys(("contact", "survey", "decision", "advance"), "cancelled") | {
        "warranty_repair": "running"
    }
    assert list(links) == [(first.file.id, "warranty")]


# --- it survives the policy ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("reported_at", "stage", "gate"), [
    ("Wed 2026-05-20 23:59:59", Stage.REPAIRING, "in_force"),       # the last day of the two years of finishes
    ("Thu 2026-05-21 00:00:00", Stage.REPAIRING, "out_of_term"),
    ("Fri 2026-10-30 23:59:59", Stage.REPAIRING, "out_of_term"),    # day 180
    ("Sat 2026-10-31 00:00:00", Stage.REPORTED, "out_of_term"),
])  # fmt: skip
def test_the_days_dont_end_with_the_term_of_the_policy(
    session: Session, world: World, reported_at: str, stage: str, gate: str
):
    accepted_finishes(session, world, "Sun 2026-05-03 10:00")

    taken = reported(session, reported_at, part="finishes", item="地板空鼓")

    assert (stage_of(taken), taken.claim.gate) == (stage, gate)


# --- where the days begin -----------------------------------------------------------------------------------


def test_they_run_from_completion_until_the_owner_has_spoken(session: Session, world: World):
    claim = covered(session, world, "Mon 2026-08-31 09:00")
    claim.settled("Tue 2026-09-01 09:00")
    claim.ordered("Tue 2026-09-01 10:00")
    claim.started("Wed 2026-09-02 09:00")

    claim.completed("Thu 2026-09-10 16:00")

    assert claim.clock("repair_warranty").legal_due == at("Wed 2027-03-10 00:00")


@pytest.mark.parametrize(("accepted_at", "legal_due"), [
    ("Thu 2026-09-10 17:00", "Wed 2027-03-10 00:00"),   # the same day
    ("Fri 2026-09-11 09:00", "Thu 2027-03-11 00:00"),   # a day later, a day longer
    ("Sat 2026-10-10 09:00", "Fri 2027-04-09 00:00"),   # counted to Thursday 8 April 2027
])  # fmt: skip
def test_a_later_acceptance_moves_them(session: Session, world: World, accepted_at: str, legal_due: str):
    claim = accepted(session, world, accepted_at, completed="Thu 2026-09-10 16:00")

    assert claim.clock("repair_warranty").legal_due == at(legal_due)
    assert len(claim.warranties()) == 1


def test_of_two_items_the_one_accepted_runs_from_its_acceptance_though_the_other_is_not_fixed(
    session: Session, world: World
):
    claim = covered(session, world, "Mon 2026-08-31 09:00", findings=2)
    claim.settled("Tue 2026-09-01 09:00")
    claim.ordered("Tue 2026-09-01 10:00")
    claim.started("Wed 2026-09-02 09:00")
    claim.completed("Thu 2026-09-10 16:00")

    claim.answered("Mon 2026-09-14 09:00", "fixed", "not_fixed")

    fixed, open_again = (claim.clock("repair_warranty", f"warranty:{w.id}").anchor for w in claim.warranties())
    assert (fixed, open_again) == (at("Mon 2026-09-14 09:00"), at("Thu 2026-09-10 16:00"))


def test_an_owner_asked_only_after_180_days_has_180_days_from_the_answer(session: Session, world: World):
    claim = covered(session, world, "Mon 2026-08-31 09:00")
    claim.settled("Tue 2026-09-01 09:00")
    claim.ordered("Tue 2026-09-01 10:00")
    claim.started("Wed 2026-09-02 09:00")
    claim.completed("Thu 2026-09-10 16:00")
    swept(session, "Mon 2027-04-05 10:00")

    claim.answered("Mon 2027-04-05 11:00")

    assert [w.state for w in claim.warranties()] == ["ended", "running"]
    assert (claim.clock("repair_warranty").anchor, claim.file.stage) == (at("Mon 2027-04-05 11:00"), Stage.WARRANTY)


# --- and begin afresh ---------------------------------------------------------------------------------------


def repaired_again(session: Session, world: World, first: Later, when: str) -> Later:
    """A report under warranty, repaired by own crew on the next day and accepted a day after."""
    again = Later(session, world, a_made(session, reported(session, when)))
    later = [f"{at(when) + n * DAY:%a %Y-%m-%d %H:%M}" for n in (0, 1, 2)]
    again.ordered(later[0])
    again.started(later[1])
    again.completed(later[1])
    again.answered(later[2])
    return again


def test_a_repair_under_warranty_starts_180_days_afresh_and_ends_the_first(session: Session, world: World):
    first = accepted(session, world, ACCEPTED)

    again = repaired_again(session, world, first, "Tue 2027-03-09 10:00")

    assert [w.state for w in first.warranties()] == ["replaced"]
    assert again.clock("repair_warranty").anchor == at("Thu 2027-03-11 10:00")
    assert stage_of(reported(session, "Wed 2027-03-17 10:00")) == Stage.REPAIRING  # beyond the first 180 days


def test_a_claim_whose_last_warranty_was_taken_over_by_a_later_repair_is_closed(session: Session, world: World):
    first = accepted(session, world, ACCEPTED)

    repaired_again(session, world, first, "Mon 2026-11-02 10:00")

    session.refresh(first.file)
    assert (first.file.stage, first.clock("repair_warranty").state) == (Stage.CLOSED, "cancelled")


def test_one_of_two_warranties_taken_over_leaves_the_claim_in_warranty(session: Session, world: World):
    claim = covered(session, world, "Mon 2026-08-31 09:00", findings=2)
    claim.settled("Tue 2026-09-01 09:00")
    claim.ordered("Tue 2026-09-01 10:00")
    claim.started("Wed 2026-09-02 09:00")
    claim.completed("Thu 2026-09-10 16:00")
    claim.answered("Thu 2026-09-10 17:00")

    repaired_again(session, world, claim, "Mon 2026-11-02 10:00")

    session.refresh(claim.file)
    assert (claim.file.stage, [w.state for w in claim.warranties()]) == (Stage.WARRANTY, ["replaced", "running"])


def test_the_last_yuan_paid_after_the_last_warranty_ran_out_closes_the_claim(session: Session, world: World):
    claim = covered(session, world, "Mon 2026-08-31 09:00", findings=2)
    first, second = (finding.id or 0 for finding in claim.made.findings)
    claim.settled("Tue 2026-09-01 09:00", Part(first, "repair"), Part(second, "cash", 100))
    claim.ordered("Tue 2026-09-01 10:00")
    claim.started("Wed 2026-09-02 09:00")
    claim.completed("Thu 2026-09-10 16:00")
    claim.answered("Thu 2026-09-10 17:00")
    swept(session, "Mon 2027-04-05 10:00")
    assert claim.file.stage == Stage.REPAIRING

    claim.paid(100, "Mon 2027-04-05 11:00")

    assert claim.file.stage == Stage.CLOSED


def test_two_defects_of_the_same_name_have_one_warranty(session: Session, world: World):
    made = a_claim(session, world, Stage.SURVEYED, reported_at=at("Mon 2026-08-31 09:00"), findings=2)
    made.findings[1].item = f"{made.findings[0].item}。"
    assert item_key(made.findings[0].item) == item_key(made.findings[1].item)
    numbers = [finding.id or 0 for finding in made.findings]
    when = at("Mon 2026-08-31 12:00")
    confirm_coverage(session, made.file, made.claim, findings=numbers, by=world.adjuster, at=when)
    claim = Later(session, world, made)
    claim.settled("Tue 2026-09-01 09:00")
    claim.ordered("Tue 2026-09-01 10:00")
    claim.started("Wed 2026-09-02 09:00")

    claim.completed("Thu 2026-09-10 16:00")

    assert [w.state for w in claim.warranties()] == ["running"]


# --- makers -------------------------------------------------------------------------------------------------


def a_made(session: Session, taken: Received) -> Made:
    return Made(session.get_one(Claim, taken.file.id), taken.file, [])


def accepted_finishes(session: Session, world: World, when: str) -> Later:
    """A repair of finishes, whose cover ends on Wednesday 20 May 2026."""
    begun = at(when) - 20 * DAY
    made = a_claim(session, world, Stage.REPORTED, reported_at=begun, part="finishes", item="地板空鼓")
    visit = book_survey(session, made.file, visit_at=begun, surveyor=None, by=BY, at=begun)
    told = {"part": "finishes", "item": "地板空鼓", "cause": "找平层空鼓", "opinion": "属于保险责任", "photos": []}
    made.findings.append(
        record_finding(session, made.file, visit, visited_at=begun, by=BY, recorded_at=begun, **told)  # type: ignore[arg-type]
    )
    confirm_coverage(
        session, made.file, made.claim, findings=[made.findings[0].id or 0], by=world.adjuster, at=begun + HOUR
    )
    claim = Later(session, world, made)
    day = f"{begun + timedelta(hours=2):%a %Y-%m-%d %H:%M}"
    claim.settled(day, finishes_on=date(2026, 12, 31))
    claim.ordered(day)
    claim.started(day)
    claim.completed(when)
    claim.answered(when)
    return claim
