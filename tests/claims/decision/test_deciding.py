"""第十一、十三条: cover is the default; a denial takes ground, evidence, clause, reasons and a second person."""

import json

import pytest
from sqlmodel import Session, select

from claims.attachments import keep
from claims.casefile import Refused, Stage
from claims.casefile.model import RunningClock
from claims.decision import AlreadyDecided, answer_denial, confirm_coverage, propose_denial
from claims.letters import Letter
from tests.makers import PHOTO, Made, World, a_claim, a_person, a_proposed_denial, at

DECIDED = at("Tue 2026-03-03 09:00")
FULL = {"ground": "third_party", "clause": "第七条", "reasons": "渗水来自楼上改动的给水管。"}


@pytest.fixture
def surveyed(session: Session, world: World) -> Made:
    return a_claim(session, world, Stage.SURVEYED)


def proposing(session: Session, world: World, made: Made, **changes: object) -> None:
    proof = keep(session, PHOTO, name="a.jpg", uploaded_by=world.adjuster.id, at=DECIDED, file_id=made.file.id)
    told = {"findings": [made.findings[0].id], "evidence": [proof.token]} | FULL | changes
    propose_denial(session, made.file, made.claim, **told, by=world.adjuster, at=DECIDED)


@pytest.mark.parametrize(
    ("lacking", "value"),
    [("ground", ""), ("ground", "because"), ("evidence", []), ("clause", "  "), ("reasons", "\n"), ("findings", [])],
)
def test_a_denial_lacking_a_part_is_refused_by_that_field(
    session: Session, world: World, surveyed: Made, lacking: str, value: object
):
    with pytest.raises(Refused) as refusal:
        proposing(session, world, surveyed, **{lacking: value})

    assert set(refusal.value.errors) == {lacking}


def test_evidence_of_another_claim_is_no_evidence(session: Session, world: World, surveyed: Made):
    other = a_claim(session, world)
    foreign = keep(session, PHOTO, name="b.jpg", uploaded_by=world.adjuster.id, at=DECIDED, file_id=other.file.id)

    with pytest.raises(Refused):
        proposing(session, world, surveyed, evidence=[foreign.token])


def the_evidence(session: Session, world: World, made: Made, shows: dict[str, str]) -> list[dict[str, str]]:
    """As the notice prints it: a photo, and a document that nothing is said of."""
    photo, paper = (
        keep(session, content, name=name, uploaded_by=world.adjuster.id, at=DECIDED, file_id=made.file.id)
        for content, name in ((PHOTO, "接头.jpg"), (b"%PDF-1.7\n%%EOF", "装修协议.pdf"))
    )
    told = {"photo": photo.token, "paper": paper.token}
    proposed = propose_denial(
        session, made.file, made.claim, findings=[made.findings[0].id or 0], **FULL, by=world.adjuster, at=DECIDED,
        evidence=[photo.token, paper.token], shows={told[name]: words for name, words in shows.items()},
    )  # fmt: skip
    answer_denial(session, made.file, made.claim, proposed, approve=True, comment="", by=world.lead, at=DECIDED)
    letter = session.exec(select(Letter).where(Letter.kind == "denial_notice")).one()
    return json.loads(session.info["sealer"].open(letter.content_sealed))["evidence"]


def test_the_notice_says_what_each_piece_of_evidence_proves(session: Session, world: World, surveyed: Made):
    printed = the_evidence(session, world, surveyed, {"photo": "漏水点在改动的接头上", "paper": "——"})

    assert [(each["file_name"], each["shows"]) for each in printed] == [
        ("接头.jpg", "漏水点在改动的接头上"),
        ("装修协议.pdf", "文件，内容见原件"),  # nothing was said: only its kind
    ]


@pytest.mark.parametrize("stranger", ["another", ""])
def test_words_about_what_is_no_evidence_are_refused(session: Session, world: World, surveyed: Made, stranger: str):
    with pytest.raises(Refused) as refusal:
        proposing(session, world, surveyed, shows={stranger: "漏水点"})

    assert set(refusal.value.errors) == {"shows"}


def test_out_of_term_is_refused_where_the_policy_covers_the_day(session: Session, world: World, surveyed: Made):
    with pytest.raises(Refused) as refusal:
        proposing(session, world, surveyed, ground="out_of_term")

    assert set(refusal.value.errors) == {"ground"}


def test_the_proposer_cant_be_the_second_person(session: Session, world: World, surveyed: Made):
    proposed = a_proposed_denial(session, world, surveyed, at=DECIDED)

    with pytest.raises(Refused):
        answer_denial(
            session, surveyed.file, surveyed.claim, proposed, approve=True, comment="", by=world.adjuster, at=DECIDED
        )


def test_a_proposal_alone_starts_no_clock_and_writes_no_letter(session: Session, world: World, surveyed: Made):
    a_proposed_denial(session, world, surveyed, at=DECIDED)

    clocks = session.exec(select(RunningClock).where(RunningClock.clock == "denial_notice")).all()
    letters = session.exec(select(Letter).where(Letter.kind != "acknowledgement")).all()
    assert (clocks, letters, surveyed.file.stage) == ([], [], Stage.SURVEYED)


def test_a_returned_proposal_leaves_the_finding_undecided(session: Session, world: World, surveyed: Made):
    proposed = a_proposed_denial(session, world, surveyed, at=DECIDED)

    answer_denial(
        session, surveyed.file, surveyed.claim, proposed, approve=False, comment="证据不足", by=world.lead, at=DECIDED
    )

    assert surveyed.findings[0].outcome == "undecided"


def test_an_approved_denial_starts_its_three_days_for_that_decision(session: Session, world: World, surveyed: Made):
    proposed = a_proposed_denial(session, world, surveyed, at=DECIDED)

    answer_denial(session, surveyed.file, surveyed.claim, proposed, approve=True, comment="", by=world.lead, at=DECIDED)

    clock = session.exec(select(RunningClock).where(RunningClock.clock == "denial_notice")).one()
    assert (clock.subject, clock.legal_due) == (f"decision:{proposed.id}", at("Sat 2026-03-07 00:00"))


def test_a_second_answer_is_refused(session: Session, world: World, surveyed: Made):
    proposed = a_proposed_denial(session, world, surveyed, at=DECIDED)
    answer_denial(session, surveyed.file, surveyed.claim, proposed, approve=True, comment="", by=world.lead, at=DECIDED)

    with pytest.raises(AlreadyDecided):
        answer_denial(
            session, surveyed.file, surveyed.claim, proposed, approve=False, comment="x", by=world.lead, at=DECIDED
        )


def test_with_one_finding_covered_and_one_denied_the_claim_is_covered(session: Session, world: World):
    made = a_claim(session, world, Stage.SURVEYED, findings=2)
    confirm_coverage(session, made.file, made.claim, findings=[made.findings[0].id or 0], by=world.adjuster, at=DECIDED)
    denied = Made(made.claim, made.file, made.findings[1:])
    proposed = a_proposed_denial(session, world, denied, at=DECIDED)

    answer_denial(session, made.file, made.claim, proposed, approve=True, comment="", by=world.lead, at=DECIDED)

    states = dict(
        session.exec(select(RunningClock.clock, RunningClock.state).where(RunningClock.file_id == made.file.id)).all()
    )
    assert (made.file.stage, states["decision"], states["denial_notice"], states["coverage_notice"]) == (
        Stage.COVERED, "met", "running", "running",
    )  # fmt: skip


def test_with_a_finding_undecided_the_thirty_days_still_run(session: Session, world: World):
    made = a_claim(session, world, Stage.SURVEYED, findings=2)

    confirm_coverage(session, made.file, made.claim, findings=[made.findings[0].id or 0], by=world.adjuster, at=DECIDED)

    decision = session.exec(select(RunningClock).where(RunningClock.clock == "decision")).one()
    assert decision.state == "running"


def test_a_decided_finding_cant_be_decided_again(session: Session, world: World):
    made = a_claim(session, world, Stage.COVERED)

    with pytest.raises(AlreadyDecided):
        proposing(session, world, made)


def test_a_claim_without_a_home_cant_be_decided(session: Session, world: World):
    made = a_claim(session, world, Stage.SURVEYED, home=None)

    with pytest.raises(Refused) as refusal:
        confirm_coverage(
            session, made.file, made.claim, findings=[made.findings[0].id or 0], by=world.adjuster, at=DECIDED
        )

    assert set(refusal.value.errors) == {"home"}


def test_a_denial_for_out_of_term_shows_its_arithmetic_in_the_letter(session: Session, world: World):
    made = a_claim(session, world, Stage.SURVEYED, part="finishes", reported_at=at("Thu 2026-05-21 00:00"))
    made.findings[0].part = "finishes"

    proof = keep(session, PHOTO, name="保单.jpg", uploaded_by=world.adjuster.id, at=DECIDED, file_id=made.file.id)
    when = at("Thu 2026-05-21 09:00")
    proposed = propose_denial(
        session, made.file, made.claim, findings=[made.findings[0].id or 0], ground="out_of_term",
        evidence=[proof.token],
        clause="第三条", reasons="报案时装饰装修的保险责任期限已经届满。", by=world.adjuster, at=when,
    )  # fmt: skip
    answer_denial(
        session,
        made.file,
        made.claim,
        proposed,
        approve=True,
        comment="",
        by=a_person(session, "lead", email="l2@x.example"),
        at=when,
    )

    letter = session.exec(select(Letter).where(Letter.kind == "denial_notice")).one()
    content = session.info["sealer"].open(letter.content_sealed)
    assert "至2026年5月20日（周三），报案日已届满1天" in content
