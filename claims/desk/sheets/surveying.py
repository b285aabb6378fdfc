"""现场查勘: the visit promised, and what was found there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlmodel import Session

from claims.casefile import CaseFile
from claims.desk.choices import part_choices, photos_of, surveyors
from claims.desk.sheet import Record, Sheet
from claims.intake import Claim
from claims.survey.api import create_finding, create_survey
from claims.survey.queries import findings_of, visit_of
from claims.survey.schema import FindingIn, SurveyIn
from config.time import SHANGHAI


def as_reported(session: Session, file: CaseFile, record: Record, at: datetime) -> Mapping[str, Any]:
    """The booked time where it has come, and, for the first finding, the part and item of the report."""
    visit = visit_of(session, file.id or 0, int(record or 0))
    came_at = min(visit.visit_at, at) if visit is not None else at
    starts = {"visited_at": f"{came_at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M:%S}"}
    if findings_of(session, file.id or 0):
        return starts
    claim = session.get_one(Claim, file.id)
    return starts | {"part": claim.part or "", "item": claim.item or ""}


SHEETS = (
    Sheet(
        act="surveys",
        view=create_survey,
        schema=SurveyIn,
        title=_("约定查勘"),
        says=_("与报案人约好上门的时间。系统发短信告诉报案人；查勘员从现在起看得到这件报案。"),
        basis="《实施细则》第十三条",
        labels={"visit_at": _("上门时间"), "surveyor": _("查勘员")},
        hints={"visit_at": _("先和报案人说好，再填。改约就再约一次，以后一次为准。")},
        choices={"surveyor": surveyors},
        button=_("约定"),
        done=_("已约定查勘，短信正在发出。"),
    ),
    Sheet(
        act="surveys/<int:survey>/findings",
        record="surveys",
        view=create_finding,
        schema=FindingIn,
        title=_("记录查勘发现"),
        says=_("一处问题记一条，逐条核定。第一条记下以后，查勘即为完成，以到场时间为准。"),
        basis="《实施细则》第十三条",
        labels={
            "visited_at": _("到场时间"),
            "part": _("部位"),
            "item": _("问题"),
            "cause": _("原因"),
            "opinion": _("查勘意见"),
            "photos": _("照片"),
        },
        hints={
            "item": _("写到具体位置，例如：主卧天花板渗水。维修和保修都按这个名称认。"),
            "cause": _("写现场看到、测到的，和由此判断的原因；会写进通知书。"),
            "opinion": _("只给公司内部核定用，不写进通知书，也不给维修单位看。"),
            "photos": _("从已有的材料中选，或者上传新的。"),
        },
        choices={"part": part_choices, "photos": photos_of},
        files=frozenset({"photos"}),
        starts=as_reported,
        button=_("记下这一条"),
        done=_("已记下。还有别的问题，请再记一条。"),
    ),
)
