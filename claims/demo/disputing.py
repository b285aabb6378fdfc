"""Disputes, complaints and ends, each `(case, at)`: the real action, by whoever would do it."""

from datetime import datetime

from claims.appraisal import choose_appraiser, propose_appraisers, raise_appraisal, receive_opinion
from claims.closing import close_claim, withdraw
from claims.complaint import decide_complaint, receive_complaint
from claims.demo.case import Case, actor
from claims.demo.defects import SAID


def dispute(case: Case, at: datetime) -> None:
    """第十五条: the owner's statement."""
    case.appraisal = raise_appraisal(
        *case.held_claim,
        side="owner",
        statement=SAID["dispute"],
        findings=[],
        by=actor(case.adjuster),
        at=at,
    )


def name_appraisers(case: Case, at: datetime) -> None:
    assert case.appraisal is not None
    propose_appraisers(
        *case.held_claim,
        case.appraisal,
        side="insurer",
        firms=["AP01", "AP02"],
        by=actor(case.adjuster),
        at=at,
    )


def choose_together(case: Case, at: datetime) -> None:
    assert case.appraisal is not None
    for side in ("insurer", "owner"):
        choose_appraiser(*case.held, case.appraisal, side=side, firm="AP02", by=actor(case.adjuster), at=at)


def opinion_covers(case: Case, at: datetime) -> None:
    """The opinion speaks for the owner: a fresh decision is due."""
    assert case.appraisal is not None
    photo = case.photo("鉴定意见书.png", case.adjuster, at)
    receive_opinion(
        *case.held_claim,
        case.appraisal,
        outcome="covered",
        opinion=SAID["opinion"],
        files=[photo],
        received_at=at,
        by=actor(case.adjuster),
        recorded_at=at,
    )
    case.denials = [None] * len(case.defects)


def complain(case: Case, at: datetime) -> None:
    case.complaint = receive_complaint(
        *case.held,
        complainant=case.resident.name,
        text=SAID["complaint"],
        by=actor(case.lead),
        received_at=at,
        recorded_at=at,
    )


def answer_complaint(case: Case, at: datetime) -> None:
    """By the manager, who has had no part in the claim."""
    assert case.complaint is not None
    decide_complaint(
        *case.held,
        case.complaint,
        upheld=True,
        decision=SAID["complaint_decision"],
        reasons=SAID["complaint_reasons"],
        by=actor(case.crew.member("manager")),
        at=at,
    )


def give_up(case: Case, at: datetime) -> None:
    reason = case.dice.choice(SAID["withdrawn"])
    withdraw(*case.held, reason=reason, by=actor(case.adjuster), at=at)


def close(case: Case, at: datetime) -> None:
    reason = "不予赔偿通知书已发出，业主未再提出异议。"
    close_claim(*case.held, reason=reason, by=actor(case.adjuster), at=at)
