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
_UNDER_WAY = _at(Stage.UNDER_WAY)
_KEPT = _at(Stage.UNDER_WAY, Stage.CLOSED)


def _on(stages: frozenset[Stage], *kinds: type[Fact]) -> dict[type[Fact], Move]:
    return {kind: Move(stages, None) for kind in kinds}


_OF_ANY_FILE = (
    f.ClockBreached, f.ClockNearlyBreached, f.ClockRecounted, f.BreachWithdrawn, f.BreachExplained, f.DetailsErased,
)  # fmt: skip
_OF_A_PROJECT = (
    f.LiabilityStartMoved, f.ReturnVisitNoticeSigned, f.LiabilityBriefingHeld, f.JointInspectionHeld,
    f.LiabilityNoticePosted, f.AcceptancePlanned, f.AcceptanceNoticeReceived, f.AcceptanceCalledOff, f.TestPassed,
    f.TestFailed, f.ClientTold, f.EmergencyArose, f.EmergencyAttended, f.AuthorityTold, f.UploadOwed,
    f.InspectionReportCompleted, f.PlatformUploaded,
)  # fmt: skip
_OF_A_RECOVERY = (f.RecoveryDemanded, f.DeveloperAsked, f.LiablePartiesTold, f.RecoverySued, f.RecoveryReceived)

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
        f.SupplementArrivalCorrected: Move(_ANY, None),
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
        f.RecoveryBegun: Move(_DISPUTABLE, None),
        # 函件、时限与结束
        f.LetterIssued: Move(_ANY, None),
        f.CoverageNoticeDispatched: Move(_ANY, None),
        f.DenialNoticeDispatched: Move(_ANY, None),
        **_on(_ANY, *_OF_ANY_FILE),
        f.ClaimWithdrawn: Move(_at(Stage.REPORTED, _DECIDING, Stage.SETTLED), Stage.WITHDRAWN),
        f.ClaimClosed: Move(_at(Stage.COVERED, Stage.DENIED, Stage.PAYING, Stage.WARRANTY), Stage.CLOSED),
    },
    "project": {
        f.HandoverOpened: Move(_at(Stage.NEW), Stage.UNDER_WAY),
        **_on(_UNDER_WAY, *_OF_A_PROJECT),
        f.DutiesClosed: Move(_UNDER_WAY, Stage.CLOSED),
        **_on(_KEPT, *_OF_ANY_FILE),
    },
    "upload": {
        f.ClaimUploadOwed: Move(_at(Stage.NEW, _KEPT), Stage.UNDER_WAY),
        f.PlatformUploaded: Move(_UNDER_WAY, Stage.CLOSED),
        **_on(_KEPT, *_OF_ANY_FILE),
    },
    "recovery": {
        f.RecoveryOpened: Move(_at(Stage.NEW), Stage.UNDER_WAY),
        **_on(_UNDER_WAY, *_OF_A_RECOVERY),
        f.DutiesClosed: Move(_UNDER_WAY, Stage.CLOSED),
        **_on(_KEPT, *_OF_ANY_FILE),
    },
    "canary": {
        f.CanaryReleased: Move(_at(Stage.NEW), None),
        f.ClockRecounted: Move(_at(Stage.NEW), None),
    },
}
"""Kind of file → fact → move."""


def move(kind: str, stage: Stage, fact: Fact) -> Stage:
    """The stage after `fact`. Raises NotAllowed, with the facts that are allowed at `stage`."""
    rule = MOVES[kind].get(type(fact))
    if rule is None or stage not in rule.allowed:
        raise NotAllowed(fact.name, stage, allowed_facts(kind, stage))
    return rule.after(stage)


def allowed_facts(kind: str, stage: Stage) -> list[str]:
    """Names of the facts that may happen to a file of `kind` at `stage`."""
    return [fact.__name__ for fact, rule in MOVES[kind].items() if stage in rule.allowed]
