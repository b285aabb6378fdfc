"""What the demo world shows beside its claims: a project before liability starts, uploads, a recovery."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from claims.casefile import CaseFile, lock
from claims.casefile.clocks import ACTIVE
from claims.casefile.model import RunningClock
from claims.demo.case import Crew
from claims.duties import act_on, open_project, open_recovery, records_of
from claims.duties.acts import BY_NAME
from claims.intake import Claim
from claims.registry import Project
from claims.settlement import LedgerEntry
from claims.web import actor

A_DAY = timedelta(days=1)


def upload_what_is_owed(session: Session, crew: Crew, at: datetime) -> None:
    """Once a day, as an office does: what has been owed to the platform for a day goes up."""
    owed = select(RunningClock.file_id).where(
        RunningClock.clock == "claim_upload",
        col(RunningClock.state).in_(ACTIVE),
        col(RunningClock.met_at).is_(None),
        RunningClock.anchor <= at - A_DAY,
    )
    for number in session.exec(owed.order_by(col(RunningClock.id))).all():
        file = lock(session, number)
        by, receipt = _hand(crew, file.district), f"监管平台回执{at:%y%m%d}-{number}"
        act_on(session, file, BY_NAME["claim-uploaded"], by=by, recorded_at=at, proof=receipt)


def keep_duties(session: Session, crew: Crew, at: datetime) -> None:
    """The project whose liability is still to start, and the recovery of the last claim that was paid."""
    project = session.exec(select(Project).order_by(col(Project.completion_filed_on).desc())).first()
    assert project is not None
    by = _hand(crew, project.district)
    file = open_project(session, project, by=by, at=at - 20 * A_DAY)
    _happens(session, file, by, "return-visit", at - 18 * A_DAY, proof="回访工作告知书已由四方签署")
    _happens(session, file, by, "upload", at - 15 * A_DAY, what="owners_guide")
    [guide] = records_of(session, file.id or 0)
    _happens(session, file, by, "uploaded", at - 14 * A_DAY, record_id=guide.id, proof="监管平台回执示例一号")
    _happens(session, file, by, "test-passed", at - 10 * A_DAY, what="外窗气密性抽检")
    passed = records_of(session, file.id or 0)[-1]
    _happens(session, file, by, "client-told", at - 10 * A_DAY + timedelta(hours=3), record_id=passed.id, proof="邮件")
    _happens(session, file, by, "test-failed", at - timedelta(hours=7), what="屋面蓄水试验")
    _happens(session, file, by, "upload", at - timedelta(hours=5), what="contract")
    _recover(session, crew, at)


def _recover(session: Session, crew: Crew, at: datetime) -> None:
    paid = select(LedgerEntry).where(LedgerEntry.amount_fen > 0).order_by(col(LedgerEntry.paid_at).desc())
    entry = session.exec(paid).first()
    assert entry is not None
    claim_file = lock(session, entry.claim_id)
    by = _hand(crew, claim_file.district)
    debtor = session.exec(select(Project.builder).where(Project.district == claim_file.district)).first() or "施工单位"
    told = {"debtor": debtor, "amount": entry.amount_fen, "paid_at": entry.paid_at, "proof": entry.bank_reference}
    claim = session.get_one(Claim, claim_file.id)
    open_recovery(session, claim_file, claim, **told, by=by, at=at - timedelta(hours=2))  # type: ignore[arg-type]


def _happens(session: Session, file: CaseFile, by: str, act: str, at: datetime, **told: object) -> None:
    act_on(session, file, BY_NAME[act], by=by, recorded_at=at, **told)  # type: ignore[arg-type]


def _hand(crew: Crew, district: str | None) -> str:
    return actor(crew.member("adjuster", district))
