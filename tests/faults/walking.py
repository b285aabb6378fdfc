"""A town through which a hypothesis walks: time that only goes on, acts that are done or refused, and a worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, select

from claims import sweeping
from claims.access import Person
from claims.appraisal import Appraisal, appraisals_of
from claims.casefile import (
    AlreadyDone,
    CaseFile,
    InTheFuture,
    NeedsConfirmation,
    NeedsProof,
    NotAllowed,
    Refused,
    Stage,
    lock,
)
from claims.casefile.model import RunningClock
from claims.complaint import Complaint, complaints_of
from claims.decision import Decision, decisions_of
from claims.intake import Claim
from claims.registry import Cover
from claims.repair import RepairOrder, orders_of
from claims.settlement import Settlement, live_settlement
from claims.survey import Finding, findings_of
from config.database import Database
from config.ticker import drain
from tests.later_makers import a_firm, an_appraiser, another_home
from tests.makers import World, a_world, at

REFUSALS = (Refused, NotAllowed, AlreadyDone, NeedsProof, NeedsConfirmation, InTheFuture)
BEGINS = at("Mon 2026-03-02 09:00")
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
HASTE = ("now",) * 6


class Chance(Protocol):
    """Where every choice comes from, so that a failing walk can be walked again and made shorter."""

    def pick(self, choices: Any) -> Any: ...
    def number(self, least: int, most: int) -> int: ...


class Line:
    """Takes every text."""

    name = "sms"

    def send(self, parcel: Any) -> str:
        return f"SM-{parcel.recipient}-{id(parcel)}"


@dataclass
class Scene:
    """One claim, held, at one instant: what an act gets."""

    session: Session
    chance: Chance
    world: World
    now: datetime
    file: CaseFile
    claim: Claim

    @property
    def id(self) -> int:
        return self.claim.id

    def happened(self) -> datetime:
        """When what is entered now happened: now, earlier, or just before or at the end of a clock."""
        kind = self.chance.pick(("now", *HASTE, "hours ago", "days ago", "at a boundary"))
        if kind == "hours ago":
            return self.now - timedelta(hours=self.chance.number(1, 30))
        if kind == "days ago":
            return self.now - timedelta(days=self.chance.number(1, 40))
        dues = self._dues_behind() if kind == "at a boundary" else []
        return self.chance.pick(dues) - self.chance.number(0, 1) * SECOND if dues else self.now

    def confirmed_by(self) -> str:
        return self.chance.pick((f"staff:{self.world.lead.id}", ""))

    def entered(self) -> dict[str, Any]:
        return {"by": self.by(), "recorded_at": self.now}

    def by(self) -> str:
        return f"staff:{self.person().id}"

    def person(self) -> Person:
        return self.chance.pick((self.world.adjuster, self.world.lead))

    def findings(self, *outcomes: str) -> list[Finding]:
        return [f for f in findings_of(self.session, self.id) if f.outcome in outcomes or not outcomes]

    def some(self, rows: list[Any]) -> list[int]:
        """The ids of one, some or all of `rows`, in their order."""
        if not rows:
            return [0]
        first = self.chance.number(0, len(rows) - 1)
        return [row.id for row in rows[first : self.chance.number(first, len(rows) - 1) + 1]]

    def decisions(self, *states: str) -> list[Decision]:
        return [d for d in decisions_of(self.session, self.id) if d.state in states]

    def offer(self) -> Settlement | None:
        return live_settlement(self.session, self.id)

    def orders(self, *states: str) -> list[RepairOrder]:
        return [o for o in orders_of(self.session, self.id) if o.state in states]

    def appraisals(self, *states: str) -> list[Appraisal]:
        return [a for a in appraisals_of(self.session, self.id) if a.state in states]

    def complaints(self, *states: str) -> list[Complaint]:
        return [c for c in complaints_of(self.session, self.id) if c.state in states]

    def _dues_behind(self) -> list[datetime]:
        query = select(RunningClock.legal_due).where(
            RunningClock.file_id == self.id, RunningClock.legal_due <= self.now
        )
        return [due for due in self.session.exec(query.order_by(col(RunningClock.id))) if due is not None]


@dataclass
class Walk:
    """`claims`: their ids, in the order in which they were reported."""

    database: Database
    now: datetime = BEGINS
    claims: list[int] = field(default_factory=list)
    print_before: str = ""

    def __post_init__(self) -> None:
        self.database.belongings["channels"] = {"sms": Line()}
        with self.database.session() as session:
            self.world = a_world(session)
            another_home(session, self.world)
            a_firm(session, "RF01", districts="浦东新区", trades="waterproofing;structure")
            for code in ("AP01", "AP02"):
                an_appraiser(session, code)
            builders = Cover(
                policy_id=self.world.policy.id or 0,
                part="wiring",
                starts_on=date(2026, 9, 1),
                ends_on=date(2028, 8, 31),
            )
            session.add(builders)
            session.commit()
        self.print_before = self.fingerprint()

    def does(self, act: Callable[[Scene], None], number: int, chance: Chance) -> Exception | None:
        """Do it and commit, or be refused and leave nothing behind; answers the refusal."""
        return self._tries(lambda session: act(self._scene(session, number, chance)))

    def reports(self, act: Callable[[Session, Chance, datetime], int], chance: Chance) -> Exception | None:
        return self._tries(lambda session: self.claims.append(act(session, chance, self.now)))

    def goes_on(self, span: timedelta) -> None:
        self.now += span

    def goes_on_to_a_due(self, chance: Chance) -> None:
        """To the end of some clock, or the second before."""
        with self.database.session(reading=True) as session:
            ahead = select(RunningClock.legal_due).where(
                RunningClock.state == "running", RunningClock.legal_due > self.now
            )
            dues = sorted({due for due in session.exec(ahead) if due is not None})
        if dues:
            self.now = max(self.now, chance.pick(dues[:4]) - chance.number(0, 1) * SECOND)

    def worker_looks(self) -> None:
        for sweep in (
            sweeping.ring_due_rungs,
            sweeping.issue_letters,
            sweeping.deliver_messages,
            sweeping.deliver_to_the_team,
        ):
            drain(self.database, sweep, self.now)
        self.print_before = self.fingerprint()

    def stage(self, number: int) -> Stage:
        with self.database.session(reading=True) as session:
            return Stage(session.get_one(CaseFile, number).stage)

    def fingerprint(self) -> str:
        """Every row of every table; sorted, for a parallel plan answers the tables in any order."""
        each = " UNION ALL ".join(
            f"SELECT '{name}' AS name, md5(string_agg(row::text, ';' ORDER BY row::text)) AS rows FROM {name} AS row"
            for name in sorted(SQLModel.metadata.tables)
        )
        with self.database.session(reading=True) as session:
            return str(sorted(session.execute(text(each)).all(), key=lambda row: row[0]))

    def _scene(self, session: Session, number: int, chance: Chance) -> Scene:
        file = lock(session, number)
        return Scene(session, chance, self.world, self.now, file, session.get_one(Claim, number))

    def _tries(self, act: Callable[[Session], Any]) -> Exception | None:
        self.now += MINUTE
        with self.database.session() as session:
            refusal = _refusal(session, act)
        after = self.fingerprint()
        assert refusal is None or after == self.print_before, f"{refusal!r} left something behind"
        self.print_before = after
        return refusal


def _refusal(session: Session, act: Callable[[Session], Any]) -> Exception | None:
    try:
        act(session)
        session.commit()
    except REFUSALS as refusal:
        session.rollback()
        return refusal
    return None
