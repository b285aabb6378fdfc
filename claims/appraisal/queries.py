"""The appraisals of a claim, and whether an appraiser is free of interest."""

import json

from sqlmodel import Session, col, select

from claims.appraisal.model import Appraisal, AppraisalCandidate
from claims.casefile import Refused
from claims.intake import Claim
from claims.registry import Building, Firm, Home, Project


def appraisals_of(session: Session, claim_id: int) -> list[Appraisal]:
    return list(session.exec(select(Appraisal).where(Appraisal.claim_id == claim_id).order_by(col(Appraisal.id))))


def appraisal_of(session: Session, claim_id: int, number: int) -> Appraisal | None:
    query = select(Appraisal).where(Appraisal.claim_id == claim_id, Appraisal.id == number)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def disputed_findings(appraisal: Appraisal) -> list[int]:
    """Their ids."""
    numbers: list[int] = json.loads(appraisal.findings)
    return numbers


def candidates_of(session: Session, appraisal_id: int) -> list[tuple[AppraisalCandidate, Firm]]:
    query = select(AppraisalCandidate, Firm).join(Firm).where(AppraisalCandidate.appraisal_id == appraisal_id)
    return list(
        session.exec(query.order_by(col(AppraisalCandidate.id)).execution_options(populate_existing=True)).all()
    )


def have_both_spoken(session: Session, appraisal: Appraisal) -> bool:
    """Whether insurer and other side have each proposed or chosen somebody."""
    candidates = [candidate for candidate, _ in candidates_of(session, appraisal.id or 0)]
    insurer = any(c.proposed_by == "insurer" or c.chosen_by_insurer_at for c in candidates)
    return insurer and any(c.proposed_by != "insurer" or c.chosen_by_other_at for c in candidates)


def check_interest(session: Session, claim: Claim, firm: Firm) -> None:
    """第十五条 无利益关联: refuses an appraiser who is one of those who built, by name or by 统一社会信用代码."""
    project = session.exec(select(Project).join(Building).join(Home).where(Home.id == claim.home_id)).one_or_none()
    if project is None:
        return
    sides = {project.developer, project.builder}
    codes = set(session.exec(select(Firm.uscc).where(col(Firm.name).in_(sides))))
    if firm.name in sides or firm.uscc in codes:
        raise Refused(firm=f"{firm.name} is the developer or builder of this home: it can't appraise it.")
