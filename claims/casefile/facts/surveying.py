"""查勘: what was found on site."""

from dataclasses import dataclass

from claims.casefile.fact import Fact


@dataclass(frozen=True, kw_only=True)
class SurveyBooked(Fact):
    visit_at: str
    surveyor: str | None = None


@dataclass(frozen=True, kw_only=True)
class SiteSurveyed(Fact):
    """第十三条 现场查勘: somebody was there and recorded what was found."""


@dataclass(frozen=True, kw_only=True)
class FindingRecorded(Fact):
    """One defect found on site; its cause and the surveyor's opinion stand in the finding."""

    weighty = True

    visited_at: str
    part: str
    item: str


@dataclass(frozen=True, kw_only=True)
class FurtherFindingRecorded(Fact):
    """A defect found after cover was confirmed for another: it waits for a decision of its own."""

    weighty = True
