"""The forms of one quarantined arrival, as they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

from claims.quarantine.queries import Opened
from claims.web.wording import on_a_page


@dataclass
class SettlingForm:
    """`typed_in`: the fields as the form sends them; `act`: which of the three was sent."""

    typed_in: Mapping[str, str]
    act: str = ""
    errors: dict[str, list[str]] = field(default_factory=dict)
    notice: str = ""
    labels = {  # noqa: RUF012  a constant, no field
        "description": _("报案内容"),
        "phone": _("联系电话"),
        "address": _("房屋地址"),
        "danger": _("现场有危险"),
        "reference": _("报案号"),
        "reason": _("为什么不用处理"),
    }

    @classmethod
    def of(cls, shown: Opened) -> "SettlingForm":
        return cls({"description": shown.text, "phone": shown.phone})

    def typed(self, name: str) -> str:
        return self.typed_in.get(name, "")

    def refuse(self, errors: Mapping[str, Iterable[str]]) -> None:
        for name, messages in errors.items():
            told = [messages] if isinstance(messages, str) else messages
            self.errors.setdefault(name, []).extend(on_a_page(message) for message in told)
