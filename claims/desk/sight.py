"""One reader and one claim: the table of shares (claims/access/shares.py), applied to its rows."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, or_, select

from claims.access import Person, Share, share_of
from claims.access.shares import TOLD_CLOCKS, TOLD_FACTS
from claims.appraisal import appraisals_of, disputed_findings
from claims.attachments import Attachment, attachment_in_sight
from claims.casefile.model import TimelineEntry
from claims.decision import Decision, findings_by_decision
from claims.decision.model import DecisionEvidence
from claims.letters import issued_decisions, letters_in_sight
from claims.repair import RepairItem, RepairOrder, RepairPhoto, orders_of
from claims.survey.model import FindingPhoto

ENDED_ORDERS = ("accepted", "not_fixed")


class Sight:
    """What `person` sees of the claim with this file id. Asks nothing of the database for a reader who sees all."""

    def __init__(self, session: Session, person: Person, file_id: int) -> None:
        self.session, self.person, self.file_id = session, person, file_id

    def shares(self, part: str) -> frozenset[Share]:
        return share_of(self.person, part)

    def all_of(self, part: str) -> bool:
        return Share.ALL in self.shares(part)

    def of(self, part: str, rows: Iterable[Any]) -> list[Any]:
        """Those of the rows of this part that the reader is shown."""
        if self.all_of(part):
            return list(rows)
        tests = [BY_SHARE[share][part] for share in self.shares(part)]
        return [row for row in rows if any(test(self, row) for test in tests)]

    def may_ring(self) -> bool:
        """Whether the reader needs the reporter's phone for an order that is still in work."""
        if not self.shares("reporter"):
            return False
        return any(order.state not in ENDED_ORDERS for order in self.own_orders)

    @cached_property
    def own_orders(self) -> list[RepairOrder]:
        """The orders of the reader's firm."""
        return [order for order in orders_of(self.session, self.file_id) if self.is_mine(order.firm_id)]

    @cached_property
    def own_findings(self) -> frozenset[int]:
        """What the reader's firm repairs, or appraises."""
        orders = [order.id for order in self.own_orders]
        repaired = select(RepairItem.finding_id).where(col(RepairItem.order_id).in_(orders))
        found = {number for number in self.session.exec(repaired) if number is not None}
        appraisals = [each for each in appraisals_of(self.session, self.file_id) if self.is_mine(each.firm_id)]
        return frozenset(found.union(*(disputed_findings(appraisal) for appraisal in appraisals)))

    @cached_property
    def told_decisions(self) -> dict[int, Sequence[int]]:
        """Decision → its findings, oldest first, for those whose notice has been issued."""
        issued = issued_decisions(self.session, self.file_id)
        by_decision = findings_by_decision(self.session, self.file_id)
        return {number: by_decision.get(number, ()) for number in sorted(issued)}

    @cached_property
    def told_findings(self) -> frozenset[int]:
        return frozenset(number for findings in self.told_decisions.values() for number in findings)

    def told_outcome(self, finding: int) -> str:
        """What the homeowner was last told of this finding; what is repaired is covered."""
        told = [number for number, findings in self.told_decisions.items() if finding in findings]
        if told:
            return self.session.get_one(Decision, told[-1]).outcome
        return "covered" if self.own_orders else "undecided"

    @cached_property
    def own_decisions(self) -> frozenset[int]:
        """Those of the told decisions that are about what the reader appraises."""
        return frozenset(n for n, findings in self.told_decisions.items() if not self.own_findings.isdisjoint(findings))

    @cached_property
    def own_letters(self) -> dict[int, int | None]:
        """Letter → its PDF."""
        readable = letters_in_sight(self.session, self.person, self.file_id)
        return {letter.id or 0: letter.attachment_id for letter in readable}

    @cached_property
    def own_files(self) -> frozenset[int]:
        """What the reader uploaded, and what shows the findings that they repair or appraise."""
        photos = select(FindingPhoto.attachment_id).where(col(FindingPhoto.finding_id).in_(self.own_findings))
        orders = [order.id for order in self.own_orders]
        works = select(RepairPhoto.attachment_id).where(col(RepairPhoto.order_id).in_(orders))
        decisions = self.own_decisions if self.shares("decisions") else ()
        proofs = select(DecisionEvidence.attachment_id).where(col(DecisionEvidence.decision_id).in_(decisions))
        pdfs = [number for number in self.own_letters.values() if number]
        mine = [
            Attachment.uploaded_by == self.person.id,
            col(Attachment.id).in_(pdfs),
            *(col(Attachment.id).in_(shown) for shown in (photos, works, proofs)),
            *self._reported(),
        ]
        query = select(Attachment.id).where(Attachment.file_id == self.file_id, or_(*mine))
        return frozenset(number for number in self.session.exec(query) if number is not None)

    def is_mine(self, firm_id: int | None) -> bool:
        return firm_id is not None and firm_id == self.person.firm_id

    def _reported(self) -> list[Any]:
        """Under warranty nothing is surveyed: then the photos of the report show the firm what to repair."""
        if all(order.settlement_id for order in self.own_orders):
            return []
        first = select(TimelineEntry.recorded_at).where(TimelineEntry.file_id == self.file_id, TimelineEntry.seq == 1)
        return [col(Attachment.uploaded_at) <= first.scalar_subquery()]


def file_in_sight(session: Session, person: Person, token: str) -> Attachment | None:
    """The attachment, if `person` uploaded it, or sees its claim and this file of it."""
    found = attachment_in_sight(session, person, token)
    if found is None or found.file_id is None or found.uploaded_by == person.id:
        return found
    return next(iter(Sight(session, person, found.file_id).of("files", [found])), None)


Test = Callable[[Sight, Any], bool]

BY_SHARE: dict[Share, dict[str, Test]] = {
    Share.OWN: {
        "findings": lambda sight, finding: finding.id in sight.own_findings,
        "decisions": lambda sight, decision: decision.id in sight.own_decisions,
        "repair_orders": lambda sight, order: sight.is_mine(order.firm_id),
        "appraisals": lambda sight, appraisal: sight.is_mine(appraisal.firm_id),
        "letters": lambda sight, letter: letter.id in sight.own_letters,
        "files": lambda sight, attachment: attachment.id in sight.own_files,
    },
    Share.TOLD: {
        "clocks": lambda _, clock: clock["clock"] in TOLD_CLOCKS,
        "surveys": lambda _sight, _visit: True,
        "findings": lambda sight, finding: finding.id in sight.told_findings,
        "decisions": lambda sight, decision: decision.id in sight.told_decisions,
        "timeline": lambda _, row: row[0].fact in TOLD_FACTS,
    },
}
"""Share → part of the claim → whether a row of it is within that share."""
