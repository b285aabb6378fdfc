"""险情: found after the report, and made safe with proof."""

from flask_babel import lazy_gettext as _

from claims.danger.api import create_danger, create_safety
from claims.danger.schema import DangerIn, SafetyIn
from claims.desk.choices import photos_of
from claims.desk.sheet import Sheet

SHEETS = (
    Sheet(
        act="danger",
        view=create_danger,
        schema=DangerIn,
        title=_("发现险情"),
        says=_("报案以后才知道有人身危险，在这里记下。从现在起这件报案排在所有报案前面，直到险情排除。"),
        basis="《实施细则》第七条（八）",
        labels={"note": _("什么险情"), "found_at": _("什么时候发现的"), "proof": _("凭据")},
        hints={
            "note": _("例如：外墙面砖松动，楼下有人通行；漏水流进配电箱。"),
            "proof": _("补记以前的事，要写明凭据。"),
        },
        since_now=frozenset({"found_at"}),
        button=_("记下险情"),
        done=_("已记下。请马上安排到场，排除险情。"),
        not_now=_("这件报案已经记有险情，还没有排除。"),
    ),
    Sheet(
        act="safety",
        view=create_safety,
        schema=SafetyIn,
        title=_("排除险情"),
        says=_("记下采取了什么应急措施，附上证明。先排除险情，再核定责任：记下它不等于承认赔偿。"),
        basis="《实施细则》第七条（八）",
        labels={"made_safe_at": _("什么时候排除的"), "note": _("采取了什么措施"), "evidence": _("证明")},
        hints={
            "note": _("例如：已断电、关总阀；松动的面砖已敲除，拉了警戒线。"),
            "evidence": _("措施以后的照片、视频、检测记录，至少一份。从已有的材料中选，或者上传新的。"),
        },
        choices={"evidence": photos_of},
        files=frozenset({"evidence"}),
        since_now=frozenset({"made_safe_at"}),
        button=_("险情已排除"),
        done=_("已记下：险情已排除。"),
        not_now=_("这件报案没有还没排除的险情。"),
    ),
)
