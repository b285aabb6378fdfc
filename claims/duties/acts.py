"""The acts on such files: which fact each is, what it asks, and which duty it meets. A page and the API read this."""

from dataclasses import dataclass

from apiflask import Schema

from claims.casefile import Fact
from claims.casefile import facts as f
from claims.duties.schema import AmountIn, BegunIn, DoneIn, EndIn, InspectionIn, MovedIn, OwedIn, PlannedIn


@dataclass(frozen=True, kw_only=True)
class Act:
    """`kind`: of the file. begins: the kind of record that it opens; of: the kind that it is about.

    meets: clocks one of which must still be owed; where there is none, the act fits whenever its fact is allowed.
    since: what it can't have happened before, a name of bounds.py; what is about a record can't before that began.
    """

    name: str
    kind: str
    fact: type[Fact]
    schema: type[Schema]
    begins: str = ""
    of: str = ""
    meets: tuple[str, ...] = ()
    since: str = ""

    @property
    def path(self) -> str:
        """Under the file: `client-told/<int:record>` where it is about a record."""
        return self.name + ("/<int:record>" if self.of else "")


def _on(kind: str, name: str, fact: type[Fact], schema: type[Schema] = DoneIn, **rest: object) -> Act:
    return Act(name=name, kind=kind, fact=fact, schema=schema, **rest)  # type: ignore[arg-type]


ACTS: tuple[Act, ...] = (
    _on("project", "briefing", f.LiabilityBriefingHeld, meets=("liability_briefing",), since="completion"),
    _on("project", "joint-inspection", f.JointInspectionHeld, meets=("joint_inspection",), since="completion"),
    _on("project", "notice", f.LiabilityNoticePosted, meets=("liability_notice",), since="completion"),
    _on("project", "return-visit", f.ReturnVisitNoticeSigned),
    _on("project", "liability-start", f.LiabilityStartMoved, MovedIn),
    _on("project", "acceptance", f.AcceptancePlanned, PlannedIn, begins="acceptance"),
    _on("project", "acceptance-notice", f.AcceptanceNoticeReceived, of="acceptance", meets=("acceptance_notice",)),
    _on("project", "acceptance-off", f.AcceptanceCalledOff, EndIn, of="acceptance", meets=("acceptance_notice",)),
    _on("project", "test-passed", f.TestPassed, BegunIn, begins="test"),
    _on("project", "test-failed", f.TestFailed, BegunIn, begins="test"),
    _on("project", "client-told", f.ClientTold, of="test", meets=("test_passed", "test_failed")),
    _on("project", "emergency", f.EmergencyArose, BegunIn, begins="emergency"),
    _on("project", "attendance", f.EmergencyAttended, of="emergency", meets=("emergency_attendance",)),
    _on("project", "authority-told", f.AuthorityTold, of="emergency", meets=("emergency_report",)),
    _on("project", "upload", f.UploadOwed, OwedIn, begins="upload"),
    _on("project", "inspection-report", f.InspectionReportCompleted, InspectionIn, begins="upload"),
    _on("project", "uploaded", f.PlatformUploaded, of="upload", meets=("platform_upload", "inspection_upload")),
    _on("project", "closing", f.DutiesClosed, EndIn),
    _on("upload", "claim-uploaded", f.PlatformUploaded, meets=("claim_upload",), since="clock"),
    _on("recovery", "demand", f.RecoveryDemanded, since="payment"),
    _on("recovery", "developer-asked", f.DeveloperAsked, since="report"),
    _on("recovery", "parties-told", f.LiablePartiesTold, meets=("liable_parties_told",), since="clock"),
    _on("recovery", "suit", f.RecoverySued, meets=("recovery_limitation",), since="payment"),
    _on("recovery", "received", f.RecoveryReceived, AmountIn, since="payment"),
    _on("recovery", "recovery-closing", f.DutiesClosed, EndIn, since="payment"),
)

BY_NAME = {act.name: act for act in ACTS}
