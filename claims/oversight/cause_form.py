"""The form in which a manager says why a duty was late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

from claims.oversight import words
from claims.oversight.causes import current_causes
from claims.oversight.model import BreachCause
from claims.web.wording import on_a_page


@dataclass
class CauseForm:
    """`typed_in`: the fields as the form sends them."""

    typed_in: Mapping[str, str]
    errors: dict[str, list[str]] = field(default_factory=dict)
    notice: str = ""
    labels = {"cause": _("为什么超期"), "corrective_act": _("整改措施")}  # noqa: RUF012  a constant, no field

    @classmethod
    def of(cls, said: BreachCause | None) -> "CauseForm":
        """What was said before, to be said better."""
        return cls({"cause": said.cause, "corrective_act": said.corrective_act} if said else {})

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        return [(code, words.cause(code), "") for code in current_causes()]

    def typed(self, name: str) -> str:
        return self.typed_in.get(name, "")

    def refuse(self, errors: Mapping[str, Iterable[str]]) -> None:
        for name, messages in errors.items():
            self.errors.setdefault(name, []).extend(on_a_page(message) for message in messages)
