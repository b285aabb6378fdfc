"""The form that adds a shift, as it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _

from claims.roster import words
from claims.web.wording import on_a_page

USUAL = {"kind": "rota", "rank": "1", "days": "all", "run_days": "7", "cycle_days": "7"}
USUAL |= {"from_time": "09:00", "to_time": "09:00"}


@dataclass
class ShiftForm:
    """`typed_in`: the fields as the form sends them."""

    typed_in: Mapping[str, str]
    errors: dict[str, list[str]] = field(default_factory=dict)
    notice: str = ""
    labels = {  # noqa: RUF012  a constant, no field
        "kind": _("轮班还是替班"),
        "name": _("姓名"),
        "phone": _("电话"),
        "rank": _("第几个响铃"),
        "first_on": _("第一天"),
        "last_on": _("最后一天"),
        "days": _("哪些日子"),
        "run_days": _("每轮值几天"),
        "cycle_days": _("几天一轮"),
        "from_time": _("接班时间"),
        "to_time": _("交班时间"),
    }

    @property
    def choices(self) -> dict[str, list[tuple[str, Any, str]]]:
        return {
            "kind": [(name, said, "") for name, said in words.KINDS.items()],
            "days": [(name, said, "") for name, said in words.DAYS.items()],
        }

    def typed(self, name: str) -> str:
        return self.typed_in.get(name, "")

    def refuse(self, errors: Mapping[str, Iterable[str]]) -> None:
        for name, messages in errors.items():
            self.errors.setdefault(name, []).extend(on_a_page(message) for message in messages)
