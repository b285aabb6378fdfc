"""Makers for what follows cover, by the real actions: firms, settlements, payments, repairs, disputes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from sqlmodel import Session, col, select

from claims.appraisal import Appraisal, choose_appraiser, propose_appraisers, raise_appraisal
from claims.attachments import keep
from claims.casefile import CaseFile, Stage
from claims.casefile.model import RunningClock, TimelineEntry
from claims.casefile.sweeps import ring_due_rungs
from claims.duties import act_on, open_project, records_of
from claims.duties.acts import BY_NAME
from claims.registry import Firm, Project
from claims.repair import RepairOrder, accept_works, complete_works, items_of, order_repair, start_works
from claims.settlement import LedgerEntry, Part, Settlement, consent, consents_of, pay, propose_settlement
from claims.warranty import Warranty
from config.time import shanghai_day
from tests.makers import PHOTO, Made, World, a_claim, an_owner, at

BY = "staff:1"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_bank_references = count(1)


def a_firm(session: Session, code: str = "RF01", **changes: object) -> Firm:
    """A repair firm that may do everything, everywhere, for years."""
    told = {
        "name": f"示例维修工程有限公司{code}",
        "kind": "repair",
        "uscc": "91310000MA00000012",
        "districts": "",
        "trades": "foundation;structure;insulation;waterproofing;finishes;wiring;plumbing;heating_cooling",
        "qualification": "二级",
        "valid_until": date(2039, 12, 31),
    }
    firm = Firm(code=code, **(told | changes))  # type: ignore[arg-type]
    session.add(firm)
    session.flush()
    return firm


def an_appraiser(session: Session, code: str = "AP01", **changes: object) -> Firm:
    told = {"name": f"示例房屋质量检测鉴定有限公司{code}", "kind": "appraiser", "uscc": "91310000MA00000039"}
    return a_firm(session, code, **(told | changes))


def a_proof(session: Session, file: CaseFile, when: datetime) -> str:
    """The token of an uploaded file."""
    return keep(session, PHOTO, name="鉴定意见.jpg", uploaded_by=None, at=when, file_id=file.id).token


@dataclass
class Later:
    """A covered claim on its further way. Each verb happens at the instant it is told, and is known at once."""

    session: Session
    world: World
    made: Made
    settlement: Settlement | None = None
    orders: list[RepairOrder] = field(default_factory=list)

    @property
    def file(self) -> CaseFile:
        return self.made.file

    def proposed(
        self, when: str, *parts: Part, starts_on: date | None = None, finishes_on: date | None = None
    ) -> Settlement:
        """Without parts: a repair for every finding, begun today and finished in 30 days."""
        day = shanghai_day(at(when))
        offered = parts or tuple(Part(f.id or 0, "repair") for f in self.made.findings)
        if any(part.mode == "repair" for part in offered):
            starts_on, finishes_on = starts_on or day, finishes_on or day + timedelta(days=30)
        self.settlement = propose_settlement(
            self.session, self.file, self.made.claim, parts=offered, starts_on=starts_on, finishes_on=finishes_on,
            by=BY, at=at(when),
        )  # fmt: skip
        return self.settlement

    def settled(self, when: str, *parts: Part, **days: date) -> Settlement:
        """Proposed and agreed by all at the same instant."""
        settlement = self.proposed(when, *parts, **days)
        for word in consents_of(self.session, settlement):
            self.consented(word.who, when)
        return settlement

    def consented(self, who: str, when: str, learned: str | None = None, **rest: str) -> None:
        assert self.settlement is not None
        consent(
            self.session, self.file, self.settlement, who=who, agreed_at=at(when), proof="签字协议", by=BY,
            recorded_at=at(learned or when), **rest,
        )  # fmt: skip

    def paid(self, fen: int, when: str, learned: str | None = None, **rest: str) -> LedgerEntry:
        return pay(
            self.session, self.file, self.made.claim, amount_fen=fen, paid_at=at(when), by=BY,
            bank_reference=rest.pop("bank_reference", f"ICBC-{next(_bank_references)}"),
            recorded_at=at(learned or when), **rest,
        )  # fmt: skip

    def ordered(self, when: str, *items: object, firm: str | None = None, days: int = 30) -> RepairOrder:
        day = shanghai_day(at(when))
        order = order_repair(
            self.session, self.file, self.made.claim, firm=firm, scope="修复", items=items, starts_on=day,  # type: ignore[arg-type]
            finishes_on=day + timedelta(days=days), by=BY, at=at(when),
        )  # fmt: skip
        self.orders.append(order)
        return order

    def started(self, when: str, order: RepairOrder | None = None, learned: str | None = None, **rest: str) -> None:
        start_works(
            self.session, self.file, order or self.orders[-1], started_at=at(when), photos=[], by=BY,
            recorded_at=at(learned or when), **rest,
        )  # fmt: skip

    def completed(self, when: str, order: RepairOrder | None = None, learned: str | None = None, **rest: str) -> None:
        complete_works(
            self.session, self.file, order or self.orders[-1], completed_at=at(when), photos=[], by=BY,
            recorded_at=at(learned or when), **rest,
        )  # fmt: skip

    def answered(
        self, when: str, *words: str, order: RepairOrder | None = None, learned: str | None = None, **rest: str
    ) -> None:
        """The owner's word on each item in its order; one word is meant for all."""
        chosen = order or self.orders[-1]
        items = items_of(self.session, chosen.id or 0)
        each = words if len(words) == len(items) else words * len(items) or ("fixed",) * len(items)
        told = {item.id or 0: (word, "") for item, word in zip(items, each, strict=True)}
        accept_works(
            self.session, self.file, chosen, words=told, accepted_at=at(when), by=BY, recorded_at=at(learned or when),
            **rest,
        )  # fmt: skip

    def warranties(self) -> list[Warranty]:
        query = select(Warranty).where(Warranty.claim_id == self.file.id).order_by(col(Warranty.id))
        return list(self.session.exec(query.execution_options(populate_existing=True)))

    def clock(self, name: str, subject: str | None = None) -> RunningClock:
        return the_clock(self.session, self.file, name, subject)

    def story(self) -> list[str]:
        return story_of(self.session, self.file)


def covered(session: Session, world: World, when: str, findings: int = 1, **report: object) -> Later:
    """Reported at `when`, surveyed an hour later, covered an hour after that."""
    return Later(
        session, world, a_claim(session, world, Stage.COVERED, reported_at=at(when), findings=findings, **report)
    )


def accepted(session: Session, world: World, when: str, completed: str | None = None, **report: object) -> Later:
    """A repair that the owner accepted at `when`, completed then too unless told: reported ten days before."""
    begun = at(completed or when) - 10 * DAY
    made = a_claim(session, world, Stage.COVERED, reported_at=begun, **report)
    claim = Later(session, world, made)
    day = f"{begun + 3 * HOUR:%a %Y-%m-%d %H:%M}"
    claim.settled(day)
    claim.ordered(day)
    claim.started(day)
    claim.completed(completed or when)
    claim.answered(when)
    return claim


def another_home(session: Session, world: World, code: str = "H-1202"):
    """The home next door, under the same policy."""
    home = type(world.home)(
        **world.home.model_dump(exclude={"id", "code", "room"}), code=code, room=code.removeprefix("H-")
    )
    session.add(home)
    session.flush()
    session.add(an_owner(session, home, name="李小红", phone="+8613800000002"))
    session.flush()
    return home


def an_emergency(session: Session, when: str, *, attended: str = "", code: str = "P1") -> CaseFile:
    """第七条(八): in the whole project, opened for it; attended by ours where there is a time."""
    project = session.exec(select(Project).where(Project.code == code)).one()
    file = open_project(session, project, by="staff:1", at=at(when))
    told = {"what": "3号楼北侧外墙饰面脱落", "by": "staff:1", "recorded_at": at(when)}
    act_on(session, file, BY_NAME["emergency"], **told)
    if attended:
        (record,) = records_of(session, file.id or 0)
        told = {"proof": "到场记录", "by": "staff:1", "recorded_at": at(attended)}
        act_on(session, file, BY_NAME["attendance"], record_id=record.id, **told)
    return file


def disputed(
    later: Later, when: str, findings: Sequence[int] = (), side: str = "owner", chosen_by: Sequence[str] = ()
) -> Appraisal:
    """Raised, one appraiser proposed by us, chosen by both unless told."""
    session, file, claim = later.session, later.file, later.made.claim
    firm = session.exec(select(Firm).where(Firm.kind == "appraiser")).first() or an_appraiser(session)
    appraisal = raise_appraisal(
        session, file, claim, side=side, statement="对不予赔偿有异议", findings=findings, by=BY, at=at(when)
    )
    propose_appraisers(session, file, claim, appraisal, side="insurer", firms=[firm.code], by=BY, at=at(when))
    for chooser in chosen_by or (side if side != "insurer" else "owner", "insurer"):
        choose_appraiser(session, file, appraisal, side=chooser, firm=firm.code, by=BY, at=at(when))
    return appraisal


def the_clock(session: Session, file: CaseFile, name: str, subject: str | None = None) -> RunningClock:
    """The newest clock of this name, as the database has it."""
    query = select(RunningClock).where(RunningClock.file_id == file.id, RunningClock.clock == name)
    if subject is not None:
        query = query.where(RunningClock.subject == subject)
    newest = query.order_by(col(RunningClock.id).desc()).limit(1)
    clock = session.exec(newest.execution_options(populate_existing=True)).one()
    session.expunge(clock)
    return clock


def story_of(session: Session, file: CaseFile) -> list[str]:
    """The names of what happened, oldest first."""
    query = select(TimelineEntry.fact).where(TimelineEntry.file_id == file.id)
    return list(session.exec(query.order_by(col(TimelineEntry.seq))))


def breaches_of(session: Session, file: CaseFile) -> list[tuple[str, datetime]]:
    """Each breach on record: the clock, and the first late instant."""
    query = select(RunningClock).where(RunningClock.file_id == file.id, col(RunningClock.breached_at).is_not(None))
    rows = session.exec(query.order_by(col(RunningClock.id)).execution_options(populate_existing=True)).all()
    recorded = story_of(session, file).count("ClockBreached")
    assert recorded == len(rows)
    return [(row.clock, row.breached_at) for row in rows if row.breached_at is not None]


def swept(session: Session, when: str) -> None:
    """Everything due at `when` rings."""
    while ring_due_rungs(session, at(when)):
        pass
