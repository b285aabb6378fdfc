"""The board counted afresh, row by row and without the database's arithmetic: what the queries must agree with."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlmodel import Session, select

from claims.access import Person
from claims.casefile import ENDED, CaseFile
from claims.casefile.belongings import rule_book
from claims.casefile.model import RunningClock
from claims.repair import RepairOrder
from config.time import SHANGHAI, shanghai_day


class Recount:
    """Every file that `person` sees by district, with all of its clocks; `open`: claims alone."""

    def __init__(self, session: Session, person: Person, as_of: datetime) -> None:
        self.as_of, self.today = as_of, shanghai_day(as_of)
        districts = set(person.districts.split(";")) - {""}
        files = session.exec(select(CaseFile)).all()
        seen = [f for f in files if not districts or f.district is None or f.district in districts]
        self.seen = {f.id for f in seen}
        self.open = [f for f in seen if f.kind == "claim" and f.stage not in ENDED]
        self.clocks = [c for c in session.exec(select(RunningClock)).all() if c.file_id in self.seen]
        self.orders = [o for o in session.exec(select(RepairOrder)).all() if o.claim_id in self.seen]
        rules = rule_book(session).sets[0].clocks
        self.counts = {name for name, rule in rules.items() if rule.kind == "deadline" and not rule.measure}

    def nearest(self) -> dict[int, datetime]:
        """The nearest safe day that each open claim still owes, from its clocks rather than from its file."""
        mine = {f.id for f in self.open}
        owed: dict[int, datetime] = {}
        for c in self.clocks:
            runs = c.met_at is None and c.safe_due is not None and c.state in ("running", "breached")
            if runs and c.file_id in mine and c.clock in self.counts:
                owed[c.file_id] = min(owed.get(c.file_id, c.safe_due), c.safe_due)
        return owed

    def due_today(self) -> int:
        first = datetime(self.today.year, self.today.month, self.today.day, tzinfo=SHANGHAI)
        return sum(first < due <= first + timedelta(days=1) for due in self.nearest().values())

    def at_risk(self) -> int:
        return sum(timedelta(0) < due - self.as_of <= timedelta(days=3) for due in self.nearest().values())

    def breached(self) -> Counter[str]:
        """Since the first of the month, by clock."""
        return Counter(
            c.clock
            for c in self.clocks
            if c.breached_at is not None
            and c.state in ("breached", "cancelled")
            and c.breached_at <= self.as_of
            and (shanghai_day(c.breached_at).year, shanghai_day(c.breached_at).month)
            == (self.today.year, self.today.month)
        )

    def oldest(self) -> str:
        return min(self.open, key=lambda f: (f.opened_at, f.id)).reference

    def per_person(self) -> Counter[int | None]:
        return Counter(f.assignee_id for f in self.open)

    def per_stage(self) -> Counter[str]:
        return Counter(f.stage for f in self.open)

    def in_work(self) -> int:
        return sum(o.state in ("ordered", "started") for o in self.orders)

    def late_orders(self) -> int:
        return sum(o.state in ("ordered", "started") and o.finishes_on < self.today for o in self.orders)
