"""THE FIRST TABLE: which fact is allowed at which stage, and where it leads."""

from typing import NamedTuple

from claims.casefile import facts as f
from claims.casefile.fact import Fact
from claims.casefile.stages import ENDED, OPEN, Stage


class Move(NamedTuple):
    """`next`: where it leads; None where the stage stays. `keeps`: allowed there too, but the stage stays."""

    allowed: frozenset[Stage]
    next: Stage | None
    keeps: frozenset[Stage] = frozenset()

    def after(self, stage: Stage) -> Stage:
        return stage if self.next is None or stage in self.keeps else self.next


class NotAllowed(Exception):
    """An illegal move, refused aloud: names the stage and what may happen now."""

    def __init__(self, fact: str, stage: str, allowed: list[str]) -> None:
        self.fact, self.stage, self.allowed = fact, stage, allowed
        super().__init__(f"{fact} is not possible at stage {stage!r}; possible now: {', '.join(allowed) or 'nothing'}")


def _at(*stages: Stage | frozenset[Stage]) -> frozenset[Stage]:
    return frozenset().union(*({s} if isinstance(s, Stage) else s for s in stages))


_DECIDING = _at(Stage.SURVEYED, Stage.COVERED, Stage.DENIED)
_UNSETTLED = _at(Stage.REPORTED, _DECIDING)
_DECIDED = _at(OPEN) - _at(Stage.REPORTED)
_PERFORMING = _at(Stage.SETTLED, Stage.REPAIRING, Stage.PAYING)
_AGREED = _at(_PERFORMING, Stage.WARRANTY)
"""A denied finding may be decided and settled afresh while what was agreed on the others goes on (ADR 0017)."""
_DISPUTABLE = _at(_DECIDED, Stage.CLOSED)
_IN_WORKS = _at(Stage.REPAIRING, Stage.WARRANTY)
_ANY = _at(OPEN, ENDED)

MOVES: dict[str, dict[type[Fact], Move]] = {
    "claim": {
        # 报案
        f.ReportReceived: Move(_at(Stage.NEW), Stage.REPORTED),
        f.HomeIdentified: Move(_at(Stage.REPORTED, Stage.SURVEYED), None),
        f.ClaimReferred: Move(_at(Stage.REPORTED), Stage.REFERRED),
        f.ContactMade: Move(_ANY, None),
        f.ContactTried: Move(_ANY, None),
        f.DangerFound: Move(OPEN, None),
        f.MadeSafe: Move(_ANY, None),
        f.TextReceived: Move(_ANY, None),
        f.CallBackAsked: Move(_ANY, None),
        f.ArrivalLinked: Move(_ANY, None),
        f.RecordingKept: Move(_ANY, None),
        f.ClaimAssigned: Move(OPEN, None),
        # 查勘
        f.SurveyBooked: Move(_UNSETTLED, None),
        f.SiteSurveyed: Move(_at(Stage.REPORTED), Stage.SURVEYED),
        f.FindingRecorded: Move(_DECIDING, None),
        f.FurtherFindingRecorded: Move(_at(Stage.COVERED), None),
        # 核定
        f.SupplementRequested: Move(_UNSETTLED, None),
        f.FurtherQuestionAsked: Move(_UNSETTLED, None),
        f.SupplementNoticeArrived: Move(_UNSETTLED, None),
        f.SupplementReceived: Move(_UNSETTLED, None),
        f.CoverageConfirmed: Move(_at(_DECIDING, _AGREED), Stage.COVERED, keeps=_AGREED),
        f.DenialProposed: Move(_at(_DECIDING, _AGREED), None),
        f.DenialReturned: Move(_at(_DECIDING, _AGREED), None),
        f.CoverageDenied: Move(_at(_DECIDING, _AGREED), None),
        f.EveryFindingDecided: Move(_at(_DECIDING, _AGREED), Stage.COVERED, keeps=_AGREED),
        f.EveryFindingDenied: Move(_DECIDING, Stage.DENIED),
        f.DecisionReopened: Move(_at(Stage.DENIED), Stage.SURVEYED),
        # 协议与履行
        f.SettlementProposed: Move(_at(Stage.COVERED, _AGREED), None),
        f.SettlementConsented: Move(_at(Stage.COVERED, _AGREED), None),
        f.SettlementRefused: Move(_at(Stage.COVERED, _AGREED), None),
        f.SettlementReached: Move(_at(Stage.COVERED, _AGREED), Stage.SETTLED, keeps=_AGREED),
        f.AdvancePaid: Move(_at(Stage.SURVEYED, Stage.COVERED), None),
        f.PaymentOrdered: Move(_at(Stage.SETTLED), Stage.PAYING),
        f.PaymentMade: Move(_AGREED, None),
        f.PaidInFull: Move(_at(Stage.PAYING), None),
        f.ObligationPerformed: Move(_AGREED, None),
        f.ObligationFulfilled: Move(_AGREED, None),
        # 派工、维修与保修
        f.RepairOrdered: Move(_AGREED, Stage.REPAIRING),
        f.EveryRepairOrdered: Move(_at(Stage.REPAIRING), None),
        f.QuoteGiven: Move(_at(Stage.REPAIRING), None),
        f.QuoteAnswered: Move(_at(Stage.REPAIRING), None),
        f.WorksStarted: Move(_at(Stage.REPAIRING), None),
        f.WorksCompleted: Move(_at(Stage.REPAIRING), None),
        f.RepairAccepted: Move(_at(Stage.REPAIRING), None),
        f.RepairNotFixed: Move(_IN_WORKS, Stage.REPAIRING),
        f.EveryRepairAccepted: Move(_at(Stage.REPAIRING), Stage.WARRANTY),
        f.WarrantyStarted: Move(_IN_WORKS, None),
        f.WarrantyReanchored: Move(_IN_WORKS, None),
        f.WarrantyReplaced: Move(_ANY, None),
        f.WarrantyRecognised: Move(_at(Stage.REPORTED), Stage.REPAIRING),
        f.WarrantyEnded: Move(_at(Stage.WARRANTY), None),
        # 争议鉴定与投诉
        f.AppraisalRaised: Move(_DISPUTABLE, None),
        f.AppraiserProposed: Move(_DISPUTABLE, None),
        f.AppraiserChosen: Move(_DISPUTABLE, None),
        f.AppraiserAppointed: Move(_DISPUTABLE, None),
        f.OtherSideSilent: Move(_ANY, None),
        f.AppraisalOpinionReceived: Move(_DISPUTABLE, None),
        f.DisputeReopened: Move(_DISPUTABLE, Stage.SURVEYED, keeps=_DISPUTABLE - {Stage.DENIED, Stage.CLOSED}),
        f.ComplaintReceived: Move(_ANY, None),
        f.ComplaintExtended: Move(_ANY, None),
        f.ComplaintDecided: Move(_ANY, None),
        # 函件、时限与结束
        f.LetterIssued: Move(_ANY, None),
        f.CoverageNoticeDispatched: Move(_ANY, None),
        f.DenialNoticeDispatched: Move(_ANY, None),
        f.ClockBreached: Move(_ANY, None),
        f.ClockNearlyBreached: Move(_ANY, None),
        f.ClockRecounted: Move(_ANY, None),
        f.BreachWithdrawn: Move(_ANY, None),
        f.BreachExplained: Move(_ANY, None),
        f.DetailsErased: Move(_ANY, None),
        f.ClaimWithdrawn: Move(_at(Stage.REPORTED, _DECIDING, Stage.SETTLED), Stage.WITHDRAWN),
        f.ClaimClosed: Move(_at(Stage.COVERED, Stage.DENIED, Stage.PAYING, Stage.WARRANTY), Stage.CLOSED),
    },
}


def move(kind: str, stage: Stage, fact: Fact) -> Stage:
    """The stage after `fact`. Raises NotAllowed, with the facts that are allowed at `stage`."""
    rule = MOVES[kind].get(type(fact))
    if rule is None or stage not in rule.allowed:
        raise NotAllowed(fact.name, stage, allowed_facts(kind, stage))
    return rule.after(stage)


def allowed_facts(kind: str, stage: Stage) -> list[str]:
    """Names of the facts that may happen to a file of `kind` at `stage`."""
    return [fact.__name__ for fact, rule in MOVES[kind].items() if stage in rule.allowed]
