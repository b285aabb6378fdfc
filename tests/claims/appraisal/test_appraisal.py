"""第十五条 争议鉴定: raised in writing, an appraiser without interest whom both sides choose, a fresh decision."""

from datetime import date

import pytest
from sqlmodel import Session

from claims.appraisal import (
    Appraisal,
    candidates_of,
    choose_appraiser,
    propose_appraisers,
    raise_appraisal,
    receive_opinion,
)
from claims.casefile import AlreadyDone, NotAllowed, Refused, Stage
from claims.closing import withdraw
from claims.decision import confirm_coverage
from tests.later_makers import BY, Later, a_firm, a_proof, an_appraiser, disputed, swept
from tests.makers import World, a_claim, at

DENIED, RAISED = "Mon 2026-09-14 12:00", "Wed 2026-09-16 10:00"
PROPOSED = "Thu 2026-09-17 10:00"


@pytest.fixture
def claim(session: Session, world: World) -> Later:
    return Later(session, world, a_claim(session, world, Stage.DENIED, reported_at=at("Mon 2026-09-14 10:00")))


def raised(claim: Later, side: str = "owner", findings: tuple[int, ...] = (), when: str = RAISED) -> Appraisal:
    return raise_appraisal(
        claim.session,
        claim.file,
        claim.made.claim,
        side=side,
        statement="不认可结论",
        findings=findings,
        by=BY,
        at=at(when),
    )


def proposed(claim: Later, appraisal: Appraisal, *firms: str, side: str = "insurer", when: str = PROPOSED) -> None:
    propose_appraisers(
        claim.session, claim.file, claim.made.claim, appraisal, side=side, firms=firms, by=BY, at=at(when)
    )


def chosen(claim: Later, appraisal: Appraisal, firm: str, side: str, when: str = PROPOSED) -> None:
    choose_appraiser(claim.session, claim.file, appraisal, side=side, firm=firm, by=BY, at=at(when))


def opined(claim: Later, appraisal: Appraisal, when: str, outcome: str = "covered", learned: str | None = None) -> None:
    receive_opinion(
        claim.session, claim.file, claim.made.claim, appraisal, outcome=outcome, opinion="施工缺陷所致",
        files=[a_proof(claim.session, claim.file, at(when))], received_at=at(when), by=BY,
        recorded_at=at(learned or when),
    )  # fmt: skip


def refused(claim: Later, *firms: str, **rest: str) -> dict[str, list[str]]:
    with pytest.raises(Refused) as refusal:
        proposed(claim, raised(claim), *firms, **rest)
    return dict(refusal.value.errors)


# --- raising ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["owner", "developer", "insurer"])
def test_each_of_the_three_may_raise_it(claim: Later, side: str):
    assert raised(claim, side).raised_by == side


@pytest.mark.parametrize("side", ["", "builder", "OWNER"])
def test_nobody_else_may(claim: Later, side: str):
    with pytest.raises(Refused) as refusal:
        raised(claim, side)

    assert set(refusal.value.errors) == {"by"}


def test_only_what_is_decided_can_be_disputed(session: Session, world: World):
    undecided = Later(session, world, a_claim(session, world, Stage.SURVEYED))

    with pytest.raises(Refused) as refusal:
        raised(undecided)

    assert set(refusal.value.errors) == {"findings"}


def test_a_finding_of_another_claim_cant_be_disputed_here(claim: Later, session: Session, world: World):
    other = a_claim(session, world, Stage.DENIED)

    with pytest.raises(Refused):
        raised(claim, findings=(other.findings[0].id or 0,))


# --- who may appraise ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("changes", "lacking"), [
    ({"kind": "repair"}, "appraiser"),
    ({"valid_until": date(2026, 9, 16)}, "2026-09-16"),      # ended the day before
    ({"valid_until": None}, "None"),
    ({"trades": "structure"}, "waterproofing"),
    ({"districts": "黄浦区"}, "浦东新区"),
])  # fmt: skip
def test_an_appraiser_who_lacks_something_is_refused_saying_what(
    claim: Later, changes: dict[str, object], lacking: str
):
    an_appraiser(claim.session, **changes)

    assert lacking in refused(claim, "AP01")["firm"][0]


def test_a_qualification_holds_to_its_last_day(claim: Later):
    an_appraiser(claim.session, valid_until=date(2026, 9, 17))

    proposed(claim, raised(claim), "AP01")

    assert claim.story()[-1] == "AppraiserProposed"


@pytest.mark.parametrize("name", ["示例建设集团有限公司", "示例置业有限公司"])
def test_the_builder_or_developer_by_name_has_an_interest(claim: Later, name: str):
    an_appraiser(claim.session, name=name)

    assert name in refused(claim, "AP01")["firm"][0]


@pytest.mark.parametrize(("kind", "name"), [("builder", "示例建设集团有限公司"), ("developer", "示例置业有限公司")])
def test_the_builder_or_developer_by_its_code_has_an_interest_whatever_it_is_called(claim: Later, kind: str, name: str):
    a_firm(claim.session, "B1", kind=kind, name=name, uscc="91310000MA0000BB12")
    an_appraiser(claim.session, name="公正鉴定有限公司", uscc="91310000MA0000BB12")

    assert "公正鉴定有限公司" in refused(claim, "AP01")["firm"][0]


def test_the_builder_of_another_project_has_none(claim: Later):
    a_firm(claim.session, "B2", kind="builder", name="别处建设有限公司", uscc="91310000MA0000CC12")
    an_appraiser(claim.session, uscc="91310000MA0000CC12")

    proposed(claim, raised(claim), "AP01")


def test_one_bad_name_among_good_ones_is_refused_whole(claim: Later):
    an_appraiser(claim.session, "AP01")
    an_appraiser(claim.session, "AP02", trades="structure")

    refused(claim, "AP01", "AP02")

    assert "AppraiserProposed" not in claim.story()


@pytest.mark.parametrize("side", ["", "builder"])
def test_a_side_that_doesnt_exist_neither_proposes_nor_chooses(claim: Later, side: str):
    an_appraiser(claim.session)
    assert set(refused(claim, "AP01", side=side)) == {"side"}
    appraisal = raised(claim)
    proposed(claim, appraisal, "AP01")
    with pytest.raises(Refused) as refusal:
        chosen(claim, appraisal, "AP01", side)
    assert set(refusal.value.errors) == {"side"}


# --- choosing together --------------------------------------------------------------------------------------


def test_the_same_choice_of_both_sides_appoints(claim: Later):
    an_appraiser(claim.session)
    appraisal = raised(claim)
    proposed(claim, appraisal, "AP01")
    chosen(claim, appraisal, "AP01", "insurer")
    assert appraisal.state == "proposed"

    chosen(claim, appraisal, "AP01", "owner")

    assert (appraisal.state, claim.clock("appraisal_reply").state) == ("appointed", "met")


def test_two_different_choices_appoint_nobody(claim: Later):
    an_appraiser(claim.session, "AP01")
    an_appraiser(claim.session, "AP02")
    appraisal = raised(claim)
    proposed(claim, appraisal, "AP01", "AP02")

    chosen(claim, appraisal, "AP01", "insurer")
    chosen(claim, appraisal, "AP02", "owner")

    assert (appraisal.state, appraisal.firm_id) == ("proposed", None)


def test_somebody_who_wasnt_proposed_cant_be_chosen(claim: Later):
    an_appraiser(claim.session, "AP01")
    an_appraiser(claim.session, "AP02")
    appraisal = raised(claim)
    proposed(claim, appraisal, "AP01")

    with pytest.raises(Refused) as refusal:
        chosen(claim, appraisal, "AP02", "owner")

    assert set(refusal.value.errors) == {"firm"}


def test_the_same_firm_proposed_twice_is_one_candidate(claim: Later):
    an_appraiser(claim.session)
    appraisal = raised(claim)

    proposed(claim, appraisal, "AP01", "AP01")
    proposed(claim, appraisal, "AP01", side="owner")

    assert len(candidates_of(claim.session, appraisal.id or 0)) == 1


def test_the_steps_come_in_their_order(claim: Later):
    an_appraiser(claim.session)
    appraisal = raised(claim)
    with pytest.raises(AlreadyDone):
        chosen(claim, appraisal, "AP01", "owner")
    with pytest.raises(AlreadyDone):
        opined(claim, appraisal, PROPOSED)


# --- fifteen days of silence --------------------------------------------------------------------------------


@pytest.mark.parametrize(("looked_at", "noted"), [
    ("Thu 2026-10-08 23:59:59", False),   # the 15th day is Friday 2 October, in the break: rolled behind it
    ("Fri 2026-10-09 00:00:00", True),
])  # fmt: skip
def test_fifteen_natural_days_of_silence_are_recorded_once_they_are_over(claim: Later, looked_at: str, noted: bool):
    an_appraiser(claim.session)
    proposed(claim, raised(claim), "AP01")

    swept(claim.session, looked_at)

    assert ("OtherSideSilent" in claim.story()) is noted


def test_silence_is_recorded_once_however_often_somebody_looks_and_is_no_breach(claim: Later):
    an_appraiser(claim.session)
    appraisal = raised(claim)
    proposed(claim, appraisal, "AP01")

    for day in ("Fri 2026-10-09 00:00", "Sat 2026-10-10 00:00", "Mon 2026-12-07 00:00"):
        swept(claim.session, day)
    proposed(claim, appraisal, "AP01", when="Tue 2026-12-08 10:00")
    swept(claim.session, "Mon 2027-02-01 00:00")

    assert claim.story().count("OtherSideSilent") == 1
    assert appraisal.silent_at == at("Fri 2026-10-09 00:00")


@pytest.mark.parametrize("answer", ["a choice", "candidates of their own"])
def test_an_answer_is_no_silence_even_where_they_dont_agree(claim: Later, answer: str):
    an_appraiser(claim.session, "AP01")
    an_appraiser(claim.session, "AP02")
    appraisal = raised(claim)
    proposed(claim, appraisal, "AP01", "AP02")
    if answer == "a choice":
        chosen(claim, appraisal, "AP02", "owner", when="Mon 2026-09-21 10:00")
    else:
        proposed(claim, appraisal, "AP02", side="owner", when="Mon 2026-09-21 10:00")
        an_appraiser(claim.session, "AP03")
        proposed(claim, appraisal, "AP03", side="owner", when="Mon 2026-09-21 10:00")

    swept(claim.session, "Fri 2026-10-09 00:00")

    assert "OtherSideSilent" not in claim.story()


def test_our_own_choice_breaks_no_silence_of_theirs(claim: Later):
    an_appraiser(claim.session)
    appraisal = raised(claim)
    proposed(claim, appraisal, "AP01")
    chosen(claim, appraisal, "AP01", "insurer")

    swept(claim.session, "Fri 2026-10-09 00:00")

    assert "OtherSideSilent" in claim.story()


# --- the opinion --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["covered", "not_covered"])
def test_the_opinion_opens_a_fresh_decision_with_fresh_days_and_binds_nobody(claim: Later, outcome: str):
    appraisal = disputed(claim, PROPOSED)

    opined(claim, appraisal, "Tue 2026-10-20 10:00", outcome)

    clock = claim.clock("decision")
    assert (claim.file.stage, claim.made.findings[0].outcome) == (Stage.SURVEYED, "undecided")
    assert (clock.state, clock.anchor, clock.legal_due) == (
        "running", at("Tue 2026-10-20 10:00"), at("Fri 2026-11-20 00:00"),
    )  # fmt: skip


def test_meanwhile_the_other_clocks_run_on(claim: Later):
    before = claim.clock("denial_notice")

    disputed(claim, "Tue 2026-09-15 10:00")

    assert (claim.clock("denial_notice").state, claim.clock("denial_notice").legal_due) == ("running", before.legal_due)


def test_an_opinion_on_what_is_covered_reopens_nothing_and_starts_no_clock(session: Session, world: World):
    claim = Later(session, world, a_claim(session, world, Stage.COVERED, reported_at=at("Mon 2026-09-14 10:00")))
    appraisal = disputed(claim, PROPOSED, side="developer")

    opined(claim, appraisal, "Tue 2026-10-20 10:00", "not_covered")

    assert (claim.clock("decision").state, claim.made.findings[0].outcome) == ("met", "covered")


@pytest.mark.parametrize("outcome", ["", "perhaps", "denied"])
def test_an_opinion_says_covered_or_not(claim: Later, outcome: str):
    with pytest.raises(Refused) as refusal:
        opined(claim, disputed(claim, PROPOSED), "Tue 2026-10-20 10:00", outcome)

    assert set(refusal.value.errors) == {"outcome"}


@pytest.mark.parametrize(("received", "learned"), [
    ("Thu 2026-09-17 09:59:59", "Tue 2026-10-20 10:00"),     # before the appointment
    ("Tue 2026-10-20 10:00:01", "Tue 2026-10-20 10:00"),
])  # fmt: skip
def test_an_opinion_is_received_between_the_appointment_and_now(claim: Later, received: str, learned: str):
    with pytest.raises(Refused) as refusal:
        opined(claim, disputed(claim, PROPOSED), received, learned=learned)

    assert set(refusal.value.errors) == {"received_at"}


def test_an_opinion_is_received_once(claim: Later):
    appraisal = disputed(claim, PROPOSED)
    opined(claim, appraisal, "Tue 2026-10-20 10:00")

    with pytest.raises(AlreadyDone):
        opined(claim, appraisal, "Wed 2026-10-21 10:00")


def test_on_a_withdrawn_claim_nothing_is_disputed(claim: Later):
    withdraw(claim.session, claim.file, reason="业主撤回", by=BY, at=at("Tue 2026-09-15 10:00"))

    with pytest.raises(NotAllowed):
        raised(claim)


def covered_now(claim: Later, when: str) -> None:
    numbers = [f.id or 0 for f in claim.made.findings if f.outcome == "undecided"]
    confirm_coverage(
        claim.session, claim.file, claim.made.claim, findings=numbers, by=claim.world.adjuster, at=at(when)
    )


def test_covered_after_all_it_is_settled_like_any_other(claim: Later):
    opined(claim, disputed(claim, PROPOSED), "Tue 2026-10-20 10:00")
    covered_now(claim, "Wed 2026-10-21 10:00")

    claim.settled("Thu 2026-10-22 10:00")

    assert (claim.file.stage, claim.clock("performance").state) == (Stage.SETTLED, "running")
