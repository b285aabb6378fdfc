"""What the demo world shows beside its claims: projects before liability starts, uploads, recoveries."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from claims.casefile import CaseFile, lock
from claims.casefile.clocks import ACTIVE
from claims.casefile.model import RunningClock
from claims.demo.case import Crew
from claims.demo.scheduling import Aside, Step
from claims.duties import DutyFile, act_on, open_project, open_recovery, records_of
from claims.duties.acts import BY_NAME
from claims.intake import Claim
from claims.registry import Project
from claims.settlement import LedgerEntry
from claims.web import actor

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True)
class Act:
    """`ago`: before the moment of the demo; `name`: of the act; `told`: what is said with it."""

    ago: timedelta
    name: str
    told: Mapping[str, Any] = field(default_factory=dict)


OPENED = "opened"
PROJECTS: dict[str, tuple[Act, ...]] = {
    "SL5": (Act(A_DAY, OPENED),),
    "SL3": (
        Act(20 * A_DAY, OPENED),
        Act(18 * A_DAY, "return-visit", {"proof": "回访工作告知书已由四方签署"}),
        Act(15 * A_DAY, "upload", {"what": "owners_guide"}),
        Act(14 * A_DAY, "uploaded", {"proof": "监管平台回执示例一号"}),
        Act(10 * A_DAY, "test-passed", {"what": "外窗气密性抽检"}),
        Act(10 * A_DAY - 3 * AN_HOUR, "client-told", {"proof": "邮件"}),
        Act(9 * AN_HOUR, "emergency", {"what": "3号楼北侧外墙饰面脱落"}),
        Act(8 * AN_HOUR, "attendance", {"proof": "现场照片和处置记录：下方已围挡，松动饰面已清除"}),
        Act(7 * AN_HOUR, "test-failed", {"what": "屋面蓄水试验"}),
        Act(5 * AN_HOUR, "upload", {"what": "contract"}),
    ),
    "SL4": (
        Act(200 * A_DAY, OPENED),
        Act(190 * A_DAY, "return-visit", {"proof": "回访工作告知书已由四方签署"}),
        Act(140 * A_DAY, "briefing", {"proof": "理赔交底会签到表和会议纪要"}),
        Act(125 * A_DAY, "joint-inspection", {"proof": "共同查验记录，建设、施工、物业和本公司签字"}),
        Act(100 * A_DAY, "upload", {"what": "final_report"}),
        Act(99 * A_DAY, "uploaded", {"proof": "监管平台回执示例二号"}),
        Act(80 * A_DAY, "notice", {"proof": "各楼栋公告栏张贴照片"}),
        Act(20 * A_DAY, "closing", {"reason": "保险责任已经开始，责任开始前的义务都已完成。"}),
    ),
}
"""A handover that has only been opened, one under way with an emergency on file, one that is done."""
SAID_OF_RECOVERY = {
    "demand": "EMS 签收：代位追偿通知书",
    "developer-asked": "致建设单位的协助函，当面签收",
    "parties-told": "建设单位转来的施工单位回执",
}


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


def duties(crew: Crew, steps: Sequence[Step], at: datetime) -> Iterator[Aside]:
    """Of each project of PROJECTS, and the recovery of two claims that were paid: one begun, one on its way."""
    for code, acts in PROJECTS.items():
        told = _ProjectTold(crew, code)
        yield Aside(at - acts[0].ago, told.open)
        yield from (Aside(at - act.ago, told.acting(act)) for act in acts[1:])
    paid = max(step.at for step in steps if step.act.__name__ == "pay_rest" and step.at < at - 8 * A_DAY)
    yield Aside(paid + A_DAY, lambda then: _recover(crew, then))
    for days, name in ((2, "demand"), (3, "developer-asked"), (5, "parties-told")):
        yield Aside(paid + days * A_DAY, _recovering(crew, name))
    yield Aside(at - 2 * AN_HOUR, lambda then: _recover(crew, then))


class _ProjectTold:
    """One project's file, from its opening on."""

    def __init__(self, crew: Crew, code: str) -> None:
        self.crew, self.code = crew, code
        self.file: CaseFile | None = None

    def open(self, at: datetime) -> None:
        session = self.crew.session
        project = session.exec(select(Project).where(Project.code == self.code)).one()
        self.file = open_project(session, project, by=_hand(self.crew, project.district), at=at)

    def acting(self, act: Act) -> Callable[[datetime], None]:
        """About the newest of the records that it is about."""

        def happens(at: datetime) -> None:
            assert self.file is not None
            kind = BY_NAME[act.name].of
            about = [r.id for r in records_of(self.crew.session, self.file.id or 0) if r.kind == kind]
            by = _hand(self.crew, self.file.district)
            told = {**act.told, **({"record_id": about[-1]} if kind else {})}
            act_on(self.crew.session, self.file, BY_NAME[act.name], by=by, recorded_at=at, **told)

        return happens


def _recover(crew: Crew, at: datetime) -> None:
    """The newest payment of which nothing is being recovered yet, from the builder."""
    session = crew.session
    begun = select(DutyFile.claim_id).where(col(DutyFile.key).startswith("recovery:"))
    paid = select(LedgerEntry).where(LedgerEntry.amount_fen > 0, col(LedgerEntry.claim_id).not_in(begun))
    entry = session.exec(paid.order_by(col(LedgerEntry.paid_at).desc())).first()
    assert entry is not None
    claim_file = lock(session, entry.claim_id)
    by = _hand(crew, claim_file.district)
    debtor = session.exec(select(Project.builder).where(Project.district == claim_file.district)).first() or "施工单位"
    claim = session.get_one(Claim, claim_file.id)
    open_recovery(
        session,
        claim_file,
        claim,
        debtor=debtor,
        amount=entry.amount_fen,
        paid_at=entry.paid_at,
        proof=entry.bank_reference,
        by=by,
        at=at,
    )


def _recovering(crew: Crew, act: str) -> Callable[[datetime], None]:
    def happens(at: datetime) -> None:
        opened = select(DutyFile.id).where(col(DutyFile.key).startswith("recovery:")).order_by(col(DutyFile.id))
        file = lock(crew.session, crew.session.exec(opened).one())
        by, proof = _hand(crew, file.district), SAID_OF_RECOVERY[act]
        act_on(crew.session, file, BY_NAME[act], by=by, recorded_at=at, proof=proof)

    return happens


def _hand(crew: Crew, district: str | None) -> str:
    return actor(crew.member("adjuster", district))
