"""What may happen when: every legal move, and every other refused aloud."""

import pytest

from claims.casefile import ENDED, MOVES, OPEN, NotAllowed, Stage, allowed_facts
from claims.casefile import facts as f
from claims.casefile.moves import move
from tests.claims.casefile.story import a_fact, entries, happens, reported, story, surveyed

MONDAY = "Mon 2026-03-02"
LEGAL = [(stage, fact, rule) for fact, rule in MOVES["claim"].items() for stage in sorted(rule.allowed)]
ILLEGAL = [(stage, fact) for fact, rule in MOVES["claim"].items() for stage in sorted(set(Stage) - rule.allowed)]


@pytest.mark.parametrize(("stage", "fact", "leads_to"), [
    (Stage.NEW,      f.ReportReceived,      Stage.REPORTED),     # 第十三条 接到报案
    (Stage.REPORTED, f.ClaimReferred,       Stage.REFERRED),     # 第七条(七): the builder's two years
    (Stage.REPORTED, f.SiteSurveyed,        Stage.SURVEYED),     # 第十三条 现场查勘
    (Stage.SURVEYED, f.CoverageConfirmed,   Stage.COVERED),      # 第十三条 核定
    (Stage.SURVEYED, f.CoverageDenied,      Stage.SURVEYED),     # one finding denied, another may be undecided
    (Stage.SURVEYED, f.EveryFindingDenied,  Stage.DENIED),
    (Stage.COVERED,  f.CoverageDenied,      Stage.COVERED),      # any covered finding: a covered claim
    (Stage.COVERED,  f.EveryFindingDecided, Stage.COVERED),
    (Stage.DENIED,   f.DecisionReopened,    Stage.SURVEYED),     # something new calls for a fresh 核定
    (Stage.DENIED,   f.CoverageConfirmed,   Stage.COVERED),
    (Stage.CLOSED,   f.TextReceived,        Stage.CLOSED),       # nobody is told that the door is shut
    (Stage.REFERRED, f.ContactMade,         Stage.REFERRED),
])  # fmt: skip
def test_a_fact_leads_where_the_regulation_leads(stage, fact, leads_to):
    assert move("claim", stage, a_fact(fact, MONDAY)) is leads_to


def test_every_other_move_is_refused_naming_the_stage_and_what_may_happen():
    for stage, fact in ILLEGAL:
        with pytest.raises(NotAllowed) as refusal:
            move("claim", stage, a_fact(fact, MONDAY))

        assert (refusal.value.fact, refusal.value.stage) == (fact.__name__, stage)
        assert refusal.value.allowed == allowed_facts("claim", stage)
        assert fact.__name__ not in refusal.value.allowed
        assert repr(str(stage)) in str(refusal.value)


def test_a_legal_move_leads_to_its_stage_or_stays():
    for stage, fact, rule in LEGAL:
        stays = rule.next is None or stage in rule.keeps
        assert move("claim", stage, a_fact(fact, MONDAY)) == (stage if stays else rule.next)


def test_nothing_but_a_report_can_happen_to_a_new_file():
    assert allowed_facts("claim", Stage.NEW) == ["ReportReceived"]


def test_an_ended_file_still_takes_words_letters_and_breaches_but_no_decision():
    for stage in ENDED:
        allowed = set(allowed_facts("claim", stage))
        assert {"TextReceived", "ContactMade", "ClockBreached", "DenialNoticeDispatched", "DetailsErased"} <= allowed
        assert not allowed & {"CoverageConfirmed", "CoverageDenied", "DenialProposed", "SiteSurveyed", "SurveyBooked"}


def test_every_stage_is_either_new_open_or_ended():
    assert set(Stage) == {Stage.NEW, Stage.UNDER_WAY} | OPEN | ENDED
    assert not OPEN & ENDED


@pytest.mark.both_databases
def test_a_refused_move_leaves_file_and_timeline_as_they_were(session):
    file = reported(session, MONDAY)
    before = (file.stage, file.version, file.urgent_at, len(entries(session, file)))

    with pytest.raises(NotAllowed):
        happens(session, file, f.CoverageConfirmed, "Tue 2026-03-03")

    assert (file.stage, file.version, file.urgent_at, len(entries(session, file))) == before


def test_a_claim_is_surveyed_before_it_is_decided(session):
    file = surveyed(session, MONDAY)
    happens(session, file, f.CoverageDenied, "Tue 2026-03-03")
    happens(session, file, f.EveryFindingDenied, "Tue 2026-03-03")

    assert file.stage == Stage.DENIED
    assert story(session, file) == ["ReportReceived", "SiteSurveyed", "CoverageDenied", "EveryFindingDenied"]
