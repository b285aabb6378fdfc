"""What the database holds after a call, each question answered afresh and without holding anything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, SQLModel, select

from claims.casefile import CaseFile
from claims.casefile.model import RunningClock, TimelineDetails, TimelineEntry
from claims.casefile.timeline import verify
from claims.intake import Claim
from claims.intake.call.model import PhoneCall, Recording
from notifications.model import Arrival


@dataclass
class Ledger:
    session: Session

    def claims(self) -> list[Claim]:
        return self._all(Claim)

    def arrivals(self) -> list[Arrival]:
        return self._all(Arrival)

    def recordings(self) -> list[Recording]:
        return self._all(Recording)

    def call(self, sid: str = "CA1") -> PhoneCall | None:
        return next((call for call in self._all(PhoneCall) if call.sid == sid), None)

    def calls(self) -> list[PhoneCall]:
        return self._all(PhoneCall)

    def clocks(self, name: str) -> list[RunningClock]:
        return [clock for clock in self._all(RunningClock) if clock.clock == name]

    def reference(self, claim: Claim) -> str:
        return next(file.reference for file in self._all(CaseFile) if file.id == claim.id)

    def facts(self, claim: Claim) -> list[str]:
        return [entry.fact for entry in self._entries(claim)]

    def told(self, claim: Claim, fact: str) -> list[dict[str, Any]]:
        """The details of every entry of this kind."""
        seqs = {entry.seq for entry in self._entries(claim) if entry.fact == fact}
        return [json.loads(d.details) for d in self._all(TimelineDetails) if d.file_id == claim.id and d.seq in seqs]

    def why_to_ring(self, claim: Claim) -> list[str]:
        return [told["why"] for told in self.told(claim, "CallBackAsked")]

    def contact(self, claim: Claim) -> RunningClock:
        """The newest clock of a first contact or a call back."""
        return [c for c in self._all(RunningClock) if (c.file_id, c.clock) == (claim.id, "contact")][-1]

    def is_whole(self) -> bool:
        found = not list(verify(self.session))
        self.session.rollback()
        return found

    def _entries(self, claim: Claim) -> list[TimelineEntry]:
        return sorted((e for e in self._all(TimelineEntry) if e.file_id == claim.id), key=lambda entry: entry.seq)

    def _all(self, model: type[SQLModel]) -> list[Any]:
        self.session.rollback()
        self.session.expire_all()
        key = list(model.__table__.primary_key.columns)  # type: ignore[attr-defined]
        found = list(self.session.exec(select(model).order_by(*key)))
        for row in found:
            self.session.expunge(row)
        self.session.rollback()  # SQLite's other writers would wait for us
        return found
