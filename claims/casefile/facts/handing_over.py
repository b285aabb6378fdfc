"""交接: what happens on a project before liability starts, and what a duty hangs on there (第六至九条)."""

from dataclasses import dataclass

from claims.casefile.fact import PROOF, Fact


@dataclass(frozen=True, kw_only=True)
class HandoverOpened(Fact):
    """Days as ISO. The duties before 理赔责任开始 are counted back from `liability_starts_on`.

    `clocks`: those that it starts; a duty whose day was over before the Rules came has none.
    """

    weighty = True

    project: str
    liability_starts_on: str
    completion_filed_on: str
    clocks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LiabilityStartMoved(Fact):
    """The day that the policy prints turned out to be another. `clocks`: those of the duties not yet done."""

    weighty = True
    private = PROOF

    liability_starts_on: str
    clocks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReturnVisitNoticeSigned(Fact):
    """第七条(六): 回访工作告知书, signed at the first return visit."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class LiabilityBriefingHeld(Fact):
    """第七条(七): 理赔交底会, with its minutes."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class JointInspectionHeld(Fact):
    """第九条(一)6: developer, builder and insurer looked at the works together."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class LiabilityNoticePosted(Fact):
    """第九条(一)7: 公告 to all owners."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class AcceptancePlanned(Fact):
    """第九条(一)4: 分户验收 or 质量预看房 on a day; the notice is counted back from it."""

    weighty = True
    private = PROOF

    what: str
    planned_on: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceNoticeReceived(Fact):
    """The developer's notice of it reached the insurer or its risk manager."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class AcceptanceCalledOff(Fact):
    """It takes place on another day or not at all; another day is planned anew."""

    weighty = True
    private = PROOF | {"reason"}

    reason: str


@dataclass(frozen=True, kw_only=True)
class TestPassed(Fact):
    """第九条(五)2: the testing firm has its result; `at` is that instant."""

    weighty = True
    private = PROOF | {"what"}

    what: str


@dataclass(frozen=True, kw_only=True)
class TestFailed(Fact):
    weighty = True
    private = PROOF | {"what"}

    what: str


@dataclass(frozen=True, kw_only=True)
class ClientTold(Fact):
    """The testing firm told whoever had ordered the test."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class EmergencyArose(Fact):
    """第七条(八) 应急事件."""

    weighty = True
    private = PROOF | {"what"}

    what: str


@dataclass(frozen=True, kw_only=True)
class EmergencyAttended(Fact):
    """Somebody of the insurer was on site, and kept what was seen and done."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class AuthorityTold(Fact):
    """The emergency was reported to the authority."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class UploadOwed(Fact):
    """Something that the insurer uploads in 3 working days; `what` is a code of claims/duties/schema.py."""

    weighty = True
    private = PROOF

    what: str


@dataclass(frozen=True, kw_only=True)
class InspectionReportCompleted(Fact):
    """第八条(三): the risk manager's report on 分户验收 or 预看房."""

    weighty = True
    private = PROOF

    what: str


@dataclass(frozen=True, kw_only=True)
class ClaimUploadOwed(Fact):
    """第十七条: something happened on the claim that the platform is to know; `what` is the name of that fact."""

    what: str


@dataclass(frozen=True, kw_only=True)
class PlatformUploaded(Fact):
    """The platform took it; `proof` is its receipt."""

    weighty = True
    private = PROOF


@dataclass(frozen=True, kw_only=True)
class DutiesClosed(Fact):
    """Nothing more is to be done on this file."""

    weighty = True
    private = PROOF | {"reason"}

    reason: str
